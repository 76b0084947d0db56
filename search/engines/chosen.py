"""Which engines are on: the one of the database always, Elasticsearch when the settings name its address."""

from functools import lru_cache
from importlib.util import find_spec

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.contract import SearchEngine
from search.engines.fallback import FallbackEngine
from search.engines.null import NullEngine

#: Units: seconds a reader may wait for Elasticsearch: for the search itself, for the small questions before it.
SEARCH_SECONDS, QUICK_SECONDS = 0.8, 0.25
#: Units: seconds that commands and the worker give it.
PATIENT_SECONDS = 30.0
_MISSING = (
    "ELASTICSEARCH_URL đã được đặt nhưng chưa cài gói elasticsearch. "
    "Hãy cài requirements-server.txt, hoặc bỏ ELASTICSEARCH_URL."
)


def database_engine() -> SearchEngine:
    """The engine that lives in the site's database and is written with each page."""
    return _database_engine(connection.vendor)


def remote_engine() -> SearchEngine | None:
    """The engine on servers of its own, which follows from the outbox; None when there is none."""
    return _elastic_engine(*_address(), PATIENT_SECONDS, PATIENT_SECONDS) if _address()[0] else None


def reading_engine() -> SearchEngine:
    """The engine that readers ask; with Elasticsearch the one of the database stands behind it."""
    return _reading_engine(*_address()) if _address()[0] else database_engine()


def engines() -> dict[str, SearchEngine]:
    """The engines that are on by their names, e.g. `{"sqlite": …, "elastic": …}`."""
    held = [database_engine(), remote_engine()]
    return {engine.name: engine for engine in held if engine is not None}


def engine_named(name: str) -> SearchEngine:
    """The engine of that name, also "null". Errors: ValueError with a sentence when it is not on."""
    held = engines() | {NullEngine.name: NullEngine()}
    if name not in held:
        raise ValueError(f"Không có bộ máy {name}; đang bật: {', '.join(sorted(held))}.")
    return held[name]


@checks.register
def check_package(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """An error where an address is set and the package that speaks to it is missing."""
    return [checks.Error(_MISSING, id="search.E001")] if _address()[0] and not _is_installed() else []


def _is_installed() -> bool:
    return find_spec("elasticsearch") is not None


def _address() -> tuple[tuple[str, ...], str, str, str]:
    held = settings.ELASTICSEARCH
    addresses = tuple(address.strip() for address in held["addresses"] if address.strip())
    return addresses, held["prefix"], held["api_key"], held["ca_certs"]


@lru_cache
def _database_engine(vendor: str) -> SearchEngine:
    if vendor == "postgresql":
        from search.engines.postgres import PostgresEngine

        return PostgresEngine()
    from search.engines.sqlite import SqliteEngine

    return SqliteEngine()


@lru_cache
def _elastic_engine(
    addresses: tuple[str, ...], prefix: str, api_key: str, ca_certs: str, seconds: float, quick_seconds: float
) -> SearchEngine:
    if not _is_installed():
        raise ImproperlyConfigured(_MISSING)
    from search.engines.elastic import ElasticEngine
    from search.engines.elastic_client import Server

    return ElasticEngine(Server(addresses, prefix, api_key, ca_certs), seconds, quick_seconds)


@lru_cache
def _reading_engine(*address) -> SearchEngine:
    return FallbackEngine(_elastic_engine(*address, SEARCH_SECONDS, QUICK_SECONDS), database_engine)
