"""In how many documents that a reader may see a word or a pair stands."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from search.contract import SearchQuery, Wording
from search.engines.postgres_scope import Scope
from search.engines.postgres_tables import partitions, terms_view
from search.engines.postgres_terms import weighed_terms
from search.engines.postgres_words import NOTHING, phrase
from search.engines.sql_terms import TermTable
from search.remembered import Remembered

_read: Remembered[dict[tuple[str, frozenset[str], str], int]] = Remembered(dict, seconds=60)


def frequencies(generation: str, words: Sequence[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
    """Counts of folded syllables and pairs ("thi_dua"), open documents and those that the audiences open."""
    askable = [word for word in dict.fromkeys(words) if phrase(word.split("_")) != NOTHING]
    if not askable:
        return dict.fromkeys(words, 0)
    opened = TermTable(terms_view(generation)).frequencies(askable)
    beside = _guarded(generation, askable, audiences, now)
    return {word: opened.get(word, 0) + beside.get(word, 0) for word in words}


def standing(generation: str, words: Sequence[str], audiences: frozenset[str], now: datetime) -> frozenset[str]:
    """Words that stand in an open document, or in one that the audiences open: only for the others is that asked."""
    askable = [word for word in words if phrase(word.split("_")) != NOTHING]
    # Who asks this is going to search for the words: what is weighed then is read at the same time.
    opened = TermTable(terms_view(generation)).statistics(weighed_terms(askable)).frequencies
    doubtful = [word for word in askable if not opened[word]]
    beside = frequencies(generation, doubtful, audiences, now) if doubtful else {}
    return frozenset(word for word in askable if opened[word] or beside.get(word))


def forget() -> None:
    """After a write: count the guarded ones again."""
    _read.forget()


def _guarded(generation: str, words: Sequence[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
    """Counts of guarded documents, read again after a minute."""
    read = _read()
    missing = [word for word in words if (generation, audiences, word) not in read]
    if missing:
        counted = _count(generation, missing, audiences, now)
        read.update({(generation, audiences, word): number for word, number in counted.items()})
    return {word: read[generation, audiences, word] for word in words}


def _count(generation: str, words: Sequence[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
    scope = Scope(partitions(generation)[1], SearchQuery(audiences, Wording(), now, now.date()))
    sql = (
        "SELECT word, (SELECT count(*) FROM"
        f" {scope.partition.rows} d WHERE d.words @@ condition::tsquery AND {scope.readable.text})"
        " FROM unnest(%s::text[], %s::text[]) asked (word, condition)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*scope.readable.values, words, [phrase(word.split("_")) for word in words]])
        return dict(cursor.fetchall())
