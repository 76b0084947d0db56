"""Rebuilds and checks of an index: one at a time each, with a sign of life, and their results kept."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from search.models import IndexRun

#: A run that stopped beating holds nobody up.
BEAT = timedelta(seconds=60)


class AlreadyRunning(Exception):
    """The same work is being done by another process."""


@contextmanager
def running(kind: str, engine: str) -> Iterator[IndexRun]:
    """The lock for a rebuild or a check, e.g. `with running(IndexRun.REBUILD, "sqlite") as run:`.

    Errors: AlreadyRunning while another process, still alive, is at it; what a killed one left is closed.
    """
    run = _begin(kind, engine)
    try:
        yield run
    except BaseException as error:
        _end(run, f"{type(error).__name__}: {error}"[:2000])
        raise
    _end(run, "")


def beat(run: IndexRun, **changes) -> None:
    """Say that the run goes on; with `holds_writers=True` the workers pause."""
    IndexRun.objects.filter(pk=run.pk).update(beat_at=timezone.now(), **changes)


def last_run(kind: str, engine: str | None = None) -> IndexRun | None:
    """The latest finished run of a kind."""
    runs = IndexRun.objects.filter(kind=kind, finished_at__isnull=False)
    return (runs.filter(engine=engine) if engine else runs).order_by("-finished_at").first()


def _begin(kind: str, engine: str) -> IndexRun:
    try:
        with transaction.atomic():
            for other in IndexRun.objects.filter(kind=kind, engine=engine, finished_at=None):
                if _is_alive(other):
                    raise AlreadyRunning(f"{other.host} ({other.process})")
                _end(other, "Bị dừng giữa chừng.")
            return IndexRun.objects.create(
                kind=kind, engine=engine, host=socket.gethostname()[:255], process=os.getpid()
            )
    except IntegrityError as error:
        raise AlreadyRunning(socket.gethostname()) from error


def _end(run: IndexRun, error: str) -> None:
    IndexRun.objects.filter(pk=run.pk).update(
        finished_at=timezone.now(), holds_writers=False, error=error, report=run.report
    )


def _is_alive(run: IndexRun) -> bool:
    """A process of this machine is asked; of another machine the last sign of life decides."""
    if _is_seen_here(run):
        return not has_died(run) and run.process != os.getpid()
    return timezone.now() - run.beat_at < BEAT


def has_died(run: IndexRun) -> bool:
    """Whether the process of this run is known to be gone; one of another machine is never known to be."""
    return _is_seen_here(run) and not Path(f"/proc/{run.process}").exists()


def _is_seen_here(run: IndexRun) -> bool:
    return run.host == socket.gethostname()[:255] and Path("/proc/self").exists()
