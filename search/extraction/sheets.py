"""Spreadsheets as text: a page for each sheet, a line for each row."""

import datetime
import io
import re
import zipfile
from collections.abc import Iterator

import python_calamine

from . import bounds
from .blocks import Block, Table, paragraph
from .legacy_guessing import convert_guessed
from .pages import Body, Ending, FilePage, Part
from .refusals import ReadingFailed
from .tidying import tidy

_REFERENCE = re.compile(rb'<c\b[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_COLUMNS_OF_BLOCKS = 30
_ROWS_OF_BLOCKS = 2_000


def read_sheets(data: bytes, name: str, wishes=None) -> Iterator[Part]:
    """The rows of each sheet, as in `[*read_sheets(data, "danh-sach.xlsx")][1].text`.

    Shape: a sheet has the number of its place in the workbook.
    Errors: ReadingFailed when it is damaged, locked or spans too many cells.
    """
    if data.startswith(b"PK"):
        _check_span(data, name)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names[: bounds.MAX_SHEETS]
    except python_calamine.PasswordError as error:
        raise ReadingFailed(f"Tệp “{name}” có mật khẩu nên không đọc được. Hãy bỏ mật khẩu.") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(name) from error
    blocks: list[Block] = []
    has_text = False
    for number, sheet in enumerate(names, start=1):
        rows = _rows(book, sheet, name)
        if text := tidy(convert_guessed("\n".join("\t".join(filter(None, row)) for row in rows))):
            has_text = True
            yield FilePage(number, f"{sheet}\n{text}" if len(names) > 1 else text)
            blocks += [paragraph(sheet), _table(rows)]
    if wishes is not None and wishes.with_blocks:
        yield Body(tuple(blocks))
    yield Ending("" if has_text else f"Tệp “{name}” không có chữ để tìm.")


def _check_span(data: bytes, name: str) -> None:
    """Refuses a sheet that puts two cells a world apart: its reader would fill the world between them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.infolist():
            path = member.filename.casefold()
            if not path.endswith(".xml") or not ("worksheets/" in path or path == "content.xml"):
                continue
            with archive.open(member) as stream:
                raw = stream.read(bounds.MAX_XML_BYTES)
            columns = rows = 1
            for letters, digits in _REFERENCE.findall(raw):
                rows = max(rows, int(digits))
                columns = max(columns, _column(letters))
            if rows * columns > bounds.MAX_CELLS:
                raise ReadingFailed(
                    f"Bảng tính “{name}” trải quá rộng ({rows} dòng, {columns} cột) nên không đọc được. "
                    "Hãy xóa các ô thừa ở xa bảng rồi lưu lại."
                )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(book, sheet: str, name: str) -> list[list[str]]:
    try:
        cells = book.get_sheet_by_name(sheet)
        if cells.height * cells.width > bounds.MAX_CELLS:
            raise ReadingFailed(f"Bảng tính “{name}” quá lớn nên không đọc được. Hãy tách thành tệp nhỏ hơn.")
        return [spelt for row in cells.iter_rows() if any(spelt := [_spell(value) for value in row])]
    except python_calamine.WorksheetNotFound:
        return []  # a sheet that is a chart
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(name) from error


def _spell(value) -> str:
    """A cell as people see it: whole numbers without a point, dates day first."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime.datetime() if value.time() != datetime.time():
            return f"{value:%d/%m/%Y %H:%M}"
        case datetime.date():
            return f"{value:%d/%m/%Y}"
        case _:
            return " ".join(str(value).split())


def _table(rows: list[list[str]]) -> Table:
    kept = [row[:_COLUMNS_OF_BLOCKS] for row in rows[:_ROWS_OF_BLOCKS]]
    return Table(tuple(tuple((paragraph(cell),) for cell in row) for row in kept), bordered=True)


def _damaged(name: str) -> ReadingFailed:
    return ReadingFailed(f"Bảng tính “{name}” bị hỏng nên không đọc được. Hãy mở bằng Excel và lưu lại thành .xlsx.")
