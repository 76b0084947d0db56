"""The site with its sections and the shipped catalogues: built once for a process, put back for each file of tests.

What would have run at the commit is left out: to a test the site is as if its own transaction had built it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction

from home.models import HomePage
from tests import databases
from tests.builders import Tree

BUILT = "built"
_saved: list[str] = []


def build() -> Tree:
    call_command("load_catalogues", stdout=StringIO())
    return Tree.build()


@contextmanager
def site_there() -> Iterator[Tree]:
    """The database holds the site meanwhile, and only what the migrations put in afterwards.

    What a file adds to it for all its tests is in a transaction that is rolled back.
    """
    if connection.in_atomic_block:
        with rolled_back_site() as tree:
            yield tree
        return
    put_site()
    with transaction.atomic():
        yield Tree(HomePage.objects.get())
        transaction.set_rollback(True)
    databases.restore(databases.MIGRATED)


@contextmanager
def rolled_back_site() -> Iterator[Tree]:
    """Inside a transaction, such as that of a file's other rows, no database is exchanged."""
    with transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def put_site() -> None:
    if BUILT in _saved:
        databases.restore(BUILT)
        return
    with transaction.atomic():
        build()
        connection.run_on_commit = []
    databases.save(BUILT)
    _saved.append(BUILT)
