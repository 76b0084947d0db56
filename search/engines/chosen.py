"""Which engines are on: the one of the database always, a remote one when the settings name it."""

from django.db import connection

from search.contract import SearchEngine
from search.engines.null import NullEngine
from search.engines.sqlite import SqliteEngine

_SQLITE, _NULL = SqliteEngine(), NullEngine()


def database_engine() -> SearchEngine:
    """The engine that lives in the site's database and is written with each page."""
    return _SQLITE if connection.vendor == "sqlite" else _NULL


def remote_engine() -> SearchEngine | None:
    """The engine on servers of its own, which follows from the outbox; None when there is none."""
    return None


def reading_engine() -> SearchEngine:
    """The engine that readers ask."""
    return remote_engine() or database_engine()
