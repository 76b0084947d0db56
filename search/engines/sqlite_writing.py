"""Writing into one generation of the SQLite index. The caller holds the transaction."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from django.db import connection

from search.analysis import TreatedText, treat
from search.contract import IndexRecord
from search.engines.sql_records import GONE, RecordRow, filter_marks, local_today, row_of
from search.engines.sql_terms import DOCUMENTS, TOKENS, TermTable, terms_of
from search.engines.sqlite_tables import (
    DOCUMENT_COLUMNS,
    GUARDED,
    OPEN,
    TEXT_COLUMNS,
    Partition,
    partitions,
    tombstones,
)

#: Ids carry the order of lists: place of the day, then a number among the documents of the day.
DAY_BITS = 20
_ASKED_AT_ONCE = 500
_columns = attrgetter(*DOCUMENT_COLUMNS)
_TEXTS = ", ".join(TEXT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record ready to be written, treated once for all generations."""

    part: str
    row: RecordRow
    text: TreatedText
    marks: str


class _Held(NamedTuple):
    part: str
    id: int
    version: int


def prepare(records: Sequence[IndexRecord]) -> dict[str, Prepared]:
    """The records by key, treated; of several with one key the highest version."""
    today = local_today()
    prepared: dict[str, Prepared] = {}
    for record in sorted(records, key=lambda record: record.version):
        text = treat(record)
        length = sum(part.count(" ") + 1 for part in (text.title, text.body, text.attachments) if part)
        part = OPEN if record.is_open else GUARDED
        marks = " ".join(filter_marks(record, today))
        prepared[record.key] = Prepared(part, row_of(record, length, today), text, marks)
    return prepared


class Writer:
    """Puts and removes in one generation, e.g. `Writer("a3f09c12").put(prepare(records))`."""

    def __init__(self, generation: str):
        self.partitions = {partition.part: partition for partition in partitions(generation)}
        self.tombstones = tombstones(generation)

    def put(self, prepared: Mapping[str, Prepared]) -> None:
        """Write those whose held version is lower, tombstones included."""
        held, removed = self._held(list(prepared)), self._removed(list(prepared))
        newer = {
            key: each
            for key, each in prepared.items()
            if each.row.version > max(held[key].version if key in held else -1, removed.get(key, -1))
        }
        self._delete([held[key] for key in newer if key in held])
        self._forget_tombstones([key for key in newer if key in removed])
        for part, partition in self.partitions.items():
            self._insert(partition, [each for each in newer.values() if each.part == part])

    def remove(self, versions: Mapping[str, int]) -> None:
        """Remove those whose held version is not higher, and keep the version of the removal."""
        held = self._held(list(versions))
        stays = {key for key, row in held.items() if row.version > versions[key]}
        self._delete([row for key, row in held.items() if key not in stays])
        rows = [(key, version) for key, version in versions.items() if key not in stays]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.tombstones} (key, version) VALUES (%s, %s)"
                " ON CONFLICT (key) DO UPDATE SET version = max(version, excluded.version)",
                rows,
            )

    def _held(self, keys: Sequence[str]) -> dict[str, _Held]:
        held: dict[str, _Held] = {}
        for part, partition in self.partitions.items():
            for key, row_id, version in _select_in(f"key, id, version FROM {partition.documents} WHERE key", keys):
                held[key] = _Held(part, row_id, version)
        return held

    def _removed(self, keys: Sequence[str]) -> dict[str, int]:
        return dict(_select_in(f"key, version FROM {self.tombstones} WHERE key", keys))

    def _forget_tombstones(self, keys: Sequence[str]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self.tombstones} WHERE key = %s", [(key,) for key in keys])

    def _delete(self, held: Sequence[_Held]) -> None:
        for part, partition in self.partitions.items():
            ids = [row.id for row in held if row.part == part]
            if not ids:
                continue
            texts = _select_in(f"title, body, attachments FROM {partition.words} WHERE rowid", ids)
            _count(partition.terms, texts, -1)
            with connection.cursor() as cursor:
                for table in partition.row_tables:
                    cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(row_id,) for row_id in ids])

    def _insert(self, partition: Partition, rows: Sequence[Prepared]) -> None:
        if not rows:
            return
        numbered = _with_ids(partition, rows)
        texts = [(row.text.title, row.text.body, row.text.attachments) for row in rows]
        _count(partition.terms, texts, 1)
        _insert_rows(
            f"{partition.documents} (id, {', '.join(DOCUMENT_COLUMNS)})", [(i, *_columns(r.row)) for i, r in numbered]
        )
        _insert_rows(f"{partition.facets} (id, facets)", [(i, r.row.facets) for i, r in numbered])
        _insert_rows(
            f"{partition.accents} (id, title, body)", [(i, r.text.exact_title, r.text.exact_body) for i, r in numbered]
        )
        _insert_rows(f"{partition.words} (rowid, {_TEXTS})", [(i, *_text_values(r)) for i, r in numbered])
        _insert_rows(f"{partition.names} (rowid, title, number, marks)", [(i, *_name_values(r)) for i, r in numbered])


def _text_values(row: Prepared) -> tuple[str, ...]:
    return row.text.title, row.text.body, row.text.attachments, row.text.number_parts, row.marks


def _name_values(row: Prepared) -> tuple[str, ...]:
    marks = (word for word in row.marks.split() if word == GONE or word.startswith("reader_"))
    return row.text.title, row.text.number_parts, " ".join(marks)


def _with_ids(partition: Partition, rows: Sequence[Prepared]) -> list[tuple[int, Prepared]]:
    """Each row with a free id in the range of its day, in order of ids, which is the quickest to write."""
    days: dict[int, list[Prepared]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.row.newest, row.row.sorted_at)):
        days[row.row.newest].append(row)
    numbered = []
    with connection.cursor() as cursor:
        for place, held in days.items():
            first = place << DAY_BITS
            sql = f"SELECT max(id) FROM {partition.documents} WHERE id >= %s AND id < %s"
            cursor.execute(sql, [first, first + (1 << DAY_BITS)])
            free = (cursor.fetchone()[0] or first) + 1
            numbered += list(enumerate(held, free))
    return numbered


def _count(terms: TermTable, texts: Sequence[tuple[str, ...]], sign: int) -> None:
    changes: Counter[str] = Counter()
    for text in texts:
        changes.update(terms_of(text))
    tokens = sum(part.count(" ") + 1 for text in texts for part in text if part)
    changes.update({DOCUMENTS: len(texts), TOKENS: tokens})
    terms.add(changes if sign > 0 else Counter({term: -number for term, number in changes.items()}))


def _insert_rows(target: str, rows: Sequence[tuple[object, ...]]) -> None:
    places = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {target} VALUES ({places})", rows)


def _select_in(rest: str, values: Sequence[object]) -> list[tuple]:
    found: list[tuple] = []
    with connection.cursor() as cursor:
        for start in range(0, len(values), _ASKED_AT_ONCE):
            part = list(values[start : start + _ASKED_AT_ONCE])
            cursor.execute(f"SELECT {rest} IN ({', '.join(['%s'] * len(part))})", part)
            found += cursor.fetchall()
    return found
