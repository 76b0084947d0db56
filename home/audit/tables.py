"""The log as a table for an inspector: readable words, and beside them all that is needed to verify the chain."""

import csv
import json
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from home.audit.words import action_name, audience_name, detail_text, subject_name
from home.models import AuditEvent
from search.spreadsheets import BOM, LineByLine, harmless

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


def csv_lines(events: Iterable[AuditEvent]) -> Iterator[str]:
    """The table line by line, after a mark that tells spreadsheets it is UTF-8."""
    writer = csv.writer(LineByLine())
    yield BOM + writer.writerow(HEADINGS)
    for event in events:
        yield writer.writerow(cells_of(event))


def write_xlsx(events: Iterable[AuditEvent]):
    """The table as a workbook in a temporary file, ready to be read."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhật ký")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJKLMN"[place]].width = width
    heads = [WriteOnlyCell(sheet, heading) for heading in HEADINGS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for event in events:
        sheet.append(cells_of(event))
    file = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    book.save(file)
    file.seek(0)
    return file
