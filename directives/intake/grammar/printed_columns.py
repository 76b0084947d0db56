"""The places of the lines at the end of a page: what stands above, and signatures beside each other."""

from collections.abc import Sequence
from itertools import pairwise

from search.vietnamese.people import has_family_name

from .lines import Line
from .printed import PrintedLine
from .signing import is_name, is_office

_ROW, _APART, _COLUMN, _HEIGHT = 0.03, 0.2, 0.14, 0.3


def plain(line: PrintedLine) -> Line:
    """The line without its place."""
    return Line(line.text, 0, is_bold=line.is_bold, align=line.align)


def top_of(line: PrintedLine) -> float:
    """How far from the upper edge it begins, 0 to 1."""
    return line.box[1] if line.box else 0.0


def side_by_side(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """The lines of each of several signatures in one row, from left to right; `[]` for a document with one.

    Example: "GIÁM ĐỐC", "Đinh Thị Lan" and beside it "GIÁM ĐỐC", "Nguyễn Văn Tài" on a joint document.
    """
    names = [line for line in lines if line.box and is_name(plain(line)) and has_family_name(line.text.strip(" .*_-"))]
    for name in reversed(names):
        row = [one for one in names if one.page == name.page and abs(top_of(one) - top_of(name)) < _ROW]
        columns = [_column(lines, one) for one in sorted(row, key=lambda one: one.middle)]
        middles = sorted(one.middle for one in row)
        is_apart = all(right - left > _APART for left, right in pairwise(middles))
        if len(row) > 1 and is_apart and all(columns):
            return columns
    return []


def _column(lines: Sequence[PrintedLine], name: PrintedLine) -> list[PrintedLine]:
    """The offices over a name and the name; `[]` for a name without an office."""
    over = [
        line
        for line in lines
        if line.page == name.page
        and 0 < top_of(name) - top_of(line) < _HEIGHT
        and abs(line.middle - name.middle) < _COLUMN
    ]
    first = next((at for at, line in enumerate(over) if is_office(plain(line))), None)
    return [*sorted(over[first:], key=top_of), name] if first is not None else []
