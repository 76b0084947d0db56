"""The search page and the description of the search for browsers."""

import logging
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from search.asking import LAST_PAGE, address_without_blanks, read_ask
from search.contract import EngineUnavailable
from search.query_log import record_search
from search.result_page import ResultPage
from search.results import Search

logger = logging.getLogger(__name__)


@require_safe
def show_results(request: HttpRequest) -> HttpResponse:
    """`/tim-kiem/?q=…`: what the reader may see and what the words find."""
    if address := address_without_blanks(request.path, request.GET):
        return HttpResponseRedirect(address)
    started = time.perf_counter()
    results = ResultPage(Search(request.user, read_ask(request.GET)), request.GET)
    context = {"results": results}
    try:
        is_found = results.is_found
    except EngineUnavailable as error:
        logger.error("No search engine answered a reader: %s", error)
        return render(request, "search/results.html", context | {"is_away": True})
    if results.ask.text:
        log(results.search, started, request.user.is_authenticated)
    is_past_all = asks_beyond(request.GET.get("trang", ""))
    # Where nothing was found, or nothing asked, that is what there is to say, whatever the page.
    is_beyond = (
        results.is_asked and results.search.total > 0 and (is_past_all or (results.ask.page > 1 and not is_found))
    )
    context |= {"is_beyond": is_beyond, "is_too_deep": is_beyond and is_past_all and results.is_cut_short}
    return render(request, "search/results.html", context, status=404 if is_beyond else 200)


def asks_beyond(page: str) -> bool:
    """Whether an address asks for a page past the last that any search shows, e.g. "101"."""
    text = page.strip()
    return text.isascii() and text.isdigit() and (len(text) > 9 or int(text) > LAST_PAGE)


def log(search: Search, started: float, is_staff: bool) -> None:
    """Count a question once: not again on its further pages, and not as one without an answer for its filters' sake."""
    milliseconds = (time.perf_counter() - started) * 1000
    result = search.result
    if search.ask.page > 1 or (search.ask.is_narrowed and not result.total):
        return
    record_search(
        search.ask.text,
        total=result.total,
        milliseconds=milliseconds,
        engine=search.engine.name,
        is_reduced=result.is_reduced,
        is_staff=is_staff,
    )


@require_safe
def describe_search(request: HttpRequest) -> HttpResponse:
    """`/opensearch.xml`: how a browser adds the portal to its search boxes."""
    context = {"address": settings.SITE_ADDRESS, "icon": static("img/favicon.svg")}
    return render(request, "search/opensearch.xml", context, content_type="application/opensearchdescription+xml")
