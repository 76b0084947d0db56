"""What the templates of archives ask for."""

from django import template

from search.archive import Archive
from search.archive_groups import Group, column_groups, form_groups, span_of
from search.heat import Heat, heat_of
from search.vietnamese.numerals import dotted as dot_thousands

register = template.Library()


@register.filter
def dotted(number: int) -> str:
    """The number as lists write it, e.g. "1.652"."""
    return dot_thousands(number)


@register.simple_tag
def heat(archive: Archive) -> Heat:
    """The calendar strip of an archive."""
    return heat_of(archive)


@register.simple_tag
def archive_form(archive: Archive) -> list[Group]:
    return form_groups(archive)


@register.simple_tag
def archive_column(archive: Archive) -> list[Group]:
    return column_groups(archive)


@register.simple_tag
def archive_kept(archive: Archive) -> list[tuple[str, str]]:
    """What the form of filters hands on without a field of its own, e.g. `[("nam", "2024")]`."""
    shown = {group.name for group in form_groups(archive)} | ({"sap_xep"} if archive.total > 1 else set())
    return [(name, value) for name, value in archive.filters.items() if name not in shown]


register.filter(span_of)


@register.filter
def adds_to(summary: str, title: str) -> bool:
    """Whether a summary says anything that the title above it does not."""
    return bool(summary) and not title.casefold().endswith(summary.casefold())


@register.filter
def order_address(archive: Archive, order: str) -> str:
    """The address of the same list in an order, e.g. "cu-nhat"; "" is the newest first."""
    return archive.address(sap_xep=order)
