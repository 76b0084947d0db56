"""Writing into one generation of the PostgreSQL index. The caller holds the transaction.

Writers of different documents never wait for one another: a document's version is its only lock, taken in
the order of keys, and counts of words are rows that are added.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from search.analysis import treat
from search.contract import IndexRecord
from search.engines.postgres_tables import (
    GUARDED,
    OPEN,
    ROW_COLUMNS,
    TEXT_COLUMNS,
    Partition,
    changes_table,
    counted_table,
    ids_sequence,
    is_apart,
    partitions,
    versions_table,
    writes_table,
)
from search.engines.postgres_words import counted_words, words_of
from search.engines.sql_records import OFFICIAL_KINDS, local_today, mark, row_of
from search.engines.sql_terms import DOCUMENTS, TOKENS

# The state is counted from its own columns; among the marks its days would be of no use.
_STATES = (mark("state", ""), mark("status", ""))
_JOINED = ("audiences", "words")
#: So many changes of counts are summed up by the next writer who finds nobody else at it.
MANY_CHANGES = 20_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record ready to be written, treated once for all generations.

    Shape: `row` and `texts` stand in the order of the columns, the id of the row left out; `words` are those of
    the vector.
    """

    key: str
    version: int
    part: str
    length: int
    words: list[str]
    row: tuple[object, ...]
    texts: tuple[str, ...]


def prepare(records: Iterable[IndexRecord]) -> dict[str, Prepared]:
    """The records by key, treated; of several with one key the highest version."""
    today = local_today()
    newest = {record.key: record for record in sorted(records, key=lambda record: record.version)}
    return {key: _prepared(newest[key], today) for key in sorted(newest)}


def _prepared(record: IndexRecord, today: date) -> Prepared:
    text = treat(record)
    length = sum(part.count(" ") + 1 for part in (text.title, text.body, text.attachments) if part)
    held = row_of(record, length, today)
    marks = " ".join(sorted(each for each in held.facets.split() if not each.startswith(_STATES)))
    words = words_of(text)
    whole = " | ".join((text.title, text.number_parts, text.body, text.attachments))
    others = {
        "marks": f" {marks} ",
        "is_official": record.kind in OFFICIAL_KINDS,
        "audiences": " ".join(mark("reader", token) for token in sorted(record.audiences)),
        "words": " ".join(words),
        "folded_title": text.title,
        "tokens": f" {whole} ",
        "exact_title": text.exact_title,
        "exact_body": text.exact_body,
    }
    values = {name: others[name] if name in others else getattr(held, name) for name in (*_ROW, *TEXT_COLUMNS)}
    return Prepared(
        key=record.key,
        version=record.version,
        part=OPEN if record.is_open else GUARDED,
        length=length,
        words=words,
        row=tuple(_storable(values[name]) for name in _ROW),
        texts=tuple(_storable(values[name]) for name in TEXT_COLUMNS),
    )


def _storable(value: object) -> object:
    """A value without what no text of the database can hold: NUL and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()
    return value


class Writer:
    """Puts and removes in one generation, e.g. `Writer("a3f09c12").put(prepare(records))`."""

    def __init__(self, generation: str):
        self.generation = generation
        self.partitions = {partition.part: partition for partition in partitions(generation)}
        self.versions = versions_table(generation)

    def put(self, prepared: Mapping[str, Prepared]) -> None:
        """Write those whose held version is lower, removed ones included."""
        claimed = self._claim({key: each.version for key, each in prepared.items()}, is_removed=False)
        newer = [prepared[key] for key in sorted(claimed)]
        went, old_counts = self._delete(sorted(key for key, is_new in claimed.items() if not is_new))
        came: list[int] = []
        for part, partition in self.partitions.items():
            came += self._insert(partition, [each for each in newer if each.part == part])
        self._log(came, went)
        if self._is_counted():
            opened = [each for each in newer if each.part == OPEN]
            self._add_counts(_counts((each.words, each.length) for each in opened), old_counts)

    def remove(self, versions: Mapping[str, int]) -> None:
        """Remove those whose held version is not higher, and keep the version of the removal."""
        went, old_counts = self._delete(sorted(self._claim(versions, is_removed=True)))
        self._log([], went)
        if self._is_counted():
            self._add_counts(Counter(), old_counts)

    def _claim(self, versions: Mapping[str, int], is_removed: bool) -> dict[str, bool]:
        """Lock and set the versions of keys; those that gave way are returned, each with whether it is new."""
        sign = "<=" if is_removed else "<"
        sql = (
            f"INSERT INTO {self.versions} AS held (key, version, is_removed)"
            " SELECT key, version, %s FROM unnest(%s::text[], %s::bigint[]) new (key, version)"
            ' ORDER BY key COLLATE "C"'
            " ON CONFLICT (key) DO UPDATE SET version = excluded.version, is_removed = excluded.is_removed"
            f" WHERE held.version {sign} excluded.version RETURNING key, xmax = 0"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [is_removed, list(versions), list(versions.values())])
            return dict(cursor.fetchall())

    def _delete(self, keys: Sequence[str]) -> tuple[list[int], Counter[str]]:
        """Remove rows from both parts; their numbers, and what they had counted for."""
        went: list[int] = []
        counted: Counter[str] = Counter()
        if not keys:
            return went, counted
        with connection.cursor() as cursor:
            for part, partition in self.partitions.items():
                words = "tsvector_to_array(words)" if part == OPEN else "ARRAY[]::text[]"
                cursor.execute(
                    f"DELETE FROM {partition.rows} WHERE key = ANY(%s) RETURNING id, {words}, length", [list(keys)]
                )
                gone = cursor.fetchall()
                ids = [row[0] for row in gone]
                if ids:
                    cursor.execute(f"DELETE FROM {partition.texts} WHERE id = ANY(%s)", [ids])
                went += ids
                if part == OPEN:
                    counted = _counts((words, length) for _, words, length in gone)
        return went, counted

    def _insert(self, partition: Partition, rows: Sequence[Prepared]) -> list[int]:
        """Write rows into a part; their numbers."""
        if not rows:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT nextval('{ids_sequence(self.generation)}') FROM generate_series(1, %s)", [len(rows)]
            )
            ids = [number for (number,) in cursor.fetchall()]
            columns = [list(column) for column in zip(*(row.row for row in rows), strict=True)]
            cursor.execute(_insert_sql(partition.rows, ROW_COLUMNS), [ids, *columns])
            columns = [list(column) for column in zip(*(row.texts for row in rows), strict=True)]
            cursor.execute(_insert_sql(partition.texts, _TEXTS), [ids, *columns])
        return ids

    def _log(self, came: Sequence[int], went: Sequence[int]) -> None:
        """Tell those who remember rows which of them came and went."""
        if came or went:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {writes_table(self.generation)} (came, went) VALUES (%s, %s)",
                    [list(came), list(went)],
                )

    def _is_counted(self) -> bool:
        """Whether changes of counts matter; in an index being built everything is counted at the end."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {counted_table(self.generation)})")
            return cursor.fetchone()[0]

    def _add_counts(self, new: Counter[str], old: Counter[str]) -> None:
        """Note how the counts change."""
        changes = {term: new[term] - old[term] for term in new.keys() | old.keys() if new[term] != old[term]}
        if not changes:
            return
        table = changes_table(self.generation)
        sql = (
            f"INSERT INTO {table} (is_pair, term, documents) SELECT {is_apart('term')}, term, number"
            " FROM unnest(%s::text[], %s::bigint[]) new (term, number)"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(changes), list(changes.values())])
            cursor.execute(f"SELECT count(*) FROM (SELECT FROM {table} LIMIT %s) many", [MANY_CHANGES])
            if cursor.fetchone()[0] == MANY_CHANGES:
                sum_up(self.generation)


def sum_up(generation: str) -> None:
    """Add the changes of counts to what was counted, unless another writer is doing so."""
    table, counted = changes_table(generation), counted_table(generation)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [table])
        if not cursor.fetchone()[0]:
            return
        cursor.execute(
            f"WITH taken AS (DELETE FROM {table} RETURNING is_pair, term, documents)"
            f" INSERT INTO {counted} AS held (is_pair, term, documents)"
            " SELECT is_pair, term, sum(documents) FROM taken GROUP BY is_pair, term"
            " ON CONFLICT (is_pair, term) DO UPDATE SET documents = held.documents + excluded.documents"
        )


def _insert_sql(table: str, columns: Mapping[str, str]) -> str:
    names = ", ".join(columns)
    arrays = ", ".join(f"%s::{'text' if name in _JOINED else kind}[]" for name, kind in columns.items())
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(map(_taken, columns))} FROM unnest({arrays}) new ({names})"


def _taken(column: str) -> str:
    if column == "words":
        return "array_to_tsvector(string_to_array(words, ' '))"
    return "string_to_array(audiences, ' ')" if column == "audiences" else column


def _counts(rows: Iterable[tuple[Sequence[str], int]]) -> Counter[str]:
    """In how many of the rows each term stands, with the number of rows and of their tokens."""
    counted: Counter[str] = Counter()
    for words, length in rows:
        counted.update(counted_words(words))
        counted.update({DOCUMENTS: 1, TOKENS: length})
    return counted


_ROW = tuple(name for name in ROW_COLUMNS if name != "id")
_TEXTS = {"id": "bigint", **dict.fromkeys(TEXT_COLUMNS, "text")}
