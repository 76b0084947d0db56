"""In how many documents that a reader may see a word or a pair stands."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from search.engines import sqlite_match as match
from search.engines.sql_records import instant
from search.engines.sqlite_tables import Partition, partitions
from search.remembered import Remembered
from search.vietnamese.syllables import syllables

_ASKED_AT_ONCE = 100
_read: Remembered[dict[tuple[str, frozenset[str], str], int]] = Remembered(dict, seconds=60)


def frequencies(generation: str, words: Sequence[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
    """Counts of folded syllables and pairs ("thi_dua"), open documents and those that the audiences open."""
    opened, guarded = partitions(generation)
    counted = opened.terms.frequencies(words)
    beside = _guarded(guarded, words, audiences, now)
    return {word: counted[word] + beside.get(word, 0) for word in words}


def forget() -> None:
    """After a write: count the guarded ones again."""
    _read.forget()


def _guarded(partition: Partition, words: Sequence[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
    read = _read()
    missing = [word for word in words if (partition.prefix, audiences, word) not in read]
    if missing:
        held = partition.terms.frequencies(missing)
        counts = dict.fromkeys(missing, 0)
        standing = [word for word in missing if held[word]]
        for start in range(0, len(standing), _ASKED_AT_ONCE):
            counts |= _count(partition, standing[start : start + _ASKED_AT_ONCE], audiences, now)
        read.update({(partition.prefix, audiences, word): number for word, number in counts.items()})
    return {word: read[partition.prefix, audiences, word] for word in words}


def _count(partition: Partition, words: Sequence[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
    """One statement for all words that stand in some guarded document."""
    expressions = {word: match.phrase(tuple(syllables(word.replace("_", " ")))) for word in words}
    statements, values = [], []
    for word, expression in expressions.items():
        statements.append(
            f"SELECT %s, count(*) FROM {partition.words} CROSS JOIN {partition.documents} d"
            f" ON d.id = {partition.words}.rowid WHERE {partition.words} MATCH %s"
            " AND (d.opens_at IS NULL OR d.opens_at <= %s) AND (d.closes_at IS NULL OR d.closes_at > %s)"
        )
        values += [word, match.all_of([expression, match.readers(audiences)]), instant(now), instant(now)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return dict(cursor.fetchall())
