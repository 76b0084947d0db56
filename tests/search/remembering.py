"""Answers from memory or from the tables alone, and what another process does meanwhile."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connections

from search.engines import postgres_answer


@contextmanager
def tables_alone():
    """Nothing is remembered."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(postgres_answer, "recalled", lambda *args: None)
        yield


@contextmanager
def memory_alone():
    """The tables are not asked."""

    def refuse(*args):
        raise AssertionError("the tables were asked")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(postgres_answer, "_asked", refuse)
        yield


def elsewhere(work):
    """Done on another connection, as by another process."""

    def whole():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=whole)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
