"""In how many documents each syllable and pair stands, kept beside the index: asking costs one look-up."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from django.db import connection

from search.ranking import Statistics
from search.remembered import Remembered

#: Two rows of the table that are no words: how many documents there are, and how many tokens they hold.
DOCUMENTS, TOKENS = "#documents", "#tokens"
_ASKED_AT_ONCE = 500


def terms_of(texts: Iterable[str]) -> set[str]:
    """Syllables and pairs of treated texts, each once: `terms_of(["thi dua"])` is `{"thi", "dua", "thi_dua"}`."""
    held: set[str] = set()
    for text in texts:
        words = text.split()
        held.update(words)
        held.update(f"{first}_{second}" for first, second in pairwise(words))
    return held


def create_sql(table: str) -> str:
    """The statement that makes a table of terms; pairs lie apart, so that the vocabulary is read at one go."""
    return (
        f"CREATE TABLE {table} (is_pair smallint NOT NULL, term varchar(600) NOT NULL, documents bigint NOT NULL,"
        " PRIMARY KEY (is_pair, term))"
    )


class TermTable:
    """The table of one partition, e.g. `TermTable("search_a3f09c12_open_terms").frequencies(["dat", "dat_dai"])`.

    Shape: what was read is kept in the process for a minute; `changed` forgets it.
    """

    _read: Remembered[dict[tuple[str, str], int]] = Remembered(dict, seconds=60)
    _vocabularies: Remembered[dict[str, dict[str, int]]] = Remembered(dict, seconds=60)

    def __init__(self, table: str):
        self.table = table

    def add(self, changes: Counter[str]) -> None:
        """Add to the counts of terms; negative numbers take away."""
        rows = sorted((int("_" in term), term, number) for term, number in changes.items() if number)
        if rows:
            sql = (
                f"INSERT INTO {self.table} (is_pair, term, documents) VALUES (%s, %s, %s)"
                f" ON CONFLICT (is_pair, term) DO UPDATE SET documents = {self.table}.documents + excluded.documents"
            )
            with connection.cursor() as cursor:
                cursor.executemany(sql, rows)
        self._forget([(is_pair, term) for is_pair, term, number in rows if number < 0])
        self.changed()

    def _forget(self, fewer: Sequence[tuple[int, str]]) -> None:
        """Words that stand nowhere any more: the name of a person who is gone from the site is not kept."""
        if fewer:
            sql = f"DELETE FROM {self.table} WHERE is_pair = %s AND term = %s AND documents <= 0"
            with connection.cursor() as cursor:
                cursor.executemany(sql, fewer)

    @classmethod
    def changed(cls) -> None:
        cls._read.forget()
        cls._vocabularies.forget()

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """The counts of terms; 0 for those that stand nowhere. One statement for those not read lately."""
        wanted = list(dict.fromkeys(terms))
        read = self._read()
        missing = [term for term in wanted if (self.table, term) not in read]
        for start in range(0, len(missing), _ASKED_AT_ONCE):
            part = missing[start : start + _ASKED_AT_ONCE]
            found = self._ask(part)
            read.update({(self.table, term): found.get(term, 0) for term in part})
        return {term: read[self.table, term] for term in wanted}

    def _ask(self, terms: Sequence[str]) -> dict[str, int]:
        places = ", ".join(["%s"] * len(terms))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT term, documents FROM {self.table} WHERE is_pair IN (0, 1) AND term IN ({places})", list(terms)
            )
            return dict(cursor.fetchall())

    def statistics(self, terms: Iterable[str]) -> Statistics:
        """What ranking weighs with: the counts of terms, the number of documents and their mean length."""
        held = self.frequencies([DOCUMENTS, TOKENS, *terms])
        documents = held.pop(DOCUMENTS)
        return Statistics(documents, held.pop(TOKENS) / max(documents, 1), held)

    def vocabulary(self) -> Mapping[str, int]:
        """Every syllable with its count, pairs left out."""
        held = self._vocabularies()
        if self.table not in held:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT term, documents FROM {self.table} WHERE is_pair = 0 AND documents > 0")
                held[self.table] = {term: number for term, number in cursor.fetchall() if not term.startswith("#")}
        return held[self.table]
