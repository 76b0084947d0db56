"""A register of documents ("sổ văn bản") as rows with values, whatever program wrote it."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from search.extraction import bounded

from . import bounds
from .columns import find_headings
from .register_values import read_values

logger = logging.getLogger(__name__)
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")


class RegisterUnreadable(Exception):
    """The register cannot be used: `RegisterUnreadable("Sổ không có cột tên tệp. …").message`."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Row:
    """One line of a register: `Row(12, "QD 131.pdf", {"number": "131", "notation": "QĐ-STNMT"})`.

    Shape: `values` as `register_values.read_values` names them; `doubts` are cells that could not be understood.
    """

    line: int
    file: str
    values: Mapping[str, object] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def read_register(path: Path) -> list[Row]:
    """The rows of a register that name a document, as in `read_register(Path("so-2019.csv"))[0].line == 2`.

    Errors: RegisterUnreadable with a sentence that says what to do.
    """
    if path.stat().st_size > bounds.MAX_REGISTER_BYTES:
        raise RegisterUnreadable("Sổ lớn hơn 20 MB. Hãy tách thành sổ nhỏ hơn.")
    return rows_of(_table(path.read_bytes(), path.name))


def rows_of(table: Sequence[tuple[int, Sequence[str]]]) -> list[Row]:
    """The rows under the headings: `rows_of([(1, ["Tệp", "Số"]), (2, ["a.pdf", "5"])])[0].file == "a.pdf"`.

    Errors: RegisterUnreadable without headings, or without one for the file.
    """
    place, columns = find_headings([cells for _, cells in table])
    if place < 0:
        raise RegisterUnreadable(
            "Không thấy dòng tiêu đề của sổ. Hãy đặt tên cột, ví dụ: Tên tệp, Số ký hiệu, Ngày ban hành, Trích yếu."
        )
    if "file" not in columns:
        raise RegisterUnreadable("Sổ không có cột tên tệp. Hãy thêm cột “Tên tệp” ghi tên tệp của từng văn bản.")
    return [_row(line, cells, columns) for line, cells in table[place + 1 :] if not _counts_columns(cells)]


def _row(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> Row:
    held = {name: cells[place].strip() for name, place in columns.items() if place < len(cells)}
    file = held.pop("file", "")
    values, doubts = read_values(held)
    return Row(line, file, values, tuple(doubts))


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether this is the line "(1) (2) (3)" that printed registers have under their headings."""
    filled = [cell.strip("() .") for cell in cells if cell.strip("() .")]
    return len(filled) > 1 and filled == [str(number) for number in range(int_or(filled[0]), len(filled) + 1)]


def int_or(text: str, otherwise: int = 1) -> int:
    """`int_or("1") == 1`; of anything but small digits the other number."""
    return int(text) if text.isdecimal() and len(text) < 3 else otherwise


def _table(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    with bounded.in_memory(data) as source:
        outcome = bounded.run("directives.intake.bulk.register_child", name, source, bounds.PROCESS)
    try:
        answer = json.loads(outcome.output) if outcome.code == 0 else {}
    except ValueError:
        answer = {}
    if "crashed" in answer:
        logger.error("reading a register crashed: %s", answer["crashed"])
    if "rows" not in answer:
        raise RegisterUnreadable(answer.get("failed", "Không đọc được sổ. Hãy mở bằng Excel và lưu lại thành .xlsx."))
    if answer["is_cut"]:
        raise RegisterUnreadable(f"Sổ có hơn {bounds.MAX_ROWS} dòng. Hãy tách thành sổ nhỏ hơn.")
    return [(line, cells) for line, cells in answer["rows"]]
