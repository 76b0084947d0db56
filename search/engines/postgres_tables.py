"""The tables of one generation in PostgreSQL: open documents and guarded ones lie apart.

Open is what everybody may read at any time. So nothing internal shows in the counts, weights and vocabulary
that strangers meet.
"""

from dataclasses import dataclass

from django.db import connection

from search.engines.postgres_words import FREQUENT, NUMBER, TITLE
from search.engines.sql_terms import DOCUMENTS, TOKENS

ENGINE = "postgres"
OPEN, GUARDED = "open", "guarded"
#: Columns of a row: what is matched, filtered, counted and put in order. Rows are narrow, so that thousands of
#: them are read at once, with what is counted in front of every text; vectors lie beside the table.
ROW_COLUMNS = {
    "id": "bigint",
    "sorted_at": "bigint",
    "gone_from": "integer",
    "length": "integer",
    "newest": "integer",
    "oldest": "integer",
    "issued_on": "integer",
    "since": "integer",
    "until": "integer",
    "month": "integer",
    "is_official": "boolean",
    "opens_at": "double precision",
    "closes_at": "double precision",
    "key": "text",
    "claim": "text",
    "marks": "text",
    "audiences": "text[]",
    "words": "tsvector",
}
#: Columns of the texts of a document: what hits show and what ranking looks at.
TEXT_COLUMNS = (
    "title",
    "url",
    "number",
    "kind",
    "exact_number",
    "sorted_number",
    "folded_title",
    "tokens",
    "exact_title",
    "exact_body",
)
#: The beginning of a folded title, by which suggestions are found.
INDEXED_TITLE = "left(t.folded_title, 100)"
#: Facet values, kept as " kind_story year_2024 ", as an index knows them.
INDEXED_MARKS = "string_to_array(btrim(d.marks), ' ')"
_WIDEST_ROW = 256
# While an index is built, words wait in memory's reach and are sorted in together.
_WAITING_KB = 16_384


@dataclass(frozen=True, slots=True)
class Partition:
    """Names of the tables of a partition, e.g. `Partition("a3f09c12", "open").rows`."""

    generation: str
    part: str

    @property
    def prefix(self) -> str:
        return f"search_{self.generation}_{self.part}"

    @property
    def rows(self) -> str:
        """One narrow row a document, with the words it is matched by."""
        return f"{self.prefix}_rows"

    @property
    def texts(self) -> str:
        """What is read of a document once it is found."""
        return f"{self.prefix}_texts"

    @property
    def words_index(self) -> str:
        return f"{self.prefix}_words"

    def create(self) -> None:
        """Make the empty tables with their indexes."""
        rows, texts, index = self.rows, self.texts, self.prefix
        packing = _packing()
        columns = ", ".join(f"{name} {kind}{_details(name, packing)}" for name, kind in ROW_COLUMNS.items())
        written = ", ".join(f"{name} text{packing} NOT NULL" for name in TEXT_COLUMNS)
        execute(
            f"CREATE TABLE {rows} ({columns}) WITH (toast_tuple_target = {_WIDEST_ROW})",
            f"CREATE TABLE {texts} (id bigint PRIMARY KEY, {written})",
            f"CREATE UNIQUE INDEX {index}_key ON {rows} (key)",
            f"CREATE INDEX {self.words_index} ON {rows} USING gin (words) WITH (fastupdate = off)",
            f"CREATE INDEX {index}_marks ON {rows} USING gin ({INDEXED_MARKS.replace('d.', '')})",
            f"CREATE INDEX {index}_newest ON {rows} (newest DESC, sorted_at DESC, length(key) DESC, key DESC)",
            f"CREATE INDEX {index}_oldest ON {rows} (oldest, sorted_at, length(key), key)",
            f"CREATE INDEX {index}_title ON {texts} ({INDEXED_TITLE.replace('t.', '')} text_pattern_ops)",
        )

    def drop(self) -> None:
        """Remove the tables."""
        execute(f"DROP TABLE IF EXISTS {self.rows}, {self.texts}")


def partitions(generation: str) -> tuple[Partition, Partition]:
    """The open and the guarded partition of a generation."""
    return Partition(generation, OPEN), Partition(generation, GUARDED)


def versions_table(generation: str) -> str:
    """Every key with its version, removed ones included; one row is locked while its document is written."""
    return f"search_{generation}_versions"


def ids_sequence(generation: str) -> str:
    """The numbers of rows, never the same in both parts."""
    return f"search_{generation}_ids"


def terms_view(generation: str) -> str:
    """In how many open documents each syllable and pair stands: what was counted, and the changes since."""
    return f"search_{generation}_terms"


def counted_table(generation: str) -> str:
    return f"search_{generation}_counted"


def changes_table(generation: str) -> str:
    """Changes of counts are only ever added as rows: two writers never wait for one another."""
    return f"search_{generation}_changes"


def writes_table(generation: str) -> str:
    """A row for each write, known by its transaction: the rows that came and went, for those who remember others."""
    return f"search_{generation}_writes"


def create_tables(generation: str) -> None:
    """Every table of a generation, empty."""
    for partition in partitions(generation):
        partition.create()
    counted, changes, writes = (table(generation) for table in (counted_table, changes_table, writes_table))
    term = 'is_pair smallint NOT NULL, term text COLLATE "C" NOT NULL, documents bigint NOT NULL'
    execute(
        f"CREATE TABLE {writes} (id bigint GENERATED ALWAYS AS IDENTITY, writer xid8 NOT NULL"
        " DEFAULT pg_current_xact_id(), came bigint[] NOT NULL, went bigint[] NOT NULL)",
        f"CREATE INDEX {writes}_writer ON {writes} (writer)",
        f"CREATE SEQUENCE {ids_sequence(generation)}",
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
        f"DROP TABLE IF EXISTS {', '.join(table(generation) for table in _TABLES)}",
        f"DROP SEQUENCE IF EXISTS {ids_sequence(generation)}",
    )
    for partition in partitions(generation):
        partition.drop()


def open_for_building(generation: str) -> None:
    """Many documents are to come: words are sorted in by the thousand, and counted when all are there."""
    execute(
        _lock(generation),
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
    execute(_lock(generation))
    for each in (opened, guarded):
        execute(
            f"ALTER INDEX {each.words_index} SET (fastupdate = off)",
            f"SELECT gin_clean_pending_list('{each.words_index}')",
            f"ANALYZE {each.rows}",
            f"ANALYZE {each.texts}",
        )
    execute(
        f"DELETE FROM {changes_table(generation)}",
        f"INSERT INTO {counted} SELECT {is_apart('word')}, word, ndoc FROM"
        f" ts_stat('SELECT words FROM {opened.rows}') WHERE left(word, 1) <> '{NUMBER}'",
        f"INSERT INTO {counted} SELECT 0, '{DOCUMENTS}', count(*) FROM {opened.rows}",
        f"INSERT INTO {counted} SELECT 0, '{TOKENS}', coalesce(sum(length), 0) FROM {opened.rows}",
        f"ANALYZE {counted}",
    )


def _lock(generation: str) -> str:
    """The server's own vacuum takes table, then index: so must who alters an index, or each waits for the other."""
    tables = ", ".join(table for each in partitions(generation) for table in (each.rows, each.texts))
    return f"LOCK TABLE {tables} IN SHARE UPDATE EXCLUSIVE MODE"


def is_apart(word: str) -> str:
    """Whether a word is no syllable: pairs and words with a sign lie apart, where the vocabulary is not read."""
    return f"({word} ~ '[{TITLE}{FREQUENT}_]')::int"


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _packing() -> str:
    """The quicker way of packing long values, where the server has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
        )
        return " COMPRESSION lz4" if cursor.fetchone()[0] else ""


def _details(column: str, packing: str) -> str:
    details = {
        "id": " PRIMARY KEY",
        "key": ' COLLATE "C" NOT NULL',
        "words": f"{packing} NOT NULL",
        "marks": " NOT NULL",
    }
    return details.get(column, "")


_TABLES = (counted_table, changes_table, versions_table, writes_table)
