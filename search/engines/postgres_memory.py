"""What a process remembers of a generation in PostgreSQL: for each word asked for, the rows that hold it.

A row never changes: a document that is written again gets another one. So what was read holds as long as the
rows that came and went since are taken in. These stand in the log of writes, which is read from the oldest
transaction on that was not finished last time: so none is missed, whichever ends first.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import NamedTuple

from search.contract import SearchQuery
from search.engines.postgres_lists import normed
from search.engines.postgres_sql import Sql
from search.engines.postgres_tables import writes_table
from search.engines.postgres_told import (
    CAME,
    DATES,
    GUARDED,
    HOURS,
    LENGTHS,
    MARK,
    MOST_FOLLOWED,
    SINCE,
    WORD,
    WRITE,
    Question,
    Told,
    log_sql,
)
from search.engines.postings import Postings, bits_of
from search.engines.sql_records import instant, mark, unmark
from search.remembered import Remembered

#: When more was written than is taken in, all is forgotten, and for so many seconds the tables are asked.
REST_SECONDS = 5.0
#: So many rows are read at once; the rest of a question's words when they are asked for again.
MOST_READ = 150_000
#: What a process remembers at most, about; then it begins anew.
MOST_BYTES = 48 * 2**20
#: Rows with higher numbers are not remembered: one bit for each would be too many.
HIGHEST_ROW = 2_000_000
#: Documents are sorted by their length anew when the average has changed by this share.
SAME_LENGTH = 0.05
_TRIES = 3


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
            self._average_length, self._factors = (
                average_length,
                {each: bits_of(rows) for each, rows in classes.items()},
            )
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


class Memory:
    """What is known of a generation on a day, e.g. `memory.follow({"dat": 40, "dat_dai": 12})`."""

    def __init__(self, generation: str, today: date):
        self.generation, self.today = generation, today
        self._known, self._turn = Known(), object()
        self.lock, self._rests_until = Lock(), 0.0
        #: Whether this process itself has written since.
        self.is_behind = False

    def lately(self, words: Mapping[str, int], with_facets: bool = False) -> Known | None:
        """The same as `follow`, but nobody is asked when nothing is missing: see `Known.news`."""
        known = self._known
        is_enough = known.since and known.has_facets >= with_facets and all(map(known.words.__contains__, words))
        is_resting = time.monotonic() < self._rests_until
        return known if is_enough and not (is_resting or self.is_behind) else self.follow(words, with_facets)

    def follow(self, words: Mapping[str, int], with_facets: bool = False) -> Known | None:
        """What is known, the words among it and as of now; None when the tables are to be asked instead.

        Shape: of each word in how many documents it stands, about.
        """
        for _ in range(_TRIES):
            if time.monotonic() < self._rests_until:
                return None
            self.is_behind = False
            # Asked in the midst of a taking in, too many rows would be told, and some of them left out.
            with self.lock:
                known, turn = self._known, self._turn
                missing = {word: number for word, number in words.items() if word not in known.words}
                read = _first_read(missing)
                facets = with_facets and not known.has_facets
                question = Question(self.generation, self.today, known.since, known.taken_in, read, facets)
            told = question.told()
            with self.lock:
                # What another one took in meanwhile may be missing in what was read here.
                if self._turn is turn and _is_of(known, told):
                    is_known = self._take_in(known, told, facets) and len(read) == len(missing)
                    return known if is_known else None
                if self._turn is turn:
                    self._known, self._turn = Known(), object()
        return None

    def _take_in(self, known: Known, told: Sequence[Told], facets: bool) -> bool:
        # Who knew nothing was told everything as it is now.
        new = [each for each in told if each.kind == WRITE and known.since and each.number not in known.taken_in]
        if sum(len(each.rows) for each in new) > MOST_FOLLOWED or _is_too_much(known, told):
            self._known, self._turn = Known(), object()
            self._rests_until = time.monotonic() + REST_SECONDS
            return False
        if new or not known.since:
            self._turn = object()
        known.take_in(told)
        known.has_facets |= facets
        return True


def _first_read(words: Mapping[str, int]) -> list[str]:
    """Of words with how many documents hold them, those read at once: the rarest, one in any case."""
    read: list[str] = []
    rows = 0
    for word in sorted(words, key=words.__getitem__):
        rows += words[word]
        if read and rows > MOST_READ:
            break
        read.append(word)
    return read


def _put(held: array[int], rows: Sequence[int], numbers: Sequence[int]) -> None:
    """Set the numbers of rows."""
    held.extend([0] * (max(rows, default=0) + 1 - len(held)))
    for row, number in zip(rows, numbers, strict=True):
        held[row] = number


def _is_of(known: Known, told: Iterable[Told]) -> bool:
    """Whether it is told of the log that was followed, if any was: not so when a backup was put back meanwhile."""
    return not known.since or any(each.kind == SINCE and each.number == known.log for each in told)


def _factor(length: int, average_length: float) -> int:
    return max(1, round(8 * normed(1.0, length, average_length)))


def _is_too_much(known: Known, told: Iterable[Told]) -> bool:
    """Also so many writes unfinished or, as after a move to another server, said to be of times to come."""
    highest = max((max(each.rows) for each in told if each.rows), default=0)
    writes = sum(each.kind == WRITE for each in told)
    return highest > HIGHEST_ROW or known.bytes_held > MOST_BYTES or writes > MOST_FOLLOWED


_held: Remembered[dict[tuple[str, date], Memory]] = Remembered(dict, seconds=float("inf"))


def memory_of(generation: str, today: date) -> Memory:
    """What this process remembers of a generation; of another one, and on another day, all begins anew."""
    held = _held()
    if (generation, today) not in held:
        # One that another process has put in place is the only one that is asked from now on.
        held.clear()
    return held.setdefault((generation, today), Memory(generation, today))


def expect_news() -> None:
    """This process is writing: what it remembers is to be followed up before it is asked."""
    for memory in list(_held().values()):
        memory.is_behind = True


def forget() -> None:
    """Remember nothing any more, as when a generation comes or goes."""
    _held.forget()
