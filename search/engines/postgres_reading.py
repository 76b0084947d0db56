"""The one statement that answers a query from a generation: matching rows counted, the best of them with texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from search.contract import COUNTED, OLDEST, RELEVANCE, SearchQuery
from search.engines.postgres_sql import Scope, Sql, Words, joined, numbers
from search.engines.postgres_tables import partitions
from search.engines.sql_records import status_sql
from search.number_hits import AskedNumber
from search.query_plan import FEW
from search.ranking import B, K1

#: What a row of the answer is: counted marks of the sample, of exactly the wanted ones, or a hit.
SAMPLED, EXACT, NUMBERED, WEIGHED, DATED = range(5)
#: Characters of a text that ranking looks at.
LOOKED_AT = 24_000
#: Of a list of documents with one term, no more are weighed.
LONGEST_LIST = 3_000
_SHOWN = (
    "d.key, d.title, d.url, d.number, d.kind, d.exact_number, d.sorted_number,"
    " d.newest, d.oldest, d.sorted_at, d.issued_on, d.gone_from, d.length"
)
_ORDER = {
    False: "newest DESC, sorted_at DESC, length(key) DESC, key DESC",
    True: "oldest, sorted_at, length(key), key",
}


@dataclass(frozen=True, slots=True)
class Weight:
    """A term with what it weighs, e.g. `Weight("'dat_dai'", 4.2, is_enough=True)`.

    Shape: `condition` is one on vectors; `is_enough` says that the term alone makes a document match.
    """

    condition: str
    weight: float
    is_enough: bool = False


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
        heads = [Sql(f"{name} AS MATERIALIZED ({part.text})", part.values) for name, part in self._heads()]
        lists = [self._counts(SAMPLED, "found"), self._counts(EXACT, "exact"), *self._hits()]
        opening, body = joined(", ", heads), joined(" UNION ALL ", lists)
        return Sql(f"WITH {opening.text} {body.text}", opening.values + body.values)

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        return tuple(Scope(each, self.query, self.has_words) for each in partitions(self.generation))

    @property
    def has_words(self) -> bool:
        return bool(self.words.parts or numbers(self.number))

    @property
    def is_by_weight(self) -> bool:
        return self.has_words and self.query.order == RELEVANCE

    @property
    def is_narrowed(self) -> bool:
        """Whether rows that are counted may be left out of the hits."""
        return not self.scopes[0].keeps_gone or any(self.query.chosen.values())

    @property
    def wanted(self) -> int:
        return self.query.offset + self.query.limit

    def _heads(self) -> Iterator[tuple[str, Sql]]:
        """Matching rows, up to those that are counted; with few of them, rows that match the wide words."""
        limit = f" LIMIT {COUNTED + 1}"
        strict = joined(" UNION ALL ", (self._rows(scope, self.words) for scope in self.scopes))
        strict = Sql(f"SELECT * FROM ({strict.text}) u{limit}", strict.values)
        if not self.wide.parts:
            yield "found", strict
        else:
            yield "strict", strict
            yield "few", self._few()
            gate = Sql("(SELECT is_few FROM few)")
            wide = joined(" UNION ALL ", (self._rows(scope, self.wide, gate) for scope in self.scopes))
            held = "SELECT * FROM strict WHERE NOT (SELECT is_few FROM few)"
            yield "found", Sql(f"{held} UNION ALL SELECT * FROM ({wide.text}) u{limit}", wide.values)
        yield "exact", self._exact()

    def _rows(self, scope: Scope, words: Words, gate: Sql | None = None, only_held: bool = False) -> Sql:
        """Rows of a part with what is counted of them."""
        left_out, chosen = scope.left_out(self.number), scope.chosen
        status, status_values = status_sql(self.query.today)
        where = [gate or Sql(""), self._matched(words), scope.bounded]
        if only_held:
            where += [chosen, Sql(f"NOT {left_out.text}", left_out.values)]
        condition = joined(" AND ", where)
        is_counted = bool(self.query.facets)
        text = (
            f"SELECT {scope.part} AS part, d.id, {'d.facets' if is_counted else repr('')} AS marks,"
            f" {status if is_counted else repr('')} AS status, {left_out.text} AS left_out, {chosen.text} AS holds,"
            " d.length, d.newest, d.oldest, d.sorted_at, d.key"
            f" FROM {scope.partition.documents} d WHERE {condition.text}"
        )
        values = (*(status_values if is_counted else ()), *left_out.values, *chosen.values, *condition.values)
        return Sql(text, values)

    def _matched(self, words: Words) -> Sql:
        """The words, or the number that was asked for."""
        number = numbers(self.number)
        if not number:
            return words.condition
        if not words.verified:
            return Words((number, *words.parts)).condition
        other = Words((number,)).condition
        return Sql(f"(({words.condition.text}) OR {other.text})", words.condition.values + other.values)

    def _few(self) -> Sql:
        """Whether fewer than `FEW` documents match, filters apart."""
        counted = []
        for scope in self.scopes:
            condition = joined(" AND ", [self.words.condition, scope.readable])
            rows = f"SELECT FROM {scope.partition.documents} d WHERE {condition.text} LIMIT {FEW}"
            counted.append(Sql(f"(SELECT count(*) FROM ({rows}) u)", condition.values))
        total = joined(" + ", counted)
        enough = f"(SELECT count(*) FROM strict) >= {FEW}"
        return Sql(f"SELECT CASE WHEN {enough} THEN false ELSE {total.text} < {FEW} END AS is_few", total.values)

    def _exact(self) -> Sql:
        """With more matching rows than are counted: those that pass every filter, up to the same number."""
        if not self.is_narrowed:
            return Sql("SELECT * FROM found WHERE false")
        gate = Sql(f"(SELECT count(*) FROM found) > {COUNTED}")
        rows = joined(" UNION ALL ", (self._rows(scope, self.words, gate, only_held=True) for scope in self.scopes))
        return Sql(f"SELECT * FROM ({rows.text}) u LIMIT {COUNTED + 1}", rows.values)

    def _counts(self, tag: int, name: str) -> Sql:
        padding = "".join(f", NULL::{'bigint' if name in _NUMERIC else 'text'}" for name in _NAMES)
        return Sql(
            f"(SELECT {tag}, 0, count(*)::bigint, 0::bigint, 0.0::double precision, marks, status, left_out, holds"
            f"{padding} FROM {name} GROUP BY marks, status, left_out, holds)"
        )

    def _hits(self) -> Iterator[Sql]:
        if not self.is_by_weight:
            yield self._shown(DATED, self._dated(), 0)
            return
        if numbers(self.number):
            yield self._shown(NUMBERED, self._numbered(), 0)
        yield self._shown(WEIGHED, self._weighed(), self.ranked)

    def _numbered(self) -> Sql:
        """Rows found by their number, the closest first; to be put in order by their accents afterwards."""
        assert self.number is not None
        lists = []
        for scope in self.scopes:
            condition = joined(" AND ", [Words((numbers(self.number),)).condition, scope.bounded, scope.chosen])
            lists.append(
                Sql(
                    f"SELECT {scope.part} AS part, d.id, 0.0 AS score, d.exact_number = %s AS a,"
                    " d.sorted_number = %s AS b, d.newest, d.sorted_at, d.key"
                    f" FROM {scope.partition.documents} d WHERE {condition.text}",
                    (self.number.exact_text, self.number.sorted_text, *condition.values),
                )
            )
        rows = joined(" UNION ALL ", lists)
        order = f"a DESC, b DESC, {_ORDER[False]}"
        text = (
            f"SELECT part, id, score::double precision, row_number() OVER (ORDER BY {order}) AS place"
            f" FROM ({rows.text}) n ORDER BY place LIMIT %s"
        )
        return Sql(text, (*rows.values, max(self.wanted, self.ranked)))

    def _weighed(self) -> Sql:
        """Matching rows by the terms they hold, as BM25 would weigh each term standing once."""
        lists = [self._listed(scope) for scope in self.scopes] if self.weights else []
        members = [
            Sql(f"SELECT part, id, length, newest, 0::real AS weight, true AS is_enough FROM {name} WHERE {condition}")
            for name, condition in (("found", "holds AND NOT left_out"), ("exact", "true"))
        ]
        rows = joined(" UNION ALL ", [*lists, *members])
        norm = f"{1 + K1} / (1 + {K1} * ({1 - B} + {B} * length / %s::double precision))"
        text = (
            "SELECT part, id, score, row_number() OVER (ORDER BY score DESC, newest DESC, part, id DESC) AS place FROM"
            f" (SELECT part, id, newest, sum(weight) * {norm} AS score FROM ({rows.text}) l"
            " GROUP BY part, id, length, newest HAVING bool_or(is_enough)) w ORDER BY place LIMIT %s"
        )
        return Sql(text, (max(self.average_length, 1.0), *rows.values, max(self.wanted, self.ranked)))

    def _listed(self, scope: Scope) -> Sql:
        """For every weighed term the rows that hold it."""
        left_out = scope.left_out(None)
        shown = Sql(f"NOT {left_out.text}", left_out.values)
        condition = joined(" AND ", [scope.bounded, scope.chosen, shown, *self.words.checks])
        longest = max(LONGEST_LIST, self.wanted)
        text = (
            f"SELECT {scope.part} AS part, r.id, r.length, r.newest, l.weight, l.is_enough"
            " FROM unnest(%s::text[], %s::real[], %s::boolean[]) l (condition, weight, is_enough)"
            " CROSS JOIN LATERAL (SELECT d.id, d.length, d.newest"
            f" FROM {scope.partition.documents} d WHERE d.words @@ l.condition::tsquery AND {condition.text}"
            f" LIMIT {longest}) r"
        )
        weights = (
            [each.condition for each in self.weights],
            [each.weight for each in self.weights],
            [each.is_enough for each in self.weights],
        )
        return Sql(text, (*weights, *condition.values))

    def _dated(self) -> Sql:
        """Matching rows by date; beyond those that are counted, of all that pass every filter."""
        order = _ORDER[self.query.order == OLDEST]
        if not self.has_words:
            rows = joined(" UNION ALL ", (self._first(scope, order) for scope in self.scopes))
        else:
            counted = f"(SELECT count(*) FROM found) <= {COUNTED}"
            held = Sql(f"SELECT {_DATED} FROM found WHERE holds AND NOT left_out AND {counted}")
            gate = Sql(f"(SELECT count(*) FROM found) > {COUNTED}")
            others = [self._first(scope, order, gate) for scope in self.scopes]
            rows = joined(" UNION ALL ", [held, *others])
        text = (
            f"SELECT part, id, 0::double precision AS score, row_number() OVER (ORDER BY {order}) AS place"
            f" FROM ({rows.text}) r ORDER BY place LIMIT %s"
        )
        return Sql(text, (*rows.values, self.wanted))

    def _first(self, scope: Scope, order: str, gate: Sql | None = None) -> Sql:
        """The first rows of a part by date. With words they are gathered before they are sorted."""
        rows = self._rows(scope, self.words, gate, only_held=True)
        barrier = " OFFSET 0" if self.has_words else ""
        text = f"(SELECT {_DATED} FROM ({rows.text}{barrier}) f ORDER BY {order} LIMIT %s)"
        return Sql(text, (*rows.values, self.wanted))

    def _shown(self, tag: int, chosen: Sql, with_texts: int) -> Sql:
        """What is shown of the chosen rows; of the first ones, the texts that ranking looks at."""
        texts = ("d.tokens_title", f"left(d.tokens, {LOOKED_AT})", "d.exact_title", "d.exact_body")
        looked_at = ", ".join(f"CASE WHEN r.place <= {with_texts} THEN {each} END" for each in texts)
        lists = [
            f"SELECT r.*, {_SHOWN}, {looked_at} FROM r JOIN {scope.partition.documents} d"
            f" ON d.id = r.id AND r.part = {scope.part}"
            for scope in self.scopes
        ]
        text = (
            f"(WITH r AS MATERIALIZED ({chosen.text}) SELECT {tag}, s.part, s.place, s.id, s.score,"
            f" NULL, NULL, false, true{''.join(f', s.{name}' for name in _NAMES)}"
            f" FROM ({' UNION ALL '.join(lists)}) s (part, id, score, place{''.join(f', {n}' for n in _NAMES)}))"
        )
        return Sql(text, chosen.values)


_NUMERIC = frozenset({"newest", "oldest", "sorted_at", "issued_on", "gone_from", "length"})
_DATED = "part, id, newest, oldest, sorted_at, key"
_NAMES = (
    *(name.strip().removeprefix("d.") for name in _SHOWN.split(",")),
    "tokens_title",
    "tokens",
    "exact_title",
    "exact_body",
)
