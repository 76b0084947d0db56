"""The reader of received files inside a process that serves people; it lives only while there is a file to read."""

import logging
import os
from threading import Event, Lock, Thread

from django.db import DatabaseError, close_old_connections, connections

from directives.intake import calling
from directives.intake.leasing import due
from directives.intake.working import work_off
from directives.models import AT_WORK, IntakeRecord

logger = logging.getLogger(__name__)

#: Units: seconds between two looks at files that another worker holds: it may have been killed.
PAUSE = 5.0


class InProcessReader:
    """A WSGI application whose process also reads, e.g. `application = InProcessReader(get_wsgi_application())`.

    The thread begins with the first request: a server that forks has done so by then.
    """

    def __init__(self, application):
        self.application = application
        self.process = 0
        self.called, self.lock = Event(), Lock()
        self.thread: Thread | None = None

    def __call__(self, environ, start_response):
        if self.process != os.getpid():
            self.process = os.getpid()
            self.called, self.lock, self.thread = Event(), Lock(), None
            calling.register(self.wake)
            self.wake()
        return self.application(environ, start_response)

    def wake(self) -> None:
        """Have the files read soon; called after each commit that left one."""
        with self.lock:
            self.called.set()
            if self.thread is None:
                self._start()

    def _start(self) -> None:
        self.thread = Thread(target=self._work, name="intake-worker", daemon=True)
        self.thread.start()

    def _work(self) -> None:
        try:
            run(self.called, lambda: not (self.called.is_set() or has_work()))
        finally:
            connections.close_all()
            with self.lock:
                self.thread = None
                # Somebody called after the last look at the list.
                if self.called.is_set():
                    self._start()


def has_work() -> bool:
    """Whether a file waits or is being read, perhaps by a worker that is dead already."""
    return IntakeRecord.objects.filter(state__in=AT_WORK).exists()


def run(called: Event, is_over, is_stopped=lambda: False) -> None:
    """Read until `is_over()` says so, looking again when called or when the pause is over."""
    while not is_over():
        called.clear()
        try:
            work_off(is_stopped)
            waits = due().exists()
        except DatabaseError:
            logger.exception("the list of files to read could not be read")
            connections.close_all()
            waits = False
        close_old_connections()
        if not waits and not is_over():
            called.wait(PAUSE)
