"""Suggestions while a reader types: titles, numbers and units of what this reader may see, nothing else."""

import logging

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from search.asking import Ask
from search.contract import EngineUnavailable, Suggestion
from search.models import Entry
from search.results import Search
from search.vietnamese.number_parts import without_kind
from search.vietnamese.query_words import read_query

logger = logging.getLogger(__name__)

MOST = 8
FRESH_SECONDS = 60


@require_safe
def show_suggestions(request: HttpRequest) -> JsonResponse:
    """`/tim-kiem/goi-y/?q=39+ct`: `{"suggestions": [{"title": …, "number": …, "note": …, "url": …}]}`."""
    rows = suggest(request.user, request.GET.get("q", ""))
    response = JsonResponse({"suggestions": rows}, json_dumps_params={"ensure_ascii": False})
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    patch_vary_headers(response, ["Cookie"])
    return response


def suggest(user, typed: str) -> list[dict[str, str]]:
    """At most eight rows for what was typed, e.g. `suggest(user, "39 ct")[0]["number"]` is "39-CT/TW".

    Shape: an engine that is away suggests nothing; the search itself says so.
    """
    text = read_query(typed).text
    if not text:
        return []
    search = Search(user, Ask(), facets=())
    try:
        found = search.engine.suggest(text, search.query, limit=MOST)
        number = without_kind(text)
        if not found and number != text:
            found = search.engine.suggest(number, search.query, limit=MOST)
    except EngineUnavailable as error:
        logger.warning("No search engine had suggestions: %s", error)
        return []
    return [_row(entry) for entry in _visible(user, found)]


def _visible(user, found: tuple[Suggestion, ...]) -> list[Entry]:
    """The entries in the engine's order; its word alone opens nothing."""
    ids = [int(each.key.removeprefix("page:")) for each in found]
    rows = Entry.objects.visible_to(user).filter(page_id__in=ids).defer("body", "folded_text")
    entries = {entry.pk: entry for entry in rows}
    return [entries[pk] for pk in ids if pk in entries][:MOST]


def _row(entry: Entry) -> dict[str, str]:
    printed = f"{entry.number or '…'}{entry.separator}{entry.notation}" if entry.notation else entry.number
    issuer = entry.issuer_name or entry.unit_name
    kind = entry.type_name if entry.is_official and entry.type_name else entry.kind_name
    has_day = entry.is_official or entry.kind in ("story", "article", "notice")
    parts = (kind, issuer if entry.kind != "unit" else "", entry.issued_text if has_day else "")
    return {
        "title": entry.title,
        "number": printed if entry.is_official else "",
        "note": ", ".join(part for part in parts if part),
        "url": entry.url,
    }
