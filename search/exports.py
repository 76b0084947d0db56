"""The whole result as a table: CSV for anything, XLSX for a spreadsheet; what the reader may see, nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from search.asking import read_ask
from search.contract import COUNTED, EngineUnavailable
from search.models import Entry
from search.results import Search
from search.spreadsheets import XLSX, csv_lines, harmless, write_xlsx

HEADINGS = (
    "Số, ký hiệu",
    "Ngày",
    "Loại",
    "Tiêu đề",
    "Cơ quan ban hành",
    "Đơn vị",
    "Tình trạng",
    "Địa chỉ",
)
WIDTHS = (18, 12, 18, 80, 28, 28, 20, 50)
BATCH = 500
_COLUMNS = ("page", "kind", "title", "url", "number", "separator", "notation", "issued", "type_name", "issuer_name",
            "unit_name", "state_claim", "state_since", "state_until", "is_official")  # fmt: skip


@require_safe
def export_results(request: HttpRequest, form: str) -> HttpResponseBase:
    """`/tim-kiem/ket-qua.csv?q=…` and `.xlsx`: every row of the search, at most ten thousand."""
    ask = replace(read_ask(request.GET), page=1)
    entries = rows_of(Search(request.user, ask, facets=()))
    try:
        rows = chain(list(islice(entries, 1)), entries)
    except EngineUnavailable:
        # The page of the same search says that nothing answers.
        return HttpResponseRedirect(reverse("search") + ask.address())
    name = f"ket-qua-tim-kiem-{timezone.localdate().isoformat()}.{form}"
    if form == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            csv_lines(HEADINGS, map(cells_of, rows)), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    elif form == "xlsx":
        table = write_xlsx("Kết quả", HEADINGS, WIDTHS, map(typed_cells_of, rows))
        response = FileResponse(table, as_attachment=True, filename=name, content_type=XLSX)
    else:
        raise Http404
    response["X-Robots-Tag"] = "noindex"
    return response


def rows_of(search: Search) -> Iterator[Entry]:
    """The entries of a search in its order, read in batches; each row once."""
    seen: set[str] = set()
    for offset in range(0, COUNTED, BATCH):
        hits = search.engine.search(replace(search.query, offset=offset, limit=BATCH)).hits
        keys = [hit.key for hit in hits if hit.key not in seen]
        seen.update(keys)
        yield from _entries(search.user, keys)
        if len(hits) < BATCH:
            return


def _entries(user, keys: list[str]) -> Iterator[Entry]:
    ids = [int(key.removeprefix("page:")) for key in keys]
    visible = Entry.objects.visible_to(user).filter(page_id__in=ids).only(*_COLUMNS)
    entries = {entry.pk: entry for entry in visible}
    return (entries[pk] for pk in ids if pk in entries)


def cells_of(entry: Entry) -> tuple[str, ...]:
    """One row as text, in the order of HEADINGS, safe in a spreadsheet."""
    number = f"{entry.number}{entry.separator}{entry.notation}" if entry.notation else entry.number
    cells = (
        number,
        entry.issued_text if entry.dated else "",
        entry.type_name if entry.is_official and entry.type_name else entry.kind_name,
        entry.title,
        entry.issuer_name,
        entry.unit_name,
        entry.state.label if entry.state else "",
        f"{settings.SITE_ADDRESS}{entry.url}",
    )
    return tuple(harmless(cell) for cell in cells)


def typed_cells_of(entry: Entry) -> tuple[str | date, ...]:
    """The same with a real date where the day is known; words where only the year is."""
    number, _, *others = cells_of(entry)
    day = entry.issued_date
    if day is None or day.precision != "day":
        return (number, harmless(entry.issued_text), *others)
    return (number, date(day.year or 1, day.month or 1, day.day or 1), *others)
