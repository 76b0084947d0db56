"""The one statement that answers a query from a generation: matching rows counted, the best of them with texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from search.contract import COUNTED, RELEVANCE, SearchQuery
from search.engines.postgres_lists import Weight, dated, numbered, weighed
from search.engines.postgres_scope import Scope, chosen_sets, numbers
from search.engines.postgres_sql import Sql, Words, joined
from search.engines.postgres_tables import partitions, sets_table
from search.number_hits import AskedNumber
from search.query_plan import FEW

#: What a row of the answer is: counted marks of the sample, of exactly the wanted ones, or a hit.
SAMPLED, EXACT, NUMBERED, WEIGHED, DATED = range(5)
#: Characters of a text that ranking looks at.
LOOKED_AT = 24_000
#: What is read of a hit, with its type.
_SHOWN = {
    "d.key": "text",
    "d.issued_on": "integer",
    "d.gone_from": "integer",
    "d.length": "integer",
    **{f"t.{name}": "text" for name in ("title", "url", "number", "kind", "exact_number", "sorted_number")},
}
_TEXTS = ("t.folded_title", f"left(t.tokens, {LOOKED_AT})", "t.exact_title", "t.exact_body")


@dataclass(frozen=True)
class Reading:
    """A query against a generation, e.g. `Reading("a3f09c12", query, words, wide, weights).statement()`.

    Shape: `wide` takes the place of `words` when those find fewer than `FEW`; without parts it never does.
    `ranked` hits are given with their texts.
    """

    generation: str
    query: SearchQuery
    words: Words
    wide: Words = field(default_factory=Words)
    weights: tuple[Weight, ...] = ()
    number: AskedNumber | None = None
    average_length: float = 1.0
    ranked: int = 100

    def statement(self) -> Sql:
        """Rows of counts and of hits, told apart by their first column."""
        heads = [part.within(f"{name} AS MATERIALIZED (", ")") for name, part in self._heads() if part.text]
        body = joined(" UNION ALL ", [self._counts(SAMPLED, "found"), self._counts(EXACT, "exact"), *self._hits()])
        return joined(" ", [joined(", ", heads).within("WITH "), body])

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
    def is_narrowed(self) -> bool:
        """Whether rows that are counted may be left out of the hits."""
        return not self.scopes[0].keeps_gone or any(self.query.chosen.values())

    @property
    def _wanted(self) -> int:
        return self.query.offset + self.query.limit

    def _heads(self) -> Iterator[tuple[str, Sql]]:
        """Matching rows, up to those that are counted; with few of them, rows that match the wide words."""
        yield "chosen", chosen_sets(self.generation, self.query)
        if self.is_numbered:
            yield "numbered", self._union(f"SELECT d.id FROM {{rows}} d WHERE {_NUMBERED}", numbers(self.number))
        limit = f") u LIMIT {COUNTED + 1}"
        strict = joined(" UNION ALL ", (self._rows(scope, self.words) for scope in self.scopes))
        if not self.wide.parts:
            yield "found", strict.within("SELECT * FROM (", limit)
        else:
            yield "strict", strict.within("SELECT * FROM (", limit)
            yield "few", self._few()
            wide = (self._rows(scope, self.wide, "(SELECT is_few FROM few)") for scope in self.scopes)
            held = "SELECT * FROM strict WHERE NOT (SELECT is_few FROM few) UNION ALL SELECT * FROM ("
            yield "found", joined(" UNION ALL ", wide).within(held, limit)
        yield "exact", self._exact(limit)

    def _union(self, text: str, *values: object) -> Sql:
        parts = (Sql(text.format(rows=scope.partition.rows), values) for scope in self.scopes)
        return joined(" UNION ALL ", parts)

    def _rows(self, scope: Scope, words: Words, gate: str = "", only_held: bool = False) -> Sql:
        """Rows of a part with what is counted of them."""
        left_out, is_counted = scope.left_out(self.is_numbered), bool(self.query.facets)
        where = [Sql(gate), self._matched(scope, words), scope.bounded]
        if only_held:
            where += [scope.chosen, left_out.within("NOT ")]
        columns = [
            Sql(f"{scope.part} AS part, d.id, d.length, d.newest, d.oldest, d.sorted_at, d.key"),
            Sql("d.set_id" if is_counted else "0::bigint AS set_id"),
            scope.status.within("", " AS status") if is_counted else Sql("'' AS status"),
            left_out.within("", " AS left_out"),
            scope.chosen.within("(", ") AS holds") if scope.chosen.text and not only_held else Sql("true AS holds"),
        ]
        condition = joined(" AND ", where).within(" WHERE ")
        return joined(
            "",
            [
                joined(", ", columns).within("SELECT ", f" FROM {scope.partition.rows} d"),
                condition if condition.text != " WHERE " else Sql(""),
            ],
        )

    def _matched(self, scope: Scope, words: Words) -> Sql:
        """The words, or the number that was asked for."""
        texts = scope.partition.texts
        if not self.is_numbered:
            return words.condition(texts)
        number = numbers(self.number)
        if not words.verified:
            return Words((number, *words.parts)).condition(texts)
        either = [words.condition(texts), Words((number,)).condition(texts)]
        return joined(" OR ", either).within("(", ")")

    def _few(self) -> Sql:
        """Whether fewer than `FEW` documents match, filters apart."""
        counted = []
        for scope in self.scopes:
            condition = joined(" AND ", [self.words.condition(scope.partition.texts), scope.readable])
            rows = f"(SELECT count(*) FROM (SELECT FROM {scope.partition.rows} d WHERE "
            counted.append(condition.within(rows, f" LIMIT {FEW}) u)"))
        enough = f"SELECT CASE WHEN (SELECT count(*) FROM strict) >= {FEW} THEN false ELSE "
        return joined(" + ", counted).within(enough, f" < {FEW} END AS is_few")

    def _exact(self, limit: str) -> Sql:
        """With more matching rows than are counted: those that pass every filter, up to the same number."""
        if not self.is_narrowed:
            return Sql("SELECT * FROM found WHERE false")
        rows = (self._rows(scope, self.words, _OVERFLOWS, only_held=True) for scope in self.scopes)
        return joined(" UNION ALL ", rows).within("SELECT * FROM (", limit)

    def _counts(self, tag: int, name: str) -> Sql:
        empty = ", ".join(f"NULL::{kind}" for kind in (*_SHOWN.values(), *("text" for _ in _TEXTS)))
        marks = f"(SELECT s.marks FROM {sets_table(self.generation)} s WHERE s.id = g.set_id LIMIT 1)"
        marks = marks if self.query.facets else "''"
        return Sql(
            f"SELECT {tag}, number, 0::bigint, 0.0::double precision, {marks}, status, left_out, holds, {empty} FROM"
            f" (SELECT set_id, status, left_out, holds, count(*) AS number FROM {name} GROUP BY 1, 2, 3, 4) g"
        )

    def _hits(self) -> Iterator[Sql]:
        if self.query.order != RELEVANCE or not self.has_words:
            gate = _OVERFLOWS if self.has_words else ""
            rows = tuple(self._rows(scope, self.words, gate, only_held=True) for scope in self.scopes)
            yield self._shown(DATED, dated(self.query, rows, self.has_words, self._wanted), 0)
            return
        wanted = max(self._wanted, self.ranked)
        if self.number and self.is_numbered:
            yield self._shown(NUMBERED, numbered(self.scopes, self.number, wanted), 0)
        yield self._shown(
            WEIGHED, weighed(self.scopes, self.words, self.weights, self.average_length, wanted), self.ranked
        )

    def _shown(self, tag: int, chosen: Sql, with_texts: int) -> Sql:
        """What is shown of the chosen rows; of the first ones, the texts that ranking looks at."""
        looked_at = ", ".join(f"CASE WHEN r.place <= {with_texts} THEN {each} END" for each in _TEXTS)
        lists = " UNION ALL ".join(
            f"SELECT {tag}, r.place, r.id, r.score, NULL, NULL, false, true, {', '.join(_SHOWN)}, {looked_at}"
            f" FROM r JOIN {scope.partition.rows} d ON d.id = r.id JOIN {scope.partition.texts} t ON t.id = r.id"
            f" WHERE r.part = {scope.part}"
            for scope in self.scopes
        )
        return chosen.within("(WITH r (part, id, score, place) AS MATERIALIZED (", f") {lists})")


_NUMBERED = "d.words @@ (SELECT %s::tsquery)"
_OVERFLOWS = f"(SELECT count(*) FROM found) > {COUNTED}"
