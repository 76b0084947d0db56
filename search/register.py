"""The register of documents on paper: a list of an archive as a sheet for A4 (XLSX) or as data (CSV).

Source: Decree 30/2020/NĐ-CP, appendix IV, register of outgoing documents, for the order of its columns.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from search.models import Entry
from search.shelves import Shelf
from search.spreadsheets import csv_lines, harmless
from search.vietnamese.dates import spell_short
from search.visibility import LABELS

MOST_ROWS = 10_000
#: A text that begins with one of these is a formula to a spreadsheet; full-width signs count as well.
_FACE = "Times New Roman"
_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_A4 = 9


@dataclass(frozen=True, slots=True)
class Column:
    """One column, e.g. `Column("Trích yếu", 42, lambda entry: entry.title)`; the width is in characters."""

    label: str
    width: float
    value: Callable[[Entry], str | date]


def columns_of(shelf: Shelf, with_audience: bool) -> list[Column]:
    """The columns after the running number; staff are told for whom each document is."""
    own = [Column("Số, ký hiệu", 20, lambda entry: entry.printed_number)] if shelf.is_register else []
    byline = [Column("Tập thể, cá nhân", 30, lambda entry: entry.byline)] if "story" in shelf.kinds else []
    issuer = [Column("Cơ quan ban hành", 22, lambda entry: entry.issuer_name)] if shelf.is_register else []
    state = [Column("Tình trạng", 14, _state)] if shelf.is_register else []
    audience = [Column("Phạm vi", 10, lambda entry: LABELS.get(entry.audience, ""))] if with_audience else []
    return [
        *own,
        Column("Ngày ban hành" if shelf.is_register else "Ngày", 12, issued_value),
        Column(shelf.type_label, 13, lambda entry: entry.type_name),
        Column("Trích yếu" if shelf.is_register else "Tiêu đề", 44, lambda entry: entry.title),
        *byline,
        *issuer,
        Column("Đơn vị soạn thảo" if shelf.is_register else "Đơn vị", 20, lambda entry: entry.unit_name),
        *state,
        *audience,
        Column("Địa chỉ", 26, address_value),
    ]


def issued_value(entry: Entry) -> date | str:
    """The day of issue as a real date; in words where less is known, e.g. "năm 2024"."""
    issued = entry.issued_date
    if issued is None:
        return "chưa rõ ngày"
    return date(issued.year, issued.month, issued.day) if issued.precision == "day" else spell_short(issued)


def address_value(entry: Entry) -> str:
    return entry.url if "://" in entry.url else f"{settings.SITE_ADDRESS}{entry.url}"


def _state(entry: Entry) -> str:
    return entry.state.label if entry.state else ""


def write_csv(columns: list[Column], entries: Iterable[Entry]) -> Iterator[str]:
    """The list as CSV, line by line; the mark in front tells spreadsheets that it is UTF-8."""
    rows = ([number, *(_as_text(column.value(entry)) for column in columns)] for number, entry in enumerate(entries, 1))
    return csv_lines(["STT", *(column.label for column in columns)], rows)


def _as_text(value: date | str) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else harmless(value)


def write_sheet(name: str, head: list[str], columns: list[Column], entries: Iterable[Entry]) -> BytesIO:
    """The list as an XLSX file, open at its beginning.

    Shape: `head` holds lines of the agency, then an empty line, then the title and lines under it, e.g.
    `["SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", "", "SỔ VĂN BẢN", "Năm 2024"]`. Rows are written as they come.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    _set_up(sheet, name, columns, len(head) + 2)
    for line in _head_rows(sheet, head, len(columns) + 1):
        sheet.append(line)
    sheet.append(_fill(_line(sheet, columns, is_head=True), ["STT", *(column.label for column in columns)]))
    line = _line(sheet, columns)
    for number, entry in enumerate(entries, start=1):
        sheet.append(_fill(line, [number, *(column.value(entry) for column in columns)]))
    held = BytesIO()
    book.save(held)
    held.seek(0)
    return held


def _set_up(sheet, name: str, columns: list[Column], head_row: int) -> None:
    """Paper, repeated head row, page numbers, widths: all before the first row is written."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.6, right=0.4, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.freeze_panes = f"A{head_row + 1}"
    sheet.oddFooter.left.text = name.replace("&", "&&")
    sheet.oddFooter.right.text = "Trang &P/&N"
    for at, width in enumerate([5, *(column.width for column in columns)], start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _head_rows(sheet, head: list[str], width: int) -> Iterator[list]:
    """The lines above the table, centred over all columns without merging any; an empty one at the end."""
    title_at = head.index("") + 1 if "" in head else 0
    for at, line in enumerate(head):
        cells = [WriteOnlyCell(sheet) for _ in range(width)]
        cells[0].value = harmless(line) or None
        for cell in cells:
            cell.font = Font(name=_FACE, size=16 if at == title_at else 12, bold=at <= title_at)
            cell.alignment = Alignment(horizontal="centerContinuous" if at >= title_at else "left")
        yield cells
    yield []


def _line(sheet, columns: list[Column], is_head: bool = False) -> list[WriteOnlyCell]:
    """Cells with their looks, filled anew for each row: dressing every cell of ten thousand rows takes seconds."""
    cells = [WriteOnlyCell(sheet) for _ in range(len(columns) + 1)]
    for at, cell in enumerate(cells):
        is_date = at > 0 and columns[at - 1].value is issued_value
        cell.font = Font(name=_FACE, size=11, bold=is_head)
        is_middle = is_head or is_date or at == 0
        cell.alignment = Alignment(horizontal="center" if is_middle else "left", vertical="top", wrap_text=True)
        cell.border = _BOX
        cell.number_format = "dd/mm/yyyy" if is_date else "General"
    return cells


def _fill(cells: list[WriteOnlyCell], values: list) -> list[WriteOnlyCell]:
    for cell, value in zip(cells, values, strict=True):
        cell.value = (harmless(value) or None) if isinstance(value, str) else value
    return cells
