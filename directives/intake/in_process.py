"""The reader of received files inside a process that serves people; it lives only while there is a file to read."""

import logging
from threading import Event

from django.db import DatabaseError, close_old_connections, connections

from directives.intake import calling
from directives.intake.leasing import due
from directives.intake.working import work_off
from directives.models import AT_WORK, IntakeRecord
from search.in_process import InProcess

logger = logging.getLogger(__name__)

#: Units: seconds between two looks at files that another worker holds: it may have been killed.
PAUSE = 5.0


class InProcessReader(InProcess):
    """A WSGI application whose process also reads, e.g. `application = InProcessReader(get_wsgi_application())`."""

    thread_name = "intake-worker"
    register = staticmethod(calling.register)

    def work(self) -> None:
        run(self.called, lambda: not (self.called.is_set() or has_work()))


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
