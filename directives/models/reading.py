"""An official document as one reader may see it: citations resolved, contents listed, text with links."""

import re
from functools import cached_property
from html import escape as escape_html
from html import unescape

from django.utils.html import conditional_escape, escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from directives.models.citation import Citation
from directives.models.relation import Relation
from search.models import Entry

HELD, CANDIDATES, NAMED = "held", "candidates", "named"
OPENING_BOLD = re.compile(r"^(?:<p[^>]*>)?<b>(.*?)</b>", re.DOTALL)
LONGEST_NAME = 12
LISTED = re.compile(r"\s*(?:[-–+•]|[a-zđ]\))")
CSS = {HELD: "cite", CANDIDATES: "cite cd", NAMED: "cite nm"}


class CitedDocument:
    """One citation with what this reader may know of its target."""

    def __init__(self, citation: Citation, entries: dict[int, Entry]):
        self.citation = citation
        self.entry = entries.get(citation.target_id)
        # A document the reader may not see is not even counted.
        seen = [candidate | {"entry": entries.get(candidate.get("page_id"))} for candidate in citation.candidates]
        self.candidates = [candidate for candidate in seen if candidate["entry"]]
        if len(self.candidates) > 1:
            self.entry = None

    @property
    def status(self) -> str:
        if self.entry:
            return HELD
        return CANDIDATES if any(row["entry"] for row in self.candidates) else NAMED

    @property
    def anchor(self) -> str:
        return f"vien-dan-{self.citation.position + 1}"


class DocumentReading:
    """What templates ask of a document, with a fixed number of queries however long it is."""

    def __init__(self, page, user, is_draft: bool = False):
        self.page = page
        self.user = user
        self.is_draft = is_draft

    @cached_property
    def entries(self) -> dict[int, Entry]:
        """The listing rows of the document and of all it names, as far as the reader may see them."""
        wanted = {self.page.pk, self.page.unit_id}
        wanted |= {row.target_id for row in self._citation_rows}
        wanted |= {candidate.get("page_id") for row in self._citation_rows for candidate in row.candidates}
        wanted |= {row.other_than(self.page.pk) for row in self._relation_rows}
        return Entry.objects.visible_to(self.user).in_bulk(wanted - {None})

    @cached_property
    def _citation_rows(self) -> list[Citation]:
        return list(Citation.objects.filter(page_id=self.page.pk).order_by("position"))

    @cached_property
    def _relation_rows(self) -> list[Relation]:
        return list(Relation.objects.touching(self.page.pk))

    @property
    def unit(self) -> Entry | None:
        """The unit that drafted it, None when the reader may not see it."""
        return self.entries.get(self.page.unit_id)

    @property
    def topics(self) -> list[str]:
        own = self.entries.get(self.page.pk)
        return own.topic_names if own else [field.name for field in self.page.fields.all()]

    @cached_property
    def citations(self) -> list[CitedDocument]:
        """The cited documents in the order of the text; a target the reader may not see stays a name."""
        return [CitedDocument(row, self.entries) for row in self._citation_rows]

    @cached_property
    def cited_by(self) -> list[Entry]:
        """Documents that cite this one, newest first, those the reader may see."""
        citing = Citation.objects.filter(target_id=self.page.pk).values("page_id")
        return list(Entry.objects.visible_to(self.user).filter(page_id__in=citing).newest()[:20])

    @cached_property
    def relations(self) -> list[tuple[str, Entry]]:
        """Related documents with the relation in words, e.g. `("Bị thay thế bởi", entry)`."""
        pairs = [(row, self.entries.get(row.other_than(self.page.pk))) for row in self._relation_rows]
        return [(row.label_seen_from(self.page.pk), entry) for row, entry in pairs if entry]

    @cached_property
    def notices(self) -> list[tuple[str, Entry]]:
        """Relations that change how the text must be read, for the banner on top."""
        weighty = {
            "Được đính chính bởi",
            "Bị thay thế bởi",
            "Bị bãi bỏ bởi",
            "Bị thu hồi bởi",
            "Được sửa đổi, bổ sung bởi",
        }
        return [(label, entry) for label, entry in self.relations if label in weighty]

    @cached_property
    def contents(self) -> list[dict]:
        """The table of contents, e.g. `{"anchor": "muc-1", "text": "1. …", "is_sub": False}`."""
        rows = [
            {"anchor": child.value["anchor"], "text": name_in_contents(child), "is_sub": is_listed(child)}
            for child in self.page.body
            if child.block_type in ("heading", "item") and child.value["anchor"]
        ]
        if rows and self.page.recipients:
            rows.append({"anchor": "noi-nhan", "text": "Nơi nhận", "is_sub": False})
        return [row for row in rows if row["text"]]

    def link_citations(self, html: str) -> SafeString:
        """The paragraph with each cited phrase linked to the list of cited documents.

        Example: `link_citations("Theo Chỉ thị số 05-CT/TW; …")` links "Chỉ thị số 05-CT/TW", once per paragraph.
        """
        html = str(conditional_escape(html))
        waiting = {
            written: cited for cited in reversed(self.citations) for written in written_in_html(cited.citation.text)
        }
        # The longest phrase first, and each place once: a link never lands inside another.
        phrases = sorted(waiting, key=len, reverse=True)
        if not phrases:
            return mark_safe(html)

        def link(match: re.Match) -> str:
            cited = waiting[match[0]]
            if cited in linked:
                return match[0]
            linked.append(cited)
            words = mark_safe(match[0])
            return format_html('<a class="{}" href="#{}">{}</a>', CSS[cited.status], cited.anchor, words)

        linked: list[CitedDocument] = []
        return mark_safe(re.sub("|".join(map(re.escape, phrases)), link, html))


def written_in_html(text: str) -> set[str]:
    """A phrase as it may stand in HTML: with and without its quotation marks escaped."""
    return {str(escape(text)), escape_html(text, quote=False)} if text else set()


def is_listed(child) -> bool:
    """Whether a part is a line of a list, e.g. "- Thi đua …" or "a) …": those stand one step in."""
    return child.block_type == "item" and bool(LISTED.match(strip_tags(str(child.value["text"]))))


def name_in_contents(child) -> str:
    """How the contents call a part: its short name, else the beginning of its heading.

    Example: "1. Phát động phong trào thi đua trong toàn ngành với mục tiêu …"; "" for a line of a list.
    """
    if child.value["short"] or is_listed(child):
        return child.value["short"]
    text = str(child.value["text"])
    heading = text if child.block_type == "heading" else "".join(OPENING_BOLD.findall(text))
    return Truncator(unescape(strip_tags(heading))).words(LONGEST_NAME, truncate=" …")
