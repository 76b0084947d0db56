"""What a typed query is taken to mean: raw Telex decoded, slips corrected, abbreviations spelled both ways.

Whatever is changed is said, and `as_typed` takes it back. Everything is judged by the words of documents that
the reader may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from search.abbreviation_table import current as current_abbreviations
from search.contract import Group, SearchEngine, Wording
from search.vietnamese.abbreviations import Expansion
from search.vietnamese.correction import correct
from search.vietnamese.query_words import QueryWords, Word, read_query
from search.vietnamese.syllables import pairs, syllables
from search.vietnamese.typing_marks import decode

DECODED, CORRECTED = "decoded", "corrected"


@dataclass(frozen=True, slots=True)
class Change:
    """A word that was read as another, e.g. `Change("decoded", "ddaats", "đất")`."""

    kind: str
    typed: str
    used: str


@dataclass(frozen=True)
class Understanding:
    """A query as it was typed and as it was taken, e.g. `understand("ddaats ddai", …).used_text` is "đất đai".

    Shape: `terms` are the folded syllables and pairs to mark in texts; `key` names the query in the office's
    rules, whatever its accents.
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
    def key(self) -> str:
        return " ".join(self.typed.folded)

    @cached_property
    def terms(self) -> frozenset[str]:
        others = [syllables(form) for expansion in self.expansions for form in expansion.forms]
        held = [*self.used.folded, *self.used.pairs]
        return frozenset(held).union(*others, *(pairs(each) for each in others))

    @cached_property
    def wording(self) -> Wording:
        used = self.used
        asks_number = used.looks_like_number
        return Wording(
            syllables=used.folded,
            exact=used.exact if used.is_accented else (),
            groups=tuple(self._groups()),
            number_parts=used.number_parts if asks_number else (),
            number_text=used.text if asks_number else "",
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


def _mended(
    typed: QueryWords, engine: SearchEngine, audiences: frozenset[str], now: datetime
) -> tuple[QueryWords, tuple[Change, ...]]:
    short_words = current_abbreviations().short_words
    doubtful = {word.folded for word in typed.words if _may_be_a_slip(word, short_words)}
    frequencies = engine.frequencies(sorted(doubtful), audiences, now) if doubtful else {}
    unknown = {word for word in doubtful if not frequencies.get(word)}
    if not unknown:
        return typed, ()
    vocabulary = engine.vocabulary()
    decoded = _decoded(typed, unknown, vocabulary)
    text = _rewritten(typed, decoded)
    corrected = _corrected(read_query(text), unknown, vocabulary)
    used = read_query(_rewritten(read_query(text), corrected))
    changes = [Change(DECODED, typed.words[place].text, new) for place, new in decoded.items()]
    changes += [Change(CORRECTED, typed.words[place].text, new) for place, new in corrected.items()]
    return used, tuple(changes)


def _may_be_a_slip(word: Word, short_words: frozenset[str]) -> bool:
    """Plain numbers, single letters, abbreviations and codes in capitals are taken at their word."""
    if len(word.folded) < 2 or word.folded.isdigit() or word.folded in short_words:
        return False
    return not (word.text.isupper() and len(word.text) <= 5)


def _decoded(typed: QueryWords, unknown: set[str], vocabulary: Mapping[str, int]) -> dict[int, str]:
    found = {}
    for place, word in enumerate(typed.words):
        if word.folded in unknown:
            read = decode(word.text, vocabulary.__contains__)
            if read and read != word.text:
                found[place] = read
    return found


def _corrected(words: QueryWords, unknown: set[str], vocabulary: Mapping[str, int]) -> dict[int, str]:
    doubtful = [word.folded in unknown and word.text.isalpha() for word in words.words]
    if not any(doubtful):
        return {}
    known = {word.folded: vocabulary.get(word.folded, 1) for word in words.words if word.folded not in unknown}
    mended = correct(words.folded, {**vocabulary, **known})
    return {
        place: new
        for place, (word, new) in enumerate(zip(words.words, mended, strict=True))
        if doubtful[place] and new != word.folded
    }


def _rewritten(words: QueryWords, changed: Mapping[int, str]) -> str:
    """The text with some words replaced in their places."""
    pieces, last = [], 0
    for place, new in sorted(changed.items()):
        word = words.words[place]
        pieces += [words.text[last : word.start], new]
        last = word.end
    return "".join(pieces) + words.text[last:]
