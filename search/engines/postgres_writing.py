"""Writing into one generation of the PostgreSQL index. The caller holds the transaction.

Writers of different documents never wait for one another: a document's version is its only lock, taken in
the order of keys, and counts of words are rows that are added.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

from django.db import connection

from search.analysis import treat
from search.contract import IndexRecord
from search.engines.postgres_tables import (
    GUARDED,
    OPEN,
    TEXT_COLUMNS,
    Partition,
    changes_table,
    counted_table,
    partitions,
    versions_table,
)
from search.engines.postgres_words import terms_of, words_of
from search.engines.sql_records import RecordRow, local_today, mark, row_of
from search.engines.sql_terms import DOCUMENTS, TOKENS

_COLUMNS = tuple(RecordRow.__dataclass_fields__)
_ALL_COLUMNS = (*_COLUMNS, "audiences", "words", *TEXT_COLUMNS)
_ARRAYS = {int: "bigint[]", int | None: "bigint[]", str: "text[]", float | None: "double precision[]"}
_TYPES = [_ARRAYS[field.type] for field in RecordRow.__dataclass_fields__.values()]
# The state is counted from its own columns; in the marks its days would make every row differ.
_STATE = mark("state", "")
#: So many changes of counts are summed up by the next writer who finds nobody else at it.
MANY_CHANGES = 20_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record ready to be written, treated once for all generations.

    Shape: `words` are those of the vector; `texts` stand in the order of `TEXT_COLUMNS`.
    """

    part: str
    row: RecordRow
    audiences: str
    words: list[str]
    texts: tuple[str, str, str, str]

    @property
    def values(self) -> tuple[object, ...]:
        """The values of all columns in order."""
        row = (_storable(value) for value in astuple(self.row))
        return (*row, self.audiences, " ".join(self.words), *self.texts)


def prepare(records: Iterable[IndexRecord]) -> dict[str, Prepared]:
    """The records by key, treated; of several with one key the highest version."""
    today = local_today()
    newest = {record.key: record for record in sorted(records, key=lambda record: record.version)}
    return {key: _prepared(newest[key], today) for key in sorted(newest)}


def _prepared(record: IndexRecord, today: date) -> Prepared:
    text = treat(record)
    whole = " | ".join((text.title, text.number_parts, text.body, text.attachments))
    length = sum(part.count(" ") + 1 for part in (text.title, text.body, text.attachments) if part)
    row = row_of(record, length, today)
    return Prepared(
        part=OPEN if record.is_open else GUARDED,
        row=replace(row, facets=" ".join(each for each in row.facets.split() if not each.startswith(_STATE))),
        audiences=" ".join(mark("reader", token) for token in sorted(record.audiences)),
        words=words_of(text),
        texts=(text.title, f" {whole} ", text.exact_title, text.exact_body),
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
        versions = {key: each.row.version for key, each in prepared.items()}
        newer = [prepared[key] for key in sorted(self._claim(versions, is_removed=False))]
        old_counts = self._delete([each.row.key for each in newer])
        for part, partition in self.partitions.items():
            self._insert(partition, [each for each in newer if each.part == part])
        opened = [each for each in newer if each.part == OPEN]
        self._add_counts(_counts((each.words, each.row.length) for each in opened), old_counts)

    def remove(self, versions: Mapping[str, int]) -> None:
        """Remove those whose held version is not higher, and keep the version of the removal."""
        self._add_counts(Counter(), self._delete(sorted(self._claim(versions, is_removed=True))))

    def _claim(self, versions: Mapping[str, int], is_removed: bool) -> list[str]:
        """Lock and set the versions of keys; those that gave way are returned."""
        sign = "<=" if is_removed else "<"
        sql = (
            f"INSERT INTO {self.versions} AS held (key, version, is_removed)"
            " SELECT key, version, %s FROM unnest(%s::text[], %s::bigint[]) new (key, version)"
            ' ORDER BY key COLLATE "C"'
            " ON CONFLICT (key) DO UPDATE SET version = excluded.version, is_removed = excluded.is_removed"
            f" WHERE held.version {sign} excluded.version RETURNING key"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [is_removed, list(versions), list(versions.values())])
            return [key for (key,) in cursor.fetchall()]

    def _delete(self, keys: Sequence[str]) -> Counter[str]:
        """Remove rows from both parts, and say what they had counted for."""
        if not keys:
            return Counter()
        opened, guarded = self.partitions[OPEN], self.partitions[GUARDED]
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {guarded.documents} WHERE key = ANY(%s)", [list(keys)])
            cursor.execute(
                f"DELETE FROM {opened.documents} WHERE key = ANY(%s) RETURNING tsvector_to_array(words), length",
                [list(keys)],
            )
            return _counts(cursor.fetchall())

    def _insert(self, partition: Partition, rows: Sequence[Prepared]) -> None:
        if not rows:
            return
        names = ", ".join(_ALL_COLUMNS)
        taken = ", ".join(_taken(name) for name in _ALL_COLUMNS)
        arrays = ", ".join(f"%s::{kind}" for kind in (*_TYPES, *["text[]"] * (len(_ALL_COLUMNS) - len(_TYPES))))
        sql = f"INSERT INTO {partition.documents} ({names}) SELECT {taken} FROM unnest({arrays}) new ({names})"
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(column) for column in zip(*(row.values for row in rows), strict=True)])

    def _add_counts(self, new: Counter[str], old: Counter[str]) -> None:
        """Note how the counts change, unless they are still to be taken of the whole index."""
        changes = {term: new[term] - old[term] for term in new.keys() | old.keys() if new[term] != old[term]}
        if not changes:
            return
        table, counted = changes_table(self.generation), counted_table(self.generation)
        sql = (
            f"INSERT INTO {table} (is_pair, term, documents)"
            " SELECT (strpos(term, '_') > 0)::int, term, number FROM unnest(%s::text[], %s::bigint[]) new (term, number)"
            f" WHERE EXISTS (SELECT FROM {counted})"
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


def _taken(column: str) -> str:
    if column == "words":
        return "array_to_tsvector(string_to_array(words, ' '))"
    return "string_to_array(audiences, ' ')" if column == "audiences" else column


def _counts(rows: Iterable[tuple[Sequence[str], int]]) -> Counter[str]:
    """In how many of the rows each term stands, with the number of rows and of their tokens."""
    counted: Counter[str] = Counter()
    for words, length in rows:
        counted.update(terms_of(words))
        counted.update({DOCUMENTS: 1, TOKENS: length})
    return counted
