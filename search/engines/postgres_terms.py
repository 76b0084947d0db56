"""The terms of a query as conditions on vectors: what matches, and what the matching rows are weighed by."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from search.contract import PHRASE, SearchQuery
from search.engines.postgres_lists import LONGEST_LIST, Weight
from search.engines.postgres_reading import SAMPLE
from search.engines.postgres_sql import Words
from search.engines.postgres_words import FREQUENT, NOTHING, TITLE, all_of, any_of, phrase
from search.query_plan import FEW, Phrase, QueryPlan, terms_of
from search.ranking import Statistics

#: So many rows of all the lists of terms are weighed, the rarest terms first.
WEIGHED_ROWS = 6_000
#: A term in a title, and one that stands often, weighs so much more.
SIGNED = {TITLE: 0.35, FREQUENT: 0.4}
#: A word that tells less than this share of what the rarest one tells is not worth reading its list.
LEAST_SHARE = 0.1


def counted_terms(query: SearchQuery) -> list[str]:
    """All terms whose frequency matters, those that no document can hold left out."""
    held = [term for term in terms_of(query.wording) if phrase(term.split("_")) != NOTHING]
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
        parts = [self._with_quoted(phrase(each)) for each in self.planned.pairs]
        return Words((*parts, *([self._with_quoted(self._together)] if self._together else [])), self._verified)

    @property
    def wide(self) -> Words:
        """Any word; empty when it is certain that enough documents hold a pair."""
        if not self._may_be_few:
            return Words()
        return Words(tuple(self._with_quoted(phrase(each)) for each in self.planned.wide), self._verified)

    @property
    def sample(self) -> Words:
        """A single pair that more documents hold than are counted: then nothing else need be read to count."""
        commonest = max(self.planned.pairs, key=self.statistics.phrase_frequency, default=())
        is_enough = len(commonest) == 2 and self.statistics.phrase_frequency(commonest) > SAMPLE
        return Words((phrase(commonest),)) if is_enough and not self.planned.phrases else Words()

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The rarest terms with their weights, as far as the rows of their lists are few enough."""
        rows, chosen = 0.0, []
        for number, weight in sorted(self._rated(), key=lambda pair: pair[0]):
            rows += min(number, LONGEST_LIST)
            if rows <= WEIGHED_ROWS or len(chosen) < 3:
                chosen.append(weight)
        return tuple(chosen)

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

    def _rated(self) -> Iterator[tuple[float, Weight]]:
        """Every term with the number of rows that hold it at most.

        Of single words, only rows are read that match besides, unless any word may be enough.
        """
        enough = set(self.planned.pairs)
        beside = "" if self._may_be_few else self._together
        words = dict.fromkeys((word,) for word in self.query.wording.syllables)
        pairs = dict.fromkeys(pairwise(self.query.wording.syllables))
        least = LEAST_SHARE * max(map(self._idf, words), default=0.0)
        for each in words:
            if each in enough or self._idf(each) >= least:
                yield from self._signed(each, "" if each in enough else beside, each in enough or bool(beside))
        for each in dict.fromkeys([*pairs, *self.planned.pairs]):
            yield from self._signed(each, "", each in enough)

    def _signed(self, words: Phrase, beside: str, is_enough: bool) -> Iterator[tuple[float, Weight]]:
        """The words anywhere, in the title and standing often, each as a list of its own."""
        idf = self._idf(words)
        yield self._rarity(words), Weight(self._with_quoted(all_of([phrase(words), beside])), idf, is_enough)
        if len(words) <= 2:
            for sign, share in SIGNED.items():
                number = self.statistics.frequencies.get(sign + "_".join(words), 0)
                condition = self._with_quoted(all_of([phrase(words, sign), beside]))
                yield number, Weight(condition, share * idf, is_enough)

    def _rarity(self, words: Phrase) -> float:
        """No more open documents than this hold the words."""
        if len(words) == 2:
            return self.statistics.phrase_frequency(words)
        return min(map(self.statistics.frequency, words), default=self.statistics.documents)

    def _idf(self, words: Phrase) -> float:
        if len(words) <= 2:
            return self.statistics.idf("_".join(words))
        return max(self.statistics.idf(f"{first}_{second}") for first, second in pairwise(words))
