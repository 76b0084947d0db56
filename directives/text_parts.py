"""The text of an official document, part by part, each with its links and its notes in the margin."""

from dataclasses import dataclass, field, replace
from itertools import zip_longest

from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.contrib.table_block.blocks import TableBlock

from directives.models.reading import CANDIDATES, HELD, LISTED, NAMED, WITHIN_ARTICLE, CitedDocument, DocumentReading
from search.vietnamese.dates import spell_short

TABLE = TableBlock(template="blocks/table.html")


@dataclass(frozen=True, slots=True)
class TextPart:
    """A heading, paragraph, item or table, e.g. `TextPart("item", html, anchor="muc-1")`.

    Shape: `level` is "1" to "3" for headings; `notes` are sentences for the margin; the HTML lacks its outer
    tags unless it `is_whole`.
    """

    kind: str
    html: SafeString
    anchor: str = ""
    label: str = ""
    level: str = ""
    notes: list[SafeString] = field(default_factory=list)
    opens_list: bool = False
    closes_list: bool = False

    @property
    def is_listed(self) -> bool:
        """Whether it is a line of a list, e.g. "- Thi đua …" or "a) …"."""
        return self.kind in ("paragraph", "item") and not self.is_whole and bool(LISTED.match(strip_tags(self.html)))

    @property
    def is_cited_late(self) -> bool:
        """Whether the first citation stands in the lower half, where the note then stands too."""
        return self.html.find("<a class=") > len(self.html) / 2

    @property
    def is_whole(self) -> bool:
        """Whether the HTML brings its own block tags: a table, several paragraphs, a list."""
        return self.html.startswith(("<p", "<ul", "<ol", "<div"))

    @property
    def is_clause(self) -> bool:
        """Whether the paragraph is one that others point at: "Điều 1. …", or a section that opens in bold."""
        is_article = self.anchor.startswith("dieu-") and not WITHIN_ARTICLE.search(self.anchor)
        return bool(self.anchor) and (is_article or self.html.startswith("<b>"))


def parts_of(reading: DocumentReading) -> list[TextPart]:
    """The parts of the text in order, e.g. `[TextPart("paragraph", "Căn cứ …", notes=["…"])]`."""
    told: set[int] = set()
    return in_lists([_with_citations(part, reading, told) for part in plain_parts_of(reading.page)])


def in_lists(parts: list[TextPart]) -> list[TextPart]:
    """The parts with the first and last line of each list marked; a note in the margin ends a list."""
    marked = []
    is_within = False
    for part, following in zip_longest(parts, parts[1:]):
        if part.is_listed:
            opens, is_within = not is_within, True
            closes = bool(part.notes) or following is None or not following.is_listed
            part = replace(part, opens_list=opens, closes_list=closes)
            is_within = not closes
        marked.append(part)
    return marked


def plain_parts_of(page) -> list[TextPart]:
    """The same without links and notes, as it is printed."""
    return [_part(child.block_type, child.value) for child in page.body]


def _part(kind: str, value) -> TextPart:
    if kind == "table":
        return TextPart(kind, mark_safe(TABLE.render(value)))
    if kind == "paragraph":
        return TextPart(kind, _inner(value))
    html = _inner(value["text"]) if kind == "item" else conditional_escape(value["text"])
    return TextPart(kind, html, value["anchor"], value["short"] or "đoạn này", value.get("level", ""))


def _with_citations(part: TextPart, reading: DocumentReading, told: set[int]) -> TextPart:
    """The part with its links; the margin tells of a document where it is named first."""
    if part.kind == "table":
        return part
    linked, cited = reading.find_citations(part.html)
    new = [one for one in cited if one.citation.position not in told]
    told |= {one.citation.position for one in new}
    return replace(part, html=linked, notes=notes_beside(new))


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
        text = "<b>Chỉ biết tên.</b> {} được nhắc tên, cổng chưa có toàn văn công khai."
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
