"""An official document as one reader may see it: citations resolved, contents listed, text with links."""

import re
from functools import cached_property
from html import unescape
from itertools import zip_longest

from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from directives.models.citation import Citation
from directives.models.linking import drafted_citations
from directives.models.mentions import TAKEN, Mention, mentions_of
from directives.models.original import Original, Twin
from directives.models.relation import Relation
from directives.models.stub import DocumentStub
from search.models import Entry

HELD, CANDIDATES, NAMED = "held", "candidates", "named"
OPENING_BOLD = re.compile(r"^(?:<p[^>]*>)?<b>(.*?)</b>", re.DOTALL)
LONGEST_NAME = 12
MOST_CITING = 20
LISTED = re.compile(r"\s*(?:[-–+•]|[a-zđ]\))")
BARE_CHAPTER = re.compile(r"\s*(?:chương|phần|mục)\s+(?:thứ\s+)?\w+\s*[.:]?\s*$", re.IGNORECASE)
WITHIN_ARTICLE = re.compile(r"^dieu-.*-(?:khoan|diem)-")
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

    @property
    def address(self) -> str:
        """Where the cited words lead: to the document, or to what is known of it below the text."""
        return self.entry.url if self.entry else f"#{self.anchor}"

    @property
    def outside(self) -> DocumentStub | None:
        """Where else the document can be read, when the office has checked that; the site itself lacks it then."""
        stub = self.citation.stub
        return stub if stub and stub.public_address and self.status == NAMED else None


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
        if self.is_draft:
            return drafted_citations(self.page)
        rows = Citation.objects.filter(page_id=self.page.pk)
        return list(rows.select_related("stub").order_by("position"))

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
    def _citing(self) -> list[Entry]:
        citing = Citation.objects.filter(target_id=self.page.pk).values("page_id")
        return list(Entry.objects.visible_to(self.user).filter(page_id__in=citing).newest()[: MOST_CITING + 1])

    @property
    def cited_by(self) -> list[Entry]:
        """Documents that cite this one, the newest first, those the reader may see."""
        return self._citing[:MOST_CITING]

    @property
    def is_cited_by_more(self) -> bool:
        """Whether more documents cite this one than are listed: search finds the rest."""
        return len(self._citing) > MOST_CITING

    @cached_property
    def originals(self) -> dict[int, Original]:
        """What is known of the attached files, by their numbers."""
        files = [child.value["document"] for child in self.page.attachments]
        return Original.objects.in_bulk([file.pk for file in files if file])

    @cached_property
    def twin(self) -> Twin:
        """What the readable text is a twin of."""
        return Twin.of(self.page, self.originals)

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
            {"anchor": child.value["anchor"], "text": name_in_contents(child, after), "is_sub": is_listed(child)}
            for child, after in zip_longest(self.page.body, [*self.page.body][1:])
            if child.block_type in ("heading", "item") and child.value["anchor"] and not is_clause(child)
        ]
        if rows and self.page.recipients:
            rows.append({"anchor": "noi-nhan", "text": "Nơi nhận", "is_sub": False})
        return [row for row in rows if row["text"]]

    @cached_property
    def _mentions(self) -> list[Mention]:
        return mentions_of([cited.citation for cited in self.citations])

    def link_citations(self, html: str) -> SafeString:
        """The paragraph with each cited document linked, or leading to the list of cited documents.

        Example: `link_citations("Theo Chỉ thị số 05-CT/TW; …")` links "Chỉ thị số 05-CT/TW", once per paragraph.
        """
        return self.find_citations(html)[0]

    def find_citations(self, html: str) -> tuple[SafeString, list[CitedDocument]]:
        """The same, and which citations the paragraph holds, in their order."""
        html = str(conditional_escape(html))
        here = [mention for mention in self._mentions if mention.needle in html]
        linked: list[CitedDocument] = []

        def link(match: re.Match) -> str:
            # The first group is what must stay as it is; each mention has the next one.
            cited = self.citations[here[match.lastindex - 2].position] if match.lastindex != 1 else None
            if cited is None or cited in linked:
                return match[0]
            linked.append(cited)
            words = mark_safe(match[0])
            return format_html('<a class="{}" href="{}">{}</a>', CSS[cited.status], cited.address, words)

        if here:
            # Each place once: a link never lands inside another.
            patterns = "|".join(f"({pattern})" for pattern in (TAKEN, *(mention.pattern for mention in here)))
            html = re.sub(patterns, link, html, flags=re.DOTALL)
        return mark_safe(html), sorted(linked, key=lambda cited: cited.citation.position)


def is_listed(child) -> bool:
    """Whether a part is a line of a list, e.g. "- Thi đua …" or "a) …": those stand one step in."""
    return child.block_type == "item" and bool(LISTED.match(strip_tags(str(child.value["text"]))))


def is_clause(child) -> bool:
    """Whether a part is a clause or point of an article: those have an address, but the contents end at articles."""
    return bool(WITHIN_ARTICLE.search(child.value["anchor"]))


def name_in_contents(child, after=None) -> str:
    """How the contents call a part: its short name, else the beginning of its heading.

    Example: "1. Phát động phong trào thi đua trong toàn ngành với mục tiêu …"; "" for a line of a list. The name of
    a chapter stands in the part after it: "Chương II. Tổ chức thực hiện".
    """
    if child.value["short"] or is_listed(child):
        return child.value["short"]
    text = str(child.value["text"])
    heading = text if child.block_type == "heading" else "".join(OPENING_BOLD.findall(text))
    if BARE_CHAPTER.match(strip_tags(text)) and after is not None and (name := chapter_name(after)):
        heading = f"{heading.rstrip(' .:')}. {name}"
    return Truncator(unescape(strip_tags(heading))).words(LONGEST_NAME, truncate=" …")


def chapter_name(child) -> str:
    """The name of a chapter that stands under its number, "" where a part with an address of its own follows."""
    if child.block_type == "heading" and not child.value["anchor"]:
        return child.value["text"]
    text = " ".join(unescape(strip_tags(str(child.value))).split()) if child.block_type == "paragraph" else ""
    return text if text.isupper() else ""
