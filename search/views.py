"""The search page and the archive of the whole register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.archive import Archive
from search.listing import SearchListing
from search.models import Entry


@require_safe
def show_results(request: HttpRequest) -> HttpResponse:
    """`/tim-kiem/?q=…`: what the reader may see and what holds the words."""
    listing = SearchListing(request.user, request.GET)
    has_rows = bool(listing.query) and listing.total > 0
    context = {
        "listing": listing,
        "query": listing.query,
        "tabs": listing.tabs if has_rows else [],
        "rows": listing.rows if has_rows else [],
        "is_too_long": listing.is_too_long,
    }
    return render(request, "search/results.html", context)


@require_safe
def show_archive(request: HttpRequest) -> HttpResponse:
    """`/kho-luu-tru/`: the register by year and month, kind, unit and field."""
    archive = Archive(Entry.objects.official(), request.user, request.GET)
    return render(request, "search/archive.html", {"archive": archive})
