"""The archive of the whole portal, and its lists as files: sheets to print and data."""

from collections.abc import Mapping
from urllib.parse import quote

from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from search.archive import Archive
from search.archive_groups import span_of
from search.asking import address_without_blanks
from search.choices import Choice
from search.models import Entry, EntryQuerySet
from search.register import MOST_ROWS, columns_of, write_csv, write_sheet
from search.shelves import SHELVES, Shelf, shelf_named
from search.spreadsheets import XLSX
from search.vietnamese.dates import PartialDate, spell_long
from search.vietnamese.numerals import dotted
from search.vietnamese.slugs import slugify

CSV = "text/csv; charset=utf-8"
AT_ONCE = 1000
BEYOND = "search/archive_beyond.html"
_LABELS = {
    "don_vi": "Đơn vị",
    "linh_vuc": "Lĩnh vực",
    "co_quan": "Cơ quan ban hành",
    "phong_trao": "Phong trào",
}


@require_safe
def show_archive(request: HttpRequest) -> HttpResponse:
    """`/kho-luu-tru/`: the register by year and month, kind, unit and field; `?muc=` opens another shelf."""
    return answer_archive(request, Entry.objects.all(), "search/archive.html")


@require_safe
def show_register(request: HttpRequest) -> HttpResponse:
    """`/kho-luu-tru/so-van-ban.xlsx?nam=2024&don_vi=van-phong`: the list as a sheet for A4."""
    return answer_register(request, Entry.objects.all(), "xlsx")


@require_safe
def show_register_csv(request: HttpRequest) -> HttpResponse:
    """`/kho-luu-tru/so-van-ban.csv?nam=2024`: the list as data."""
    return answer_register(request, Entry.objects.all(), "csv")


def answer_archive(
    request: HttpRequest, entries: EntryQuerySet, template: str, context: Mapping | None = None, unit_path: str = ""
) -> HttpResponse:
    """The page of an archive with its shelves; a page that is not there says how to go on, as a 404."""
    if address := address_without_blanks(request.path, request.GET):
        return HttpResponseRedirect(address)
    shelf = shelf_named(request.GET.get("muc"))
    archive = Archive(shelf.of(entries), request.user, request.GET, shelf=shelf, kept=shelf.kept, unit_path=unit_path)
    if archive.is_beyond:
        return answer_beyond(request, archive, context)
    tabs = shelf_tabs(entries, request.user, shelf)
    return render(request, template, {"archive": archive, "tabs": tabs, **(context or {})})


def answer_beyond(request: HttpRequest, archive: Archive, context: Mapping | None = None) -> HttpResponse:
    """The way on from a page past the last one."""
    return render(request, BEYOND, {"archive": archive, **(context or {})}, status=404)


def shelf_tabs(entries: EntryQuerySet, user, open_shelf: Shelf) -> list[Choice]:
    """The shelves that hold anything this reader may see, with their counts, in one query."""
    rows = entries.visible_to(user).order_by().values_list("kind", "is_official").annotate(n=Count("pk"))
    counts = {(kind, is_official): n for kind, is_official, n in rows}
    tabs = []
    for shelf in SHELVES:
        count = shelf.count_in(counts)
        if count or shelf is open_shelf:
            address = f"?muc={shelf.slug}" if shelf.kept else "?"
            tabs.append(Choice(shelf.slug, shelf.name, count, shelf is open_shelf, address))
    return tabs


def answer_register(
    request: HttpRequest, entries: EntryQuerySet, form: str, owner: str = "", unit_path: str = ""
) -> HttpResponse:
    """A list as a file, in the order of its dates, of what this reader may see; `owner` is the unit's name.

    Errors: a page with status 400 that offers years or months one by one when the list is longer than a file may be.
    """
    shelf = shelf_named(request.GET.get("muc"))
    archive = Archive(shelf.of(entries), request.user, request.GET, shelf=shelf, kept=shelf.kept, unit_path=unit_path)
    rows = archive.ordered(is_oldest_first=True)[:MOST_ROWS]
    if archive.total > MOST_ROWS:
        parts = archive.months_of_year if archive.year and archive.month is None else archive.years
        context = {"archive": archive, "most": MOST_ROWS, "parts": parts}
        return render(request, "search/register_too_long.html", context, status=400)
    columns = columns_of(shelf, with_audience=request.user.is_authenticated)
    if form == "csv":
        response = StreamingHttpResponse(write_csv(columns, rows.iterator(AT_ONCE)), content_type=CSV)
    else:
        head = _head(request, archive, owner)
        response = FileResponse(write_sheet(shelf.sheet, head, columns, rows.iterator(AT_ONCE)), content_type=XLSX)
    response["Content-Disposition"] = disposition(_file_name(archive, owner), form)
    response["X-Robots-Tag"] = "noindex"
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def disposition(name: str, form: str) -> str:
    """A download under its Vietnamese name, without accents for what cannot read it (RFC 6266, RFC 5987).

    Example: `disposition("Sổ văn bản năm 2024", "xlsx")` names "so-van-ban-nam-2024.xlsx" first.
    """
    return f"attachment; filename=\"{slugify(name)}.{form}\"; filename*=UTF-8''{quote(f'{name}.{form}', safe='')}"


def _file_name(archive: Archive, owner: str) -> str:
    span = span_of(archive) if archive.year is not None or archive.month is not None else ""
    unit = archive.label_of("don_vi", archive.chosen["don_vi"]) if "don_vi" in archive.chosen else owner
    name = " ".join(part for part in (archive.shelf.sheet, span.lower(), unit) if part)
    return "".join(letter for letter in name if letter.isalnum() or letter in " ,.-–").strip()[:120]


def _head(request: HttpRequest, archive: Archive, owner: str) -> list[str]:
    """The lines above the table: the agency, the title, the unit, the span and what else is chosen."""
    agency = render_to_string("search/register_head.txt", request=request).splitlines()
    labels = {"loai": archive.shelf.type_label, **_LABELS}
    chosen = [
        f"{label}: {archive.label_of(name, archive.chosen[name])}"
        for name, label in labels.items()
        if name in archive.chosen
    ]
    today = timezone.localdate()
    day = spell_long(PartialDate(today.year, today.month, today.day))
    lines = [
        *([owner] if owner else []),
        span_of(archive),
        *([" · ".join(chosen)] if chosen else []),
        f"{dotted(archive.total)} {archive.shelf.noun}, xuất {day}",
    ]
    return [*(line.strip() for line in agency if line.strip()), "", archive.shelf.sheet.upper(), *lines]
