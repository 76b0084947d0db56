"""What the log does from time to time: takes in what waits, forgets what is too old, notes its end elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from home.audit import anchor, spool
from home.audit.actions import AUDIT_ANCHORED, AUDIT_PRUNED
from home.audit.chain import hold
from home.audit.events import sign
from home.audit.recording import record
from home.audit.triggers import EVENTS
from home.models import AuditCheckpoint, AuditEvent, AuditHead

#: A log without a note is either new or somebody took both notes away.
WAS_THERE_ONE = "Nếu trước đây đã có mốc, hãy đối chiếu với bản xuất gần nhất: manage.py audit_verify --expect."


@dataclass(frozen=True, slots=True)
class Chore:
    """What became of one chore, e.g. `Chore("Đã xóa 120 sự kiện quá hạn khỏi nhật ký.")`."""

    sentence: str
    error: Exception | None = None


def run_chores() -> Iterator[Chore]:
    """Everything that is due; one that fails stops no other, one with nothing to tell is silent."""
    yield from _run(take_in, "ghi sự kiện đang chờ vào nhật ký")
    yield from _run(prune, "xóa phần nhật ký quá hạn")
    yield from _run(note_end, "ghi mốc của nhật ký")


def _run(act: Callable[[], str], deed: str) -> Iterator[Chore]:
    try:
        sentence = act()
    except Exception as error:
        yield Chore(f"Không {deed} được: {type(error).__name__}: {error}", error)
    else:
        if sentence:
            yield Chore(sentence)


def take_in() -> str:
    count = spool.sweep()
    return f"Đã ghi {count} sự kiện đang chờ vào nhật ký." if count else ""


def kept_from() -> datetime:
    """The first moment that is kept: the beginning of this day, `AUDIT_MONTHS` months ago."""
    today = timezone.localdate()
    years, month = divmod(today.year * 12 + today.month - 1 - settings.AUDIT_MONTHS, 12)
    first = today.replace(year=years, month=month + 1, day=min(today.day, 28))
    return timezone.make_aware(datetime.combine(first, time.min))


@transaction.atomic
def prune() -> str:
    """Remove the events whose time is over and leave a signed checkpoint, so that the rest still verifies.

    Source: Decree 333/2025/NĐ-CP on the safety of information systems, logs for twelve months.
    """
    hold()
    kept = AuditEvent.objects.filter(at__gte=kept_from()).order_by("sequence").first()
    end = kept.sequence - 1 if kept else AuditHead.objects.get(pk=AuditHead.ONLY).sequence
    old = AuditEvent.objects.filter(sequence__lte=end)
    last = old.order_by("-sequence").first()
    if last is None:
        return ""
    count, now = old.count(), timezone.now()
    signature = sign("checkpoint", last.sequence, last.digest, count, now.isoformat())
    closed = AuditCheckpoint(through=last.sequence, digest=last.digest, removed=count, at=now, signature=signature)
    AuditCheckpoint.objects.bulk_create([closed])
    # The model refuses to delete; below the checkpoint the database lets rows go.
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {EVENTS} WHERE sequence <= %s", [last.sequence])
    record(AUDIT_PRUNED, through=last.sequence, removed=count)
    return f"Đã xóa {count} sự kiện quá hạn khỏi nhật ký."


def note_end(is_accepted: bool = False) -> str:
    """Note the end of the chain outside the database; silent, since it happens every minute, save for the first.

    Errors: Untrue when there was a note and it is gone or changed: that is for `audit_verify` to say.
    """
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    if not head or not head.sequence:
        return ""
    end = anchor.Anchor(head.sequence, head.digest)
    try:
        is_first = not is_accepted and not anchor.noted_ends()
    except anchor.Untrue as untrue:
        raise anchor.Untrue(f"{untrue}. {anchor.REMEDY}") from untrue
    anchor.drop(end, is_accepted)
    anchor.remember(end, is_accepted)
    if not is_first:
        return ""
    record(AUDIT_ANCHORED, through=end.sequence)
    return f"Nhật ký chưa có mốc; đã lập mốc ở sự kiện {end.sequence}. {WAS_THERE_ONE}"
