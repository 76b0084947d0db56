"""Work done inside a process that serves readers, for a portal that runs as one program.

A thread lives only while there is something to do; for the index that is a remote engine to keep informed, or
attached files to read.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from threading import Event, Lock, Thread

from django.db import connections

from search import worker, worker_call
from search.attachments import unread_files
from search.engines import chosen
from search.rebuild import build_first_index
from search.unread import unread_pages


class InProcess(ABC):
    """A WSGI application whose process also works, e.g. `application = InProcessWorker(get_wsgi_application())`.

    Shape: a subclass says how its thread is called, where it is woken from, and what it does until that is done.
    The thread begins with the first request: a server that forks has done so by then.
    """

    thread_name: str
    register: Callable[[Callable[[], None]], None]

    def __init__(self, application):
        self.application = application
        self.process = 0
        self.called, self.lock = Event(), Lock()
        self.thread: Thread | None = None

    def __call__(self, environ, start_response):
        if self.process != os.getpid():
            self._begin()
        return self.application(environ, start_response)

    def _begin(self) -> None:
        self.process = os.getpid()
        self.called, self.lock, self.thread = Event(), Lock(), None
        self.register(self.wake)
        self.wake()

    def wake(self) -> None:
        """Have the work done soon; called after each commit that left some."""
        with self.lock:
            self.called.set()
            if self.thread is None:
                self._start()

    def _start(self) -> None:
        self.thread = Thread(target=self._work, name=self.thread_name, daemon=True)
        self.thread.start()

    def _work(self) -> None:
        try:
            self.work()
        finally:
            connections.close_all()
            with self.lock:
                self.thread = None
                # Somebody called after the last look at what there is to do.
                if self.called.is_set():
                    self._start()

    @abstractmethod
    def work(self) -> None:
        """Do what there is to do, looking at `called` between, and return when nothing is left."""


class InProcessWorker(InProcess):
    """The process that also keeps the index informed."""

    thread_name = "index-worker"
    register = staticmethod(worker_call.register)

    def work(self) -> None:
        build_first_index()
        worker.run(self.called, self._is_over)

    def _is_over(self) -> bool:
        is_called = self.called.is_set()
        has_work = unread_files().exists() or unread_pages().exists()
        return not (is_called or has_work or chosen.remote_engine())
