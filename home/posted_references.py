"""Which pages, pictures and files a posted form names, and by which of its fields."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import ChooserBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.blocks.base import BlockWidget
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.models import Page

from home.models import PortalDocument, PortalImage

PAGE, IMAGE, FILE = "page", "image", "file"
MODELS = {PAGE: Page, IMAGE: PortalImage, FILE: PortalDocument}
ENTITIES = {"LINK": PAGE, "IMAGE": IMAGE, "DOCUMENT": FILE}


@dataclass(frozen=True, slots=True)
class Posted:
    """One posted number, e.g. `Posted("image", 12, "body-0-value-image")`.

    Shape: `number` is 0 for what is no number; `entity` is the key of a link within running text.
    """

    kind: str
    number: int
    name: str
    entity: str = ""


def posted_references(form) -> Iterator[tuple[forms.BaseForm, str, Posted]]:
    """Each reference with the form and the field it stands in, rows of inline panels included."""
    for field_name, field in form.fields.items():
        for posted in _in_field(field, form.data, form.add_prefix(field_name)):
            yield form, field_name, posted
    for formset in getattr(form, "formsets", {}).values():
        if _names_something(formset.form):
            for row in formset.forms:
                yield from posted_references(row)


def _names_something(form_class) -> bool:
    widgets = (BlockWidget, BaseChooser, DraftailRichTextArea)
    held = (field.widget for field in form_class.base_fields.values())
    return any(isinstance(widget, widgets) for widget in held) or bool(getattr(form_class, "formsets", None))


def _in_field(field, data, name: str) -> Iterator[Posted]:
    if isinstance(field.widget, BlockWidget):
        yield from _in_block(field.widget.block_def, data, name)
    elif isinstance(field.widget, DraftailRichTextArea):
        yield from _in_text(data, name)
    elif isinstance(field, forms.ModelChoiceField) and isinstance(field.widget, BaseChooser):
        yield from _chosen(field.queryset.model, data, name)


def _in_block(block, data, name: str) -> Iterator[Posted]:
    """Names are made as Wagtail's blocks make them when they read a form."""
    if isinstance(block, BaseStreamBlock):
        for place in _places(data, name):
            if child := block.child_blocks.get(data.get(f"{place}-type")):
                yield from _in_block(child, data, f"{place}-value")
    elif isinstance(block, ListBlock):
        for place in _places(data, name):
            yield from _in_block(block.child_block, data, f"{place}-value")
    elif isinstance(block, StructBlock):
        for child_name, child in block.child_blocks.items():
            yield from _in_block(child, data, f"{name}-{child_name}")
    elif isinstance(block, ChooserBlock):
        yield from _chosen(block.model_class, data, name)
    elif isinstance(block, RichTextBlock):
        yield from _in_text(data, name)


def _places(data, name: str) -> Iterator[str]:
    for index in range(_number(data.get(f"{name}-count"))):
        place = f"{name}-{index}"
        if f"{place}-deleted" not in data:
            return
        if not data.get(f"{place}-deleted"):
            yield place


def _chosen(model, data, name: str) -> Iterator[Posted]:
    kind = next((kind for kind, each in MODELS.items() if issubclass(model, each)), None)
    if kind and (value := data.get(name)):
        yield Posted(kind, _number(value), name)


def _in_text(data, name: str) -> Iterator[Posted]:
    for key, entity in _entities(_content(data.get(name))).items():
        kind = ENTITIES.get(entity.get("type"))
        number = (entity.get("data") or {}).get("id")
        if kind and number is not None:
            yield Posted(kind, _number(number), name, key)


def _content(value) -> dict:
    try:
        content = json.loads(value or "{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _entities(content: dict) -> dict:
    held = content.get("entityMap")
    return held if isinstance(held, dict) else {}


def _number(value) -> int:
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def strike(data, posted: Posted) -> None:
    """Take the reference out of what was posted; the words of a link stay."""
    if not posted.entity:
        data[posted.name] = ""
        return
    content = _content(data[posted.name])
    _entities(content).pop(posted.entity, None)
    for block in content.get("blocks", []):
        ranges = block.get("entityRanges") or []
        block["entityRanges"] = [each for each in ranges if str(each.get("key")) != posted.entity]
    data[posted.name] = json.dumps(content, ensure_ascii=False)
