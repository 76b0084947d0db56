"""Reads what was received: one file at a time, its progress told, its end written once."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from django.db import DatabaseError, transaction

from directives.models import IntakeRecord, IntakeState
from search.extraction.reading import READER_VERSION
from search.extraction.refusals import ReadingFailed, Refused

from .first_look import registers
from .job import read_data
from .leasing import MOST_ATTEMPTS, Lease, due, take
from .reading import Reading
from .settling import GIVEN_UP, fail, settle, settle_problem

logger = logging.getLogger(__name__)

#: Units: seconds between two looks at the progress of a reading, and between two renewals of its lease.
BEAT = 0.5
RENEWAL = 8.0
LOST = "Không còn tệp gốc trên máy chủ. Hãy tải tệp lên lại."


class Stopped(Exception):
    """Somebody cancelled the file, or another worker took it over."""


@dataclass
class _Progress:
    """What the reading says of itself, from another thread; it is told in turn when nobody wants it any more."""

    done: int = 0
    total: int = 0
    is_unwanted: bool = False

    def tell(self, done: int, total: int) -> None:
        """Called as pages get done.

        Errors: Stopped, which ends the reading.
        """
        if self.is_unwanted:
            raise Stopped
        self.done, self.total = done, total


def work_off(is_over: Callable[[], bool] = lambda: False) -> int:
    """How many files were read: all that are due, or those up to when `is_over()` says to stop."""
    count = 0
    tried: set[int] = set()
    while not is_over() and (record_pk := _next(tried)) is not None:
        tried.add(record_pk)
        try:
            work_on(record_pk)
        except DatabaseError:
            raise
        except Exception:
            # One file must not keep the others from being read; it is tried again when its lease is over.
            logger.exception("intake %s could not be read", record_pk)
        count += 1
    return count


def _next(tried: set[int]) -> int | None:
    return due().exclude(pk__in=tried).values_list("pk", flat=True).first()


def work_on(record_pk: int) -> IntakeRecord:
    """The record after its file was read, e.g. `work_on(7).state == "review"`; as it is when there is nothing to do.

    Errors: OSError when the machine starts no process; the file is free again when its lease is over.
    """
    lease = take(record_pk)
    if lease is not None:
        try:
            _read_leased(lease)
        except Stopped:
            logger.info("intake %s is no longer wanted here", record_pk)
    return IntakeRecord.objects.select_related("document", "created_by").get(pk=record_pk)


def _read_leased(lease: Lease) -> None:
    record = IntakeRecord.objects.select_related("document", "created_by").get(pk=lease.record_pk)
    if record.attempts > MOST_ATTEMPTS:
        _end(lease, lambda own: fail(own, GIVEN_UP))
        return
    try:
        reading = _read_before(record) or _read(lease, record)
    except (Refused, ReadingFailed) as problem:
        told = problem
        _end(lease, lambda own: settle_problem(own, told))
        return
    _end(lease, lambda own: _save_settled(own, reading))


def _save_settled(record: IntakeRecord, reading: Reading) -> None:
    settle(record, reading)
    record.save()


def _end(lease: Lease, write: Callable[[IntakeRecord], None]) -> None:
    """The end of a reading, unless somebody else has written one meanwhile."""
    with transaction.atomic():
        own = lease.mine().select_for_update().first()
        if own is None:
            raise Stopped
        write(own)


def _read_before(record: IntakeRecord) -> Reading | None:
    """What this reader made of the same bytes, unless it took something from another name than this file bears."""
    same = IntakeRecord.objects.filter(sha256=record.sha256, reader_version=READER_VERSION, reading__isnull=False)
    found = same.exclude(pk=record.pk).values_list("name", "reading").first()
    if found is None:
        return None
    name, reading = found
    facts = [*reading["facts"].values(), *reading["recognition"]["fields"].values()]
    if name != record.name and any(fact["source"] == "file_name" for fact in facts):
        return None
    return Reading.from_json(reading)


def _read(lease: Lease, record: IntakeRecord) -> Reading:
    """The reading, made in a thread beside: this one tells the progress and writes, and holds no lock meanwhile."""
    data = _bytes_of(record)
    progress = _Progress()
    # Whoever waits for one file has every picture read by all engines; thousands are read by the quick one first.
    known = registers() | {"thorough": record.batch_id is None}
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake-reader") as pool:
        future = pool.submit(read_data, data, record.name, on_page=progress.tell, **known)
        try:
            _watch(future, progress, lease)
        finally:
            progress.is_unwanted = True
        return future.result()


def _bytes_of(record: IntakeRecord) -> bytes:
    try:
        if record.document is None:
            raise FileNotFoundError
        with record.document.file.open("rb") as stored:
            return stored.read()
    except FileNotFoundError as error:
        raise ReadingFailed(LOST) from error


def _watch(future: Future, progress: _Progress, lease: Lease) -> None:
    """Tells how far a reading is until it has ended; ends it when the file is not ours any more."""
    told, renewed = (0, 0), time.monotonic()
    while wait([future], timeout=BEAT).not_done:
        seen = (progress.done, progress.total)
        if progress.is_unwanted:
            continue
        if seen == told and time.monotonic() - renewed < RENEWAL:
            progress.is_unwanted = not lease.mine().exists()
            continue
        told, renewed = seen, time.monotonic()
        progress.is_unwanted = not lease.renew(**_said(*seen))


def _said(done: int, total: int) -> dict[str, object]:
    """Progress as columns. Only pictures take so long that somebody can look on."""
    if not total:
        return {}
    return {"pages_read": done, "page_count": total, "state": IntakeState.PICTURES}
