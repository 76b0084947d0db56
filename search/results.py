"""One search as a reader sees it: rows, tabs, facets, what was changed in the query. Pages, feeds, exports,
the interface for programs and mails all go through here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from search.asking import LAST_PAGE, PARAMETERS, Ask
from search.contract import COUNTED, FACETS, Hit, SearchEngine, SearchQuery, SearchResult
from search.curation import Curated, curated_for
from search.engines.chosen import reading_engine
from search.labels import labels_of
from search.models import KINDS, AttachmentPage, Entry
from search.spelling import spell
from search.states import LABELS
from search.vietnamese.snippets import marked, snippet
from search.visibility import tokens_of
from search.wording import Understanding, did_you_mean, understand

PER_PAGE = 10
#: A search that finds fewer than this may have been meant otherwise.
FEW = 5
MOST_CHOICES = 20
# Facets whose values have names that are kept; the others read as they stand or by the rules of status.
_NAMED = ("type", "issuer", "unit", "field", "campaign", "tag")
TAB_ORDER = ("directive", "campaign", "story", "article", "notice", "unit", "page")
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, e.g. `Choice("2024", "2024", 12, False, "?q=đất&nam=2024")`."""

    value: str
    label: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A found entry with its title and best passage in pieces, found words marked.

    Shape: `source` is the attached file and `source_page` its page when the passage comes from there.
    """

    entry: Entry
    title: Pieces
    passage: Pieces
    source: str = ""
    source_page: int = 0
    score: float = 0.0
    is_number_hit: bool = False
    is_pinned: bool = False


class Search:
    """The answer to an `Ask` for one reader, e.g. `Search(user, read_ask(request.GET)).rows`.

    Everything is worked out when first asked for; hits, counts, facets and rows are of the reader's audience.
    """

    def __init__(
        self,
        user,
        ask: Ask,
        engine: SearchEngine | None = None,
        per_page: int = PER_PAGE,
        facets: tuple[str, ...] = FACETS,
    ):
        self.user, self.ask, self.per_page, self.facet_names = user, ask, per_page, facets
        self.engine = engine or reading_engine()
        self.now = timezone.now()
        self.tokens = tokens_of(user)

    @cached_property
    def understanding(self) -> Understanding:
        return understand(self.ask.text, self.engine, self.tokens, self.now, as_typed=self.ask.as_typed)

    @cached_property
    def used_text(self) -> str:
        """The words searched for; what was mended is spelled as the found documents spell it."""
        return self._spelled(self.understanding.used_text)

    def _spelled(self, text: str) -> str:
        found = [text for row in self.rows for text in (row.entry.title, "".join(piece for piece, _ in row.passage))]
        typed = set(self.ask.text.split())
        return spell(text, (place for place, word in enumerate(text.split(" ")) if word not in typed), found)

    @cached_property
    def did_you_mean(self) -> str:
        """Other words that find more, for a search that finds little, e.g. "quyết định"; "" when there are none."""
        if not self.ask.text or self.total >= FEW or self.ask.as_typed:
            return ""
        text = did_you_mean(self.understanding, self.engine, self.tokens, self.now)
        if not text:
            return ""
        other = Search(self.user, Ask(text=text), self.engine, facets=())
        return other._spelled(text) if other.total > self.total else ""

    @cached_property
    def curated(self) -> Curated:
        """What the office has pinned to these words or hidden from them."""
        return curated_for(self.understanding.key) if self.ask.text else Curated()

    @property
    def query(self) -> SearchQuery:
        """The question put to the engine."""
        ask = self.ask
        return SearchQuery(
            audiences=self.tokens,
            wording=self.understanding.wording,
            now=self.now,
            today=timezone.localtime(self.now).date(),
            chosen=ask.chosen,
            since=ask.since,
            until=ask.until,
            month=ask.month,
            match=ask.match,
            order=ask.order,
            with_gone=ask.with_gone,
            hidden=self.curated.hidden,
            facets=self.facet_names,
            offset=(ask.page - 1) * self.per_page,
            limit=self.per_page,
        )

    @cached_property
    def result(self) -> SearchResult:
        if self.ask.text and not self.understanding.wording:
            return SearchResult()
        return self.engine.search(self.query)

    @property
    def total(self) -> int:
        return self.result.total

    @property
    def last_page(self) -> int:
        """The last page that can be opened, e.g. 7; never past the hundredth."""
        return max(1, min(LAST_PAGE, -(-min(self.total, COUNTED) // self.per_page)))

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of this page: pinned answers first on the first page, then the hits in their order."""
        pinned = [Hit(key, 0.0) for key in self.curated.pinned] if self._shows_pins else []
        pinned_keys = {hit.key for hit in pinned}
        hits = pinned + [hit for hit in self.result.hits if hit.key not in pinned_keys]
        entries = self._entries(hit.key for hit in hits)
        found = [(hit, entries[hit.key]) for hit in hits if hit.key in entries]
        passages = self._passages([entry for _, entry in found])
        return [
            Row(
                entry,
                marked(entry.title, self.understanding.terms),
                *self._best_passage(entry, passages.get(entry.pk, ())),
                score=hit.score,
                is_number_hit=hit.is_number_hit,
                is_pinned=hit.key in pinned_keys,
            )
            for hit, entry in found
        ]

    @property
    def _shows_pins(self) -> bool:
        return self.ask.page == 1 and not self.ask.filter_count and not self.ask.kind

    def _entries(self, keys: Iterable[str]) -> dict[str, Entry]:
        """The entries the reader may see now; the engine's word alone opens nothing."""
        ids = [int(key.removeprefix("page:")) for key in keys]
        rows = Entry.objects.visible_to(self.user).filter(page_id__in=ids).select_related("picture")
        return {f"page:{entry.pk}": entry for entry in rows.defer("folded_text")}

    def _passages(self, entries: list[Entry]) -> dict[int, list[AttachmentPage]]:
        """Pages of attached files for those rows whose own text does not hold the words."""
        wanted = [entry.pk for entry in entries if entry.has_files and not self._is_marked(self._body_piece(entry))]
        pages: dict[int, list[AttachmentPage]] = {}
        if wanted and self.understanding.terms:
            for page in self._pages_with_words(wanted):
                pages.setdefault(page.page_id, []).append(page)
        return pages

    def _pages_with_words(self, page_ids: list[int]) -> QuerySet[AttachmentPage]:
        return AttachmentPage.objects.holding(self.understanding.terms).filter(page_id__in=page_ids)

    def _best_passage(self, entry: Entry, pages: Iterable[AttachmentPage]) -> tuple[Pieces, str, int]:
        own = self._body_piece(entry)
        if not self._is_marked(own):
            for page in pages:
                piece = snippet(page.text, self.understanding.terms)
                if self._is_marked(piece):
                    return piece, page.file_name, page.number
        return own, "", 0

    def _body_piece(self, entry: Entry) -> Pieces:
        # The text of a document begins with its abstract, which is the title of the row.
        body = entry.body.removeprefix(entry.title)
        piece = snippet(body, self.understanding.terms) if body else []
        if self._is_marked(piece) or not entry.summary:
            return piece
        return snippet(entry.summary, self.understanding.terms)

    @staticmethod
    def _is_marked(pieces: Pieces) -> bool:
        return any(is_marked for _, is_marked in pieces)

    @cached_property
    def tabs(self) -> list[Choice]:
        """Kinds with their counts, the first being all of them."""
        counts = dict(self._counts("kind"))
        rows = [Choice("", "Tất cả", sum(counts.values()), not self.ask.kind, self.ask.with_tab("").address())]
        for kind in TAB_ORDER:
            if counts.get(kind) or kind == self.ask.kind:
                address = self.ask.with_tab(kind).address()
                rows.append(Choice(kind, KINDS[kind], counts.get(kind, 0), kind == self.ask.kind, address))
        return rows

    @cached_property
    def facets(self) -> dict[str, list[Choice]]:
        """The choices of every facet but the tabs, e.g. `{"year": [Choice("2024", …), …]}`; empty ones left out."""
        counted = {facet.name: list(facet.counts) for facet in self.result.facets if facet.name != "kind"}
        for name, values in self.ask.chosen.items():
            if name in counted:
                held = {value for value, _ in counted[name]}
                counted[name] += [(value, 0) for value in values if value not in held]
        kept = ((name, value) for name, counts in counted.items() if name in _NAMED for value, _ in counts)
        labels = labels_of(kept)
        named = {name: self._choices(name, counts, labels) for name, counts in counted.items()}
        return {name: choices for name, choices in named.items() if choices}

    def _counts(self, name: str) -> tuple[tuple[str, int], ...]:
        return next((facet.counts for facet in self.result.facets if facet.name == name), ())

    def _choices(self, name: str, counts: list[tuple[str, int]], labels: dict) -> list[Choice]:
        chosen = self.ask.chosen.get(name, ())
        if name == "year":
            counts = sorted(counts, reverse=True)
        kept = [pair for pair in counts if pair[0] in chosen]
        kept = (counts[:MOST_CHOICES] + [pair for pair in kept if pair not in counts[:MOST_CHOICES]]) if counts else []
        return [
            Choice(
                value,
                _label(name, value, labels),
                count,
                value in chosen,
                self.ask.with_value(name, value).address(),
            )
            for value, count in kept
        ]

    def page_address(self, number: int) -> str:
        return self.ask.address(page=number)

    @cached_property
    def with_gone_address(self) -> str:
        """The same search with what has lost its force."""
        return replace(self.ask, with_gone=True).address()


def _label(name: str, value: str, labels: dict[tuple[str, str], str]) -> str:
    if name == "status":
        return LABELS[value][0]
    if name == "attachment":
        return "Có tệp đính kèm"
    return labels.get((name, value), value)


__all__ = ["PARAMETERS", "Choice", "Row", "Search"]
