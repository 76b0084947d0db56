"""Facets counted from groups of rows, each with the facet values of its documents."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from search.contract import Facet, SearchQuery
from search.engines.postgres_scope import chosen_names
from search.engines.sql_records import MOST_VALUES, unmark
from search.states import GONE


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
    counted = _counted(exact, query.facets)
    for place, name in enumerate(chosen_names(query)):
        if name in counted:
            among = [group for group in shown if group.missed in (0, 1 << place)]
            counted |= _counted(among if name != "status" else _kept(query, among), [name])
    return tuple(Facet(name, _largest(counted[name])) for name in query.facets)


def _kept(query: SearchQuery, groups: Sequence[Group]) -> Sequence[Group]:
    """Those that would be shown if no status were chosen."""
    # What is found by its number is always shown.
    keeps_gone = query.with_gone or query.wording.number_parts
    return groups if keeps_gone else [group for group in groups if group.status not in GONE]


def _counted(groups: Sequence[Group], names: Iterable[str]) -> dict[str, dict[str, int]]:
    """The values of facets with their numbers of documents."""
    counted: dict[str, dict[str, int]] = {name: {} for name in names}
    for word, number in Counter(" ".join(group.marks for group in groups).split()).items():
        name, value = _facet_of(word)
        if name in counted:
            counted[name][value] = number
    for group in groups if "status" in counted else ():
        if group.status:
            counted["status"][group.status] = counted["status"].get(group.status, 0) + group.number
    return counted


# Marks are few and come again with every query.
_facet_of = lru_cache(maxsize=65_536)(unmark)


def _largest(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    largest = sorted(counts.items())
    largest.sort(key=itemgetter(1), reverse=True)
    return tuple(largest[:MOST_VALUES])
