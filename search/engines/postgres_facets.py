"""Facets counted from groups of rows, each with the facet values of its documents."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.contract import Facet, SearchQuery
from search.engines.postgres_scope import chosen_names
from search.engines.sql_records import MOST_VALUES, unmark


class Group(NamedTuple):
    """Rows of one status, e.g. `Group("kind_story year_2024 kind_story", "in_force", 2, 0, False)`.

    Shape: `missed` are bits of the facets of which no chosen value holds.
    """

    marks: str
    status: str
    number: int
    missed: int
    is_left_out: bool


def counted_facets(query: SearchQuery, exact: Sequence[Group], shown: Sequence[Group]) -> tuple[Facet, ...]:
    """The facets that a query asks for: those with chosen values as if nothing of them were chosen."""
    if not query.facets:
        return ()
    free = _counted(exact)
    counted = {name: free[name] for name in query.facets}
    for place, name in enumerate(chosen_names(query)):
        if name in counted:
            counted[name] = _counted(group for group in shown if group.missed in (0, 1 << place))[name]
    return tuple(Facet(name, _largest(counts)) for name, counts in counted.items())


def _counted(groups: Iterable[Group]) -> dict[str, Counter[str]]:
    """Every value of every facet with its number of documents."""
    marks: Counter[str] = Counter()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for group in groups:
        marks.update(group.marks.split())
        if group.status:
            counted["status"][group.status] += group.number
    for word, number in marks.items():
        name, value = _facet_of(word)
        counted[name][value] += number
    return counted


# Marks are few and come again with every query.
_facet_of = lru_cache(maxsize=65_536)(unmark)


def _largest(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])
