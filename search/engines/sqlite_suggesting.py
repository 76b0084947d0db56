"""Titles, numbers and units that go on from what was typed."""

from collections.abc import Iterator

from django.db import connection

from search.contract import SearchQuery, Suggestion
from search.engines import sqlite_match as match
from search.engines.sql_records import GONE, instant
from search.engines.sqlite_scope import Sql, joined
from search.engines.sqlite_tables import GUARDED, Partition, partitions
from search.vietnamese.number_parts import number_parts
from search.vietnamese.syllables import syllables

_MOST_WORDS = 16
_LONGEST_TYPED = 256
#: Of each way of matching the newest so many are looked at.
_LOOKED_AT = 200


def suggest(generation: str, text: str, query: SearchQuery, limit: int) -> tuple[Suggestion, ...]:
    """Titles that begin so come first, then those holding the phrase, then those holding all the words."""
    expressions = list(_ways(text[:_LONGEST_TYPED]))
    if not expressions:
        return ()
    parts = [
        _found(partition, way, expression, query)
        for partition in partitions(generation)
        for way, expression in enumerate(expressions)
    ]
    found = joined(" UNION ALL ", parts)
    hidden = sorted(query.hidden)
    shown = f" WHERE key NOT IN ({', '.join(['%s'] * len(hidden))})" if hidden else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, title, number, kind, url, min(way) AS best FROM ({found.text}){shown}"
            " GROUP BY key ORDER BY best, length(title), newest DESC, key LIMIT %s",
            [*found.values, *hidden, limit],
        )
        return tuple(Suggestion(*row[:5]) for row in cursor.fetchall())


def _ways(text: str) -> Iterator[str]:
    """Expressions for what was typed, the closest first; the last word may be only begun."""
    words, parts = syllables(text)[:_MOST_WORDS], number_parts(text)[:_MOST_WORDS]
    if not words:
        return
    begun = "*" if text[-1:].isalnum() else ""
    if any(part.isdigit() for part in parts):
        *whole, last = (match.phrase((part,)) for part in parts)
        yield f"number : {match.all_of([*whole, f'{last} {begun}'])}"
    whole_phrase = match.phrase(tuple(words)) + begun
    ended = match.phrase((GONE,))
    yield match.without(f"(title : ^ {whole_phrase})", ended)
    yield match.without(f"(title : {whole_phrase})", ended)
    if len(words) > 1:
        *whole, last = (match.phrase((word,)) for word in words)
        yield match.without(f"(title : {match.all_of([*whole, last + begun])})", ended)


def _found(partition: Partition, way: int, expression: str, query: SearchQuery) -> Sql:
    is_guarded = partition.part == GUARDED
    names, documents = partition.names, partition.documents
    expression = match.all_of([expression, match.readers(query.audiences) if is_guarded else ""])
    window, values = "", ()
    if is_guarded:
        now = instant(query.now)
        window = " WHERE (d.opens_at IS NULL OR d.opens_at <= %s) AND (d.closes_at IS NULL OR d.closes_at > %s)"
        values = (now, now)
    inner = f"SELECT rowid AS id FROM {names} WHERE {names} MATCH %s ORDER BY rowid DESC LIMIT {_LOOKED_AT}"
    text = (
        f"SELECT d.key, d.title, d.number, d.kind, d.url, {way} AS way, d.newest"
        f" FROM ({inner}) i CROSS JOIN {documents} d ON d.id = i.id{window}"
    )
    return Sql(text, (expression, *values))
