"""How long the original of a file is kept that did not become a page; told in docs/intake.md."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from directives.models import IntakeRecord, IntakeState
from search.office.chores import Chore, run_chore

from .keeping import drop_file

#: From the day the file came.
KEPT = timedelta(days=30)
ENDED = (IntakeState.FAILED, IntakeState.CANCELLED, IntakeState.TWIN)
GONE = "Tệp gốc đã được xóa sau 30 ngày."
_AT_ONCE = 200


def run_chores() -> Iterator[Chore]:
    """What the intake has to do from time to time, as `manage.py tick` runs it."""
    yield from run_chore(prune, "xóa tệp nhập dở quá hạn")


def prune() -> str:
    """Removes originals and readings that nobody came back to; the rows stay and say so: "Đã xóa 3 tệp …"."""
    old = IntakeRecord.objects.filter(state__in=ENDED, page=None, created_at__lt=timezone.now() - KEPT)
    count = 0
    kept = old.exclude(document=None).select_related("document").defer("reading", "recognition", "values")
    for record in kept[:_AT_ONCE]:
        record.reading, record.reader_version = None, 0
        record.reason = f"{record.reason} {GONE}".strip()[-500:]
        record.save(update_fields=["reading", "reader_version", "reason"])
        drop_file(record)
        count += 1
    return f"Đã xóa {count} tệp nhập dở quá 30 ngày." if count else ""
