"""What the result page asks for."""

from django import template
from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString

from search.listing import mark_words
from search.vietnamese.number_parts import looks_like_number
from search.vietnamese.syllables import syllables

register = template.Library()
MOST_EXACT = 4


@register.filter
def mark_found(text: str, query: str) -> SafeString:
    """The text with the words of the query marked: `{{ entry.title|mark_found:query }}`."""
    return mark_words(text, set(syllables(query)))


@register.filter
def exact_hits(rows, query: str) -> list:
    """The documents whose number and notation the query is, at most four: "39 ct tw" finds two of them."""
    hits = [entry for entry, _ in rows if entry.is_official and entry.is_number_hit]
    return hits if looks_like_number(query) and len(hits) <= MOST_EXACT else []


@register.filter
def says_more_than(summary: str, title: str) -> bool:
    """Whether a summary adds anything to the title it stands under."""
    return bool(summary) and not title.casefold().endswith(summary.casefold())


@register.filter
def newest_first(archive) -> str:
    """The address of the same list with the newest on top."""
    return archive.address(sap_xep="")


@register.filter
def oldest_first(archive) -> str:
    """The address of the same list with the oldest on top."""
    return archive.address(sap_xep="cu-nhat")


@register.filter
def with_pictures(entries) -> list:
    """The rows with every size of their pictures loaded in one query."""
    rows = list(entries)
    prefetch_related_objects([row.picture for row in rows if row.picture], "renditions")
    return rows


@register.filter
def period_of(archive) -> str:
    """The part of the register that is open, e.g. "Tháng 11 năm 2024", "Năm 2024", "Toàn bộ sổ văn bản"."""
    if archive.year and archive.month:
        return f"Tháng {archive.month} năm {archive.year}"
    return f"Năm {archive.year}" if archive.year else "Toàn bộ sổ văn bản"


@register.filter
def first_year(archive) -> int | None:
    """The year the register begins, e.g. 2019; None while it is empty."""
    return min(archive.months, default=None)


@register.filter
def count_all(archive) -> int:
    """How many entries the register holds, whatever the filters."""
    return sum(sum(months) for months in archive.months.values())
