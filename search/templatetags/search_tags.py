"""What the result page asks for."""

from django import template
from django.utils.safestring import SafeString

from search.listing import mark_words
from search.vietnamese.syllables import syllables

register = template.Library()


@register.filter
def mark_found(text: str, query: str) -> SafeString:
    """The text with the words of the query marked: `{{ entry.title|mark_found:query }}`."""
    return mark_words(text, set(syllables(query)))
