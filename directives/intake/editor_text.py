"""Readable text in the very form in which the page editor keeps it.

The editor gives each paragraph a key and drops what it does not know. A page that was stored otherwise would count as
edited as soon as an approver opens it, and whoever edits may not approve.
"""

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import RichText

from directives.blocks import TEXT_FEATURES


def as_the_editor_keeps(body) -> list[tuple[str, object]]:
    """The blocks of a page's text, prose with its keys: `[("paragraph", RichText('<p data-block-key="f8k2a">…'))]`."""
    converter = ContentstateConverter(TEXT_FEATURES)
    return [(child.block_type, _kept(child.block_type, child.value, converter)) for child in body]


def _kept(kind: str, value, converter: ContentstateConverter):
    if kind == "paragraph":
        return _keyed(value, converter)
    if kind == "item":
        return dict(value) | {"text": _keyed(value["text"], converter)}
    return value


def _keyed(text: RichText, converter: ContentstateConverter) -> RichText:
    return RichText(converter.to_database_format(converter.from_database_format(text.source)))
