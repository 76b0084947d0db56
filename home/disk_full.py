"""The answer when the disk of files or of the database is full: a sentence that says so, not a common error page."""

import errno
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
#: SQLSTATE of PostgreSQL. Source: PostgreSQL documentation, appendix A, class 53.
DISK_FULL_STATE = "53100"


def answer_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of errors: 507 with a sentence when a disk is full, else the usual page."""
    if is_disk_full(sys.exc_info()[1]):
        return HttpResponse(render_to_string("disk_full.html"), status=507)
    return server_error(request)


def is_disk_full(error: BaseException | None) -> bool:
    """Whether the error, or what led to it, is a full disk, e.g. `is_disk_full(OSError(ENOSPC, ""))`."""
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        if isinstance(error, OperationalError) and "disk is full" in str(error):
            return True
        if getattr(error, "sqlstate", None) == DISK_FULL_STATE:
            return True
        error = error.__cause__ or error.__context__
    return False
