"""The tables of one generation in PostgreSQL: open documents and guarded ones lie apart.

Open is what everybody may read at any time. So nothing internal shows in the counts, weights and vocabulary
that strangers meet.
"""

from dataclasses import dataclass, fields

from django.db import connection

from search.engines.sql_records import RecordRow
from search.engines.sql_terms import DOCUMENTS, TOKENS

ENGINE = "postgres"
OPEN, GUARDED = "open", "guarded"
#: Columns beside those of `RecordRow`: who may read, the words to match, the texts to rank by.
TEXT_COLUMNS = ("tokens_title", "tokens", "exact_title", "exact_body")
#: The beginning of a folded title, by which suggestions are found.
INDEXED_TITLE = "left(d.tokens_title, 100)"
_TYPES = {int: "bigint", int | None: "bigint", str: "text", float | None: "double precision"}
# Rows stay narrow, so that a thousand of them are read at once; long values lie beside the table.
_WIDEST_ROW = 256
# While an index is built, words wait in memory's reach and are sorted in together.
_WAITING_KB = 16_384


@dataclass(frozen=True, slots=True)
class Partition:
    """Names of the tables of a partition, e.g. `Partition("a3f09c12", "open").documents`."""

    generation: str
    part: str

    @property
    def prefix(self) -> str:
        return f"search_{self.generation}_{self.part}"

    @property
    def documents(self) -> str:
        """One row a document: what hits show, dates, state, the words it is matched by."""
        return f"{self.prefix}_documents"

    @property
    def words_index(self) -> str:
        return f"{self.prefix}_words"

    def create(self) -> None:
        """Make the empty table with its indexes."""
        columns = ", ".join(
            f"{field.name} {_TYPES[field.type]}{_collation(field.name)}"  # type: ignore[index]
            for field in fields(RecordRow)
        )
        texts = ", ".join(f"{name} text NOT NULL" for name in TEXT_COLUMNS)
        table, index = self.documents, self.prefix
        execute(
            f"CREATE TABLE {table} (id bigserial PRIMARY KEY, {columns}, audiences text[] NOT NULL,"
            f" words tsvector NOT NULL, {texts}) WITH (toast_tuple_target = {_WIDEST_ROW})",
            f"ALTER TABLE {table} ALTER facets SET STORAGE MAIN, ALTER audiences SET STORAGE MAIN",
            f"CREATE UNIQUE INDEX {index}_key ON {table} (key)",
            f"CREATE INDEX {self.words_index} ON {table} USING gin (words) WITH (fastupdate = off)",
            f"CREATE INDEX {index}_marks ON {table} USING gin (string_to_array(facets, ' '))",
            f"CREATE INDEX {index}_title ON {table} ({INDEXED_TITLE.replace('d.', '')} text_pattern_ops)",
            f"CREATE INDEX {index}_newest ON {table} (newest DESC, sorted_at DESC, length(key) DESC, key DESC)",
            f"CREATE INDEX {index}_oldest ON {table} (oldest, sorted_at, length(key), key)",
        )

    def drop(self) -> None:
        """Remove the table."""
        execute(f"DROP TABLE IF EXISTS {self.documents}")


def partitions(generation: str) -> tuple[Partition, Partition]:
    """The open and the guarded partition of a generation."""
    return Partition(generation, OPEN), Partition(generation, GUARDED)


def versions_table(generation: str) -> str:
    """Every key with its version, removed ones included; one row is locked while its document is written."""
    return f"search_{generation}_versions"


def terms_view(generation: str) -> str:
    """In how many open documents each syllable and pair stands: what was counted, and the changes since."""
    return f"search_{generation}_terms"


def counted_table(generation: str) -> str:
    return f"search_{generation}_counted"


def changes_table(generation: str) -> str:
    """Changes of counts are only ever added as rows: two writers never wait for one another."""
    return f"search_{generation}_changes"


def create_tables(generation: str) -> None:
    """Every table of a generation, empty."""
    for partition in partitions(generation):
        partition.create()
    counted, changes = counted_table(generation), changes_table(generation)
    term = 'is_pair smallint NOT NULL, term text COLLATE "C" NOT NULL, documents bigint NOT NULL'
    execute(
        f'CREATE TABLE {versions_table(generation)} (key text COLLATE "C" PRIMARY KEY, version bigint NOT NULL,'
        " is_removed boolean NOT NULL)",
        f"CREATE TABLE {counted} ({term}, PRIMARY KEY (is_pair, term))",
        f"CREATE TABLE {changes} ({term})",
        f"CREATE INDEX {changes}_term ON {changes} (is_pair, term)",
        f"CREATE VIEW {terms_view(generation)} AS SELECT is_pair, term, greatest(sum(documents), 0)::bigint AS"
        f" documents FROM (SELECT * FROM {counted} UNION ALL SELECT * FROM {changes}) held GROUP BY is_pair, term",
        f"INSERT INTO {counted} VALUES (0, '{DOCUMENTS}', 0), (0, '{TOKENS}', 0)",
    )


def drop_tables(generation: str) -> None:
    """Remove every table of a generation."""
    execute(
        f"DROP VIEW IF EXISTS {terms_view(generation)}",
        f"DROP TABLE IF EXISTS {counted_table(generation)}, {changes_table(generation)}, {versions_table(generation)}",
    )
    for partition in partitions(generation):
        partition.drop()


def open_for_building(generation: str) -> None:
    """Many documents are to come: words are sorted in by the thousand, and counted when all are there."""
    execute(
        f"DELETE FROM {counted_table(generation)}",
        *(
            f"ALTER INDEX {each.words_index} SET (fastupdate = on, gin_pending_list_limit = {_WAITING_KB})"
            for each in partitions(generation)
        ),
    )


def settle(generation: str) -> None:
    """Sort in the waiting words and count all terms; nothing is left to do when that has been done."""
    counted, (opened, guarded) = counted_table(generation), partitions(generation)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {counted})")
        if cursor.fetchone()[0]:
            return
    for each in (opened, guarded):
        execute(
            f"ALTER INDEX {each.words_index} SET (fastupdate = off)",
            f"SELECT gin_clean_pending_list('{each.words_index}')",
            f"ANALYZE {each.documents}",
        )
    execute(
        f"DELETE FROM {changes_table(generation)}",
        f"INSERT INTO {counted} SELECT (strpos(word, '_') > 0)::int, word, ndoc FROM"
        f" ts_stat('SELECT words FROM {opened.documents}') WHERE word !~ '^[=#]'",
        f"INSERT INTO {counted} SELECT 0, '{DOCUMENTS}', count(*) FROM {opened.documents}",
        f"INSERT INTO {counted} SELECT 0, '{TOKENS}', coalesce(sum(length), 0) FROM {opened.documents}",
        f"ANALYZE {counted}",
    )


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _collation(column: str) -> str:
    return ' COLLATE "C"' if column == "key" else ""
