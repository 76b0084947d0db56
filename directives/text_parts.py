"""The text of an official document, part by part, each with its links and its notes in the margin."""

from dataclasses import dataclass, field

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from directives.models.reading import CANDIDATES, HELD, NAMED, CitedDocument, DocumentReading
from search.vietnamese.dates import spell_short


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading, paragraph, item or table, e.g. `TextPart("item", html, anchor="muc-1")`.

    Shape: `level` is "1" to "3" for headings; `value` is the block's value for tables; `notes` are sentences.
    """

    kind: str
    html: SafeString
    anchor: str = ""
    label: str = ""
    level: str = ""
    value: object = None
    notes: list[SafeString] = field(default_factory=list)


def parts_of(reading: DocumentReading) -> list[TextPart]:
    """The parts of the text in order, e.g. `[TextPart("paragraph", "Căn cứ …", notes=["…"])]`."""
    return [_part(child.block_type, child.value, reading) for child in reading.page.body]


def _part(kind: str, value, reading: DocumentReading) -> TextPart:
    if kind == "table":
        return TextPart(kind, mark_safe(""), value=value)
    if kind == "paragraph":
        html, anchor, label, level = _inner(value), "", "", ""
    else:
        html = _inner(value["text"]) if kind == "item" else value["text"]
        anchor, label, level = value["anchor"], value["short"], value.get("level", "")
    linked = reading.link_citations(html)
    notes = notes_beside([cited for cited in reading.citations if f'href="#{cited.anchor}"' in linked])
    return TextPart(kind, linked, anchor, label or "đoạn này", level, notes=notes)


def _inner(text) -> SafeString:
    """Rich text as HTML; one lone paragraph loses its tags, since the template writes them."""
    html = str(text)
    lone = html.startswith("<p") and html.endswith("</p>") and html.count("<p") == 1
    return mark_safe(html[html.index(">") + 1 : -len("</p>")] if lone else html)


def notes_beside(cited: list[CitedDocument]) -> list[SafeString]:
    """What the margin says about the citations of a paragraph, the undecided ones first.

    Example: `["<b>39-CT/TW: chưa xác định.</b> Có 2 văn bản cùng số, ký hiệu; câu viện dẫn không có ngày."]`.
    """
    notes = [_undecided(one) for one in cited if one.status == CANDIDATES]
    if named := sum(one.status == NAMED for one in cited):
        text = "<b>Chỉ biết tên.</b> {} được nhắc tên, cổng chưa có toàn văn."
        notes.append(format_html(text, "Văn bản này" if named == 1 else f"{named} văn bản ở đoạn này"))
    if held := [one.entry for one in cited if one.status == HELD]:
        names = format_html_join(
            mark_safe("; "), "<b>{}</b>{}", ((printed(entry), f" {day_of(entry)}") for entry in held)
        )
        notes.append(format_html("{} có trên cổng.", names))
    return notes


def _undecided(cited: CitedDocument) -> SafeString:
    row = cited.citation
    name = f"{row.number}{row.separator}{row.notation}" if row.notation else row.text
    reason = "" if row.issued_on else "; câu viện dẫn không có ngày"
    text = "<b>{}: chưa xác định.</b> Có {} văn bản cùng số, ký hiệu{}."
    return format_html(text, name, len(cited.candidates), reason)


def printed(entry) -> str:
    """Number and notation of a listing row as cited, its title when it has none."""
    if not entry.notation:
        return entry.number or entry.title
    return f"{entry.number or '…'}{entry.separator}{entry.notation}"


def day_of(entry) -> str:
    """The date as the margin says it, e.g. "ngày 15/05/2016", "năm 2024"."""
    if not entry.issued_date:
        return ""
    text = spell_short(entry.issued_date)
    return f"ngày {text}" if entry.issued_date.precision == "day" else text
