"""One slip of the keyboard mended in syllables that the collection does not know."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.vietnamese.foreign_words import FOREIGN_WORDS
from search.vietnamese.syllable_shapes import VOWELS, is_syllable_shape

PairCount = Callable[[str, str], int]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LONGEST = 20
_CANDIDATES = 12

# What a slip costs. Keys that lie side by side, letters that change places and doubled letters are likely slips.
_SUBSTITUTION, _NEAR_SUBSTITUTION = 1.0, 0.6
_LOST_LETTER, _ADDED_LETTER, _DOUBLED_LETTER = 0.8, 0.8, 0.4
_TRANSPOSITION = 0.6
_SPELLING = 0.5
# The first letter is seldom mistyped; what is no Vietnamese syllable is seldom meant.
_FIRST_LETTER, _FOREIGN_SHAPE = 0.3, 0.8
# Sounds that are written in two ways, at the beginning of a syllable.
_SOUNDS = (
    *(("tr", "ch"), ("s", "x"), ("d", "gi"), ("gi", "r"), ("d", "r"), ("l", "n"), ("c", "k")),
    *(("g", "gh"), ("ng", "ngh")),
)

# Weights of frequency, of the slip, and (1) of the neighbours; measured on legal questions with one slip each.
_FREQUENCY_WEIGHT, _COST_WEIGHT = 0.2, 3.0
# How much the neighbours must speak for a correction, in logarithms of pair counts, both sides added.
_SOME_EVIDENCE, _CODE_EVIDENCE, _STRONG_EVIDENCE = 1.0, 2.0, 5.0
# Less is enough where a neighbour stands beside the candidate so often among all its places and no other
# candidate comes near: of real words hidden from the collection 1 % gave way, of slips that read as words 20 %.
_SHARED, _AHEAD = 0.2, 1.0
# Names of the highlands and of other languages: "Kroong", "plei", "ngok".
_NAME_SHAPE = re.compile(r"(?:[bdghkmps][lr]|kb|[iy]a[a-z]).*|.*[aeiouy][klrsbdgfvwz]")
# Two syllables stand together unusually up to the first; a suggestion needs the second.
_UNUSUAL, _SUGGESTING = 0.7, 4.5
_LONE_COST = 1.2
# In so many documents two words stand side by side that were typed as one.
_SEEN_TOGETHER = 2


def _near_keys() -> frozenset[tuple[str, str]]:
    places = {key: (row, place + row / 2) for row, keys in enumerate(_KEY_ROWS) for place, key in enumerate(keys)}
    return frozenset(
        (one, other)
        for one, (row, place) in places.items()
        for other, (other_row, other_place) in places.items()
        if one != other and abs(row - other_row) <= 1 and abs(place - other_place) <= 1
    )


_NEAR_KEYS = _near_keys()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may have been meant: `Candidate("quyet", cost=0.6, count=1043)`."""

    syllable: str
    cost: float
    count: int


@dataclass(frozen=True, slots=True)
class Correction:
    """Another syllable for the place of a typed one: `Correction(1, "dich", "dinh")`."""

    index: int
    typed: str
    meant: str


def corrections(syllable: str, vocabulary: Mapping[str, int], limit: int = 5) -> list[Candidate]:
    """Known syllables one slip away, best first: "quyrt" -> [Candidate("quyet", 0.6, 1043), …].

    Shape: folded syllables; `vocabulary` holds how often each occurs; nothing for numbers and single letters.
    """
    if not _is_word(syllable):
        return []
    costs: dict[str, float] = {}
    for meant, cost in _slips(syllable):
        if meant in vocabulary and meant != syllable and _is_word(meant):
            foreign = 0.0 if is_syllable_shape(meant) else _FOREIGN_SHAPE
            costs[meant] = min(cost + foreign, costs.get(meant, math.inf))
    found = [Candidate(meant, cost, vocabulary[meant]) for meant, cost in costs.items()]
    return sorted(found, key=lambda candidate: (-_weigh(candidate), candidate.syllable))[:limit]


def correct(
    syllables: Sequence[str],
    vocabulary: Mapping[str, int],
    pair_count: PairCount | None = None,
    kept: Container[str] = frozenset(),
) -> list[str]:
    """The syllables with those mended that the collection does not know: ["quyrt", "dinh"] -> ["quyet", "dinh"].

    Shape: folded, as many as were given; one typed without its space comes as two: ["thidua"] -> ["thi dua"].
    `pair_count("quyet", "dinh")` is how often two stand side by side; `kept` are never touched (abbreviations), nor
    are numbers, single letters, known syllables and common foreign words. A word that could be a Vietnamese syllable
    gives way only when its neighbours clearly ask for another.
    """
    mended = list(syllables)
    for index, typed in enumerate(syllables):
        if typed not in vocabulary and typed not in kept and typed not in FOREIGN_WORDS:
            parted = _parted(typed, vocabulary, pair_count) if pair_count else ""
            mended[index] = _best(syllables, index, vocabulary, pair_count) or parted or typed
    return mended


def suggest(syllables: Sequence[str], vocabulary: Mapping[str, int], pair_count: PairCount) -> Correction | None:
    """What may be meant though every syllable is known: ["quyet", "dich"] -> Correction(1, "dich", "dinh").

    Shape: only for the question "did you mean": the syllable hardly ever stands beside its neighbours, the one
    suggested often does; None when nothing is that clear.
    """
    weighed = []
    for index, typed in enumerate(syllables):
        if typed not in vocabulary or not _is_word(typed):
            continue
        present = _evidence(_beside(syllables, index, typed, pair_count))
        for candidate in corrections(typed, vocabulary, _CANDIDATES) if present <= _UNUSUAL else ():
            counts = _beside(syllables, index, candidate.syllable, pair_count)
            if counts and all(counts) and _evidence(counts) >= _SUGGESTING:
                weight = _weigh(candidate) + _evidence(counts) - present
                weighed.append((weight, candidate.syllable, Correction(index, typed, candidate.syllable)))
    return max(weighed, key=lambda each: each[:2])[2] if weighed else None


def _best(syllables: Sequence[str], index: int, vocabulary: Mapping[str, int], pair_count: PairCount | None) -> str:
    typed = syllables[index]
    weighed = []
    for candidate in corrections(typed, vocabulary, _CANDIDATES):
        counts = _beside(syllables, index, candidate.syllable, pair_count) if pair_count else []
        weighed.append((_weigh(candidate) + _evidence(counts), candidate.syllable, candidate, counts))
    if not weighed:
        return ""
    weighed.sort(reverse=True, key=lambda each: each[:2])
    weight, _, best, counts = weighed[0]
    is_ahead = len(weighed) == 1 or weight - weighed[1][0] >= _AHEAD
    if not counts:
        return best.syllable if _is_sure_alone(typed, best) else ""
    share = _share_beside(syllables, index, counts, vocabulary) if is_ahead else 0.0
    return best.syllable if _is_sure_beside(typed, _evidence(counts), share, is_ahead) else ""


def _parted(typed: str, vocabulary: Mapping[str, int], pair_count: PairCount) -> str:
    """Two known words that stand side by side, typed without their space: "thidua" -> "thi dua"; "" for others."""
    if not _is_word(typed):
        return ""
    halves = [(typed[:place], typed[place:]) for place in range(2, len(typed) - 1)]
    counted = [(pair_count(*pair), " ".join(pair)) for pair in halves if all(word in vocabulary for word in pair)]
    count, best = max(counted, default=(0, ""))
    return best if count >= _SEEN_TOGETHER else ""


def _is_sure_beside(typed: str, evidence: float, share: float, is_ahead: bool) -> bool:
    """Whether the neighbours say enough for a correction of a word of this shape."""
    if is_syllable_shape(typed) or len(typed) < 3:
        return evidence >= _STRONG_EVIDENCE or (evidence >= _CODE_EVIDENCE and share >= _SHARED)
    if not VOWELS.intersection(typed):
        return evidence >= _CODE_EVIDENCE
    is_no_name = len(typed) > 3 and not _NAME_SHAPE.fullmatch(typed)
    return evidence >= _SOME_EVIDENCE or (is_no_name and is_ahead)


def _share_beside(syllables: Sequence[str], index: int, counts: Sequence[int], vocabulary: Mapping[str, int]) -> float:
    """Of the documents with a neighbour, how many have the candidate beside it, at most."""
    neighbours = [*syllables[max(0, index - 1) : index], *syllables[index + 1 : index + 2]]
    return max(count / max(1, vocabulary.get(word, 0)) for word, count in zip(neighbours, counts, strict=True))


def _is_sure_alone(typed: str, best: Candidate) -> bool:
    is_plain_slip = len(typed) > 2 and VOWELS.intersection(typed) and not is_syllable_shape(typed)
    return bool(is_plain_slip) and best.cost <= _LONE_COST


def _beside(syllables: Sequence[str], index: int, syllable: str, pair_count: PairCount) -> list[int]:
    """How often the syllable stands beside the neighbours it has at this place."""
    before = [pair_count(syllables[index - 1], syllable)] if index else []
    after = [pair_count(syllable, syllables[index + 1])] if index + 1 < len(syllables) else []
    return before + after


def _evidence(counts: Sequence[int]) -> float:
    return sum(math.log1p(count) for count in counts)


def _weigh(candidate: Candidate) -> float:
    return _FREQUENCY_WEIGHT * math.log1p(candidate.count) - _COST_WEIGHT * candidate.cost


def _is_word(syllable: str) -> bool:
    return 1 < len(syllable) <= _LONGEST and syllable.isascii() and syllable.isalpha()


def _slips(typed: str) -> Iterator[tuple[str, float]]:
    """Every spelling that one slip turns into the typed one, with what the slip costs."""
    yield from _spelling_slips(typed)
    for index in range(len(typed) + 1):
        first = 0.0 if index else _FIRST_LETTER
        head, tail = typed[:index], typed[index:]
        for letter in _LETTERS:
            yield head + letter + tail, first + _LOST_LETTER
        if tail:
            is_doubled = head[-1:] == tail[0]
            yield head + tail[1:], first + (_DOUBLED_LETTER if is_doubled else _ADDED_LETTER)
            for letter in _LETTERS:
                is_near = (letter, tail[0]) in _NEAR_KEYS
                yield head + letter + tail[1:], first + (_NEAR_SUBSTITUTION if is_near else _SUBSTITUTION)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:], first + _TRANSPOSITION


def _spelling_slips(typed: str) -> Iterator[tuple[str, float]]:
    for one, other in _SOUNDS:
        for wrong, right in ((one, other), (other, one)):
            if typed.startswith(wrong):
                yield right + typed[len(wrong) :], _SPELLING
    if typed.endswith(("i", "y")):
        yield typed[:-1] + ("y" if typed[-1] == "i" else "i"), _SPELLING
