"""What is known of the rows of PostgreSQL's index: which hold a word or a mark, and who may read them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from search.contract import SearchQuery
from search.engines.postgres_lists import normed
from search.engines.postgres_sql import Sql
from search.engines.postgres_tables import writes_table
from search.engines.postgres_told import CAME, DATES, GUARDED, HOURS, LENGTHS, MARK, SINCE, WORD, WRITE, Told, log_sql
from search.engines.postings import Postings, bits_of
from search.engines.sql_records import instant, mark, unmark

#: Documents are sorted by their length anew when the average has changed by this share.
SAME_LENGTH = 0.05


class Value(NamedTuple):
    """A value of a facet: how many rows hold it, and by which mark."""

    size: int
    value: str
    mark: str


class Known:
    """The rows that hold words and marks, e.g. `known.words["dat"] & known.words["dai"]`.

    Shape: a set of rows is a whole number, see `search.engines.postings`; it is to be read through `readable`.
    Who reads it, or takes something in, holds the lock of the memory.
    """

    def __init__(self) -> None:
        self.words, self.marks = Postings(), Postings()
        self.log, self.since = 0, ""
        self.has_facets = False
        self.taken_in: set[int] = set()
        self._hours: dict[int, tuple[float, float]] = {}
        self._gone = 0
        self._numbers = {LENGTHS: array("i"), DATES: array("i")}
        self._average_length, self._factors = 0.0, dict[int, int]()
        self._values: dict[str, list[Value]] = {}

    def readable(self, found: int, query: SearchQuery) -> int:
        """Those of the rows that the reader may see now; everybody sees all of the open part."""
        guarded, readers = self.marks[GUARDED], 0
        for token in query.audiences:
            readers |= self.marks[mark("reader", token)]
        granted = found & guarded & readers
        if granted:
            now = instant(query.now) or 0.0
            granted &= ~bits_of(row for row, (opens, closes) in self._hours.items() if not opens <= now < closes)
        return (found & ~guarded | granted) & ~self._gone

    def lengths(self, rows: Iterable[int]) -> list[int]:
        """How many tokens the document of each row has."""
        return [self._numbers[LENGTHS][row] for row in rows]

    def date(self, row: int) -> int:
        """The place of a row's document among others by its day, the newest highest."""
        return self._numbers[DATES][row]

    def factors(self, average_length: float) -> list[tuple[int, int]]:
        """What their lengths make of the weights of rows, in eighths, with the rows of each."""
        if abs(average_length - self._average_length) > SAME_LENGTH * average_length:
            classes: dict[int, list[int]] = {}
            for row, length in enumerate(self._numbers[LENGTHS]):
                classes.setdefault(_factor(length, average_length), []).append(row)
            self._average_length = average_length
            self._factors = {each: bits_of(rows) for each, rows in classes.items()}
        return list(self._factors.items())

    def values(self, facet: str) -> list[Value]:
        """The values of a facet, the most frequent first."""
        if not self._values:
            values: dict[str, list[Value]] = {}
            for name, size in self.marks.sizes():
                of, value = unmark(name)
                if value:
                    values.setdefault(of, []).append(Value(size, value, name))
            self._values = {of: sorted(each, reverse=True) for of, each in values.items()}
        return self._values.get(facet, [])

    def news(self, generation: str) -> Sql:
        """How many writes there were since, as a statement of one number; it counts one more in another log."""
        text = (
            f"SELECT count(*) + ({log_sql(generation)} <> %s)::int FROM {writes_table(generation)} w"
            " WHERE w.writer >= %s::xid8 AND w.id <> ALL(%s)"
        )
        return Sql(text, (self.log, self.since, list(self.taken_in)))

    @property
    def bytes_held(self) -> int:
        return self.words.bytes_held + self.marks.bytes_held

    def take_in(self, told: Sequence[Told]) -> None:
        """Let what was told be known: who may see rows, the words they hold, and which are there no more."""
        for each in told:
            if each.kind == MARK:
                self.marks.keep(each.name, each.rows)
            elif each.kind == HOURS:
                self._open(each.number, each.name)
            elif each.kind in self._numbers:
                _put(self._numbers[each.kind], each.rows, each.others)
        rows = [each for each in told if each.kind == CAME]
        for row in rows:
            self._describe(row)
        for each in told:
            if each.kind == WORD:
                self.words.keep(each.name, each.rows)
        for row in rows:
            for word in filter(self.words.__contains__, row.words):
                self.words.add(word, row.number)
        if rows or any(each.kind == MARK for each in told):
            self._values = {}
        writes = [each for each in told if each.kind == WRITE]
        self._gone |= bits_of(row for each in writes for row in each.others)
        self.taken_in = {each.number for each in writes}
        self.log, self.since = next((each.number, each.name) for each in told if each.kind == SINCE)

    def _describe(self, row: Told) -> None:
        """Take in a row that came, all but its words."""
        self._open(row.number, row.name)
        _put(self._numbers[LENGTHS], [row.number], row.rows)
        _put(self._numbers[DATES], [row.number], row.others)
        factor = _factor(row.rows[0], self._average_length)
        self._factors[factor] = self._factors.get(factor, 0) | 1 << row.number
        for name in row.marks:
            self.marks.add(name, row.number)

    def _open(self, row: int, hours: str) -> None:
        if hours:
            opens, closes = hours.split()
            self._hours[row] = (float(opens), float(closes))


def _put(held: array[int], rows: Sequence[int], numbers: Sequence[int]) -> None:
    """Set the numbers of rows."""
    held.extend([0] * (max(rows, default=0) + 1 - len(held)))
    for row, number in zip(rows, numbers, strict=True):
        held[row] = number


def _factor(length: int, average_length: float) -> int:
    return max(1, round(8 * normed(1.0, length, average_length)))
