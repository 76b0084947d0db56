"""What goes into an index and what comes out. The index knows documents, never page types.

A page describes itself as a `SearchDocument`; engines hold `IndexRecord`s and answer `SearchQuery`s.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from search.vietnamese.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for a listing row, e.g. `Picture(image_id=3, alt="Máy toàn đạc trên cánh đồng")`."""

    image_id: int
    alt: str


@dataclass(frozen=True, slots=True)
class StateDates:
    """What a row's status is computed from when it is read, e.g. `StateDates("in_force", until=date(2025, 1, 1))`.

    Shape: `claim` is the editor's own word (a key of `search.states.LABELS`), the dates may overrule it.
    """

    claim: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One page as the index sees it, e.g. `SearchDocument(kind="story", title="Giữ rừng", body="…")`."""

    kind: str
    title: str
    body: str = ""
    summary: str = ""
    byline: str = ""
    number: str = ""
    separator: str = "/"
    notation: str = ""
    issued_on: PartialDate | None = None
    sort_at: datetime | None = None
    type_key: str = ""
    type_name: str = ""
    issuer_key: str = ""
    issuer_name: str = ""
    unit_id: int | None = None
    unit_name: str = ""
    campaign_id: int | None = None
    topics: tuple[str, ...] = ()
    state: StateDates = field(default_factory=StateDates)
    picture: Picture | None = None
    is_official: bool = False
    files: tuple[int, ...] = ()
    images: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    campaign_name: str = ""


#: Facets in the order of the page; an engine counts those that a query asks for.
FACETS = ("kind", "type", "issuer", "unit", "field", "year", "campaign", "tag", "status", "attachment")
#: Matching documents are counted exactly up to this many; beyond it a result says "more than".
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """A document as every engine holds it, e.g. `IndexRecord("page:12", 3, frozenset({"public"}), title="Giữ rừng")`.

    Shape: texts are as people wrote them; each engine treats them with `search.analysis`. `audiences` are the
    tokens that open it, between `opens_at` and `closes_at`. `issued_on` is the first day of a partial date.
    `number` is as printed ("39-CT/TW"). `facets` maps a name of `FACETS` to its values; "status" is not among
    them, it is computed from `state` when asked. `attachments` is the text of the attached files.
    """

    key: str
    version: int
    audiences: frozenset[str]
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    title: str = ""
    body: str = ""
    attachments: str = ""
    number: str = ""
    kind: str = ""
    url: str = ""
    issued_on: date | None = None
    is_undated: bool = False
    sort_at: datetime | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    state: StateDates = field(default_factory=StateDates)

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it at any time: such documents have an index of their own, so that
        nothing internal shows in the counts, weights and vocabulary that strangers meet.
        """
        return "public" in self.audiences and self.opens_at is None and self.closes_at is None


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the query and what else may stand for it, as folded syllables.

    Example: `Group(("ubnd",), (("uy", "ban", "nhan", "dan"),))`; an alternative matches as a phrase.
    """

    typed: tuple[str, ...]
    others: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a query in the forms that engines and ranking ask for; built by `search.wording`.

    Shape: `syllables` folded, `exact` the same tokens with their accents (tone as a digit), `groups` cover all
    syllables in order, `number_parts` only when the query asks for a number (then those hits come first, and first
    of them those issued between `number_days`), `phrases` what stood in quotation marks. Everything empty: an
    archive, a search without words.
    """

    syllables: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    number_parts: tuple[str, ...] = ()
    number_text: str = ""
    number_days: tuple[date, date] | None = None
    phrases: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.syllables or self.number_parts)


#: Kinds that lead to content instead of being it: they have no date of their own, and give way to content that
#: answers as well.
SIGNPOSTS = frozenset({"unit", "page"})
RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
ANY_WORDS, ALL_WORDS, PHRASE = "any", "all", "phrase"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question to an engine, e.g. `SearchQuery(frozenset({"public"}), wording, now=timezone.now())`.

    Shape: `audiences` are the reader's tokens and cannot be left out. `chosen` maps a facet to the values of
    which one must hold; different facets must all hold. `since`/`until` bound `issued_on`, both inclusive.
    `with_gone` keeps documents that have lost their force; a chosen status or a number keeps them as well.
    """

    audiences: frozenset[str]
    wording: Wording
    now: datetime
    today: date
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    month: int | None = None
    match: str = ANY_WORDS
    order: str = RELEVANCE
    with_gone: bool = False
    official_only: bool = False
    hidden: frozenset[str] = frozenset()
    facets: tuple[str, ...] = ()
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document, e.g. `Hit("page:12", 7.31, title="Giữ rừng", url="/guong-dien-hinh/giu-rung/")`."""

    key: str
    score: float
    title: str = ""
    url: str = ""
    number: str = ""
    kind: str = ""
    is_number_hit: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of one facet, largest first, as if its own values were not chosen,
    e.g. `Facet("year", (("2024", 12), ("2023", 3)))`.
    """

    name: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What an engine answers. `total` is exact up to `COUNTED`; `is_more` says that there are more.

    `gone` counts what matches but is left out because it has lost its force. `is_reduced` marks the answer of
    a stand-in engine ("kết quả rút gọn").
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    is_more: bool = False
    facets: tuple[Facet, ...] = ()
    gone: int = 0
    is_reduced: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line under the search box, e.g. `Suggestion("page:12", "Về hòa giải", "39-CT/TW", "directive", "/…/")`."""

    key: str
    title: str
    number: str
    kind: str
    url: str


class EngineUnavailable(Exception):
    """The engine did not answer in time, or not with the whole answer. Never a fault of the query."""


class SearchEngine(Protocol):
    """What every engine does. All of them raise `EngineUnavailable`, nothing else, when their server is away."""

    name: str

    def put(self, records: Sequence[IndexRecord]) -> None:
        """Write the records; one whose held version is not lower stays as it is."""

    def remove(self, versions: Mapping[str, int]) -> None:
        """Remove keys, each at a version; a tombstone keeps later writes of lower versions out."""

    def search(self, query: SearchQuery) -> SearchResult: ...

    def suggest(self, text: str, query: SearchQuery, limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles, numbers and units that go on from what was typed, for the audiences of `query`."""

    def frequencies(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
        """In how many documents that these readers may see each folded syllable or pair ("thi_dua") stands."""

    def standing(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> frozenset[str]:
        """Those of the words that stand in a document that these readers may see; of common ones the engine may
        rely on what it read within the last minute.
        """

    def vocabulary(self) -> Mapping[str, int]:
        """Folded syllables of what is open to everybody, with the number of documents; may be a minute old."""

    def versions(self) -> Iterable[tuple[str, int]]:
        """Every held key with its version, ordered by key, tombstones left out."""

    def aside(self) -> "SearchEngine":
        """A new, empty index of the same kind that nobody reads yet; what is never swapped in is thrown away."""

    def swap(self, built: "SearchEngine") -> None:
        """Let readers have `built` from now on, in one step; the index read so far is kept for `roll_back`."""

    def roll_back(self) -> None:
        """Swap the kept index back in. Errors: `EngineUnavailable` when none is kept."""

    def drop(self) -> None:
        """Remove every trace of this index; for those made aside."""
