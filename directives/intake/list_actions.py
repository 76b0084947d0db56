"""What a person does about a file in the list: have it read again, cancel it, discard it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from directives.intake import pipeline
from directives.intake.record_access import may_take_in, own_records


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """The file is read again."""
    return _act(request, pk, pipeline.retry, "Sẽ đọc lại tệp “{}”.")


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The file is not read any further; it can be read again or discarded."""
    return _act(request, pk, pipeline.cancel, "Đã hủy việc nhập tệp “{}”.")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The file and all that was read of it are gone."""
    return _act(request, pk, pipeline.discard, "Đã xóa tệp “{}” cùng những gì đã đọc được.")


def _act(request: HttpRequest, pk: int, act, told: str) -> HttpResponse:
    if not may_take_in(request.user):
        raise PermissionDenied
    record = get_object_or_404(own_records(request.user), pk=pk)
    try:
        act(record, request.user)
    except pipeline.NotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, told.format(record.name or "không giữ tên"))
    return redirect("intake_upload")
