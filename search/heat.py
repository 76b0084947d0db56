"""The calendar strip of an archive: a year a row, a month a cell, shaded by its share of the fullest month."""

from dataclasses import dataclass
from math import ceil

from search.archive import Archive
from search.archive_asking import UNKNOWN
from search.archive_tally import UNDATED

STEPS = 4
#: Years that stand open; older ones fold.
OPEN_YEARS = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A month, e.g. `Cell(28, 3, "?nam=2024&thang=11", True)`: step 0 is none, 4 the most."""

    count: int
    step: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A year with its twelve months; `undated` holds what has no month, or is None."""

    year: int
    cells: list[Cell]
    total: int
    address: str
    is_chosen: bool
    undated: Cell | None


@dataclass(frozen=True, slots=True)
class Heat:
    """The strip: `recent` years, `older` ones, and what has not even a year."""

    recent: list[Row]
    older: list[Row]
    without_year: Cell | None

    @property
    def undated(self) -> list[Row]:
        """The years that hold entries without a month."""
        return [row for row in (*self.recent, *self.older) if row.undated]

    @property
    def is_open(self) -> bool:
        """Whether the chosen month or year is among the older ones."""
        return any(row.is_chosen or any(cell.is_chosen for cell in row.cells) for row in self.older)


def heat_of(archive: Archive) -> Heat:
    """The strip of an archive, e.g. `heat_of(archive).recent[0].cells[10].count` is 28."""
    years = {year: counts for year, counts in archive.months.items() if year}
    most = max((n for counts in years.values() for n in counts[:UNDATED]), default=0)
    rows = [_row(archive, year, counts, most) for year, counts in years.items()]
    nowhere = sum(archive.months.get(0, ()))
    address = archive.address(nam=UNKNOWN, thang="")
    without_year = Cell(nowhere, 0, address, archive.year == 0) if nowhere else None
    return Heat(rows[:OPEN_YEARS], rows[OPEN_YEARS:], without_year)


def _row(archive: Archive, year: int, counts: list[int], most: int) -> Row:
    is_year = archive.year == year
    cells = [
        Cell(
            n,
            ceil(STEPS * n / most) if n else 0,
            archive.address(nam=str(year), thang=str(month)),
            is_year and archive.month == month,
        )
        for month, n in enumerate(counts[:UNDATED], start=1)
    ]
    undated = None
    if counts[UNDATED]:
        address = archive.address(nam=str(year), thang=UNKNOWN)
        undated = Cell(counts[UNDATED], 0, address, is_year and archive.month == 0)
    is_chosen = is_year and archive.month is None
    return Row(year, cells, sum(counts), archive.address(nam=str(year), thang=""), is_chosen, undated)
