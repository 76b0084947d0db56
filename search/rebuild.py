"""A new index built aside while edits go on, compared, and only then read; the old one is kept for a way back."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from search import outbox
from search.attachments import read_next_file
from search.comparison import Difference, differences
from search.contract import SearchEngine
from search.engines import chosen
from search.indexing import refresh_where
from search.models import Entry, IndexRun, IndexState
from search.reading import every_page
from search.runs import BEAT, AlreadyRunning, beat, running
from search.settling import current_records, settle

Say = Callable[[int, int], None]
BATCH = 100
MOST_ROUNDS = 6
#: So few pages may still differ when readers change over: all of them changed a moment ago and are in the outbox.
FEW = 100


class NotEqual(Exception):
    """The new index does not hold what the database says; readers keep the old one."""


def rebuild(engine: SearchEngine, say: Say = lambda done, total: None) -> int:
    """Build the index of an engine anew and let it be read; the number of pages it holds.

    Errors: NotEqual when the new index would not become equal, AlreadyRunning, EngineUnavailable; in each
    case readers keep the index they have.
    """
    with running(IndexRun.REBUILD, engine.name) as run:
        aside = engine.aside()
        is_safe_to_drop = True
        try:
            total = _fill(aside, run, say)
            _catch_up(aside, run)
            with _changing_over(engine, run):
                _make_equal(aside, run, engine)
                # From here on it may be the one that readers have, whatever the answer says.
                is_safe_to_drop = False
                engine.swap(aside)
        except BaseException:
            if is_safe_to_drop:
                aside.drop()
            raise
        if is_remote(engine):
            mark_held(engine)
        run.report = {"pages": total}
    return total


def roll_back(engine: SearchEngine) -> int:
    """Read the index kept from before the last rebuild, brought up to date; how many pages had changed since."""
    with running(IndexRun.REBUILD, engine.name) as run, _changing_over(engine, run):
        engine.roll_back()
        return settle(engine, list(differences(engine.versions())))


def is_remote(engine: SearchEngine) -> bool:
    """Whether the engine follows from the outbox; the other one is written with the page."""
    return engine.name != chosen.database_engine().name


def build_first_index() -> None:
    """Fill the index of the database when it never was, e.g. after an upgrade; nothing at any other time."""
    if IndexState.objects.exists() or not Entry.objects.exists():
        return
    try:
        rebuild(chosen.database_engine())
    except AlreadyRunning:
        return


def read_every_file(say: Say = lambda done, total: None) -> int:
    """Read all attached files that wait, so that the new index holds their text."""
    count = 0
    while (page_ids := read_next_file()) is not None:
        refresh_where(page_ids)
        count += 1
        say(count, 0)
    return count


def _fill(aside: SearchEngine, run: IndexRun, say: Say) -> int:
    total = Page.objects.filter(depth__gt=1).count()
    done = held = 0
    for page_ids in every_page(BATCH):
        records = current_records(page_ids)
        if records:
            aside.put(records)
        done += len(page_ids)
        held += len(records)
        beat(run)
        say(done, total)
    return held


def _catch_up(aside: SearchEngine, run: IndexRun) -> None:
    """Bring what was edited meanwhile, until so little is left that it can be done while writers wait."""
    for _ in range(MOST_ROUNDS):
        found = list(differences(aside.versions()))
        beat(run)
        if settle(aside, found) <= FEW:
            return


def _make_equal(aside: SearchEngine, run: IndexRun, engine: SearchEngine) -> None:
    left: list[Difference] = []
    for _ in range(MOST_ROUNDS):
        left = list(differences(aside.versions()))
        beat(run)
        if not left or (is_remote(engine) and len(left) <= FEW and _came_just_now(left)):
            return
        settle(aside, left)
    raise NotEqual(f"{len(left)} pages differ, e.g. {left[0].key}: {left[0].kind}")


def _came_just_now(left: list[Difference]) -> bool:
    """Whether each page changed while it was compared: the outbox has it, and the worker brings it next."""
    since = timezone.now() - BEAT
    keys = [each.key for each in left]
    return outbox.pending().filter(key__in=keys, changed_at__gt=since).count() == len(keys)


@contextmanager
def _changing_over(engine: SearchEngine, run: IndexRun) -> Iterator[None]:
    """Nobody writes into the index while this lasts: editors wait a moment, or the workers do."""
    if not is_remote(engine):
        with transaction.atomic():
            _hold_editors()
            yield
        return
    beat(run, holds_writers=True)
    try:
        _wait_for_workers(run)
        yield
    finally:
        beat(run, holds_writers=False)


def _hold_editors() -> None:
    """SQLite's transaction is the only writer as it is; elsewhere changes of any state wait for ours."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {IndexState._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _wait_for_workers(run: IndexRun) -> None:
    """Until no lot is on its way; a killed worker's lease ends of itself."""
    while IndexState.objects.filter(lease_until__gt=timezone.now()).exists():
        beat(run)
        time.sleep(0.2)


def mark_held(engine: SearchEngine) -> None:
    """Tell the outbox what the remote engine holds already, so that it is not sent again."""
    lot: dict[str, int] = {}
    for key, version in engine.versions():
        lot[key] = version
        if len(lot) == 2_000:
            _mark_lot(lot)
            lot = {}
    _mark_lot(lot)


def _mark_lot(lot: dict[str, int]) -> None:
    waiting = outbox.pending().filter(key__in=lot)
    tasks = [
        outbox.Task(state.key, state.page_id, state.version, False)
        for state in waiting
        if lot[state.key] == state.version and not state.is_removed
    ]
    outbox.mark_done(tasks)
