"""The engine of the embedded database: full text of SQLite, written in the transaction of the change itself."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import DatabaseError, OperationalError, connection, transaction

from search.contract import EngineUnavailable, IndexRecord, SearchQuery, SearchResult, Suggestion
from search.engines import sqlite_terms
from search.engines.sql_generations import Generations
from search.engines.sql_terms import TermTable
from search.engines.sqlite_answer import answer
from search.engines.sqlite_suggesting import suggest
from search.engines.sqlite_tables import create_tables, drop_tables, partitions
from search.engines.sqlite_writing import Writer, prepare
from search.remembered import Remembered

logger = logging.getLogger(__name__)
Read = TypeVar("Read")
_VERSIONS_AT_ONCE = 2_000


class SqliteEngine:
    """The index in the site's own SQLite database, e.g. `SqliteEngine().search(query)`.

    Without an argument it is the index that readers have; `aside()` makes another one beside it.
    """

    name = "sqlite"

    def __init__(self, generation: str = ""):
        self._own = generation

    def ensure(self) -> None:
        """Create the tables of the current index unless they are there."""
        _GENERATIONS.ensure()

    def put(self, records: Sequence[IndexRecord]) -> None:
        prepared = prepare(records)
        self._write(lambda writer: writer.put(prepared))

    def remove(self, versions: Mapping[str, int]) -> None:
        self._write(lambda writer: writer.remove(versions))

    def search(self, query: SearchQuery) -> SearchResult:
        found = self._read(lambda generation: answer(generation, query))
        if not self._own and found.current != _current():
            # Another process has swapped the index since this one looked.
            _current.forget()
            found = self._read(lambda generation: answer(generation, query))
        return found.result

    def suggest(self, text: str, query: SearchQuery, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._read(lambda generation: suggest(generation, text, query, limit))

    def frequencies(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
        wanted = list(words)
        return self._read(lambda generation: sqlite_terms.frequencies(generation, wanted, audiences, now))

    def standing(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> frozenset[str]:
        return frozenset(word for word, number in self.frequencies(words, audiences, now).items() if number)

    def vocabulary(self) -> Mapping[str, int]:
        return self._read(lambda generation: partitions(generation)[0].terms.vocabulary())

    def versions(self) -> Iterator[tuple[str, int]]:
        last = ""
        while rows := self._read(lambda generation, after=last: _versions_after(generation, after)):
            yield from rows
            last = rows[-1][0]

    def aside(self) -> "SqliteEngine":
        return SqliteEngine(_GENERATIONS.begin())

    def swap(self, built: "SqliteEngine") -> None:
        _GENERATIONS.switch(built._own)
        built._own = ""
        _forget()

    def roll_back(self) -> None:
        _GENERATIONS.return_to_kept()
        _forget()

    def drop(self) -> None:
        _GENERATIONS.forget(self._own or _GENERATIONS.current())
        _forget()

    def _write(self, write: Callable[[Writer], None]) -> None:
        """Write into this index; into the one readers have, and then into every other one that may follow it."""
        with transaction.atomic():
            names = [self._own] if self._own else _GENERATIONS.written()
            write(Writer(names[0]))
            for name in names[1:]:
                self._write_beside(name, write)
        _forget_counts()

    def _write_beside(self, name: str, write: Callable[[Writer], None]) -> None:
        """A spare index that cannot be written is given up: it must not keep a page from being published."""
        try:
            with transaction.atomic():
                write(Writer(name))
        except DatabaseError:
            logger.exception("Search index %s cannot be written and is dropped", name)
            _GENERATIONS.forget(name)

    def _read(self, read: Callable[[str], Read]) -> Read:
        try:
            return read(self._own or _current())
        except OperationalError as error:
            if self._own or "no such table" not in str(error):
                raise EngineUnavailable(str(error)) from error
        # Swapped twice since this process looked, or never made.
        _forget()
        try:
            return read(_current())
        except OperationalError as error:
            raise EngineUnavailable(str(error)) from error


_GENERATIONS = Generations(SqliteEngine.name, create_tables, drop_tables)
_current = Remembered(_GENERATIONS.current, seconds=60)


def _forget() -> None:
    _current.forget()
    _forget_counts()


def _forget_counts() -> None:
    TermTable.changed()
    sqlite_terms.forget()


def _versions_after(generation: str, after: str) -> list[tuple[str, int]]:
    parts = [f"SELECT key, version FROM {partition.documents} WHERE key > %s" for partition in partitions(generation)]
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY key LIMIT {_VERSIONS_AT_ONCE}", [after] * len(parts))
        return cursor.fetchall()
