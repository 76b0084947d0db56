"""Calls the worker of this process, if it has one, once the present transaction is there for all to see."""

from collections.abc import Callable

from django.db import connection, transaction

_waker: list[Callable[[], None]] = []


def register(wake: Callable[[], None]) -> None:
    """From now on `wake` is called after each commit that left work; a process that serves readers registers."""
    _waker[:] = [wake]


def wake_after_commit() -> None:
    """Nothing in a process that only runs a command."""
    if _waker and not _is_called():
        transaction.on_commit(_waker[0])


def _is_called() -> bool:
    """Whether this transaction calls already: a thousand changes need one call."""
    return any(callback is _waker[0] for _, callback, *_ in connection.run_on_commit)
