"""The engine of PostgreSQL: its full text without its parser, written in the transaction of the change itself."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction

from search.contract import EngineUnavailable, IndexRecord, SearchQuery, SearchResult, Suggestion
from search.engines import postgres_frequencies, postgres_memory, postgres_suggesting
from search.engines.postgres_answer import answer
from search.engines.postgres_tables import (
    ENGINE,
    create_tables,
    drop_tables,
    open_for_building,
    settle,
    terms_view,
    versions_table,
)
from search.engines.postgres_writing import Writer, prepare
from search.engines.sql_generations import Generations
from search.engines.sql_terms import TermTable
from search.remembered import Remembered

Read = TypeVar("Read")
_VERSIONS_AT_ONCE = 2_000
# The table of generations is made by the first write; a statement that names a missing table spoils the
# transaction around it, so its text is run only when the table is there.
_CURRENT = (
    "SELECT CASE WHEN to_regclass('search_generation') IS NOT NULL THEN (xpath('//name/text()', query_to_xml("
    f"'SELECT name FROM search_generation WHERE engine = ''{ENGINE}'' AND role = ''current''',"
    " false, false, '')))[1]::text END"
)
# Classes of errors: no connection, out of resources, stopped by somebody or by the time limit.
_AWAY = ("08", "53", "57")
_LOCK = "hashtext('search_generation')"


class PostgresEngine:
    """The index in the site's own PostgreSQL database, e.g. `PostgresEngine().search(query)`.

    Without an argument it is the index that readers have; `aside()` makes another one beside it.
    """

    name = ENGINE

    def __init__(self, generation: str = ""):
        self._own = generation
        self._is_unsettled = bool(generation)

    def ensure(self) -> None:
        """Create the tables of the current index unless they are there."""
        with _available(), transaction.atomic():
            _lock_generations()
            _GENERATIONS.ensure()

    def put(self, records: Sequence[IndexRecord]) -> None:
        prepared = prepare(records)
        if prepared:
            self._write(lambda writer: writer.put(prepared))

    def remove(self, versions: Mapping[str, int]) -> None:
        if versions:
            self._write(lambda writer: writer.remove(versions))

    def search(self, query: SearchQuery) -> SearchResult:
        return self._read(lambda generation: answer(generation, query), SearchResult())

    def suggest(self, text: str, query: SearchQuery, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._read(lambda generation: postgres_suggesting.suggest(generation, text, query, limit), ())

    def frequencies(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
        wanted = list(words)
        return self._read(
            lambda generation: postgres_frequencies.frequencies(generation, wanted, audiences, now),
            dict.fromkeys(wanted, 0),
        )

    def standing(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> frozenset[str]:
        wanted = list(words)
        return self._read(
            lambda generation: postgres_frequencies.standing(generation, wanted, audiences, now), frozenset()
        )

    def vocabulary(self) -> Mapping[str, int]:
        return self._read(lambda generation: TermTable(terms_view(generation)).vocabulary(), {})

    def versions(self) -> Iterator[tuple[str, int]]:
        last = ""
        while rows := self._read(lambda generation, after=last: _versions_after(generation, after), []):
            yield from rows
            last = rows[-1][0]

    def aside(self) -> "PostgresEngine":
        with _available(), transaction.atomic():
            # Whoever writes now either knows the new index or has written before it is filled.
            _lock_generations()
            name = _GENERATIONS.begin()
            open_for_building(name)
        return PostgresEngine(name)

    def swap(self, built: "PostgresEngine") -> None:
        built._settle()
        with _available(), transaction.atomic():
            _lock_generations()
            _GENERATIONS.switch(built._own)
        built._own = ""
        _forget()

    def roll_back(self) -> None:
        with _available(), transaction.atomic():
            _lock_generations()
            _GENERATIONS.return_to_kept()
        _forget()

    def drop(self) -> None:
        with _available(), transaction.atomic():
            _lock_generations()
            if name := self._own or _current():
                _GENERATIONS.forget(name)
        _forget()

    def _settle(self) -> None:
        """An index made aside is sorted and counted when it is first read."""
        if self._is_unsettled and self._own:
            with _available(), transaction.atomic():
                settle(self._own)
            self._is_unsettled = False
            TermTable.changed()

    def _write(self, write: Callable[[Writer], None]) -> None:
        """Write into this index; into the one readers have, and then into every other one that may follow it."""
        with _available(), transaction.atomic():
            for name in [self._own] if self._own else _written():
                write(Writer(name))
        _forget_counts()
        postgres_memory.expect_news()

    def _read(self, read: Callable[[str], Read], nothing: Read) -> Read:
        self._settle()
        with _available():
            generation = self._own or _read_now()
            return read(generation) if generation else nothing


_GENERATIONS = Generations(ENGINE, create_tables, drop_tables)


@contextmanager
def _available() -> Iterator[None]:
    """Tells a server that is away, or too slow, from a statement that went wrong."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state and not state.startswith(_AWAY):
            raise
        raise EngineUnavailable(str(error)) from error


def _current() -> str | None:
    """The generation that is read; None before anything was written."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT)
        return cursor.fetchone()[0]


_remembered = Remembered(_current, seconds=5)


def _read_now() -> str | None:
    """The generation to read, some seconds old at most: the one read before a swap is kept and written on."""
    name = _remembered()
    if name is None:
        _remembered.forget()
    return name


def _forget() -> None:
    _remembered.forget()
    postgres_memory.forget()
    _forget_counts()


def _forget_counts() -> None:
    TermTable.changed()
    postgres_frequencies.forget()


def _written() -> list[str]:
    """All generations that a change goes into. While it is written, no generation comes or goes."""
    if not _current():
        _lock_generations()
        _GENERATIONS.ensure()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")
    return _GENERATIONS.written()


def _lock_generations() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _versions_after(generation: str, after: str) -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, version FROM {versions_table(generation)} WHERE NOT is_removed AND key > %s"
            f" ORDER BY key LIMIT {_VERSIONS_AT_ONCE}",
            [after],
        )
        return cursor.fetchall()
