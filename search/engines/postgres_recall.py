"""An answer from what the process remembers: everything is counted there, and only what is shown is read.

Asked in this way are words in the order of relevance, with any chosen facets. Numbers, quoted phrases of three
and more words, days and what the office has hidden are asked of the tables.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import chain
from operator import and_, or_

from django.db import connection

from search.contract import COUNTED, RELEVANCE, Facet, SearchQuery
from search.engines.postgres_known import Known
from search.engines.postgres_lists import normed, weighed_rows
from search.engines.postgres_memory import memory_of
from search.engines.postgres_scope import Scope, chosen_names, numbers
from search.engines.postgres_shown import NEWS, WEIGHED, shown, told_news
from search.engines.postgres_sql import Sql, fetch, joined
from search.engines.postgres_tables import partitions
from search.engines.postgres_terms import Terms
from search.engines.postgres_told import GUARDED
from search.engines.postgres_words import holders, words_in
from search.engines.postings import bits_of, heaviest
from search.engines.sql_records import GONE, MOST_VALUES, mark
from search.number_hits import asked_number
from search.query_plan import FEW
from search.ranking import RANKED

#: So many documents of the largest weights are put in order at first, then twice as many.
LOT = 150


def recalled(generation: str, query: SearchQuery, terms: Terms, average_length: float) -> Recalled | None:
    """The answer from memory, or None when the tables are to be asked.

    What a transaction has written itself nobody else knows: within one, nothing is remembered.
    """
    if connection.in_atomic_block or not _is_remembered(query, terms):
        return None
    conditions = chain(terms.strict.parts, terms.wide.parts, (each.condition for each in terms.heaviest))
    frequencies = terms.statistics.frequencies
    words = {word: frequencies.get(word, 0) for condition in conditions for word in words_in(condition)}
    memory, with_facets = memory_of(generation, query.today), bool(query.facets or chosen_names(query))
    for ask in (memory.lately, memory.follow):
        known = ask(words, with_facets)
        if known is None:
            return None
        held = Recalled(generation, query, terms, average_length, known)
        with memory.lock:
            held.work_out()
        if not held.is_overtaken:
            return held
    return None


def _is_remembered(query: SearchQuery, terms: Terms) -> bool:
    is_bounded = query.since or query.until or query.month or query.official_only or query.hidden
    is_by_words = bool(terms.strict.parts) and not (terms.strict.verified or numbers(asked_number(query.wording)))
    return is_by_words and query.order == RELEVANCE and not is_bounded


@dataclass(frozen=True)
class Recalled:
    """What memory says of a query, e.g. `Recalled(…).total`. Sets of rows are bits, see `search.engines.postings`.

    Shape: to be worked out while nobody takes anything in, so that all of it is as of one moment.
    """

    generation: str
    query: SearchQuery
    terms: Terms
    average_length: float
    known: Known

    def work_out(self) -> None:
        """All that is read from memory: the numbers, and the statement of the hits and of what came since."""
        _ = self.total, self.gone, self.facets, self._statement

    @cached_property
    def found(self) -> int:
        """Rows that match and may be read, filters apart."""
        strict = self._holders(self.terms.strict.parts)
        is_few = bool(self.terms.wide.parts) and strict.bit_count() < FEW
        return self._holders(self.terms.wide.parts) if is_few else strict

    def _holders(self, parts: tuple[str, ...]) -> int:
        postings = self.known.words
        held = reduce(or_, (holders(each, postings.__getitem__) for each in parts), 0)
        return self.known.readable(held, self.query)

    @cached_property
    def shown(self) -> int:
        """Those that are shown: with the chosen values, without what has lost its force."""
        return reduce(and_, self._chosen.values(), self.in_force)

    @cached_property
    def in_force(self) -> int:
        return self.found if self.query.with_gone or self.query.chosen.get("status") else self._kept

    @cached_property
    def _kept(self) -> int:
        return self.found & ~self.known.marks[GONE]

    @cached_property
    def _chosen(self) -> dict[str, int]:
        """For each facet with chosen values the rows that hold one of them."""
        marks = self.known.marks
        return {
            name: reduce(or_, (marks[mark(name, value)] for value in self.query.chosen[name]))
            for name in chosen_names(self.query)
        }

    @cached_property
    def total(self) -> int:
        return self.shown.bit_count()

    @cached_property
    def gone(self) -> int:
        """How many are left out because they have lost their force."""
        left_out = reduce(and_, self._chosen.values(), self.found ^ self.in_force)
        return min(left_out.bit_count(), COUNTED)

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        return tuple(Facet(name, self._counts(name)) for name in self.query.facets)

    def _counts(self, name: str) -> tuple[tuple[str, int], ...]:
        """The values of a facet with their numbers, the largest first; as if none of them were chosen."""
        others = (rows for facet, rows in self._chosen.items() if facet != name)
        # Only who chose a status is shown what has lost its force.
        found = self._kept if name == "status" and not self.query.with_gone else self.in_force
        among = reduce(and_, others, found) if name in self._chosen else self.shown
        values = self.known.values(name)
        numbers = self.known.marks.shared((each.mark for each in values), among)
        counts: list[tuple[int, str]] = []
        for each, number in zip(values, numbers, strict=True):
            if number:
                insort(counts, (-number, each.value))
            # The rest stands in fewer documents altogether than the last of those that are shown has here.
            if len(counts) >= MOST_VALUES and each.size < -counts[MOST_VALUES - 1][0]:
                break
        return tuple((value, -number) for number, value in counts[:MOST_VALUES])

    @property
    def hits(self) -> list[tuple]:
        """The hits as far as the page, with the texts of those that are ranked."""
        return [row for row in self._rows if row[0] == WEIGHED]

    @property
    def is_overtaken(self) -> bool:
        """Whether something was written that is not taken in; read together with the hits."""
        return any(row[0] == NEWS and row[1] for row in self._rows)

    @cached_property
    def _rows(self) -> list[tuple]:
        return fetch(self._statement)

    @cached_property
    def _statement(self) -> Sql:
        chosen = self._best()
        has_guarded = bool(self.known.marks[GUARDED] & bits_of(row for row, _ in chosen))
        scopes = [Scope(each, self.query) for each in partitions(self.generation)[: 1 + has_guarded]]
        hits = shown(WEIGHED, weighed_rows(scopes, chosen), scopes, RANKED) if chosen else Sql("")
        return joined(" UNION ALL ", [hits, told_news(self.known.news(self.generation))])

    def _best(self) -> list[tuple[int, float]]:
        """The rows as far as the page with their scores, the best first.

        They are sought by the lot, of sizes that no page changes: so each page goes on where the last one ended.
        """
        wanted, lot = max(self.query.offset + self.query.limit, RANKED), LOT
        best: list[tuple[int, float]] = []
        left = self.shown
        while left and len(best) < wanted:
            found = self._heaviest(left, lot)
            left &= ~bits_of(row for row, _ in found)
            best += found
            lot *= 2
        return best[:wanted]

    def _heaviest(self, among: int, most: int) -> list[tuple[int, float]]:
        known, average = self.known, self.average_length
        heavy = heaviest(self._lists, among, most, known.factors(average))
        lengths = known.lengths(row for row, _ in heavy)
        scores = [
            (normed(weight, length, average), known.date(row), row)
            for (row, weight), length in zip(heavy, lengths, strict=True)
        ]
        return [(row, score) for score, _, row in sorted(scores, reverse=True)]

    @cached_property
    def _lists(self) -> list[tuple[int, float]]:
        """The rows that hold each of the terms that tell most, with its weight."""
        postings = self.known.words
        return [(holders(each.condition, postings.__getitem__), each.weight) for each in self.terms.heaviest]
