"""The terms of a query as conditions on vectors: what matches, and what the matching rows are weighed by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from search.contract import PHRASE, SearchQuery
from search.engines.postgres_lists import Weight
from search.engines.postgres_reading import MOST_VERIFIED, SAMPLE
from search.engines.postgres_sql import Words
from search.engines.postgres_words import FREQUENT, NOTHING, TITLE, all_of, any_of, phrase
from search.query_plan import FEW, Phrase, QueryPlan, terms_of
from search.ranking import RANKED, Statistics

#: Lists that make a document match are read, the rarest first, until they hold so many rows: of a long query,
#: which has many ways to match, more.
ENOUGH_ROWS, ROWS_PER_WAY = 2 * RANKED, 40
#: Longer lists are read only as far as the words stand in the title or often, unless that finds too little.
LONG_LIST = 500
#: So many further lists tell what else those rows hold.
MOST_OTHERS = 12
#: A term in a title, and one that stands often, weighs so much more.
SIGNED = {TITLE: 0.35, FREQUENT: 0.4}


def counted_terms(query: SearchQuery) -> list[str]:
    """All terms whose frequency matters, those that no document can hold left out."""
    return _signed(term for term in terms_of(query.wording) if phrase(term.split("_")) != NOTHING)


def weighed_terms(words: Sequence[str]) -> list[str]:
    """The terms of words one after another: `weighed_terms(["thi", "dua"])` has "thi_dua" and "=thi" as well."""
    return _signed([*words, *(f"{first}_{second}" for first, second in pairwise(words))])


def _signed(terms: Iterable[str]) -> list[str]:
    held = list(terms)
    return [*held, *(sign + term for sign in SIGNED for term in held)]


@dataclass(frozen=True)
class Terms:
    """The terms of a planned query, e.g. `Terms(query, plan(…), statistics).strict`."""

    query: SearchQuery
    planned: QueryPlan
    statistics: Statistics

    @property
    def strict(self) -> Words:
        """One of the pairs or all of the words, each with the quoted phrases."""
        parts = [phrase(each) for each in self.planned.pairs if not self._is_within(each)]
        return Words(tuple(map(self._with_quoted, [*parts, *filter(None, [self._together])])), self._verified)

    def _is_within(self, pair: Phrase) -> bool:
        """Whether what holds the pair holds all of the words: then it need not be asked for."""
        groups = self.planned.groups
        return bool(groups and pair) and all(any((word,) in group for word in pair) for group in groups)

    @property
    def wide(self) -> Words:
        """Any word; empty when it is certain that enough documents hold a pair."""
        if not self._may_be_few:
            return Words()
        return Words(tuple(self._with_quoted(phrase(each)) for each in self.planned.wide), self._verified)

    @property
    def sample(self) -> Words:
        """What is counted in place of the strict rule, where it is too common for anything but the pairs."""
        if self._verified:
            return self.strict.unverified if self._phrase_rarity > MOST_VERIFIED else Words()
        commonest = max(self.planned.pairs, key=self.statistics.phrase_frequency, default=())
        is_enough = len(commonest) == 2 and self.statistics.phrase_frequency(commonest) > SAMPLE
        return Words((phrase(commonest),)) if is_enough and not self.planned.phrases else Words()

    @property
    def _phrase_rarity(self) -> float:
        """No more open documents than this hold all pairs of what must be verified."""
        rarities = (
            sum(min(map(self.statistics.phrase_frequency, pairwise(each)), default=0) for each in alternatives)
            for alternatives in self._verified
        )
        return min(rarities, default=0)

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The lists to read: those of the rarest ways to match, then what else their rows hold."""
        if self._may_be_few:
            return self.heaviest
        lists = self._sorted_lists
        base = self._base()
        held = {word for words, _ in base for word in words}
        read, beside = {each.condition for _, each in base}, any_of(each.condition for _, each in base)
        # A word of a way that matches is in all of its rows.
        others = [
            each for words, each in lists if each.condition not in read and (len(words) > 1 or words[0] not in held)
        ]
        told = (Weight(all_of([each.condition, beside]), each.weight) for each in others[:MOST_OTHERS])
        return (*(weight for _, weight in base), *told)

    @cached_property
    def heaviest(self) -> tuple[Weight, ...]:
        """The lists that tell most, whatever makes their rows match."""
        return tuple(weight for _, weight in self._sorted_lists[: 3 * MOST_OTHERS])

    @cached_property
    def _sorted_lists(self) -> list[tuple[Phrase, Weight]]:
        return sorted(self._lists(), key=lambda pair: -pair[1].weight)

    def _base(self) -> list[tuple[Phrase, Weight]]:
        """Lists of rows that match, each row on its own account, until there are enough of them."""
        rows, chosen, long = 0.0, [], []
        ways = sorted(self._ways(), key=lambda way: way[1])
        enough = max(ENOUGH_ROWS, ROWS_PER_WAY * len(ways))
        for words, number in ways:
            if rows < enough and (number <= LONG_LIST or len(words) > 2):
                chosen.append((words, self._weight(words)))
                rows += number
            elif rows < enough:
                long.append((words, self._weight(words)))
                chosen += [(words, self._weight(words, sign)) for sign in SIGNED]
                rows += sum(self.statistics.frequencies.get(sign + "_".join(words), 0) for sign in SIGNED)
        return chosen if rows >= enough else chosen + long[:1]

    def _ways(self) -> Iterator[tuple[Phrase, float]]:
        """The ways to match, each with the number of open documents at most; () is all words of a short query."""
        for each in self.planned.pairs:
            yield each, self._rarity(each)
        if self.planned.groups:
            plain = tuple(group[0][0] for group in self.planned.groups if len(group) == 1)
            yield (
                (plain, self._rarity(plain))
                if len(plain) == len(self.planned.groups) == 1
                else ((), self._rarity(plain))
            )

    def _weight(self, words: Phrase, sign: str = "") -> Weight:
        """A list as a way to match of its own."""
        condition = phrase(words, sign) if words else all_of(self._all_signed(sign))
        idf = self._idf(words) if words else 0.0
        return Weight(self._with_quoted(condition), SIGNED.get(sign, 1.0) * idf, is_enough=True)

    def _all_signed(self, sign: str) -> list[str]:
        if not sign:
            return [self._together]
        return [
            any_of(phrase(each, sign) for each in group if len(each) <= 2) or NOTHING for group in self.planned.groups
        ]

    @property
    def _may_be_few(self) -> bool:
        """Whether the database must count before it is known which words are enough."""
        pairs = (each for each in self.planned.pairs if len(each) <= 2)
        is_common = any(self.statistics.phrase_frequency(each) >= FEW for each in pairs)
        return bool(self.planned.wide) and (bool(self.planned.phrases) or not is_common)

    @property
    def _verified(self) -> tuple[tuple[Phrase, ...], ...]:
        """Phrases whose words must stand together in the text."""
        held = tuple((each,) for each in self.planned.phrases if len(each) > 2)
        is_phrase = self.query.match == PHRASE and any(len(each) > 2 for each in self.planned.pairs)
        return (*held, self.planned.pairs) if is_phrase else held

    @cached_property
    def _together(self) -> str:
        return all_of(any_of(map(phrase, group)) for group in self.planned.groups)

    def _with_quoted(self, condition: str) -> str:
        return all_of([condition, *map(phrase, self.planned.phrases)])

    def _lists(self) -> Iterator[tuple[Phrase, Weight]]:
        """Every word and pair, each anywhere, in the title and often."""
        wording = self.query.wording.syllables
        pairs = dict.fromkeys([*pairwise(wording), *self.planned.pairs])
        for words in dict.fromkeys([*((word,) for word in wording), *pairs]):
            idf, is_enough = self._idf(words), words in self.planned.pairs
            yield words, Weight(self._with_quoted(phrase(words)), idf, is_enough)
            for sign, share in SIGNED.items() if len(words) <= 2 else ():
                yield words, Weight(self._with_quoted(phrase(words, sign)), share * idf, is_enough)

    def _rarity(self, words: Phrase) -> float:
        """No more open documents than this hold the words."""
        if len(words) == 2:
            return self.statistics.phrase_frequency(words)
        return min(map(self.statistics.frequency, words), default=self.statistics.documents)

    def _idf(self, words: Phrase) -> float:
        if len(words) <= 2:
            return self.statistics.idf("_".join(words))
        return max(self.statistics.idf(f"{first}_{second}") for first, second in pairwise(words))
