"""Which terms of a query a document must hold: one rule for every engine.

By default a document matches when it holds one adjacent pair of the query or all of its words; only when that
finds almost nothing is any word enough. Quoted phrases must always hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.contract import ALL_WORDS, PHRASE, Group, Wording

#: So many of the rarest terms of a query count; the rest of a very long one changes nothing.
MOST_TERMS = 24
#: Fewer documents than this in the reader's part of the index: then any word of the query is enough.
FEW = 10
#: A longer query is never asked for as a set of words: what holds all of them holds a pair of them.
SHORT = 6

#: Syllables that must stand one after another; one syllable alone is a phrase too.
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """What matches, e.g. for "đất đai": `pairs=(("dat", "dai"),)`, `groups=((("dat",),), (("dai",),))`.

    Shape: a document matches when it holds one of `pairs` or, of each of `groups`, one alternative; with fewer
    than `FEW` such documents (counted before any filter) one of `wide` is enough. `wide` is empty when the
    reader asked for all words. `phrases` must hold besides.
    """

    pairs: tuple[Phrase, ...] = ()
    groups: tuple[tuple[Phrase, ...], ...] = ()
    wide: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pairs or self.groups)

    @property
    def is_told_by_pairs(self) -> bool:
        """Whether what holds all words holds a pair in any case, as with an abbreviation beside its long form."""
        return any(all(self._holds_pair(form) for form in group) for group in self.groups)

    def _holds_pair(self, form: Phrase) -> bool:
        return form in self.pairs or any(pair in self.pairs for pair in pairwise(form))


def plan(wording: Wording, match: str, frequencies: Mapping[str, int]) -> QueryPlan:
    """The plan of a wording, e.g. `plan(Wording(syllables=("dat", "dai")), "any", {}).wide` is
    `(("dat",), ("dai",))`.

    Shape: `frequencies` of syllables decide which terms are the rarest; unknown ones count as rare.
    """
    phrases = tuple(dict.fromkeys(wording.phrases))
    if match == PHRASE:
        return QueryPlan(pairs=_whole(wording), phrases=phrases)
    groups = _groups(wording)
    rarest = sorted(groups, key=lambda group: min(_frequency(each, frequencies) for each in group))[:MOST_TERMS]
    if match == ALL_WORDS or wording.number_parts:
        # Who asks for a number wants that document, or those that name it; "số" alone finds half the register.
        return QueryPlan(groups=tuple(groups), phrases=phrases)
    pairs = _rarest([*pairwise(wording.syllables), *_stand_ins(wording.groups)], frequencies)
    wide = _rarest((each for group in groups for each in group), frequencies)
    return QueryPlan(pairs, tuple(rarest) if len(rarest) <= SHORT else (), wide, phrases)


def terms_of(wording: Wording) -> list[str]:
    """All terms whose frequency matters: syllables and pairs ("dat_dai") of the words and what stands for them."""
    sequences = [wording.syllables, *wording.phrases]
    sequences += [form for group in wording.groups for form in group.others]
    syllables = [word for words in sequences for word in words]
    pairs = [f"{first}_{second}" for words in sequences for first, second in pairwise(words)]
    return list(dict.fromkeys([*syllables, *pairs]))


def _frequency(phrase: Phrase, frequencies: Mapping[str, int]) -> int:
    return min(frequencies.get(word, 0) for word in phrase)


def _rarest(phrases: Iterable[Phrase], frequencies: Mapping[str, int]) -> tuple[Phrase, ...]:
    ranked = sorted(dict.fromkeys(phrases), key=lambda phrase: _frequency(phrase, frequencies))
    return tuple(ranked[:MOST_TERMS])


def _groups(wording: Wording) -> list[tuple[Phrase, ...]]:
    """Of each entry one phrase must hold: a plain word, or an abbreviation and what it stands for."""
    groups: list[tuple[Phrase, ...]] = []
    for group in wording.groups or [Group((word,)) for word in wording.syllables]:
        if group.others:
            groups.append((group.typed, *group.others))
        else:
            groups += [((word,),) for word in group.typed]
    return list(dict.fromkeys(groups))


def _stand_ins(groups: Sequence[Group]) -> list[Phrase]:
    """Forms that say as much as a pair: "ubnd" for "uỷ ban nhân dân" and the other way round."""
    return [form for group in groups for form in group.others if len(form) > 1 or len(group.typed) > 1]


def _whole(wording: Wording) -> tuple[Phrase, ...]:
    """The query as one phrase, as typed and with each abbreviation in its other forms."""
    if not wording.syllables:
        return ()
    wholes = [wording.syllables]
    for place, group in enumerate(wording.groups):
        for form in group.others:
            parts = [form if index == place else each.typed for index, each in enumerate(wording.groups)]
            wholes.append(tuple(word for part in parts for word in part))
    return tuple(dict.fromkeys(wholes))[:MOST_TERMS]
