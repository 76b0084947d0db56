"""Which engines are on; until they stand, the one that holds nothing."""

from search.contract import SearchEngine
from search.engines.null import NullEngine

_NULL = NullEngine()


def database_engine() -> SearchEngine:
    return _NULL


def remote_engine() -> SearchEngine | None:
    return None


def reading_engine() -> SearchEngine:
    return _NULL
