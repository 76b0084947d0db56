"""The part of a text that shows best why it was found, with the found words told apart.

Pieces are plain text: whoever prints them escapes them and draws the marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from search.vietnamese.letters import fold, nfc
from search.vietnamese.syllables import LONE_MARK, exact_tokens

#: Characters of a text that are looked at.
LONGEST_TEXT = 100_000
ELLIPSIS = "…"

_PAIR_WEIGHT = 2.0
# A word found again in the same window says little more.
_REPEAT_SHARE = 0.1
# A beginning of a sentence this near before the window is a better place to start.
_SENTENCE_REACH = 60
_SENTENCE_ENDS = (". ", "; ", ": ", "! ", "? ")
_JOINING = frozenset(" -&/")
_PAIRING = _JOINING | {","}
_WIDEST_GAP = 3

Terms = Collection[str] | Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is looked for in a text, e.g. `Reading({"lua"}, {"lua": {"lua1"}})` finds "lúa" and not "lụa".

    Shape: `terms` are folded syllables and pairs ("dat", "dat_dai"), with their weights when it is a mapping;
    `exact` holds for a folded syllable the tokens with accents that are taken for it, any when it has no entry.
    """

    terms: Terms
    exact: Mapping[str, Collection[str]] = field(default_factory=dict)


class _Word(NamedTuple):
    """A place in the text that holds a wanted syllable; `exact` only where accents tell it from others."""

    start: int
    end: int
    folded: str
    exact: str


class _Hit(NamedTuple):
    """A found word or pair: its place in the text, and what it weighs."""

    start: int
    end: int
    term: str
    weight: float


def snippet(text: str, terms: Terms, length: int = 220) -> list[tuple[str, bool]]:
    """Best window in pieces, found words marked: [("… về ", False), ("đất đai", True), (" năm …", False)].

    Shape: `terms` as in `Reading`; a pair weighs more than its words; without any hit the beginning of the text;
    accents stay; white space is one space; pieces joined give the window, with "…" where the text goes on.
    Units: length in characters, the "…" not counted.
    """
    return first_snippet(text, [Reading(terms)], length)[0]


def first_snippet(text: str, readings: Sequence[Reading], length: int = 220) -> tuple[list[tuple[str, bool]], int]:
    """The snippet of the first reading that finds anything, and its place among them; their number when none does.

    Example: `first_snippet("lụa, lúa", [Reading({"lua"}, {"lua": {"lua1"}}), Reading({"lua"})])` marks "lúa", 0.
    """
    tidy = _tidy(text)
    hits, place = _first_hits(tidy, readings)
    start, end = _window(tidy, hits, max(length, 1))
    spans = _marked_spans(tidy, [hit for hit in hits if start <= hit.start and hit.end <= end])
    pieces = _cut_pieces(tidy, start, end, spans)
    if start > 0:
        pieces.insert(0, (f"{ELLIPSIS} ", False))
    if end < len(tidy):
        pieces.append((f" {ELLIPSIS}", False))
    return _merged(pieces), place


def marked(text: str, terms: Terms) -> list[tuple[str, bool]]:
    """The whole of a short text, a title, in pieces: [("Luật ", False), ("Đất đai", True)]."""
    return first_marked(text, [Reading(terms)])[0]


def first_marked(text: str, readings: Sequence[Reading]) -> tuple[list[tuple[str, bool]], int]:
    """The whole of a short text marked by the first reading that finds anything, and its place among them."""
    tidy = _tidy(text)
    hits, place = _first_hits(tidy, readings)
    return _cut_pieces(tidy, 0, len(tidy), _marked_spans(tidy, hits)), place


def _tidy(text: str) -> str:
    return " ".join(nfc(text[:LONGEST_TEXT]).split())


def _first_hits(text: str, readings: Sequence[Reading]) -> tuple[list[_Hit], int]:
    """The text is gone through once, however many readings are tried."""
    wanted = {part for each in readings for term in each.terms for part in term.split("_") if part}
    words = _found_words(text, wanted, {folded for each in readings for folded in each.exact})
    for place, reading in enumerate(readings):
        if hits := _hits(text, words, reading):
            return hits, place
    return [], len(readings)


def _hits(text: str, words: Sequence[_Word], reading: Reading) -> list[_Hit]:
    terms = reading.terms
    weights = terms if isinstance(terms, Mapping) else {term: _set_weight(term) for term in terms}
    taken = [word for word in words if word.folded not in reading.exact or word.exact in reading.exact[word.folded]]
    hits = [_Hit(word.start, word.end, word.folded, weights[word.folded]) for word in taken if word.folded in weights]
    for first, second in pairwise(taken):
        # Words that are not neighbours have letters between them.
        if second.start - first.end <= _WIDEST_GAP and _PAIRING.issuperset(text[first.end : second.start]):
            term = f"{first.folded}_{second.folded}"
            if term in weights:
                hits.append(_Hit(first.start, second.end, term, weights[term]))
    return sorted(hits)


def _found_words(text: str, wanted: set[str], told_apart: set[str]) -> list[_Word]:
    """Every place of a wanted syllable: scanning for them is many times faster than parting all words."""
    if not wanted:
        return []
    folded = fold(text)
    between = f"{LONE_MARK.pattern}*" if LONE_MARK.search(folded) else ""
    patterns = [between.join(map(re.escape, word)) for word in sorted(wanted)]
    whole = re.compile(rf"(?<![^\W_])(?:{'|'.join(patterns)}){between}(?![^\W_])")
    found = []
    for match in whole.finditer(folded):
        start, end = match.span()
        word = LONE_MARK.sub("", match[0]) if between else match[0]
        exact = "".join(exact_tokens(text[start:end])) if word in told_apart else ""
        found.append(_Word(start, end, word, exact))
    return found


def _set_weight(term: str) -> float:
    return _PAIR_WEIGHT if "_" in term else 1.0


def _window(text: str, hits: list[_Hit], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    if not hits:
        return 0, _word_end(text, 0, length)
    first, last = _densest(hits, length)
    start = _start_near(text, first, last, length)
    end = _word_end(text, start, start + length)
    return start, max(end, min(last, start + length))


def _densest(hits: list[_Hit], length: int) -> tuple[int, int]:
    """First and last character of the run of hits that weighs most among those that fit."""
    counts: Counter[str] = Counter()
    weight, best, first = 0.0, -1.0, 0
    found = (hits[0].start, hits[0].end)
    for hit in hits:
        weight += hit.weight * (_REPEAT_SHARE if counts[hit.term] else 1.0)
        counts[hit.term] += 1
        while hits[first].start < hit.start and hit.end - hits[first].start > length:
            gone = hits[first]
            counts[gone.term] -= 1
            weight -= gone.weight * (_REPEAT_SHARE if counts[gone.term] else 1.0)
            first += 1
        if weight > best + 1e-9:
            best, found = weight, (hits[first].start, hit.end)
    return found


def _start_near(text: str, first: int, last: int, length: int) -> int:
    """Where the window starts: at a sentence just before the hits, else with some words before them."""
    spare = max(0, length - (last - first))
    reach = min(spare, _SENTENCE_REACH)
    if first <= reach:
        return 0
    sentence = max(text.rfind(sign, first - reach, first) for sign in _SENTENCE_ENDS)
    if sentence >= 0:
        return sentence + 2
    wanted = max(0, min(first - spare // 3, len(text) - length))
    border = text.find(" ", wanted - 1, first) if wanted else -1
    return border + 1 if border >= 0 or not wanted else first


def _word_end(text: str, start: int, end: int) -> int:
    if end >= len(text):
        return len(text)
    if text[end] == " ":
        return end
    border = text.rfind(" ", start, end)
    return border if border > start else end


def _marked_spans(text: str, hits: list[_Hit]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for hit in hits:
        if spans and _JOINING.issuperset(text[spans[-1][1] : hit.start]):
            spans[-1] = (spans[-1][0], max(spans[-1][1], hit.end))
        else:
            spans.append((hit.start, hit.end))
    return spans


def _cut_pieces(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces = []
    place = start
    for first, last in spans:
        pieces += [(text[place:first], False), (text[first:last], True)]
        place = last
    pieces.append((text[place:end], False))
    return [piece for piece in pieces if piece[0]]


def _merged(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    joined: list[tuple[str, bool]] = []
    for text, is_marked in pieces:
        if joined and joined[-1][1] is is_marked:
            joined[-1] = (joined[-1][0] + text, is_marked)
        else:
            joined.append((text, is_marked))
    return joined
