"""Search for now: folded words over the visible entries. Later engines replace the inside, not the shape."""

from functools import cached_property

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.archive import Archive, Choice
from search.models import KINDS, Entry, EntryQuerySet
from search.vietnamese.letters import clean, fold, nfc
from search.vietnamese.number_parts import looks_like_number, number_parts
from search.vietnamese.syllables import syllables

LONGEST_QUERY = 256
MOST_WORDS = 24
TAB_ORDER = ("directive", "campaign", "story", "article", "notice", "unit", "page")


class SearchListing(Archive):
    """The visible entries that hold every word of the query, words in any order, accents or not.

    Example: `SearchListing(user, {"q": "guong dien hinh"}).page`.
    """

    def __init__(self, user, params, per_page: int = 10):
        super().__init__(Entry.objects.all(), user, params, per_page)
        raw = clean(str(params.get("q", "")))
        self.is_too_long = len(raw) > LONGEST_QUERY
        self.query = raw[:LONGEST_QUERY].strip()
        self.kind = params.get("muc", "") if params.get("muc", "") in KINDS else ""
        self.matching = self._match(self.all)
        self.all = self.matching.filter(kind=self.kind) if self.kind else self.matching

    def _match(self, rows: EntryQuerySet) -> EntryQuerySet:
        words = syllables(self.query)[:MOST_WORDS]
        if not words:
            return rows.none()
        by_words = Q()
        for word in words:
            by_words &= Q(folded_text__contains=f" {word} ")
        if looks_like_number(self.query):
            by_parts = Q()
            for part in number_parts(self.query)[:MOST_WORDS]:
                by_parts &= Q(number_text__contains=f" {part} ")
            return rows.filter(by_words | by_parts)
        return rows.filter(by_words)

    @property
    def filters(self) -> dict[str, str]:
        held = {"q": self.query, "muc": self.kind}
        return {name: value for name, value in held.items() if value} | super().filters

    @cached_property
    def entries(self):
        """Number hits first, then the kind that was asked for by its name, then titles, then the newest."""
        phrase = f" {' '.join(syllables(self.query))} "
        asked = [kind for kind, name in KINDS.items() if f" {' '.join(syllables(name))} " == phrase]
        parts = number_parts(self.query)
        number_hit = Q(number_text__contains=f" {' '.join(parts)} ") if parts else Q(pk__isnull=True)
        rows = self._narrowed(except_for="").annotate(
            is_number_hit=_as_flag(number_hit),
            is_kind_hit=_as_flag(Q(kind__in=asked)),
            is_title_hit=_as_flag(Q(folded_title__contains=phrase)),
        )
        return rows.order_by(
            "-is_number_hit", "-is_kind_hit", "-is_title_hit", "-year", "is_undated", "-issued_on", "-page_id"
        )

    @cached_property
    def tabs(self) -> list[Choice]:
        """Kinds with their counts, the first being all of them."""
        counts = dict(self.matching.values_list("kind").annotate(n=Count("pk")))
        rows = [Choice("", "Tất cả", sum(counts.values()), not self.kind, self._tab_address(""))]
        for kind in TAB_ORDER:
            if counts.get(kind):
                rows.append(Choice(kind, KINDS[kind], counts[kind], kind == self.kind, self._tab_address(kind)))
        return rows

    def _tab_address(self, kind: str) -> str:
        return self.address(muc=kind, nam="", thang="", loai="", don_vi="", co_quan="", linh_vuc="")

    @cached_property
    def rows(self) -> list[tuple[Entry, SafeString]]:
        """The entries of this page, each with its summary and the words found marked."""
        words = set(syllables(self.query))
        return [(entry, mark_words(entry.summary, words)) for entry in self.page]


def _as_flag(condition: Q):
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def mark_words(text: str, words: set[str]) -> SafeString:
    """The text, escaped, with each found syllable in `<mark>`, e.g. "Gương <mark>điển</mark> hình" for {"dien"}."""
    pieces, word = [], []

    def close() -> None:
        joined = "".join(word)
        pieces.append(f"<mark>{escape(joined)}</mark>" if fold(joined) in words else str(escape(joined)))
        word.clear()

    for letter in nfc(text):
        if letter.isalnum():
            word.append(letter)
        else:
            close()
            pieces.append(str(escape(letter)))
    close()
    return mark_safe("".join(pieces).replace("</mark> <mark>", " "))
