"""What the office's pages say of a file."""

from django import template

from home.models import PortalDocument
from home.traces import traces_of

register = template.Library()


@register.simple_tag
def file_traces(document: PortalDocument) -> list[str]:
    """What the file still tells of the people who made it, as sentences."""
    return traces_of(document) if document and document.pk and document.file else []
