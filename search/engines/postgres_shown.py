"""The columns in which counts and hits come back: of each hit what is shown, of the first ones their texts besides."""

from collections.abc import Sequence

from search.engines.postgres_scope import Scope
from search.engines.postgres_sql import Sql

#: What a row of the answer is: counted marks of the sample, of exactly the wanted ones, a hit, or what is new.
SAMPLED, EXACT, NUMBERED, WEIGHED, DATED, NEWS = range(6)
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
#: The columns of a hit in a row that is none.
NOT_SHOWN = ", ".join(f"NULL::{kind}" for kind in (*_SHOWN.values(), *("text" for _ in _TEXTS)))


def shown(tag: int, chosen: Sql, scopes: Sequence[Scope], with_texts: int = 0) -> Sql:
    """What is shown of the chosen rows (part, id, score, place); of the first ones, the texts that ranking reads."""
    looked_at = ", ".join(f"CASE WHEN r.place <= {with_texts} THEN {each} END" for each in _TEXTS)
    lists = " UNION ALL ".join(
        f"SELECT {tag}, r.place, r.id, r.score, NULL, NULL, false, {', '.join(_SHOWN)}, {looked_at}"
        f" FROM r JOIN {scope.partition.rows} d ON d.id = r.id JOIN {scope.partition.texts} t ON t.id = r.id"
        f" WHERE r.part = {scope.part}"
        for scope in scopes
    )
    return chosen.within("(WITH r (part, id, score, place) AS MATERIALIZED (", f") {lists})")


def told_news(news: Sql) -> Sql:
    """A statement of one number as a row among hits."""
    before = f"SELECT {NEWS}, n.number, 0::bigint, 0.0::double precision, NULL, NULL, false, {NOT_SHOWN} FROM ("
    return news.within(before, ") n (number)")
