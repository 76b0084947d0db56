"""What a typed query is taken to mean: raw Telex decoded, slips corrected, abbreviations spelled both ways.

Whatever is changed is said, and `as_typed` takes it back. Everything is judged by the words of documents that
the reader may see.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from search.abbreviation_table import current as current_abbreviations
from search.contract import Group, SearchEngine, Wording
from search.vietnamese.abbreviations import Expansion
from search.vietnamese.correction import correct, suggest
from search.vietnamese.letters import nfc
from search.vietnamese.query_words import QueryWords, Word, read_query
from search.vietnamese.syllables import exact_tokens, pairs, syllables
from search.vietnamese.typing_marks import decode_words

DECODED, CORRECTED = "decoded", "corrected"
Answer = TypeVar("Answer")
_OTHER_I = str.maketrans("iyIY", "yiYI")


@dataclass(frozen=True, slots=True)
class Change:
    """A word that was read as another, e.g. `Change("decoded", "ddaats", "đất")`."""

    kind: str
    typed: str
    used: str


@dataclass(frozen=True)
class Understanding:
    """A query as it was typed and as it was taken, e.g. `understand("ddaats ddai", …).used_text` is "đất đai".

    Shape: `terms` are the folded syllables and pairs to mark in texts; `keys` name the query in the office's
    rules, whatever its accents: as it was typed, then as it was taken.
    """

    typed: QueryWords
    used: QueryWords
    changes: tuple[Change, ...] = ()
    expansions: tuple[Expansion, ...] = ()

    @property
    def is_cut(self) -> bool:
        return self.typed.is_cut

    @property
    def typed_text(self) -> str:
        return self.typed.text

    @property
    def used_text(self) -> str:
        return self.used.text

    @cached_property
    def keys(self) -> tuple[str, str]:
        return " ".join(self.typed.folded), " ".join(self.used.folded)

    @cached_property
    def terms(self) -> frozenset[str]:
        others = [syllables(form) for expansion in self.expansions for form in expansion.forms]
        held = [*self.used.folded, *self.used.pairs]
        # A long form is found whole: its words alone are not what was asked for.
        return frozenset(held).union(*(pairs(each) if len(each) > 1 else each for each in others))

    @cached_property
    def close_terms(self) -> frozenset[str]:
        """Of the terms those that stand side by side; of a single word the word."""
        return frozenset(term for term in self.terms if "_" in term) or self.terms

    @cached_property
    def wording(self) -> Wording:
        used = self.used
        asks_number = used.looks_like_number
        return Wording(
            syllables=used.folded,
            exact=used.exact if used.is_accented else (),
            groups=tuple(self._groups()),
            number_parts=used.number_parts if asks_number else (),
            number_text=used.number_text if asks_number else "",
            number_days=used.number_date.days() if asks_number and used.number_date else None,
            phrases=tuple(phrase.folded for phrase in used.phrases),
        )

    def _groups(self) -> list[Group]:
        groups: list[Group] = []
        waiting = list(self.expansions)
        for word in self.used.words:
            while waiting and waiting[0].end <= word.start:
                waiting.pop(0)
            expansion = waiting[0] if waiting and waiting[0].start <= word.start else None
            if expansion is None:
                groups.append(Group((word.folded,)))
            elif word.start == expansion.start or not groups:
                forms = tuple(dict.fromkeys(tuple(syllables(form)) for form in expansion.forms))
                groups.append(Group((word.folded,), forms))
            else:
                groups[-1] = Group((*groups[-1].typed, word.folded), groups[-1].others)
        return groups


def understand(
    text: str, engine: SearchEngine, audiences: frozenset[str], now: datetime, as_typed: bool = False
) -> Understanding:
    """What a query means to this reader, e.g. `understand("quyeets ddinhj", …).used_text` is "quyết định"."""
    typed = read_query(text)
    if not typed:
        return Understanding(typed, typed)
    changes: tuple[Change, ...] = ()
    used = typed
    if not as_typed and not typed.looks_like_number:
        used, changes = _mended(typed, engine, audiences, now)
    expansions = () if as_typed else tuple(current_abbreviations().expand(used.text))
    return Understanding(typed, used, changes, expansions)


def did_you_mean(understood: Understanding, engine: SearchEngine, audiences: frozenset[str], now: datetime) -> str:
    """Another wording whose words stand together more often, "" when none is that clear.

    Example: `did_you_mean(understand("quyết địch", …), …)` is "quyết dinh".
    """
    words = understood.used
    if words.looks_like_number or not words:
        return ""
    vocabulary = engine.vocabulary()
    counts = _PairCounts(engine, audiences, now)
    found = counts.answer(lambda pair_count: suggest(words.folded, vocabulary, pair_count))
    return _rewritten(words, {found.index: found.meant}) if found else ""


class _PairCounts:
    """How often two words stand side by side, asked of the engine in one go."""

    def __init__(self, engine: SearchEngine, audiences: frozenset[str], now: datetime):
        self.engine, self.audiences, self.now = engine, audiences, now

    def answer(self, question: Callable[[Callable[[str, str], int]], Answer]) -> Answer:
        """The question answered twice: once to learn which pairs matter, once with their counts."""
        asked: set[str] = set()

        def note(first: str, second: str) -> int:
            asked.add(f"{first}_{second}")
            return 0

        question(note)
        counts = self.engine.frequencies(sorted(asked), self.audiences, self.now) if asked else {}
        return question(lambda first, second: counts.get(f"{first}_{second}", 0))


def _mended(
    typed: QueryWords, engine: SearchEngine, audiences: frozenset[str], now: datetime
) -> tuple[QueryWords, tuple[Change, ...]]:
    short_words = current_abbreviations().short_words
    kept = typed.codes | short_words
    doubtful = dict.fromkeys(word.folded for word in typed.words if _may_be_a_slip(word, short_words))
    unknown = set(doubtful) - engine.standing(doubtful, audiences, now) if doubtful else set()
    if not unknown:
        return typed, ()
    vocabulary = engine.vocabulary()
    # The same word in its other spelling is no change that a reader has to be told of.
    typed = read_query(_rewritten(typed, _spelled_otherwise(typed, unknown - kept, vocabulary)))
    decoded = _decoded(typed, unknown, vocabulary)
    halfway = read_query(_rewritten(typed, decoded))
    counts = _PairCounts(engine, audiences, now)
    corrected = counts.answer(lambda pair_count: _corrected(halfway, unknown, vocabulary, kept, pair_count))
    changes = [Change(DECODED, typed.words[place].text, new) for place, new in decoded.items()]
    changes += [Change(CORRECTED, halfway.words[place].text, new) for place, new in corrected.items()]
    return read_query(_rewritten(halfway, corrected)), tuple(changes)


def _may_be_a_slip(word: Word, kept: frozenset[str]) -> bool:
    """Plain numbers, single letters and abbreviations are taken at their word."""
    return len(word.folded) > 1 and not word.folded.isdigit() and word.folded not in kept


def _decoded(typed: QueryWords, unknown: set[str], vocabulary: Mapping[str, int]) -> dict[int, str]:
    read = decode_words([word.text for word in typed.words], vocabulary.__contains__)
    return {
        place: new
        for place, (word, new) in enumerate(zip(typed.words, read, strict=True))
        if new and new != word.text and word.folded in unknown
    }


def _corrected(
    words: QueryWords,
    unknown: set[str],
    vocabulary: Mapping[str, int],
    kept: frozenset[str],
    pair_count: Callable[[str, str], int],
) -> dict[int, str]:
    known = {word.folded: vocabulary.get(word.folded, 1) for word in words.words if word.folded not in unknown}
    mended: Sequence[str] = correct(words.folded, {**vocabulary, **known}, pair_count, kept)
    return {
        place: new
        for place, (word, new) in enumerate(zip(words.words, mended, strict=True))
        if word.folded in unknown and new != word.folded
    }


def _spelled_otherwise(words: QueryWords, unknown: set[str], vocabulary: Mapping[str, int]) -> dict[int, str]:
    """Words as documents write them, i for y or y for i, accents kept: "lí" where documents have "lý"."""
    return {
        place: nfc(unicodedata.normalize("NFD", word.text).translate(_OTHER_I))
        for place, word in enumerate(words.words)
        if word.folded in unknown
        and (other := word.folded.translate(_OTHER_I)) in vocabulary
        and exact_tokens(other) == exact_tokens(word.folded)
    }


def _rewritten(words: QueryWords, changed: Mapping[int, str]) -> str:
    """The text with some words replaced in their places."""
    pieces, last = [], 0
    for place, new in sorted(changed.items()):
        word = words.words[place]
        pieces += [words.text[last : word.start], new]
        last = word.end
    return "".join(pieces) + words.text[last:]
