"""The engine that a command measures, also where nobody has set up a portal yet."""

from django.core.management import CommandError, call_command
from django.db import connection

from search.contract import SearchEngine
from search.engines.chosen import database_engine, engine_named, remote_engine


def engine_to_measure(name: str = "") -> SearchEngine:
    """The engine of that name, "" for the one that readers ask, in a database that has its tables.

    Errors: CommandError when the engine is not on.
    """
    try:
        engine = engine_named(name) if name else remote_engine() or database_engine()
    except ValueError as error:
        raise CommandError(str(error)) from error
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    return engine
