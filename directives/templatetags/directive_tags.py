"""What templates ask for about official documents."""

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString

from directives import json_ld
from directives.text_parts import TextPart, parts_of
from search.models import Entry

register = template.Library()


@register.simple_tag(takes_context=True)
def newest_directives(context, count: int) -> list[Entry]:
    """The newest official documents the reader may see: `{% newest_directives 6 as entries %}`."""
    user = getattr(context.get("request"), "user", None) or AnonymousUser()
    return list(Entry.objects.official().visible_to(user).newest()[:count])


@register.filter
def link_citations(html: str, reading) -> SafeString:
    """Text with its cited documents linked: `{{ task.text|link_citations:reading }}`."""
    return reading.link_citations(html)


@register.filter
def text_parts(reading) -> list[TextPart]:
    """The document part by part: `{% for part in reading|text_parts %}`."""
    return parts_of(reading)


@register.simple_tag(takes_context=True)
def legislation(context, page) -> dict:
    """The document for machines: `{% legislation page as data %}`."""
    return json_ld.legislation(page, page.get_full_url(context.get("request")) or "")
