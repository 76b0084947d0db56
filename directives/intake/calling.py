"""Calls the reader of this process, if it has one, once a received file is there for all to see."""

from collections.abc import Callable

from django.db import transaction

_waker: list[Callable[[], None]] = []


def register(wake: Callable[[], None]) -> None:
    """From now on `wake` is called after each commit that left a file to read; a process that serves registers."""
    _waker[:] = [wake]


def wake_after_commit() -> None:
    """Nothing in a process that only runs a command."""
    if _waker:
        transaction.on_commit(_waker[0])


def is_heard() -> bool:
    """Whether this process reads what it receives."""
    return bool(_waker)
