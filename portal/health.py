"""Health answers for the machine that watches the portal."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from home.purging import delivery
from portal.office.timetable import count_overdue
from search.index_state import index_state

LOOPBACK = ("127.0.0.1", "::1")
#: A proxy on the same machine comes from loopback too; these tell that somebody else stands behind it.
PROXY_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


@require_safe
def show_ready(request: HttpRequest) -> JsonResponse:
    """`/healthz/ready`: 200 `{"status": "ok"}` when the database answers, else Django's 500; staff and the machine
    itself also learn how the index and the timetable are doing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    answer: dict[str, object] = {"status": "ok"}
    if may_know_details(request):
        answer |= index_state() | {"scheduled_overdue": count_overdue()} | delivery.figures()
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


def may_know_details(request: HttpRequest) -> bool:
    """Whether the question comes from this very machine or from somebody who has signed in."""
    is_proxied = any(name in request.META for name in PROXY_HEADERS)
    if request.META.get("REMOTE_ADDR") in LOOPBACK and not is_proxied:
        return True
    return request.user.is_authenticated and request.user.is_active
