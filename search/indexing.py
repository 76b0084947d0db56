"""Writes what lists and engines know of pages, in the transaction of the change that caused it.

The state row of a page is locked before the page is read, so that of two changes at once the later one reads
what the earlier one wrote. The engine of the database is written here; a remote one follows from the outbox.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from search import worker_call
from search.attachments import passages_of
from search.changes import readers_changed
from search.contract import EngineUnavailable, IndexRecord
from search.engines import chosen
from search.models import AttachmentPage, Entry, FileUse, Grant, IndexState
from search.naming import name_pages
from search.page_changes import pages_changed
from search.reading import batches_of, load_pages
from search.records import Described, describe, digest_of, key_of, record_of, row_of
from search.row_writing import write_grants, write_rows

logger = logging.getLogger(__name__)

#: More pages than these are not read while an editor waits.
MOST_AT_ONCE = 500
#: A page left to the worker is due at once.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a batch: the records of what may be read, and the pages that those below must follow.

    Shape: of pages `regranted` the readers or their hours changed, of those `moved` the address.
    """

    records: tuple[IndexRecord, ...] = ()
    regranted: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()
    changed: int = 0


@transaction.atomic
def refresh(page: Page) -> None:
    """Bring all that is kept of one page up to date with what is published.

    When the audience, the reading time or the address changed, everything below the page follows.
    """
    states = lock_states([page.pk])
    _follow(page, write_pages(states, [page.specific], always=True))


@transaction.atomic
def refresh_hours(page: Page) -> None:
    """What an approved later version changes of a page and of those below it; nothing when it narrows nothing."""
    _follow(page, refresh_batch([page.pk]))


def _follow(page: Page, written: Written) -> None:
    _follow_names(written)
    if (written.regranted or written.moved) and not page.is_leaf():
        below = page.get_descendants().order_by("path").values_list("pk", flat=True)
        refresh_where(below, hides_rest=bool(written.regranted))


@transaction.atomic
def refresh_tree(page: Page, hides_rest: bool = True) -> None:
    """The same for a page and everything below it, after a move, a new slug or an unpublished parent."""
    tree = page.get_descendants(inclusive=True).order_by("path").values_list("pk", flat=True)
    refresh_where(tree, hides_rest)


@transaction.atomic
def refresh_where(page_ids: Iterable[int], hides_rest: bool = False) -> int:
    """Bring these pages up to date, in batches; those of which nothing changed are left alone.

    Example: `refresh_where(Entry.objects.filter(unit_id=7).values_list("pk", flat=True))` after a unit was renamed.
    Of very many pages the first are done here and the rest by the worker, so that nobody waits for minutes;
    `hides_rest` opens the rest to nobody until then, where fewer readers may see them than before.
    """
    wanted = list(page_ids)
    changed = 0
    for batch in batches_of(wanted[:MOST_AT_ONCE]):
        written = refresh_batch(batch)
        changed += written.changed
        _follow_names(written)
    for batch in batches_of(wanted[MOST_AT_ONCE:]):
        _leave_to_worker(batch, hides_rest)
    return changed


def _follow_names(written: Written) -> None:
    """Pages that name one whose readers or address changed say its name to others, or to nobody, from now on."""
    changed = written.regranted | written.moved
    naming = Entry.objects.filter(Q(unit_id__in=changed) | Q(campaign_id__in=changed)).exclude(pk__in=changed)
    if changed and (page_ids := list(naming.order_by("pk").values_list("pk", flat=True))):
        refresh_where(page_ids)


def _leave_to_worker(page_ids: Sequence[int], hides: bool) -> None:
    IndexState.objects.filter(page_id__in=page_ids).update(unread_since=LONG_AGO)
    if hides:
        Grant.objects.filter(page_id__in=page_ids).delete()
        pages_changed.send(sender=IndexState, page_ids=list(page_ids))
    worker_call.wake_after_commit()


@transaction.atomic
def refresh_batch(page_ids: Sequence[int], always: bool = False) -> Written:
    """One batch of pages read anew; gives the records of all of them, changed or not.

    `always` writes the rows of all of them, as after some were lost.
    """
    states = lock_states(page_ids)
    return write_pages(states, load_pages(page_ids), always)


@transaction.atomic
def forget(page_ids: Iterable[int]) -> None:
    """Pages that are no more: a tombstone for each, at a new version."""
    for batch in batches_of(page_ids):
        states = lock_states(batch)
        _bury([state for state in states.values() if state.version and not state.is_removed])
        _mark_read([state for state in states.values() if state.unread_since])
        _tell_of(batch)


def lock_states(page_ids: Sequence[int]) -> dict[int, IndexState]:
    """The state rows of pages, ours until the end of the transaction, made where they are missing."""
    held = dict.fromkeys(sorted(page_ids))
    rows = IndexState.objects.select_for_update().order_by("page_id")
    found = {row.page_id: row for row in rows.filter(page_id__in=held)}
    missing = [pk for pk in held if pk not in found]
    if missing:
        new = [IndexState(key=key_of(pk), page_id=pk) for pk in missing]
        IndexState.objects.bulk_create(new, ignore_conflicts=True)
        found |= {row.page_id: row for row in rows.filter(page_id__in=missing)}
    return found


def read_described(pages: Iterable[Page]) -> dict[int, Described]:
    """What is to be indexed of these pages, with the text of their files; pages nobody may read are left out."""
    described = name_pages({page.pk: each for page in pages if (each := describe(page))})
    files = {pk: each.document.files for pk, each in described.items() if each.document.files}
    passages = passages_of(files)
    return {pk: replace(each, passages=passages.get(pk, ())) for pk, each in described.items()}


def write_pages(states: Mapping[int, IndexState], pages: Sequence[Page], always: bool = False) -> Written:
    """Write rows and records of pages whose states are locked; `always` even when nothing seems to have changed."""
    described = read_described(pages)
    rows = {pk: row_of(each) for pk, each in described.items()}
    records = {pk: record_of(each, states[pk].version) for pk, each in described.items()}
    digests = {pk: digest_of(each, rows[pk], records[pk]) for pk, each in described.items()}
    changed = [pk for pk, digest in digests.items() if always or states[pk].digest != digest or states[pk].is_removed]
    regranted = write_grants(states, described)
    changed += [pk for pk in regranted if pk in described and pk not in changed]
    moved = _moved({pk: rows[pk]["url"] for pk in changed})
    write_rows({pk: (described[pk], rows[pk]) for pk in changed})
    for pk in changed:
        _advance(states[pk], digests[pk])
        records[pk] = replace(records[pk], version=states[pk].version)
    gone = [states[pk] for pk in states if pk not in described and (states[pk].digest or pk in regranted)]
    _keep_states([states[pk] for pk in changed])
    _tell_database_engine([records[pk] for pk in changed], {})
    _bury(gone)
    _mark_read([state for state in states.values() if state.unread_since])
    if any(described[pk].document.files for pk in changed):
        worker_call.wake_after_commit()
    _tell_of(regranted | moved)
    return Written(tuple(records.values()), frozenset(regranted), frozenset(moved), len(changed) + len(gone))


def _tell_of(page_ids: Collection[int]) -> None:
    if page_ids:
        readers_changed.send(sender=IndexState, page_ids=frozenset(page_ids))


def _moved(addresses: Mapping[int, str]) -> set[int]:
    """The pages that stood at another address until now."""
    held = dict(Entry.objects.filter(pk__in=addresses).values_list("pk", "url")) if addresses else {}
    return {pk for pk, url in held.items() if url != addresses[pk]}


def _mark_read(states: Sequence[IndexState]) -> None:
    if states:
        IndexState.objects.filter(pk__in=[state.pk for state in states]).update(unread_since=None)


def _bury(states: Sequence[IndexState]) -> None:
    """Take pages out of every list and engine; their states stay as tombstones."""
    if not states:
        return
    page_ids = [state.page_id for state in states]
    for model in (Entry, FileUse, AttachmentPage, Grant):
        model.objects.filter(page_id__in=page_ids).delete()
    for state in states:
        _advance(state, "")
        state.is_removed = True
    _keep_states(states)
    _tell_database_engine([], {state.key: state.version for state in states})


def _advance(state: IndexState, digest: str) -> None:
    if state.version <= state.indexed_version:
        state.changed_at = timezone.now()
    state.version += 1
    state.digest, state.is_removed = digest, False
    state.attempts, state.not_before, state.error = 0, None, ""


def _keep_states(states: Sequence[IndexState]) -> None:
    if states:
        columns = ["version", "is_removed", "digest", "attempts", "not_before", "error", "changed_at"]
        IndexState.objects.bulk_create(
            [_copy(state) for state in states], update_conflicts=True, unique_fields=["key"], update_fields=columns
        )
        pages_changed.send(sender=IndexState, page_ids=[state.page_id for state in states])
        worker_call.wake_after_commit()


def _copy(state: IndexState) -> IndexState:
    """The row without its number, so that the database finds it by its key."""
    values = {field.attname: getattr(state, field.attname) for field in IndexState._meta.concrete_fields}
    return IndexState(**(values | {"id": None}))


def _tell_database_engine(records: Sequence[IndexRecord], removed: Mapping[str, int]) -> None:
    """The engine of the database, in this very transaction; its trouble never stops a publication.

    What it misses shows as drift, and `search_verify --fix` brings it.
    """
    if not records and not removed:
        return
    engine = chosen.database_engine()
    try:
        with transaction.atomic():
            if records:
                engine.put(records)
            if removed:
                engine.remove(removed)
    except (DatabaseError, EngineUnavailable):
        logger.exception("the %s engine missed %s", engine.name, [*(record.key for record in records), *removed])
