"""The process that opens a register: bytes on standard input, its rows as one JSON object on standard output."""

import csv
import io
import json
import os
import sys
from datetime import date, datetime, time

from search.extraction.bounded import place_of
from search.vietnamese.letters import nfc

from . import bounds
from .columns import find_headings

_BYTE_ORDERS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = (",", ";", "\t")
Rows = list[tuple[int, list[str]]]


def main() -> None:
    """Writes {"rows": [[line, cells], …]}, {"failed": sentence} or {"crashed": place}."""
    bounds.PROCESS.bind()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    answer = _answer(sys.stdin.buffer.read(bounds.MAX_REGISTER_BYTES + 1), name)
    with os.fdopen(1, "wb", closefd=False) as output:
        output.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


def _answer(data: bytes, name: str) -> dict:
    try:
        rows = read_workbook(data) if name.casefold().endswith((".xlsx", ".xls", ".ods")) else read_csv(data)
    except (MemoryError, RecursionError):
        return {"failed": "Sổ quá lớn nên không đọc được. Hãy tách thành sổ nhỏ hơn."}
    except ValueError as error:
        return {"failed": str(error)}
    except Exception as error:
        return {"crashed": place_of(error)}
    return {"rows": rows[: bounds.MAX_ROWS], "is_cut": len(rows) > bounds.MAX_ROWS}


def read_csv(data: bytes) -> Rows:
    """The rows of a CSV with the line each begins on; the separator is the one under which headings are known.

    Errors: ValueError with a sentence for what is no table of text.
    """
    text = decode(data)
    if "\0" in text:
        raise ValueError("Sổ không phải là tệp CSV. Hãy lưu lại dạng CSV (UTF-8) hoặc .xlsx.")
    tables = [_parse(text, delimiter) for delimiter in DELIMITERS]
    return max(tables, key=lambda rows: len(find_headings([cells for _, cells in rows])[1]))


def decode(data: bytes) -> str:
    """The text of a CSV saved by any Excel: `decode("Số".encode("cp1258")) == "Số"` after composition."""
    for mark, encoding in _BYTE_ORDERS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1258", "replace")


def _parse(text: str, delimiter: str) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: Rows = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, [_one_line(cell) for cell in cells[: bounds.MAX_COLUMNS]]))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError("Sổ có ô quá dài hoặc dấu ngoặc kép không đóng. Hãy lưu lại dạng .xlsx.") from error
    return rows


def read_workbook(data: bytes) -> Rows:
    """The rows of the sheet whose headings tell most, with the number each has in the sheet.

    Errors: ValueError with a sentence for a workbook that is damaged or locked.
    """
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [_rows(book.get_sheet_by_name(name)) for name in book.sheet_names[: bounds.MAX_REGISTER_SHEETS]]
    except python_calamine.PasswordError as error:
        raise ValueError("Sổ có mật khẩu nên không đọc được. Hãy bỏ mật khẩu.") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise ValueError("Sổ bị hỏng nên không đọc được. Hãy mở bằng Excel và lưu lại thành .xlsx.") from error
    return max(sheets, key=lambda rows: len(find_headings([cells for _, cells in rows])[1]), default=[])


def _rows(sheet) -> Rows:
    if sheet.height * sheet.width > bounds.MAX_REGISTER_CELLS:
        raise MemoryError
    numbered = enumerate(sheet.iter_rows(), start=1)
    return [
        (line, spelt[: bounds.MAX_COLUMNS])
        for line, cells in numbered
        if any(spelt := [_spell(cell) for cell in cells])
    ]


def _spell(value) -> str:
    """A cell as people see it: whole numbers without a point, dates day first."""
    match value:
        case bool() | time():
            return ""
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() | date():
            return f"{value:%d/%m/%Y}"
        case _:
            return _one_line(str(value))


def _one_line(text: str) -> str:
    return " ".join(nfc(text).split())
