"""Titles, numbers and units that go on from what was typed."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.db import connection

from search.contract import SearchQuery, Suggestion
from search.engines.postgres_scope import Scope, storable
from search.engines.postgres_sql import Sql, joined
from search.engines.postgres_tables import INDEXED_TITLE, partitions
from search.engines.postgres_words import all_of, clean_words, phrase
from search.vietnamese.number_parts import number_parts
from search.vietnamese.syllables import syllables

_MOST_WORDS = 16
_LONGEST_TYPED = 256
#: Of each way of matching so many are looked at.
_LOOKED_AT = 200
_NUMBER, _BEGINS, _HOLDS, _WORDS = range(4)


def suggest(generation: str, text: str, query: SearchQuery, limit: int) -> tuple[Suggestion, ...]:
    """Titles that begin so come first, then those holding the phrase, then those holding all the words."""
    ways = list(_ways(text[:_LONGEST_TYPED]))
    if not ways or limit < 1:
        return ()
    parts = [
        _found(Scope(partition, query), way, condition)
        for partition in partitions(generation)
        for way, condition in ways
    ]
    found = joined(" UNION ALL ", parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, title, number, kind, url, min(way) AS best FROM ({found.text}) f"
            ' GROUP BY key, title, number, kind, url, newest ORDER BY best, length(title), newest DESC, key COLLATE "C"'
            " LIMIT %s",
            [*found.values, limit],
        )
        return tuple(Suggestion(*row[:5]) for row in cursor.fetchall())


def _ways(text: str) -> Iterator[tuple[int, Sql]]:
    """Conditions for what was typed, the closest first; the last word may be only begun."""
    words, parts = clean_words(syllables(text)[:_MOST_WORDS]), number_parts(text)[:_MOST_WORDS]
    if not words:
        return
    begun = text[-1:].isalnum()
    if any(part.isdigit() for part in parts):
        *whole, last = (f"'#{part}'" for part in parts)
        yield _NUMBER, _holding([*whole, _begun(last, begun)])
    typed = " ".join(words) + ("" if begun else " ")
    yield _BEGINS, Sql(f"{INDEXED_TITLE} LIKE %s AND t.folded_title || ' ' LIKE %s", (f"{typed[:80]}%", f"{typed}%"))
    *whole, last = (f"'={word}'" for word in words)
    if len(words) == 1:
        yield _HOLDS, _holding([_begun(last, begun)])
        return
    *pairs, last_pair = (phrase(pair, "=") for pair in pairwise(words))
    together = _holding([*pairs, _begun(last_pair, begun)])
    yield (
        _HOLDS,
        Sql(f"{together.text} AND strpos(' ' || t.folded_title || ' ', %s) > 0", (*together.values, f" {typed}")),
    )
    yield _WORDS, _holding([*whole, _begun(last, begun)])


def _begun(word: str, is_begun: bool) -> str:
    return f"{word}:*" if is_begun else word


def _holding(conditions: Sequence[str]) -> Sql:
    return Sql("d.words @@ (SELECT %s::tsquery)", (all_of(conditions),))


def _found(scope: Scope, way: int, condition: Sql) -> Sql:
    shown = [condition, scope.readable]
    if scope.query.hidden:
        shown.append(Sql("d.key <> ALL(%s)", (storable(scope.query.hidden),)))
    if way != _NUMBER:
        left_out = scope.left_out(is_numbered=False)
        shown.append(left_out.within("NOT "))
    where = joined(" AND ", shown)
    text = (
        f"(SELECT d.key, t.title, t.number, t.kind, t.url, {way} AS way, d.newest FROM {scope.partition.rows} d"
        f" JOIN {scope.partition.texts} t ON t.id = d.id WHERE {where.text} LIMIT {_LOOKED_AT})"
    )
    return Sql(text, where.values)
