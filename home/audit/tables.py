"""The log as a table for an inspector: readable words, and beside them all that is needed to verify the chain."""

import json
from collections.abc import Iterable, Iterator
from typing import IO

from django.utils import timezone

from home.audit.words import action_name, audience_name, detail_text, subject_name
from home.models import AuditEvent
from search.spreadsheets import csv_lines, harmless, write_xlsx

HEADINGS = (
    "Số thứ tự",
    "Thời điểm",
    "Người",
    "Mã người",
    "Địa chỉ mạng",
    "Việc",
    "Đối tượng",
    "Mã đơn vị",
    "Phạm vi lúc đó",
    "Người được đọc lúc đó",
    "Chi tiết",
    "Chi tiết (JSON)",
    "Giá trị băm trước",
    "Giá trị băm",
)
WIDTHS = (10, 20, 30, 9, 18, 24, 34, 10, 18, 24, 44, 30, 20, 20)
FORMS = ("csv", "xlsx")


def cells_of(event: AuditEvent) -> list:
    """One row in the order of `HEADINGS`; a text that a spreadsheet would compute is made harmless."""
    cells = (
        event.sequence,
        f"{timezone.localtime(event.at):%d/%m/%Y %H:%M:%S}",
        event.actor_name,
        event.actor_id,
        event.address,
        action_name(event),
        subject_name(event),
        event.unit_id,
        audience_name(event),
        event.readers,
        detail_text(event),
        json.dumps(event.detail, ensure_ascii=False, sort_keys=True),
        event.previous,
        event.digest,
    )
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]


def audit_csv(events: Iterable[AuditEvent]) -> Iterator[str]:
    """The table as CSV, line by line."""
    return csv_lines(HEADINGS, map(cells_of, events))


def audit_xlsx(events: Iterable[AuditEvent]) -> IO[bytes]:
    """The table as a workbook, open at its beginning."""
    return write_xlsx("Nhật ký", HEADINGS, WIDTHS, map(cells_of, events))
