"""Several processes that take files one by one; any of them may be killed at any time."""

import logging
import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType

from django.db import connections
from wagtail.log_actions import LogContext

from search.extraction.bounded import follow

from . import bounds
from .sources import Item
from .taking import Outcome

logger = logging.getLogger(__name__)
Job = Callable[[Item], Outcome]
_STOPPING = (signal.SIGINT, signal.SIGTERM)
NOT_DONE = "Chưa xong vì tiến trình bị dừng hoặc máy báo lỗi. Hãy chạy lại với --resume."


@dataclass
class _Worker:
    """A process, the way to it, and the file it has."""

    process: BaseProcess
    pipe: Connection
    item: Item | None = None


def take_all(items: Sequence[Item], job: Job, count: int, user) -> Iterator[Outcome]:
    """How each file ended, as it ends; a file whose worker was killed is given to another one.

    Shape: with one worker everything happens in this process. Leaving the loop early ends all workers at once.
    """
    if count <= 1 or len(items) <= 1:
        with LogContext(user=user):
            for item in items:
                yield _attempt(job, item)
        return
    yield from _Crew(items, job, min(count, len(items)), user).work()


def _attempt(job: Job, item: Item) -> Outcome:
    outcome = None
    for _ in range(bounds.MOST_TRIES):
        outcome = _once(job, item)
        if outcome is not None:
            return outcome
    return Outcome(item.path, "", NOT_DONE)


def _once(job: Job, item: Item) -> Outcome | None:
    """None when the database or the machine failed: the file can be tried again."""
    try:
        return job(item)
    except Exception:
        logger.exception("a file of the batch could not be taken in")
        # Whatever broke the connection, the next file gets a new one; a test's own transaction goes on.
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:
                connection.close()
        return None


class _Crew:
    """The workers of one run."""

    def __init__(self, items: Sequence[Item], job: Job, count: int, user):
        self.waiting = deque(items)
        self.job, self.count, self.user = job, count, user
        self.tries: Counter[str] = Counter()
        self.workers: dict[Connection, _Worker] = {}

    def work(self) -> Iterator[Outcome]:
        try:
            while self.waiting or any(worker.item for worker in self.workers.values()):
                self._give_out()
                busy = [pipe for pipe, worker in self.workers.items() if worker.item]
                for pipe in wait(busy):
                    outcome = self._hear(self.workers[pipe])
                    if outcome is not None:
                        yield outcome
        finally:
            self._dismiss()

    def _give_out(self) -> None:
        while self.waiting:
            idle = next((worker for worker in self.workers.values() if not worker.item), None)
            if idle is None:
                if len(self.workers) >= self.count:
                    return
                idle = self._hire()
            idle.item = self.waiting.popleft()
            with suppress(OSError):  # it was killed while it waited, and is mourned when it is listened to
                idle.pipe.send(idle.item)

    def _hear(self, worker: _Worker) -> Outcome | None:
        item = worker.item
        try:
            outcome = worker.pipe.recv()
        except (EOFError, OSError):
            return self._mourn(worker)
        worker.item = None
        return outcome if outcome is not None else self._again(item)

    def _mourn(self, worker: _Worker) -> Outcome | None:
        """A worker that was killed; its file goes to another one."""
        logger.warning("a worker ended while it had a file; the file is tried again")
        del self.workers[worker.pipe]
        worker.pipe.close()
        worker.process.join()
        return self._again(worker.item)

    def _again(self, item: Item | None) -> Outcome | None:
        if item is None:
            return None
        self.tries[item.path] += 1
        if self.tries[item.path] >= bounds.MOST_TRIES:
            return Outcome(item.path, "", NOT_DONE)
        self.waiting.append(item)
        return None

    def _hire(self) -> _Worker:
        # A connection must not be shared: whoever forks has none open, and each opens its own.
        connections.close_all()
        context = multiprocessing.get_context("fork")
        own, its = context.Pipe()
        process = context.Process(target=_work, args=(its, self.job, self.user, os.getpid()), daemon=True)
        worker = _Worker(process, own)
        with _undisturbed():
            process.start()
            its.close()
            self.workers[own] = worker
        return worker

    def _dismiss(self) -> None:
        for worker in self.workers.values():
            if worker.item:
                worker.process.kill()
            else:
                with suppress(OSError):  # it was killed while it waited
                    worker.pipe.send(None)
        for worker in self.workers.values():
            worker.process.join()
        self.workers.clear()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait: what is raised while Python forks is only printed, and the run would go on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    before = {number: signal.signal(number, lambda *call: came.append(call)) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number, frame in came[:1]:
        handler = before[number]
        if callable(handler):
            handler(number, frame)
        else:
            os.kill(os.getpid(), number)


def _work(pipe: Connection, job: Job, user, parent: int) -> None:
    """What a worker does until its parent says that there is nothing more; it ends with its parent."""
    # Ctrl-C reaches the whole group; the parent decides what becomes of the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    follow(parent)
    with LogContext(user=user):
        while (item := pipe.recv()) is not None:
            pipe.send(_once(job, item))
    connections.close_all()
