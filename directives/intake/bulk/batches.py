"""The batch of a folder or register: one for each path, taken up again after a kill, worked on by one run at a time."""

import fcntl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F

from directives.models import AT_WORK, IntakeBatch, IntakeRecord, IntakeState

from .agreement import letters
from .sources import Item, Source

#: Units: seconds.
LINGERING = 3.0


class NotStarted(Exception):
    """The run must not begin; its text is a sentence for the person."""


@contextmanager
def running(source: Source) -> Iterator[None]:
    """Only this run works on the batch; what a killed run held is free at once.

    Errors: NotStarted while another run is at it.
    """
    folder = Path(settings.VAR_DIR) / "intake"
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    with (folder / f"batch-{source.key[:24]}.lock").open("a") as file:
        _lock(file)
        yield


def _lock(file: IO) -> None:
    """The workers of a killed run end a moment after it and hold the lock as long."""
    end = time.monotonic() + LINGERING
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > end:
                message = "Một tiến trình khác đang nhập chính thư mục hoặc sổ này. Hãy đợi xong."
                raise NotStarted(message) from error
        time.sleep(0.1)


def open_batch(source: Source, user, is_resumed: bool) -> IntakeBatch:
    """The batch of a folder, new or, when asked to go on, the one there is.

    Errors: NotStarted when it is known and nobody asked to go on.
    """
    known = IntakeBatch.objects.filter(source=source.key).first()
    if known is None:
        return IntakeBatch.objects.create(name=source.name[:255], source=source.key, created_by=user)
    if not is_resumed:
        ended = known.records.exclude(state__in=AT_WORK).count()
        raise NotStarted(
            f"“{source.name}” đã được nhập (đợt {known.pk}, ngày {known.created_at:%d/%m/%Y}): {ended} trên "
            f"{len(source.items)} tệp đã xong. Thêm --resume để làm tiếp các tệp còn lại và cả tệp mới có."
        )
    _free_what_was_held(known)
    return known


def _free_what_was_held(batch: IntakeBatch) -> None:
    """A killed run still holds its last files for a while; the kill is not the files' fault."""
    held = batch.records.filter(state__in=AT_WORK, lease_until__isnull=False)
    held.filter(attempts__gt=0).update(attempts=F("attempts") - 1)
    held.update(state=IntakeState.RECEIVED, lease_until=None)


def still_to_do(batch: IntakeBatch, items: Sequence[Item]) -> list[Item]:
    """The files that have not ended, and those that still may need a look at their row of the register."""
    states = dict(batch.records.values_list("place", "state"))
    return [item for item in items if not _is_done(states.get(item.place), item)]


def _is_done(state: str | None, item: Item) -> bool:
    if state is None or state in AT_WORK:
        return False
    return item.row is None or state != IntakeState.REVIEW


def count_states(batch: IntakeBatch) -> dict[str, int]:
    """How many files of the batch are in each state: `{"review": 950, "twin": 50}`."""
    counted = batch.records.order_by().values_list("state").annotate(Count("pk"))
    return dict(counted)


def tell_doubles(batch: IntakeBatch, is_everywhere: bool) -> int:
    """How many records were told that another file bears the same number; nothing else is changed.

    Shape: of those that wait for a person; `is_everywhere` compares with other batches too.
    """
    records = IntakeRecord.objects.filter(state=IntakeState.REVIEW, reading__isnull=False)
    if not is_everywhere:
        records = records.filter(batch=batch)
    first: dict[tuple, tuple[int, str]] = {}
    told = 0
    rows = records.order_by("pk").values_list("pk", "batch_id", "name", "reading__facts")
    for pk, batch_id, name, facts in rows.iterator(chunk_size=200):
        key = _identity(facts or {})
        if key is None:
            continue
        earlier = first.setdefault(key, (pk, name))
        if earlier[0] != pk and batch_id == batch.pk:
            told += _add_reason(pk, f"Cùng số, ký hiệu, năm và cơ quan với tệp “{earlier[1]}”.")
    return told


def _identity(facts: dict) -> tuple | None:
    said = {name: str((facts.get(name) or {}).get("value") or "") for name in ("number", "notation", "agency")}
    year = str((facts.get("issued_on") or {}).get("value") or "")[:4]
    if not (said["number"] and said["notation"] and year):
        return None
    return (letters(said["number"]).lstrip("0"), letters(said["notation"]), letters(said["agency"]), year)


def _add_reason(pk: int, sentence: str) -> bool:
    with transaction.atomic():
        record = IntakeRecord.objects.select_for_update().only("reason").filter(pk=pk, state=IntakeState.REVIEW).first()
        if record is None or sentence in record.reason:
            return False
        record.reason = f"{sentence} {record.reason}".strip()[:500]
        record.save(update_fields=["reason"])
    return True
