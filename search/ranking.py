"""The order of what was found: one scorer for every engine.

BM25 over folded syllables and adjacent pairs, title counted double, times one plus the shares of the query
that a document holds: accented syllables, accented pairs, folded pairs, each weighted by rarity.
"""

from collections.abc import Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, count, pairwise
from math import log

from search.contract import SIGNPOSTS, Group, Wording
from search.vietnamese.syllables import exact_tokens

#: The engine's first so many are scored again; the rest keep its order.
RANKED = 50
K1, B, TITLE = 0.9, 0.75, 2.0
ACCENTED_SYLLABLES, ACCENTED_PAIRS, FOLDED_PAIRS = 1.0, 1.0, 1.0
#: What a word of a document still counts when it stands there with other accents than were typed.
OTHERWISE_ACCENTED = 0.25
#: Tie-breaks, small enough never to outweigh a word.
IN_FORCE, RECENT, RECENT_YEARS = 0.01, 0.01, 10
#: What leads to content is short and says the words in its title; so much of its score it keeps beside content.
SIGNPOST = 0.75
#: A unit that is asked for by its name comes before what only names it. Two words may be no name: "văn phòng".
NAMED, SHORTEST_NAME = 1.5, 3


@dataclass(frozen=True, slots=True)
class Statistics:
    """Weights of terms, e.g. `Statistics(1000, 150.0, {"dat": 40, "dat_dai": 12}).idf("dat")`.

    Shape: only of documents open to everybody, also for readers who may see more. A pair that is not given is
    taken to be as rare as its rarer syllable is, and rarer.
    """

    documents: int
    average_length: float
    frequencies: Mapping[str, int] = field(default_factory=dict)

    def idf(self, term: str) -> float:
        held = self.frequency(term)
        total = max(self.documents, held)
        return log(1 + (total - held + 0.5) / (held + 0.5))

    def frequency(self, term: str) -> float:
        held = self.frequencies.get(term)
        if held is None and "_" in term:
            return min(self.frequencies.get(word, 0) for word in term.split("_")) * PAIR_SHARE
        return held or 0

    def phrase_frequency(self, words: Sequence[str]) -> float:
        """How many documents hold one word or a pair: `phrase_frequency(("dat", "dai"))`."""
        return self.frequency("_".join(words))


#: How many of the documents with a pair's rarer syllable hold the pair, where nobody counted.
PAIR_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A found document with its treated text, e.g. `Candidate("page:3", title="giu rung", …)`.

    Shape: texts are tokens parted by single spaces; `length` counts the folded tokens of the whole document,
    0 means those given. `found` is the engine's own BM25, used when the given text is only a part of the whole.
    """

    key: str
    title: str
    body: str
    exact_title: str = ""
    exact_body: str = ""
    length: int = 0
    found: float = 0.0
    is_gone: bool = False
    issued_on: date | None = None
    kind: str = ""


def rank(
    wording: Wording, candidates: Iterable[Candidate], statistics: Statistics, today: date
) -> list[tuple[Candidate, float]]:
    """The candidates with their scores, best first; equal ones stay in the order they came in."""
    scorer = _Scorer(wording, statistics, today)
    scored = [(candidate, scorer.score(candidate)) for candidate in candidates]
    return sorted(scored, key=lambda pair: -pair[1])


def is_accented(wording: Wording) -> bool:
    """Whether the query was typed with any accent, so that accents may be held against a document."""
    return bool(wording.exact) and list(wording.exact) != exact_tokens(" ".join(wording.syllables))


class _Scorer:
    def __init__(self, wording: Wording, statistics: Statistics, today: date):
        self.statistics, self.today = statistics, today
        self.groups = [group for group in wording.groups if group.others]
        self.names = _names(wording.syllables, self.groups)
        self.weights = _weights(wording.syllables, statistics)
        self.folded = _Words(wording.syllables, self.groups)
        self.exact = _Terms(wording.exact) if is_accented(wording) else None
        pairs = {pair: self.weights[pair] for pair in _pairs(wording.syllables)}
        self.pair_shares = _shares(pairs)
        if self.exact:
            aligned = list(zip(wording.exact, wording.syllables, strict=False))
            self.accented: dict[str, set[str]] = {}
            for exact, folded in [*aligned, *zip(_pairs(wording.exact), _pairs(wording.syllables), strict=False)]:
                self.accented.setdefault(folded, set()).add(exact)
            self.exact_shares = _shares({exact: self.weights[folded] for exact, folded in aligned})
            both = zip(_pairs(wording.exact), _pairs(wording.syllables), strict=False)
            self.exact_pair_shares = _shares({exact: self.weights[folded] for exact, folded in both})

    def score(self, candidate: Candidate) -> float:
        title = self.folded.counts(candidate.title)
        body = self.folded.counts(candidate.body)
        length = candidate.length or candidate.title.count(" ") + candidate.body.count(" ") + 2
        factor = 1 + FOLDED_PAIRS * _share(self.pair_shares, title.keys() | body.keys())
        if self.exact:
            in_title, in_body = self.exact.held(candidate.exact_title), self.exact.held(candidate.exact_body)
            held = in_title | in_body
            title, body = self._agreed(title, in_title), self._agreed(body, in_body)
            factor += ACCENTED_SYLLABLES * _share(self.exact_shares, held)
            factor += ACCENTED_PAIRS * _share(self.exact_pair_shares, held)
        if candidate.kind in SIGNPOSTS:
            factor *= NAMED if self._is_named(candidate) else SIGNPOST
        found = max(self._bm25(title, body, length), candidate.found)
        return found * factor * (1 + self._tie_break(candidate))

    def _agreed(self, counts: dict[str, float], exact: Set[str]) -> dict[str, float]:
        """Counts of terms, less of those that a text does not hold as typed: "hoa" as "hòa", not "hoa" or "hóa"."""
        other = {term for term in counts if (typed := self.accented.get(term)) and typed.isdisjoint(exact)}
        return (
            {term: count * (OTHERWISE_ACCENTED if term in other else 1) for term, count in counts.items()}
            if other
            else counts
        )

    def _is_named(self, candidate: Candidate) -> bool:
        """Whether a unit was asked for by its name or the beginning of it, words left out: "phòng đất đai", "VPS"."""
        title = candidate.title.split()
        return candidate.kind == "unit" and any(_is_short_for(name, title) for name in self.names)

    def _bm25(self, title: Mapping[str, float], body: Mapping[str, float], length: int) -> float:
        norm = K1 * (1 - B + B * length / max(self.statistics.average_length, 1.0))
        total = 0.0
        for term, weight in self.weights.items():
            count = TITLE * title.get(term, 0) + body.get(term, 0)
            if count:
                total += weight * count * (K1 + 1) / (count + norm)
        return total

    def _tie_break(self, candidate: Candidate) -> float:
        bonus = 0.0 if candidate.is_gone else IN_FORCE
        if candidate.issued_on:
            years = max(0.0, (self.today - candidate.issued_on).days / 365)
            bonus += RECENT * max(0.0, 1 - years / RECENT_YEARS)
        return bonus


def _names(words: tuple[str, ...], groups: Sequence[Group]) -> set[tuple[str, ...]]:
    """What a unit may be called in a query, e.g. both "so tnmt" and "so tai nguyen va moi truong"."""
    names = {words}
    for group in groups:
        length = len(group.typed)
        places = [place for place in range(len(words)) if words[place : place + length] == group.typed]
        names |= {words[:place] + form + words[place + length :] for place in places for form in group.others}
    return names


def _is_short_for(name: Sequence[str], title: Sequence[str]) -> bool:
    """Whether a name has a title's first word and others of it in their order: "trung tâm quan trắc"."""
    if len(name) < SHORTEST_NAME:
        return list(name) == list(title)
    left = iter(title)
    return name[0] in title[:1] and all(word in left for word in name)


class _Words:
    """Counts the syllables and adjacent pairs of a query in a text; a stand-in counts as what it stands for."""

    def __init__(self, words: Sequence[str], groups: Sequence[Group] = ()):
        self.pairs = set(_pairs(words))
        self.stand_ins = [
            (" ".join(form), [*group.typed, *_pairs(group.typed)]) for group in groups for form in group.others
        ]
        self.words = frozenset(words)

    def counts(self, text: str) -> dict[str, int]:
        counted: dict[str, int] = {}
        previous, last, tokens = "", -2, text.split(" ")
        # Long texts are gone through without a loop.
        for place in compress(count(), map(self.words.__contains__, tokens)):
            word = tokens[place]
            counted[word] = counted.get(word, 0) + 1
            if place == last + 1 and (pair := f"{previous}_{word}") in self.pairs:
                counted[pair] = counted.get(pair, 0) + 1
            previous, last = word, place
        for form, stands_for in self.stand_ins:
            if times := f" {text} ".count(f" {form} "):
                for term in stands_for:
                    counted[term] = counted.get(term, 0) + times
        return counted


class _Terms:
    """The syllables and adjacent pairs of a query as they were typed: `_Terms(("hòa", "giải")).held(text)`."""

    def __init__(self, words: Sequence[str]):
        self.words = [(word, f" {word} ") for word in dict.fromkeys(words)]
        self.pairs = {f"{first}_{second}": (first, second, f" {first} {second} ") for first, second in pairwise(words)}

    def held(self, text: str) -> set[str]:
        """Those that stand in a text."""
        text = f" {text} "
        held = {word for word, sought in self.words if sought in text}
        pairs = self.pairs.items()
        return held.union(
            [pair for pair, (first, second, sought) in pairs if first in held and second in held and sought in text]
        )


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(words)]


def _weights(syllables: Sequence[str], statistics: Statistics) -> dict[str, float]:
    terms = [*syllables, *_pairs(syllables)]
    return {term: statistics.idf(term) for term in terms}


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {term: weight / total for term, weight in weights.items()} if total else {}


def _share(shares: Mapping[str, float], held: Container[str]) -> float:
    return sum(share for term, share in shares.items() if term in held)
