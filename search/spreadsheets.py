"""Tables for a spreadsheet: harmless texts, CSV a line at a time, plain XLSX."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from search.vietnamese.letters import clean

BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, e.g. `harmless("=1+1")` is "'=1+1"; one line, no controls.

    Source: OWASP, CSV Injection.
    """
    line = clean(text)
    is_formula = line.startswith(FORMULA_SIGNS) or text[:1] in ("\t", "\r")
    return f"'{line}" if is_formula else line


class LineByLine:
    """What the csv module writes to: it hands each line straight on."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence]) -> Iterator[str]:
    """A table line by line, after a mark that tells spreadsheets it is UTF-8: `csv_lines(("Số",), [("12",)])`."""
    writer = csv.writer(LineByLine())
    yield BOM + writer.writerow(headings)
    for row in rows:
        yield writer.writerow(row)


def write_xlsx(name: str, headings: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence]) -> IO[bytes]:
    """A table as a workbook in a temporary file, open at its beginning; whoever reads it closes it.

    Shape: a day stays one, so that its column sorts. Units: widths in characters.
    """
    book = Workbook(write_only=True)
    sheet = begin_sheet(book, name, headings, widths)
    for row in rows:
        sheet.append([_day_cell(sheet, cell) if isinstance(cell, date) else cell for cell in row])
    file = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    book.save(file)
    file.seek(0)
    return file


def begin_sheet(book: Workbook, name: str, headings: Sequence[str], widths: Sequence[float]):
    """A sheet of a write-only workbook with its headings, which stay in sight; rows are appended to it."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    heads = [WriteOnlyCell(sheet, heading) for heading in headings]
    for head in heads:
        head.font, head.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
    sheet.append(heads)
    return sheet


def _day_cell(sheet, day: date) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, day)
    cell.number_format = "dd/mm/yyyy"
    return cell
