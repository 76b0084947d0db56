"""One search as a reader sees it: rows, tabs, facets, what was changed in the query. Pages, feeds, exports,
the interface for programs and mails all go through here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from search.asking import LAST_PAGE, PARAMETERS, Ask
from search.choices import Choice, Choices
from search.contract import COUNTED, FACETS, Hit, SearchEngine, SearchQuery, SearchResult
from search.curation import Curated, curated_for
from search.engines.chosen import reading_engine
from search.facet_names import telling
from search.models import Entry
from search.named_pages import KINDS_OF, pages_of_keys
from search.passages import Pieces, best_passages
from search.spelling import respell, spell
from search.vietnamese.number_parts import number_in, number_parts
from search.vietnamese.query_words import read_query
from search.vietnamese.syllables import syllables
from search.visibility import tokens_of
from search.wording import Understanding, did_you_mean, understand

PER_PAGE = 10
#: A search that finds fewer than this may have been meant otherwise.
FEW = 5
#: More documents of one number than this are no answer to who named it.
MOST_NAMED = 4


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
        self.user, self.per_page, self.facet_names = user, per_page, facets
        self.ask = ask_by_key(user, ask)
        self.engine = engine or reading_engine()
        self.now = timezone.now()
        self.tokens = tokens_of(user)

    @cached_property
    def understanding(self) -> Understanding:
        return understand(self.ask.text, self.engine, self.tokens, self.now, as_typed=self.ask.as_typed)

    @cached_property
    def used_text(self) -> str:
        """The words searched for; what was mended is spelled as the found documents spell it."""
        return self.spelled(self.understanding.used_text)

    @property
    def _found_texts(self) -> list[str]:
        return [text for row in self.rows for text in (row.entry.title, "".join(piece for piece, _ in row.passage))]

    def spelled(self, text: str) -> str:
        """Some of the words searched for, those that were mended spelled as the found documents spell them."""
        return self._spelled(text, self._found_texts)

    def _spelled(self, text: str, found: list[str]) -> str:
        typed = set(self.ask.text.split())
        return spell(text, (place for place, word in enumerate(text.split(" ")) if word not in typed), found)

    @cached_property
    def did_you_mean(self) -> str:
        """Other words that find more, for a search that finds little, e.g. "quyết định"; or the accents that
        what was found has in place of the typed ones, "nông thôn mới" of "nông thôn mơi"; "" when there are none.
        """
        if not self.ask.text or self.ask.as_typed:
            return ""
        if self.total >= FEW:
            # What was mended bears accents; who typed none asks for none.
            return respell(self.used_text, self._found_texts) if self.understanding.typed.is_accented else ""
        return self._spelled(self._meant.ask.text, self._texts_of(self._meant.result.hits)) if self._meant else ""

    @cached_property
    def _meant(self) -> "Search | None":
        """The search with other words that finds more, where little was found and not by its number."""
        if not self.ask.text or self.ask.as_typed or self.total >= FEW or self.named:
            return None
        text = did_you_mean(self.understanding, self.engine, self.tokens, self.now)
        other = Search(self.user, Ask(text=text), self.engine, facets=()) if text else None
        return other if other and other.total > self.total else None

    @cached_property
    def curated(self) -> Curated:
        """What the office has pinned to these words or hidden from them."""
        return curated_for(*self.understanding.keys) if self.ask.text else Curated()

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
            with_gone=ask.with_gone or self._is_bare_number,
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
        """The rows of this page: on the first one pinned answers and documents named by their number lead."""
        entries = {entry.pk: entry for entry in self._seen}
        found = [(hit, entries[page_id(hit)]) for hit in self._hits if page_id(hit) in entries]
        passages = best_passages([entry for _, entry in found], self.understanding)
        return [
            Row(
                entry,
                passages[entry.pk].title,
                passages[entry.pk].text,
                score=hit.score,
                is_number_hit=hit.is_number_hit,
                is_pinned=hit in self._pinned,
                source=passages[entry.pk].source,
                source_page=passages[entry.pk].source_page,
            )
            for hit, entry in found
        ]

    @cached_property
    def _hits(self) -> list[Hit]:
        leading = {hit.key: hit for hit in (*self._pinned, *self.named)}
        told = leading.keys() | (self.curated.pinned if self._is_plain else ())
        return [*leading.values(), *(hit for hit in self.result.hits if hit.key not in told)]

    @cached_property
    def _pinned(self) -> list[Hit]:
        return [Hit(key, 0.0) for key in self.curated.pinned] if self._is_plain_start else []

    @cached_property
    def number_among_words(self) -> str:
        """The number that stands among other words, e.g. "39 ct tw" of "39 ct tw thi đua"; "" when none does."""
        wording = self.understanding.wording
        return "" if wording.number_parts or self.ask.as_typed else number_in(self.understanding.used_text)

    @property
    def _is_bare_number(self) -> bool:
        """Whether nothing but a number was asked for: "88"; then what has lost its force is wanted as well."""
        return bool(self.number_among_words) and self.number_among_words == self.understanding.used_text

    @cached_property
    def named(self) -> list[Hit]:
        """Documents whose number stands among other words, those first whose titles hold most of the other words."""
        number = self.number_among_words if self._is_plain_start else ""
        if not number:
            return []
        words = read_query(number)
        asked = replace(
            Understanding(words, words).wording, number_parts=tuple(number_parts(number)), number_text=number
        )
        found = self.engine.search(replace(self.query, wording=asked, facets=(), offset=0, limit=MOST_NAMED + 1))
        hits = [hit for hit in found.hits if hit.is_number_hit]
        if len(hits) > MOST_NAMED:
            return []
        others = set(self.understanding.used.folded).difference(words.folded)
        return sorted(hits, key=lambda hit: -len(others.intersection(syllables(hit.title))))

    @property
    def _is_plain_start(self) -> bool:
        """Whether this is the first page of a search without filters."""
        return self.ask.page == 1 and self._is_plain

    @property
    def _is_plain(self) -> bool:
        return not self.ask.filter_count and not self.ask.kind

    @cached_property
    def _seen(self) -> list[Entry]:
        """Entries of the hits, of pages that facets name and of hits of other words: all that the reader may see now.

        One statement; the engine's word alone opens nothing.
        """
        # Feeds and mails, which have no filters beside them, offer no other words either.
        others = self._meant.result.hits if self.facet_names and self._meant else ()
        wanted = Q(pk__in={page_id(hit) for hit in (*self._hits, *others)})
        wanted |= telling(self.user, self.choices.pairs, self.choices.seen)
        rows = Entry.objects.visible_to(self.user, are_named=True).filter(wanted)
        return list(rows.select_related("picture").defer("folded_text"))

    def _texts_of(self, hits: Iterable[Hit]) -> list[str]:
        wanted = {page_id(hit) for hit in hits}
        return [text for entry in self._seen if entry.pk in wanted for text in (entry.title, entry.body)]

    @cached_property
    def choices(self) -> Choices:
        return Choices(self.ask, self.result.facets)

    @cached_property
    def tabs(self) -> list[Choice]:
        """Kinds with their counts, the first being all of them."""
        return self.choices.tabs()

    @cached_property
    def facets(self) -> dict[str, list[Choice]]:
        """The choices of every facet but the tabs, e.g. `{"year": [Choice("2024", …), …]}`; empty ones left out."""
        return self.choices.facets(self._seen)

    def page_address(self, number: int) -> str:
        return self.ask.address(page=number)

    @cached_property
    def with_gone_address(self) -> str:
        """The same search with what has lost its force."""
        return replace(self.ask, with_gone=True).address()


def page_id(hit: Hit) -> int:
    """Whose hit it is: `page_id(Hit("page:12", 7.31))` is 12."""
    return int(hit.key.removeprefix("page:"))


def ask_by_key(user, ask: Ask) -> Ask:
    """The search with units and campaigns named by key where an address of former times has a number."""
    numbers = {name: [value for value in ask.chosen.get(name, ()) if value.isdigit()] for name in KINDS_OF}
    if not any(numbers.values()):
        return ask
    found = pages_of_keys(user, numbers)
    chosen = {
        name: tuple(found[name, value].key if (name, value) in found else value for value in values)
        for name, values in ask.chosen.items()
    }
    return replace(ask, chosen=chosen)


__all__ = ["PARAMETERS", "Row", "Search"]
