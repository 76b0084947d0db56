"""Paragraphs and side-by-side columns out of placed lines, for files that only know where words stand.

The head and the end of an administrative document stand in two columns, so they become a table without
borders, as they are in the files that Word writes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from .blocks import Block, Paragraph, Run, Table, paragraph
from .pages import FilePage, Line
from .tidying import is_page_number

_ITEM = re.compile(r"[-–+•*]\s|\(?[\divxIVX]{1,5}[.)/]|[a-zđ][.)]\s|(?:Điều|Chương|Mục|Phần|Căn cứ|Theo|Xét)\b")
# Parts of the width of a page.
_MIDDLE_LEFT, _MIDDLE_RIGHT = 0.56, 0.40
_FULL = 0.04
_INDENT = 0.025
_CENTRED = 0.04
_CELLS_OF_DATA = 3
_LINES_BEFORE = 3


@dataclass
class _Row:
    """Lines that stand side by side."""

    lines: list[Line] = field(default_factory=list)

    @property
    def top(self) -> float:
        return min(line.box[1] for line in self.lines)

    @property
    def bottom(self) -> float:
        return max(line.box[3] for line in self.lines)

    def holds(self, line: Line) -> bool:
        """Whether a line stands at the height of this row, beside what it holds."""
        for other in self.lines:
            shared = min(other.box[3], line.box[3]) - max(other.box[1], line.box[1])
            least = min(other.box[3] - other.box[1], line.box[3] - line.box[1])
            beside = line.box[0] >= other.box[2] - 0.01 or line.box[2] <= other.box[0] + 0.01
            if shared < least * 0.5 or not beside:
                return False
        return True

    @property
    def is_split(self) -> bool:
        """Whether it has words left and right and none in the middle."""
        return len(self.lines) > 1 and all(map(_is_half, self.lines))

    @property
    def is_half(self) -> bool:
        return all(map(_is_half, self.lines))


def blocks_of_pages(pages: Iterable[FilePage]) -> tuple[Block, ...]:
    """The blocks of all pages in reading order; a page without placed lines gives a paragraph a line."""
    blocks: list[Block] = []
    for page in pages:
        if not page.lines:
            blocks += [paragraph(line) for line in page.text.split("\n") if line.strip()]
            continue
        rows = _rows([line for line in page.lines if not _is_margin(line)])
        found = _blocks(rows)
        if blocks and found and _goes_on(blocks[-1], found[0]):
            blocks[-1] = paragraph(_join(blocks[-1].text, found[0].text), align=blocks[-1].align)
            found = found[1:]
        blocks += found
    return tuple(blocks)


def _is_half(line: Line) -> bool:
    return line.box[2] <= _MIDDLE_LEFT or line.box[0] >= _MIDDLE_RIGHT


def _is_margin(line: Line) -> bool:
    """Whether a line is a page number above or below the text."""
    return is_page_number(line.text) and (line.box[3] < 0.09 or line.box[1] > 0.91)


def _rows(lines: list[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: (line.box[1] + line.box[3], line.box[0])):
        row = next((row for row in reversed(rows[-3:]) if row.holds(line)), None)
        if row is None:
            rows.append(_Row([line]))
        else:
            row.lines.append(line)
    for row in rows:
        row.lines.sort(key=lambda line: line.box[0])
    return rows


def _blocks(rows: list[_Row]) -> list[Block]:
    left = _margin([row.lines[0].box[0] for row in rows], 0.1)
    right = 1 - _margin([1 - row.lines[-1].box[2] for row in rows], 0.1)
    blocks: list[Block] = []
    at = 0
    while at < len(rows):
        end = _end_of_columns(rows, at)
        if end > at:
            blocks.append(_columns(rows[at:end]))
        elif len(rows[at].lines) >= _CELLS_OF_DATA:
            end = next((i for i in range(at, len(rows)) if len(rows[i].lines) < _CELLS_OF_DATA), len(rows))
            cells = [tuple((paragraph(line.text),) for line in row.lines) for row in rows[at:end]]
            blocks.append(Table(tuple(cells), bordered=True))
        else:
            end = at + 1
            while end < len(rows) and _end_of_columns(rows, end) == end and len(rows[end].lines) < _CELLS_OF_DATA:
                end += 1
            blocks += _paragraphs(rows[at:end], left, right)
        at = end
    return blocks


def _margin(edges: list[float], part: float) -> float:
    edges = sorted(edges)
    return edges[int(len(edges) * part)] if edges else 0.0


def _end_of_columns(rows: list[_Row], start: int) -> int:
    """Where a region of two columns that begins at a row ends; `start` when none begins there."""
    end = start
    while (
        end < len(rows) and rows[end].is_half and len(rows[end].lines) < _CELLS_OF_DATA and _is_near(rows, end, start)
    ):
        end += 1
    region = rows[start:end]
    splits = [index for index, row in enumerate(region) if row.is_split]
    if not splits:
        return start
    # A short line of a paragraph above the columns belongs to the text unless it stands close to them;
    # lines after the last pair belong to the columns as long as they keep to one side.
    return start if splits[0] > _LINES_BEFORE else end


def _is_near(rows: list[_Row], index: int, start: int) -> bool:
    if index == start:
        return True
    # Seal and signature leave a wide gap between the office and the name.
    return rows[index].top - rows[index - 1].bottom < 0.16


def _columns(rows: list[_Row]) -> Table:
    lines = [line for row in rows for line in row.lines]
    middle = _gap(lines)
    cells = []
    for side in (False, True):
        own = [line for line in lines if ((line.box[0] + line.box[2]) / 2 > middle) == side]
        cells.append(tuple(_cell_paragraph(line, own) for line in own))
    return Table((tuple(cells),), bordered=False)


def _gap(lines: list[Line]) -> float:
    """The middle of the empty strip between the columns."""
    edges = sorted((line.box[0] + line.box[2]) / 2 for line in lines)
    gaps = [(b - a, (a + b) / 2) for a, b in pairwise(edges)]
    return max(gaps)[1] if gaps else 0.5


def _cell_paragraph(line: Line, column: list[Line]) -> Paragraph:
    centre = median((other.box[0] + other.box[2]) / 2 for other in column)
    starts = median(other.box[0] for other in column)
    is_left = abs(line.box[0] - starts) < 0.012 and abs((line.box[0] + line.box[2]) / 2 - centre) > 0.01
    return paragraph(line.text, align="left" if is_left else "center")


def _paragraphs(rows: list[_Row], left: float, right: float) -> list[Paragraph]:
    found: list[Paragraph] = []
    last: Line | None = None
    for row in rows:
        line = row.lines[0]
        if len(row.lines) > 1:
            boxes = [other.box for other in row.lines]
            whole = (boxes[0][0], min(b[1] for b in boxes), boxes[-1][2], max(b[3] for b in boxes))
            line = Line(" ".join(other.text for other in row.lines), whole)
        is_centred = _is_centred(line, left, right)
        if last is not None and _continues(last, line, left, right) and not is_centred:
            found[-1] = Paragraph((Run(_join(found[-1].text, line.text)),), align=found[-1].align)
        else:
            found.append(paragraph(line.text, align="center" if is_centred else ""))
        last = line
    return found


def _is_centred(line: Line, left: float, right: float) -> bool:
    is_inset = line.box[0] > left + 2 * _INDENT and line.box[2] < right - _FULL
    return is_inset and abs((line.box[0] + line.box[2]) / 2 - (left + right) / 2) < _CENTRED


def _continues(last: Line, line: Line, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph of the one above it."""
    height = max(last.box[3] - last.box[1], 0.001)
    if last.box[2] < right - _FULL or line.box[1] - last.box[3] > height * 1.5:
        return False
    if _is_centred(last, left, right):
        return False
    return line.box[0] <= left + _INDENT and not (
        _ITEM.match(line.text) and last.text.rstrip().endswith((".", ";", ":"))
    )


def _goes_on(last: Block, first: Block) -> bool:
    """Whether a paragraph was broken by the end of the page."""
    if isinstance(last, Table) or isinstance(first, Table) or last.align or first.align:
        return False
    return first.text[:1].islower() and not last.text.rstrip().endswith((".", ";", ":", "!", "?"))


def _join(text: str, more: str) -> str:
    is_broken = text.endswith("-") and not text.endswith(" -")
    return text + more if is_broken else f"{text} {more}"
