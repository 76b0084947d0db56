"""Paragraphs and side-by-side columns out of placed lines, for files that only know where words stand.

The head and the end of an administrative document stand in two columns, so they become a table without
borders, as they are in the files that Word writes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from .blocks import Block, Paragraph, Run, Table, paragraph
from .layout_tables import table_at
from .pages import FilePage, Line
from .tidying import is_page_number

_ITEM = re.compile(r"[-–+•*]\s|\(?[\divxIVX]{1,5}[.)/]|[a-zđ][.)]\s|(?:Điều|Chương|Mục|Phần|Căn cứ|Theo|Xét)\b")
# Parts of the width of a page.
_RIGHT_SIDE = 0.4
_FULL = 0.04
_INDENT = 0.025
_CENTRED = 0.04
_LINES_BEFORE = 3
# Seal and signature leave a wide gap between the office and the name.
_WIDEST_GAP = 0.16


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

    def has_both_sides(self, gutter: float) -> bool:
        """Whether words stand left and right of a gutter."""
        return self.lines[0].box[2] <= gutter <= self.lines[-1].box[0]


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
    loose: list[_Row] = []
    at = 0
    while at < len(rows):
        end, table = table_at(rows, at)
        if table is None:
            end, gutter = _columns_at(rows, at, (left + right) / 2)
            table = _columns(rows[at:end], gutter) if end > at else None
        if table is None:
            loose.append(rows[at])
            at += 1
            continue
        blocks += [*_paragraphs(loose, left, right), table]
        loose, at = [], end
    return blocks + _paragraphs(loose, left, right)


def _margin(edges: list[float], part: float) -> float:
    edges = sorted(edges)
    return edges[int(len(edges) * part)] if edges else 0.0


def _columns_at(rows: list[_Row], start: int, centre: float) -> tuple[int, float]:
    """Where a region of two columns that begins at a row ends, and its gutter; `start` when none begins there."""
    first = rows[start]
    if start and len(first.lines) == 1 and first.lines[0].box[0] < _RIGHT_SIDE:
        return start, 0.0
    gutters, end = [(0.25, 0.75)], start
    while end < len(rows) and (end == start or rows[end].top - rows[end - 1].bottom < _WIDEST_GAP):
        narrowed = _narrowed(gutters, rows[end])
        if not narrowed or (len(rows[end].lines) == 1 and _is_about(rows[end].lines[0], centre)):
            break
        gutters, end = narrowed, end + 1
    region = rows[start:end]
    counted = [(sum(row.has_both_sides(sum(g) / 2) for row in region), g[1] - g[0], sum(g) / 2) for g in gutters]
    pairs, _, gutter = max(counted, default=(0, 0.0, 0.0))
    is_early = any(row.has_both_sides(gutter) for row in region[: _LINES_BEFORE + 1])
    return (end, gutter) if pairs and is_early and len(region) > 1 else (start, 0.0)


def _narrowed(gutters: list[tuple[float, float]], row: _Row) -> list[tuple[float, float]]:
    """What is left of empty strips when the words of a row are put in."""
    for line in row.lines:
        cut = []
        for start, end in gutters:
            cut += [(start, min(end, line.box[0])), (max(start, line.box[2]), end)]
        gutters = [(start, end) for start, end in cut if end - start > 0.008]
    return gutters


def _is_about(line: Line, centre: float) -> bool:
    """Whether a line is a title in the middle of the page."""
    return abs((line.box[0] + line.box[2]) / 2 - centre) < _CENTRED


def _columns(rows: list[_Row], gutter: float) -> Table:
    cells = []
    for is_right in (False, True):
        own = []
        for row in rows:
            lines = [line for line in row.lines if (line.box[0] + line.box[2] > 2 * gutter) == is_right]
            if lines:
                own.append(_joined(lines))
        cells.append(tuple(_cell_paragraph(line, own) for line in own))
    return Table((tuple(cells),), bordered=False)


def _joined(lines: list[Line]) -> Line:
    """Pieces of one line with the blanks between them that a hand fills in, as in "Số:      /STNMT-VP"."""
    boxes = [line.box for line in lines]
    whole = (boxes[0][0], min(box[1] for box in boxes), boxes[-1][2], max(box[3] for box in boxes))
    return Line("     ".join(line.text for line in lines), whole, min(line.confidence for line in lines))


def _cell_paragraph(line: Line, column: list[Line]) -> Paragraph:
    centre = median((other.box[0] + other.box[2]) / 2 for other in column)
    starts = median(other.box[0] for other in column)
    is_left = abs(line.box[0] - starts) < 0.012 and abs((line.box[0] + line.box[2]) / 2 - centre) > 0.01
    return paragraph(line.text, align="left" if is_left else "center")


def _paragraphs(rows: list[_Row], left: float, right: float) -> list[Paragraph]:
    found: list[Paragraph] = []
    last: Line | None = None
    for row in rows:
        line = _joined(row.lines)
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
