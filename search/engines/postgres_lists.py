"""The hits of a query in their first order: by number, by the terms they hold, or by date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.contract import OLDEST, SearchQuery
from search.engines.postgres_scope import Scope, numbers, storable
from search.engines.postgres_sql import Sql, Words, joined
from search.number_hits import AskedNumber
from search.ranking import K1, B

#: Of a list of documents with one term, no more are weighed.
LONGEST_LIST = 1_000
#: Whether so few documents match that any word of the query is enough.
IS_FEW = "(SELECT is_few FROM few)"
# The same as in `normed`.
_NORM = f"{1 + K1} / (1 + {K1} * ({1 - B} + {B} * length / %s::double precision))"
_DATED = "part, id, newest, oldest, sorted_at, key"
_NEWEST = "newest DESC, sorted_at DESC, length(key) DESC, key DESC"
_OLDEST = "oldest, sorted_at, length(key), key"


@dataclass(frozen=True, slots=True)
class Weight:
    """A term with what it weighs, e.g. `Weight("'dat_dai'", 4.2, is_enough=True)`.

    Shape: `condition` is one on vectors; `is_enough` says that the term alone makes a document match.
    """

    condition: str
    weight: float
    is_enough: bool = False


def numbered(scopes: tuple[Scope, ...], number: AskedNumber, wanted: int) -> Sql:
    """Rows found by their number, the closest first; to be put in order by their accents afterwards."""
    lists = []
    days = [day.toordinal() for day in number.days] if number.days else [0, 0]
    for scope in scopes:
        found = Words((numbers(number),)).condition()
        condition = joined(" AND ", [found, scope.bounded, scope.chosen])
        text = (
            f"SELECT {scope.part} AS part, d.id, t.exact_number = %s AS is_exact, t.sorted_number = %s AS is_whole,"
            " coalesce(d.issued_on BETWEEN %s AND %s, false) AS is_of_days, d.newest, d.sorted_at, d.key"
            f" FROM {scope.partition.rows} d JOIN {scope.partition.texts} t ON t.id = d.id WHERE {condition.text}"
        )
        lists.append(Sql(text, (*storable((number.exact_text,)), number.sorted_text, *days, *condition.values)))
    rows = joined(" UNION ALL ", lists)
    return _first_rows(rows, "0::double precision", f"is_of_days DESC, is_exact DESC, is_whole DESC, {_NEWEST}", wanted)


def weighed(
    scopes: tuple[Scope, ...], words: Words, weights: tuple[Weight, ...], average_length: float, may_be_few: bool
) -> Sql:
    """Matching rows by the terms they hold, as BM25 would weigh each term standing once."""
    lists = joined(" UNION ALL ", (_listed(scope, words, weights) for scope in scopes))
    matches = f"bool_or(is_enough) OR {IS_FEW}" if may_be_few else "bool_or(is_enough)"
    text = (
        f"SELECT part, id, newest, sum(weight) * {_NORM} AS score FROM ({lists.text}) l"
        f" GROUP BY part, id, length, newest HAVING {matches}"
    )
    return Sql(text, (max(average_length, 1.0), *lists.values))


def normed(weight: float, length: int, average_length: float) -> float:
    """What a document's length makes of the weight of its terms, each standing once."""
    return weight * (1 + K1) / (1 + K1 * (1 - B + B * length / max(average_length, 1.0)))


def weighed_rows(scopes: Sequence[Scope], scores: Sequence[tuple[int, float]]) -> Sql:
    """Those of the rows that are there and may be read, with their scores, in the order given."""
    columns = ([row for row, _ in scores], [score for _, score in scores])
    given = "unnest(%s::bigint[], %s::double precision[]) WITH ORDINALITY c (id, score, place)"
    lists = []
    for scope in scopes:
        text = f"SELECT {scope.part}, d.id, c.score, c.place FROM {given} JOIN {scope.partition.rows} d ON d.id = c.id"
        lists.append(joined(" WHERE ", [Sql(text, columns), scope.readable]))
    return joined(" UNION ALL ", lists)


def with_rest(scored: Sql, rest: Sql, needed: int, wanted: int) -> Sql:
    """Weighed rows, then those of `rest` that hold no weighed term; these are read when the others are too few."""
    others = (
        "SELECT part, id, newest, 0 AS score FROM ("
        f"{rest.text}) o WHERE (SELECT count(*) FROM scored) < %s AND id NOT IN (SELECT id FROM scored)"
    )
    rows = joined(" UNION ALL ", [Sql("SELECT * FROM scored"), Sql(others, (*rest.values, needed))])
    first = _first_rows(rows, "score", "score DESC, newest DESC, id DESC", wanted)
    return joined("", [scored.within("WITH scored AS MATERIALIZED (", ") "), first])


def _listed(scope: Scope, words: Words, weights: tuple[Weight, ...]) -> Sql:
    """For every weighed term the rows that hold it."""
    shown = scope.left_out(is_numbered=False).within("NOT ")
    condition = joined(" AND ", [scope.bounded, scope.chosen, shown, words.check])
    text = (
        f"SELECT {scope.part} AS part, r.id, r.length, r.newest, l.weight, l.is_enough"
        " FROM unnest(%s::text[], %s::real[], %s::boolean[]) l (condition, weight, is_enough)"
        " CROSS JOIN LATERAL (SELECT d.id, d.length, d.newest"
        f" FROM {scope.partition.rows} d WHERE d.words @@ l.condition::tsquery AND {condition.text}"
        f" LIMIT {LONGEST_LIST}) r"
    )
    columns = [[each.condition for each in weights], [each.weight for each in weights]]
    return Sql(text, (*columns, [each.is_enough for each in weights], *condition.values))


def dated(query: SearchQuery, rows: Sequence[Sql], has_words: bool, wanted: int) -> Sql:
    """Rows by date, of each part."""
    order = order_of(query)
    # With words, rows are gathered by their index before they are sorted.
    barrier = " OFFSET 0" if has_words else ""
    before, after = f"(SELECT {_DATED} FROM (", f"{barrier}) f ORDER BY {order} LIMIT %s)"
    firsts = (Sql(f"{before}{each.text}{after}", (*each.values, wanted)) for each in rows)
    return _first_rows(joined(" UNION ALL ", firsts), "0::double precision", order, wanted)


def order_of(query: SearchQuery) -> str:
    """The order by date that a query asks for; the newest first unless it says otherwise."""
    return _OLDEST if query.order == OLDEST else _NEWEST


def _first_rows(rows: Sql, score: str, order: str, wanted: int) -> Sql:
    text = (
        f"SELECT part, id, {score}, row_number() OVER (ORDER BY {order}) FROM ({rows.text}) r ORDER BY {order} LIMIT %s"
    )
    return Sql(text, (*rows.values, wanted))
