"""What templates ask for about units."""

from django import template
from django.contrib.auth.models import AnonymousUser

from home import json_ld, unit_life
from home.models import UnitPage
from search.visibility import restrict

register = template.Library()


def reader_of(context):
    return getattr(context.get("request"), "user", None) or AnonymousUser()


@register.simple_tag(takes_context=True)
def visible_units(context, units) -> list[UnitPage]:
    """Those of the units the reader may see: `{% visible_units page.successors.all as successors %}`."""
    return list(restrict(units.order_by("path"), reader_of(context)))


@register.simple_tag(takes_context=True)
def child_units(context, unit) -> list[UnitPage]:
    """The units directly under this one that are still at work and that the reader may see."""
    below = UnitPage.objects.child_of(unit).order_by("path")
    return [child for child in restrict(below, reader_of(context)) if not child.is_closed]


@register.simple_tag(takes_context=True)
def published_by(context, unit) -> dict:
    """Documents, stories and news of a unit: `{% published_by page as published %}`."""
    return unit_life.entries_of_unit(unit, reader_of(context))


@register.filter
def strands(unit) -> list[unit_life.Strand]:
    return unit_life.strands_of(unit)


@register.filter
def former_names(unit) -> list:
    return unit_life.former_names(unit)


@register.filter
def leaders_today(unit) -> list:
    """Leaders in office by rank, equals by given name."""
    return unit_life.leaders_by_rank(unit.leaders_now())


@register.filter
def past_leaders(unit) -> list:
    return unit_life.past_leaders(unit, unit.leaders_now())


@register.filter
def by_kind(units: list) -> list[tuple[str, list]]:
    """Units in groups of their kind, in the order of the kinds; closed ones apart at the end.

    Example: `[("Văn phòng", [unit]), ("Phòng", [unit, unit]), ("Đã kết thúc hoạt động", [unit])]`.
    """
    groups = {label: [] for _, label in UnitPage.KINDS}
    closed = []
    for unit in units:
        (closed if unit.is_closed else groups[unit.get_kind_display()]).append(unit)
    named = [(label, members) for label, members in groups.items() if members]
    return [*named, ("Đã kết thúc hoạt động", closed)] if closed else named


@register.simple_tag(takes_context=True)
def unit_organization(context, unit) -> dict:
    """The unit for machines: `{% unit_organization page as data %}`."""
    parent = getattr(context.get("department"), "full_name", "")
    return json_ld.unit_organization(unit, unit.get_full_url(context.get("request")) or "", parent)
