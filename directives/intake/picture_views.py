"""The pictures of a file under review: for whoever works with the record, and kept by nobody on the way."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from directives.intake.page_pictures import draw_head, draw_page
from directives.intake.review_views import reviewable
from search.extraction.refusals import ReadingFailed


@require_safe
def show_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Page `number` of the file as JPEG."""
    record = reviewable(request.user, pk)
    return _picture(lambda: draw_page(record, number))


@require_safe
def show_head(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of its first page, enlarged."""
    record = reviewable(request.user, pk)
    return _picture(lambda: draw_head(record))


def _picture(draw) -> HttpResponse:
    try:
        data = draw()
    except ReadingFailed as problem:
        raise Http404(problem.message) from problem
    headers = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)
