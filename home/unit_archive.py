"""The archive of a unit: what it, the units under it and those it continues published."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from home.models import UnitPage
from home.unit_life import family_of
from home.views import find_page
from search.archive_views import answer_archive, answer_register
from search.models import Entry, EntryQuerySet


def entries_of(unit: UnitPage) -> EntryQuerySet:
    """What the unit's family published; the pages of the units themselves are not among it."""
    return Entry.objects.filter(unit_id__in=family_of(unit).values("pk"))


@require_safe
def show_unit_archive(request: HttpRequest, unit_path: str) -> HttpResponse:
    """`/don-vi/phong-quan-ly-dat-dai/luu-tru/`: its documents, campaigns, stories and news by year and month."""
    unit = find_unit(unit_path, request.user)
    context = {"unit": unit, "crumbs": [{"url": "/don-vi/", "title": "Đơn vị"}, {"url": unit.url, "title": unit.title}]}
    return answer_archive(request, entries_of(unit), "home/unit_archive.html", context, unit_path)


@require_safe
def show_unit_register(request: HttpRequest, unit_path: str) -> HttpResponse:
    """`/don-vi/phong-quan-ly-dat-dai/luu-tru/so-van-ban.xlsx?nam=2024`: its register as a sheet for A4."""
    unit = find_unit(unit_path, request.user)
    return answer_register(request, entries_of(unit), "xlsx", unit.title, unit_path)


@require_safe
def show_unit_register_csv(request: HttpRequest, unit_path: str) -> HttpResponse:
    """The same as data."""
    unit = find_unit(unit_path, request.user)
    return answer_register(request, entries_of(unit), "csv", unit.title, unit_path)


def find_unit(unit_path: str, user) -> UnitPage:
    """The unit at `/don-vi/…/`. Errors: Http404 alike for none and for one the reader may not see."""
    page, below = find_page(f"/don-vi/{unit_path}/", user)
    unit = page.specific
    if below or not isinstance(unit, UnitPage):
        raise Http404
    return unit
