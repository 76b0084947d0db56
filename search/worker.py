"""Does what changes left to be done: reads attached files, tells the remote engine what pages say now."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event

from django.db import DatabaseError, close_old_connections, connections

from search import outbox
from search.attachments import read_next_file
from search.contract import EngineUnavailable, SearchEngine
from search.engines import chosen
from search.engines.partly_written import PartlyWritten
from search.indexing import read_described, refresh_where
from search.outbox import Task
from search.reading import load_pages
from search.records import record_of
from search.unread import refresh_unread

logger = logging.getLogger(__name__)

#: Units: seconds between two looks at the queue when nobody calls.
PAUSE = 2.0


@dataclass(slots=True)
class Tally:
    """What a round did, e.g. `Tally(delivered=12, failed=0, files=1, pages=0)`."""

    delivered: int = 0
    failed: int = 0
    files: int = 0
    pages: int = 0
    is_outage: bool = False

    @property
    def sentence(self) -> str:
        """What was done in words, "" when it was nothing: "Chỉ mục tìm kiếm: ghi 12 thay đổi."."""
        counts = ((self.delivered, "ghi", "thay đổi"), (self.files, "đọc", "tệp"), (self.pages, "đọc lại", "trang"))
        done = [f"{deed} {count} {what}" for count, deed, what in counts if count]
        return f"Chỉ mục tìm kiếm: {', '.join(done)}." if done else ""


def work_off() -> Tally:
    """Do all that is due now; stops early when the remote engine is away."""
    tally = Tally()
    while count := refresh_unread():
        tally.pages += count
    deliver_due(tally)
    while (page_ids := read_next_file()) is not None:
        refresh_where(page_ids)
        tally.files += 1
        deliver_due(tally)
    return tally


def work_off_in_words() -> str:
    """The same for whoever reads sentences, e.g. `manage.py tick`."""
    return work_off().sentence


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a lot failed: the engine as a whole was away, or it refused some records."""

    text: str = ""
    is_outage: bool = False


def deliver_due(tally: Tally) -> None:
    """Tell the remote engine every change that is due; nothing when there is no remote engine."""
    engine = chosen.remote_engine()
    while engine is not None and not tally.is_outage:
        tasks = outbox.claim()
        if not tasks:
            return
        failed, reason = _deliver_what_can_be_read(tasks, engine)
        done = [task for task in tasks if task.key not in failed]
        tally.is_outage = len(failed) == len(tasks) and reason.is_outage
        outbox.mark_done(done)
        if failed:
            logger.warning("%s of %s changes not written to %s: %s", len(failed), len(tasks), engine.name, reason.text)
            outbox.mark_failed([task for task in tasks if task.key in failed], reason.text, reason.is_outage)
        tally.delivered += len(done)
        tally.failed += len(failed)


def _deliver_what_can_be_read(tasks: Sequence[Task], engine: SearchEngine) -> tuple[frozenset[str], Reason]:
    """A page that cannot be read keeps no other from being written."""
    try:
        return deliver(tasks, engine)
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("one of %s pages cannot be read", len(tasks))
        if len(tasks) == 1:
            return frozenset({tasks[0].key}), Reason(f"{type(error).__name__}: {error}")
    outcomes = [_deliver_what_can_be_read([task], engine) for task in tasks]
    failed = frozenset().union(*(keys for keys, _ in outcomes))
    return failed, next((reason for keys, reason in outcomes if keys), Reason())


def deliver(tasks: Sequence[Task], engine: SearchEngine) -> tuple[frozenset[str], Reason]:
    """Write what the pages of these changes say now; gives the keys that did not arrive, and why.

    The versions are those of the claim: a change that came since has a higher one and follows.
    """
    described = read_described(load_pages([task.page_id for task in tasks if not task.is_removed]))
    shown = [task for task in tasks if not task.is_removed and task.page_id in described]
    gone = {task.key: task.version for task in tasks if task not in shown}
    failed: set[str] = set()
    reason = Reason()
    try:
        if shown:
            engine.put([record_of(described[task.page_id], task.version) for task in shown])
    except PartlyWritten as refusal:
        failed, reason = set(refusal.keys), Reason(str(refusal))
    except EngineUnavailable as outage:
        return frozenset(task.key for task in tasks), Reason(str(outage), is_outage=True)
    try:
        if gone:
            engine.remove(gone)
    except PartlyWritten as refusal:
        return frozenset(failed | refusal.keys), Reason(str(refusal))
    except EngineUnavailable as outage:
        return frozenset(failed | gone.keys()), Reason(str(outage), is_outage=True)
    return frozenset(failed), reason


def run(called: Event, is_over) -> None:
    """Work until `is_over()` says so, looking again when called or when the pause is over."""
    pause = PAUSE
    while not is_over():
        called.clear()
        try:
            tally = work_off()
            # An engine that is away is left alone a little longer each time; the queue has its own pauses.
            pause = min(pause * 2, outbox.LONGEST_OUTAGE_PAUSE) if tally.is_outage else PAUSE
        except DatabaseError:
            logger.exception("the queue of the index could not be read")
            connections.close_all()
        close_old_connections()
        if not is_over():
            called.wait(pause)
