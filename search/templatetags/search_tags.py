"""What the result page and the archives ask for."""

from collections.abc import Iterable

from django import template
from django.db.models import prefetch_related_objects
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.vietnamese.numerals import counted
from search.vietnamese.query_words import without_quotes

register = template.Library()
register.filter("counted", counted)
register.filter("without_quotes", without_quotes)


@register.filter
def with_marks(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Pieces of a text as HTML, escaped, the found ones marked: "Luật <mark>Đất đai</mark>"."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if is_found else text,) for text, is_found in pieces)
    )


@register.filter
def says_more_than(pieces: Iterable[tuple[str, bool]], title: str) -> bool:
    """Whether a passage adds anything to the title it stands under."""
    text = "".join(text for text, _ in pieces).strip(" ….").casefold()
    return bool(text) and text not in title.casefold()


@register.filter
def total_of(result) -> str:
    """How much was found, e.g. "12", "hơn 10.000"."""
    return counted(result.total, result.is_more)


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
