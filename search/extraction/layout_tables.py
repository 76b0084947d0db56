"""Tables of data out of placed lines: rows whose pieces begin where those of other rows begin."""

from collections.abc import Sequence

from .blocks import Table, paragraph
from .pages import Line

_LEAST_COLUMNS = 3
_ALIGNED = 0.018
# So many rows below the first there must be another one with as many pieces.
_LOOK_AHEAD = 5
_WIDEST_GAP = 0.05


def table_at(rows: Sequence, start: int) -> tuple[int, Table | None]:
    """The table that begins at a row and the row after it; no table when none begins there."""
    edges = _edges(rows, start)
    if not edges:
        return start, None
    cells: list[list[str]] = []
    end = start
    while end < len(rows) and (end == start or rows[end].top - rows[end - 1].bottom < _WIDEST_GAP):
        placed = _placed(rows[end].lines, edges, is_head=end == start)
        if placed is None:
            break
        if 0 in placed or not cells:
            cells.append([""] * len(edges))
        for column, text in placed.items():
            cells[-1][column] = f"{cells[-1][column]} {text}".strip()
        end += 1
    if len(cells) < 2:
        return start, None
    return end, Table(tuple(tuple((paragraph(cell),) for cell in row) for row in cells), bordered=True)


def _edges(rows: Sequence, start: int) -> list[float]:
    """Where the columns begin; none when the rows below do not repeat them."""
    if len(rows[start].lines) < _LEAST_COLUMNS:
        return []
    for row in rows[start + 1 : start + 1 + _LOOK_AHEAD]:
        if len(row.lines) < _LEAST_COLUMNS:
            continue
        edges = [line.box[0] for line in row.lines]
        same = sum(any(abs(line.box[0] - edge) < _ALIGNED for edge in edges) for line in rows[start].lines)
        return edges if same >= 2 or len(rows[start].lines) == len(edges) else []
    return []


def _placed(lines: Sequence[Line], edges: list[float], is_head: bool) -> dict[int, str] | None:
    """The pieces of a row by their column; None when one stands in no column or runs into the next."""
    if is_head and len(lines) == len(edges):
        return {column: line.text for column, line in enumerate(lines)}
    placed: dict[int, str] = {}
    for line in lines:
        column = next((i for i, edge in enumerate(edges) if abs(line.box[0] - edge) < _ALIGNED), None)
        if column is None:
            column = next((i for i, edge in reversed(list(enumerate(edges))) if line.box[0] > edge), None)
        if column is None or (column + 1 < len(edges) and line.box[2] > edges[column + 1] + 0.005):
            return None
        placed[column] = f"{placed[column]} {line.text}" if column in placed else line.text
    return placed
