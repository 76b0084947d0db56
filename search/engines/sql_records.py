"""A record as a row and as marks, for the engines that live in a database.

Marks are words beside the text, such as `year_2024` or `reader_staff`: filters are then matched like words,
which costs a sixth of what a join with a table of values costs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import itemgetter

from django.utils import timezone

from search.contract import FACETS, Facet, IndexRecord, StateDates
from search.number_hits import exact_number
from search.states import gone_from, state_on
from search.vietnamese.letters import nfc
from search.vietnamese.number_parts import number_parts

#: Values of one facet that are given back, the most frequent first.
MOST_VALUES = 100
OFFICIAL_KINDS = frozenset({"directive", "campaign"})
#: Marks of every document, of official ones, and of those that had lost their force when they were written.
ALL, OFFICIAL, GONE = "all_", "official_", "gone_"
_STATE = "state_"

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_ENCODED = re.compile(r"_([0-9a-f]+)_")
_DAYS_PER_YEAR = 512
_UNDATED_IN_OLDEST = 511


@dataclass(frozen=True, slots=True)
class RecordRow:
    """The columns of a document's row, in the order of the table; days and instants are whole numbers.

    Shape: `newest` and `oldest` order by year and day as lists do, those with a year alone after the year's
    dated ones; `sorted_at` (seconds since 1970) and the key decide among equals. `gone_from` is the day number
    (`date.toordinal`) from which the document has lost its force; `ends_on` is the same as long as that day was
    still to come when the row was written, and the mark GONE is missing.
    """

    key: str
    version: int
    kind: str
    title: str
    url: str
    number: str
    exact_number: str
    sorted_number: str
    facets: str
    newest: int
    oldest: int
    sorted_at: int
    month: int | None
    issued_on: int | None
    claim: str
    since: int | None
    until: int | None
    gone_from: int | None
    ends_on: int | None
    opens_at: float | None
    closes_at: float | None
    length: int


COLUMNS = tuple(RecordRow.__dataclass_fields__)


def row_of(record: IndexRecord, length: int, today: date) -> RecordRow:
    """The row of a record whose treated text is `length` tokens long, as written on a day."""
    gone = gone_from(record.state)
    exact = exact_number(record.number)
    return RecordRow(
        key=record.key,
        version=record.version,
        kind=record.kind,
        title=nfc(record.title),
        url=record.url,
        number=nfc(record.number),
        exact_number=" ".join(exact),
        sorted_number=" ".join(sorted(number_parts(record.number))),
        facets=" ".join(facet_marks(record, today)),
        newest=day_place(record.issued_on, record.is_undated),
        oldest=_oldest_place(record),
        sorted_at=int(record.sort_at.timestamp()) if record.sort_at else 0,
        month=None if record.is_undated or not record.issued_on else record.issued_on.month,
        issued_on=_ordinal(record.issued_on),
        claim=record.state.claim,
        since=_ordinal(record.state.since),
        until=_ordinal(record.state.until),
        gone_from=_ordinal(gone),
        ends_on=_ordinal(gone) if gone and gone > today else None,
        opens_at=instant(record.opens_at),
        closes_at=instant(record.closes_at),
        length=length,
    )


def instant(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def day_place(day: date | None, is_undated: bool = False) -> int:
    """Place of a day in the order of lists, e.g. of 2024-01-02: 2024 * 512 + 2; of "2024" alone: 2024 * 512."""
    if day is None:
        return 0
    return day.year * _DAYS_PER_YEAR + (0 if is_undated else day.timetuple().tm_yday)


def year_end(place: int) -> int:
    """The place after the last of a place's year."""
    return (place // _DAYS_PER_YEAR + 1) * _DAYS_PER_YEAR


def _oldest_place(record: IndexRecord) -> int:
    place = day_place(record.issued_on, record.is_undated)
    return place + _UNDATED_IN_OLDEST if record.issued_on and record.is_undated else place


def first_place(since: date) -> int:
    """The lowest place of what is issued on or after a day; the first of January takes "2024" alone along."""
    return day_place(since, is_undated=(since.month, since.day) == (1, 1))


def mark(name: str, value: str) -> str:
    """A value as one word that no text holds, e.g. `mark("unit", "7")` is `"unit_7"`; different values differ."""
    return f"{name}_" + "".join(sign if sign in _PLAIN else f"_{ord(sign):x}_" for sign in value)


def unmark(word: str) -> tuple[str, str]:
    """The name and the value again: "unit_7" -> ("unit", "7")."""
    name, _, value = word.partition("_")
    return name, _ENCODED.sub(lambda match: chr(int(match[1], 16)), value)


def facet_marks(record: IndexRecord, today: date) -> list[str]:
    """Every facet value of a record, and its state as one more mark, from which the status is counted."""
    held = [mark(name, value) for name in FACETS for value in record.facets.get(name, ())]
    if record.state.claim:
        held.append(_state_mark(record.state, today))
    return held


def _state_mark(state: StateDates, today: date) -> str:
    """A state as one short word: "state_738886x0xin_force" is in force from that day number on.

    A state that no later day changes is marked as the status it is: many dates would be as many words to count.
    """
    if all(day is None or day < today for day in (state.since, state.until)) and (settled := state_on(state, today)):
        return mark("status", settled.key)
    return f"{_STATE}{_ordinal(state.since) or 0}x{_ordinal(state.until) or 0}x{state.claim}"


def filter_marks(record: IndexRecord, today: date) -> list[str]:
    """All marks of a record: its facets, readers, month, and whether it is official or gone today."""
    gone = gone_from(record.state)
    held = [ALL, *facet_marks(record, today), *(mark("reader", token) for token in sorted(record.audiences))]
    if record.issued_on and not record.is_undated:
        held.append(mark("month", str(record.issued_on.month)))
    if record.kind in OFFICIAL_KINDS:
        held.append(OFFICIAL)
    if gone and gone <= today:
        held.append(GONE)
    return held


def count_facets(names: Iterable[str], marks: Iterable[str], today: date) -> tuple[Facet, ...]:
    """Facets counted from the marks of rows, e.g. `count_facets(("year",), ["year_2024 kind_story"], day)`."""
    wanted: dict[str, dict[str, int]] = {name: {} for name in names}
    for word, times in Counter(" ".join(marks).split(" ")).items():
        name, value = _facet_of(word, today)
        held = wanted.get(name)
        if value and held is not None:
            held[value] = held.get(value, 0) + times
    return tuple(Facet(name, _largest_first(counts)) for name, counts in wanted.items())


# Marks are few and come again with every query; those of states with their dates are the slow ones.
@lru_cache(maxsize=131_072)
def _facet_of(word: str, today: date) -> tuple[str, str]:
    return ("status", _status(word, today)) if word.startswith(_STATE) else unmark(word)


def _status(word: str, today: date) -> str:
    since, until, claim = word.removeprefix(_STATE).split("x", 2)
    state = state_on(StateDates(claim, _day(int(since)), _day(int(until))), today)
    return state.key if state else ""


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _largest_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    largest = sorted(counts.items())
    largest.sort(key=itemgetter(1), reverse=True)
    return tuple(largest[:MOST_VALUES])


def status_sql(today: date, alias: str = "d") -> tuple[str, list[object]]:
    """The status of a row as SQL, word for word what `search.states.state_on` says, and its parameters."""
    day = today.toordinal()
    sql = (
        f"CASE WHEN {alias}.claim IN ('in_force', 'not_yet', 'partly') THEN"
        f" CASE WHEN {alias}.until < %s THEN 'expired' WHEN {alias}.since > %s THEN 'not_yet'"
        f" WHEN {alias}.claim = 'not_yet' AND {alias}.since IS NOT NULL THEN 'in_force' ELSE {alias}.claim END"
        f" WHEN {alias}.claim IN ('running', 'campaign') THEN"
        f" CASE WHEN {alias}.until < %s AND {alias}.claim = 'running' THEN 'overdue'"
        f" WHEN {alias}.until < %s THEN 'done' WHEN {alias}.since > %s THEN 'upcoming' ELSE 'running' END"
        f" ELSE {alias}.claim END"
    )
    return sql, [day] * 5


def local_today() -> date:
    """The day in the office's time zone."""
    return timezone.localdate()
