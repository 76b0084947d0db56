"""Health answers for the machine that watches the portal."""

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def show_ready(request: HttpRequest) -> JsonResponse:
    """`/healthz/ready`: 200 `{"status": "ok"}` when the database answers; else Django's 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
