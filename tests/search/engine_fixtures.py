"""The engines that the contract is tested on, each as a function that gives an empty index and clears it away."""

from collections.abc import Iterator
from contextlib import contextmanager

from search.contract import SearchEngine
from search.engines.postgres import PostgresEngine
from search.engines.sqlite import SqliteEngine
from tests import databases
from tests.search.elastic_server import elastic_engine
from tests.search.thread_engine import ThreadEngine


@contextmanager
def sqlite_engine(require) -> Iterator[SearchEngine]:
    """An index aside in the test's own database."""
    require(databases.is_sqlite(), "needs the embedded database")
    engine = SqliteEngine()
    engine.ensure()
    built = engine.aside()
    yield built
    built.drop()


@contextmanager
def postgres_engine(require) -> Iterator[SearchEngine]:
    """An index aside in the test's own database."""
    require(not databases.is_sqlite(), "needs PostgreSQL")
    built = PostgresEngine().aside()
    yield built
    built.drop()


@contextmanager
def remembering_engine(require) -> Iterator[SearchEngine]:
    """An index aside, committed: nothing is remembered within a transaction."""
    require(not databases.is_sqlite(), "needs PostgreSQL")
    built = ThreadEngine(PostgresEngine().aside)
    yield built
    built.drop()
    built.run(PostgresEngine().drop)
    built.close()


#: Name of the engine -> how it is had. Markers of the test stand in `MARKERS`.
ENGINES = {
    "sqlite": sqlite_engine,
    "postgres": postgres_engine,
    "postgres-remembering": remembering_engine,
    "elastic": elastic_engine,
}
MARKERS: dict[str, tuple[str, ...]] = {
    "sqlite": ("sqlite",),
    "postgres": ("postgres",),
    "postgres-remembering": ("postgres",),
    "elastic": ("services",),
}
