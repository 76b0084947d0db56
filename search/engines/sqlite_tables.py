"""The tables of one generation in SQLite: open documents and guarded ones lie apart.

Open is what everybody may read at any time. So nothing internal shows in the counts, weights and vocabulary
that strangers meet.
"""

from dataclasses import dataclass, fields

from django.db import connection

from search.engines.sql_records import COLUMNS, RecordRow
from search.engines.sql_terms import TermTable, create_sql

OPEN, GUARDED = "open", "guarded"
#: Columns of the full text; marks are words for filters, the others hold treated text.
TEXT_COLUMNS = ("title", "body", "attachments", "numbers", "marks")
#: Columns of the table of documents; their facets lie apart.
DOCUMENT_COLUMNS = tuple(name for name in COLUMNS if name != "facets")
_TOKENS = "tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\""


@dataclass(frozen=True, slots=True)
class Partition:
    """Names of the tables of a partition, e.g. `Partition("a3f09c12", "open").texts`."""

    generation: str
    part: str

    @property
    def prefix(self) -> str:
        return f"search_{self.generation}_{self.part}"

    @property
    def documents(self) -> str:
        """One row a document: what hits show, dates, state, version."""
        return f"{self.prefix}_documents"

    @property
    def words(self) -> str:
        """The full text with the marks."""
        return f"{self.prefix}_words"

    @property
    def names(self) -> str:
        """Titles and numbers with beginnings of words, for suggestions; marks of readers and of what is gone."""
        return f"{self.prefix}_names"

    @property
    def facets(self) -> str:
        """The facet marks of each document alone: counting reads ten thousand of them at a time."""
        return f"{self.prefix}_facets"

    @property
    def accents(self) -> str:
        """Title and body with their accents, for ranking."""
        return f"{self.prefix}_accents"

    @property
    def terms(self) -> TermTable:
        return TermTable(f"{self.prefix}_terms")

    @property
    def row_tables(self) -> tuple[str, ...]:
        """The tables with one row a document, all under the same id."""
        return self.documents, self.facets, self.accents, self.words, self.names

    def create(self) -> None:
        """Make the empty tables."""
        kinds = {int: "integer", int | None: "integer", str: "text", float | None: "real"}
        columns = ", ".join(
            f"{field.name} {kinds[field.type]}" for field in fields(RecordRow) if field.name in DOCUMENT_COLUMNS
        )
        self._execute(
            f"CREATE TABLE {self.documents} (id integer PRIMARY KEY, {columns})",
            f"CREATE UNIQUE INDEX {self.documents}_key ON {self.documents} (key)",
            f"CREATE INDEX {self.documents}_ends ON {self.documents} (ends_on) WHERE ends_on IS NOT NULL",
            f"CREATE INDEX {self.documents}_number ON {self.documents} (sorted_number) WHERE sorted_number <> ''",
            f"CREATE TABLE {self.facets} (id integer PRIMARY KEY, facets text NOT NULL)",
            f"CREATE TABLE {self.accents} (id integer PRIMARY KEY, title text NOT NULL, body text NOT NULL)",
            f"CREATE VIRTUAL TABLE {self.words} USING fts5({', '.join(TEXT_COLUMNS)}, {_TOKENS})",
            f"CREATE VIRTUAL TABLE {self.names} USING fts5(title, number, marks, prefix = '1 2 3', {_TOKENS})",
            create_sql(self.terms.table) + " WITHOUT ROWID",
        )

    def drop(self) -> None:
        """Remove the tables."""
        self._execute(*(f"DROP TABLE IF EXISTS {table}" for table in (*self.row_tables, self.terms.table)))

    @staticmethod
    def _execute(*statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def partitions(generation: str) -> tuple[Partition, Partition]:
    """The open and the guarded partition of a generation."""
    return Partition(generation, OPEN), Partition(generation, GUARDED)


def tombstones(generation: str) -> str:
    """The table of removed keys, each with the version of its removal."""
    return f"search_{generation}_tombstones"


def create_tables(generation: str) -> None:
    """Every table of a generation, empty."""
    for partition in partitions(generation):
        partition.create()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {tombstones(generation)} (key text PRIMARY KEY, version integer NOT NULL)")


def drop_tables(generation: str) -> None:
    """Remove every table of a generation."""
    for partition in partitions(generation):
        partition.drop()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {tombstones(generation)}")
