"""What templates ask for about units."""

from django import template
from django.contrib.auth.models import AnonymousUser

from home import json_ld
from home.models import UnitPage
from home.templatetags.portal_tags import absolute
from home.unit_life import UnitReading

register = template.Library()
CLOSED = "Đã kết thúc hoạt động"


@register.simple_tag(takes_context=True)
def unit_reading(context, unit) -> UnitReading:
    """The unit as the reader may see it: `{% unit_reading page as unit %}`."""
    return UnitReading(unit, getattr(context.get("request"), "user", None) or AnonymousUser())


@register.filter
def by_kind(units: list) -> list[tuple[str, list]]:
    """Units in groups of their kind, the department first; closed ones apart at the end.

    Example: `[("Văn phòng", [unit]), ("Phòng", [unit, unit]), ("Đã kết thúc hoạt động", [unit])]`.
    """
    labels = dict(UnitPage.KINDS)
    groups: dict[str, list] = {labels["department"]: []} | {label: [] for label in labels.values()} | {CLOSED: []}
    for unit in units:
        groups[CLOSED if unit.is_closed else unit.get_kind_display()].append(unit)
    return [(label, members) for label, members in groups.items() if members]


@register.simple_tag(takes_context=True)
def unit_organization(context, unit) -> dict:
    """The unit for machines: `{% unit_organization page as data %}`."""
    parent = getattr(context.get("department"), "full_name", "")
    return json_ld.unit_organization(unit, absolute(unit.url or ""), parent)
