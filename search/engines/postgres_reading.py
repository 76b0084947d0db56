"""The statement that answers a query from a generation: matching rows counted, the best of them with texts.

A second one counts on where so many of the rows looked at have lost their force that the first says too little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from search.contract import COUNTED, RELEVANCE, SearchQuery
from search.engines.postgres_lists import IS_FEW, Weight, dated, numbered, order_of, weighed, with_rest
from search.engines.postgres_scope import Scope, numbers
from search.engines.postgres_shown import DATED, EXACT, NOT_SHOWN, NUMBERED, SAMPLED, WEIGHED, shown
from search.engines.postgres_sql import MOST_SCANS, Sql, Words, joined
from search.engines.postgres_tables import partitions
from search.number_hits import AskedNumber
from search.query_plan import FEW

#: Rows that are looked at to count those that are shown; some of them will have lost their force.
SAMPLE = COUNTED * 13 // 10
#: So many documents are looked at for a phrase of three and more words. Where its pairs stand in more, they are
#: counted by the pairs, and the hits are of the newest so many.
MOST_VERIFIED = 2_000


@dataclass(frozen=True)
class Reading:
    """A query against a generation, e.g. `Reading("a3f09c12", query, words, wide, weights).statement()`.

    Shape: `wide` takes the place of `words` when those find fewer than `FEW`; without parts it never does.
    `sample` matches more documents than are counted, or is empty. `ranked` hits are given with their texts.
    """

    generation: str
    query: SearchQuery
    words: Words
    wide: Words = field(default_factory=Words)
    sample: Words = field(default_factory=Words)
    weights: tuple[Weight, ...] = ()
    number: AskedNumber | None = None
    average_length: float = 1.0
    ranked: int = 50

    def statement(self) -> Sql:
        """Rows of counts and of hits, told apart by their first column."""
        body = joined(" UNION ALL ", [self._counts(SAMPLED, "found"), *self._hits()])
        return _beneath([*self._sets(), *self._found()], body)

    def exact_statement(self) -> Sql:
        """Rows of counts of what passes every filter, counted as far as the others."""
        words = self.words.unverified if self.sample.parts else self.words
        exact = self._grouped(self._rows(words, only_shown=True))
        return _beneath([*self._sets(), ("exact", exact)], self._counts(EXACT, "exact"))

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        return tuple(Scope(each, self.query, self.has_words) for each in partitions(self.generation))

    @property
    def has_words(self) -> bool:
        return bool(self.words.parts or self.is_numbered)

    @property
    def is_numbered(self) -> bool:
        return bool(numbers(self.number))

    @property
    def is_by_weight(self) -> bool:
        return self.has_words and self.query.order == RELEVANCE

    @property
    def _wanted(self) -> int:
        return self.query.offset + self.query.limit

    def _sets(self) -> Iterator[tuple[str, Sql]]:
        """Sets of rows that conditions name: those found by a number, those that hold a long phrase."""
        if self.is_numbered:
            rows = (f"SELECT d.id FROM {scope.partition.rows} d WHERE {_HOLDS}" for scope in self.scopes)
            yield "numbered", Sql(" UNION ALL ".join(rows), (numbers(self.number),) * len(self.scopes))
        if self.words.verified:
            tables = ((scope.partition.rows, scope.partition.texts) for scope in self.scopes)
            rows = (self.words.verified_rows(*each, order_of(self.query), MOST_VERIFIED) for each in tables)
            yield "verified", joined(" UNION ALL ", rows)

    def _found(self) -> Iterator[tuple[str, Sql]]:
        """Matching rows with their numbers: of the strict words, or with few of them of the wide ones."""
        if self.wide.parts:
            yield "strict", self._grouped(self._rows(self.words))
            yield "few", self._few()
            wide = self._grouped(self._rows(self.wide, IS_FEW))
            yield "found", wide.within(f"SELECT * FROM strict WHERE NOT {IS_FEW} UNION ALL ")
        else:
            yield "found", self._grouped(self._rows(self.sample if self.sample.parts else self.words))

    def _grouped(self, rows: Sequence[Sql]) -> Sql:
        """Rows counted by what is asked of them; what is the same for all rows costs nothing."""
        held = self._counted_columns(self.scopes[0])
        if held.keys() <= {"left_out"}:
            return self._summed(rows, "count(*) FILTER (WHERE left_out)" if held else "0")
        looked_at = joined(" UNION ALL ", rows).within("FROM (SELECT * FROM (", f") u LIMIT {SAMPLE}) f")
        columns = ", ".join(name if name in held else f"{_UNASKED[name]} AS {name}" for name in _UNASKED)
        marks = "string_agg(marks, ' ')" if self.query.facets else "''"
        keys = ", ".join(name for name in held if name != "marks")
        return looked_at.within(f"SELECT {columns}, count(*) AS number, {marks} AS marks ", f" GROUP BY {keys}")

    def _summed(self, rows: Sequence[Sql], gone: str) -> Sql:
        """Each list of rows counted by itself: a list of all of them would cost as much again."""
        before = f"SELECT count(*) AS looked_at, {gone} AS gone FROM ("
        counts = joined(" UNION ALL ", (each.within(before, f" LIMIT {SAMPLE}) f") for each in rows))
        sums = counts.within("(SELECT sum(looked_at) AS looked_at, sum(gone) AS gone FROM (", ") p) c")
        return sums.within(
            "SELECT '' AS status, w.left_out, 0 AS missed,"
            " (CASE WHEN w.left_out THEN gone ELSE looked_at - gone END)::bigint AS number, '' AS marks FROM ",
            " CROSS JOIN (VALUES (false), (true)) w (left_out)",
        )

    def _counted_columns(self, scope: Scope) -> dict[str, Sql]:
        """What differs between rows and matters to what is asked."""
        held = {}
        if not scope.keeps_gone:
            held["left_out"] = scope.left_out(self.is_numbered)
        if scope.chosen.text:
            held["missed"] = scope.missed
        if self.query.facets:
            held |= {"status": scope.status, "marks": Sql("d.marks")}
        return held

    def _rows(self, words: Words, gate: str = "", only_shown: bool = False) -> list[Sql]:
        return [self._rows_of(scope, words, gate, only_shown) for scope in self.scopes]

    def _rows_of(self, scope: Scope, words: Words, gate: str, only_shown: bool, columns: str = "") -> Sql:
        """Rows of a part with what is counted of them, or the columns named."""
        # What is read only now and then is to be planned quickly.
        where = [Sql(gate), self._matched(words, 1 if gate or only_shown else MOST_SCANS), scope.bounded]
        if only_shown:
            where += [scope.chosen, scope.left_out(self.is_numbered).within("NOT ")]
        counted = [part.within("", f" AS {name}") for name, part in self._counted_columns(scope).items()]
        selected = Sql(columns) if columns else joined(", ", [Sql("d.id"), *counted])
        condition = joined(" AND ", [*where, Sql("true")])
        return joined(f" FROM {scope.partition.rows} d WHERE ", [selected, condition]).within("SELECT ")

    def _matched(self, words: Words, scans: int) -> Sql:
        """The words, or the number that was asked for."""
        number = (numbers(self.number),) if self.is_numbered else ()
        if not words.verified:
            return Words((*number, *words.parts)).condition(scans)
        either = joined(" OR ", [words.condition(scans), Words(number).condition(scans)])
        return either.within("(", ")")

    def _few(self) -> Sql:
        """Whether fewer than `FEW` documents match, filters apart."""
        counted = []
        for scope in self.scopes:
            condition = joined(" AND ", [self.words.condition(1), scope.readable])
            rows = f"(SELECT count(*) FROM (SELECT FROM {scope.partition.rows} d WHERE "
            counted.append(condition.within(rows, f" LIMIT {FEW}) u)"))
        enough = f"SELECT CASE WHEN (SELECT sum(number) FROM strict) >= {FEW} THEN false ELSE "
        return joined(" + ", counted).within(enough, f" < {FEW} END AS is_few")

    def _counts(self, tag: int, name: str) -> Sql:
        counted = "number, missed::bigint, 0.0::double precision, marks, status, left_out"
        return Sql(f"SELECT {tag}, {counted}, {NOT_SHOWN} FROM {name}")

    def _hits(self) -> Iterator[Sql]:
        if not self.is_by_weight:
            rows = self._shown_rows(_DATED_COLUMNS)
            yield shown(DATED, dated(self.query, rows, self.has_words, self._wanted), self.scopes)
            return
        wanted = max(self._wanted, self.ranked)
        if self.number and self.is_numbered:
            yield shown(NUMBERED, numbered(self.scopes, self.number, wanted), self.scopes)
        rest = joined(" UNION ALL ", self._shown_rows(_RANKED_COLUMNS))
        scored = weighed(self.scopes, self.words, self.weights, self.average_length, bool(self.wide.parts))
        yield shown(WEIGHED, with_rest(scored, rest, self._wanted, wanted), self.scopes, self.ranked)

    def _shown_rows(self, columns: str) -> list[Sql]:
        """All rows that match and pass every filter."""
        ways = [(self.words, f"NOT {IS_FEW}"), (self.wide, IS_FEW)] if self.wide.parts else [(self.words, "")]
        return [
            self._rows_of(scope, words, gate, True, columns.format(part=scope.part))
            for words, gate in ways
            for scope in self.scopes
        ]


def is_to_be_counted_on(looked_at: int, shown: int) -> bool:
    """Whether a sample that is full shows too little: `is_to_be_counted_on(SAMPLE, 900)` is True."""
    return looked_at >= SAMPLE and shown <= COUNTED


def _beneath(sets: Iterable[tuple[str, Sql]], body: Sql) -> Sql:
    """The body with the sets that it names, each read once."""
    heads = [part.within(f"{name} AS MATERIALIZED (", ")") for name, part in sets if part.text]
    return joined(" ", [joined(", ", heads).within("WITH "), body])


#: What is counted by, with its value where nothing of the kind is asked.
_UNASKED = {"status": "''", "left_out": "false", "missed": "0"}
_HOLDS = "d.words @@ (SELECT %s::tsquery)"
_RANKED_COLUMNS = "{part} AS part, d.id, d.newest"
_DATED_COLUMNS = "{part} AS part, d.id, d.newest, d.oldest, d.sorted_at, d.key"
