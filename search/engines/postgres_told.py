"""What the tables of a generation tell a process that remembers: who holds a word or a mark, and what was written.

All of it comes in rows of one shape, so that one statement tells it as of one moment.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from search.engines.postgres_sql import Sql, fetch, joined
from search.engines.postgres_tables import partitions, writes_table
from search.engines.sql_records import GONE, mark, status_sql

#: Kinds of what is told: how far writes had come and in which log, a write, a row that came with it; holders of a
#: word, of a mark; when a row is open, how long rows are, and how new.
SINCE, WRITE, CAME, WORD, MARK = "since", "write", "came", "word", "mark"
HOURS, LENGTHS, DATES = "hours", "lengths", "dates"
#: More rows at once are not taken in one by one.
MOST_FOLLOWED = 300
#: Holds every row of the guarded part, whoever may see it.
GUARDED = "guarded_"
_ALL = "coalesce(array_agg(d.id), '{}')"
_NONE, _NO_WORDS = "'{}'::bigint[]", "'{}'::text[]"
_WORDS = "tsvector_to_array(d.words)"
_OLDEST_UNFINISHED = "pg_snapshot_xmin(pg_current_snapshot())"
# From when to when a row is open, in seconds; "" for one that always is.
_HOURS = (
    "CASE WHEN d.opens_at IS NULL AND d.closes_at IS NULL THEN ''"
    " ELSE coalesce(d.opens_at, '-infinity') || ' ' || coalesce(d.closes_at, 'infinity') END"
)
_COLUMNS = "id, marks, claim, since, until, gone_from, length, newest"


class Told(NamedTuple):
    """Of a kind, under a name or a number, the rows that hold it or came; beside them those that went, or numbers.

    Shape: of a row that came, its hours, its length, its place by date, its words and its marks.
    """

    kind: str
    number: int
    name: str
    rows: list[int]
    others: list[int]
    words: list[str]
    marks: list[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What a process wants to know, e.g. `Question("a3f09c12", today, "7301", {19}, ["dat"]).told()`.

    Shape: `since` is what was told under that name last time, `taken_in` the numbers of the writes told with it;
    "" for one who knows nothing yet, and is told besides who may see which rows and what has lost its force.
    """

    generation: str
    today: date
    since: str
    taken_in: Collection[int]
    words: Sequence[str]
    with_facets: bool = False

    def told(self) -> list[Told]:
        """Everything, as of one moment."""
        return [Told(*row) for row in fetch(joined(" UNION ALL ", self._parts()))]

    def _parts(self) -> Iterator[Sql]:
        opened, guarded = (each.rows for each in partitions(self.generation))
        both = f"(SELECT {_COLUMNS} FROM {opened} UNION ALL SELECT {_COLUMNS} FROM {guarded}) d"
        yield Sql(_told(SINCE, number=log_sql(self.generation), name=f"{_OLDEST_UNFINISHED}::text"))
        written = _told(WRITE, number="w.id", rows="w.came", others="w.went")
        yield self._writes.within(f"{written} FROM ")
        if self.since:
            yield from self._rows_that_came()
        else:
            for kind, column in ((LENGTHS, "length"), (DATES, "newest")):
                numbers = f"coalesce(array_agg(d.{column}), '{{}}')::bigint[]"
                yield Sql(f"{_told(kind, rows=_ALL, others=numbers)} FROM {both}")
            yield Sql(f"{_told(MARK, name=repr(GUARDED), rows=_ALL)} FROM {guarded} d")
            yield Sql(f"{_told(MARK, name='m', rows=_ALL)} FROM {guarded} d, unnest(d.audiences) m GROUP BY m")
            yield Sql(f"{_told(HOURS, number='d.id', name=_HOURS)} FROM {guarded} d WHERE {_HOURS} <> ''")
            gone = f"{_told(MARK, name=repr(GONE), rows=_ALL)} FROM {both} WHERE d.gone_from <= %s"
            yield Sql(gone, (self.today.toordinal(),))
        if self.words:
            holds = "ARRAY(SELECT d.id FROM {} d WHERE d.words @@ quote_literal(w.word)::tsquery)"
            rows = f"{holds.format(opened)} || {holds.format(guarded)}"
            yield Sql(f"{_told(WORD, name='w.word', rows=rows)} FROM unnest(%s::text[]) w (word)", (list(self.words),))
        if self.with_facets:
            before, after = f"{_told(MARK, name='m', rows=_ALL)} FROM {both}, unnest(", ") m GROUP BY m"
            yield _marks(self.today).within(before, after)

    @property
    def _writes(self) -> Sql:
        since = Sql("%s::xid8", (self.since,)) if self.since else Sql(_OLDEST_UNFINISHED)
        return since.within(f"{writes_table(self.generation)} w WHERE w.writer >= ")

    def _rows_that_came(self) -> Iterator[Sql]:
        opened, guarded = partitions(self.generation)
        new = joined(" AND ", [self._writes, Sql("w.id <> ALL(%s)", (list(self.taken_in),))])
        numbers = new.within("ARRAY(SELECT unnest(w.came) FROM ", f" LIMIT {MOST_FOLLOWED})")
        gone = Sql(f"CASE WHEN d.gone_from <= %s THEN '{{{GONE}}}'::text[] END", (self.today.toordinal(),))
        marks = joined(" || ", [_marks(self.today), gone])
        told = _told(CAME, "d.id", _HOURS, "ARRAY[d.length::bigint]", "ARRAY[d.newest::bigint]", _WORDS, "")
        for part, others in ((opened, "NULL::text[]"), (guarded, f"d.audiences || '{GUARDED}'::text")):
            columns = marks.within(told, f" || {others} FROM {part.rows} d WHERE d.id = ANY")
            yield joined("", [columns, numbers.within("(", ")")])


def log_sql(generation: str) -> str:
    """Which table the log is: one that a backup brought back has the same name, but not the same number."""
    return f"'{writes_table(generation)}'::regclass::oid::bigint"


def _told(
    kind: str,
    number: str = "0",
    name: str = "''",
    rows: str = _NONE,
    others: str = _NONE,
    words: str = _NO_WORDS,
    marks: str = _NO_WORDS,
) -> str:
    return f"SELECT '{kind}', {number}, {name}, {rows}, {others}, {words}, {marks}"


def _marks(today: date) -> Sql:
    """The facet values of a row and its status today, as marks."""
    text, values = status_sql(today)
    before, after = f"ARRAY['{mark('status', '')}' || replace(coalesce(", f", ''), '_', '{mark('', '_')[1:]}')]"
    return Sql(text, tuple(values)).within(f"string_to_array(btrim(d.marks), ' ') || {before}", after)
