"""Facets counted from sets of values, each set with the number of documents that have it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from search.contract import Facet, SearchQuery
from search.engines.sql_records import MOST_VALUES, mark, unmark


class CountedSet(NamedTuple):
    """Facet values that occur together, e.g. `CountedSet("kind_story year_2024", "in_force", 12)`."""

    marks: str
    status: str
    number: int


def counted_facets(query: SearchQuery, exact: Sequence[CountedSet], sample: Iterable[CountedSet]) -> tuple[Facet, ...]:
    """The facets that a query asks for. One with chosen values is counted from the sample, as if nothing of it
    were chosen; the others from the sets that pass every filter.
    """
    if not query.facets:
        return ()
    free = _counted(exact)
    chosen = {name: values for name, values in query.chosen.items() if values}
    own = {name: _counted(_beside(name, sample, chosen)) for name in query.facets if name in chosen}
    return tuple(Facet(name, _largest(own.get(name, free)[name])) for name in query.facets)


def _counted(sets: Iterable[CountedSet]) -> Mapping[str, Counter[str]]:
    """Every value of every facet with its number of documents."""
    marks: Counter[str] = Counter()
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for each in sets:
        for word in each.marks.split():
            marks[word] += each.number
        if each.status:
            counted["status"][each.status] += each.number
    for word, number in marks.items():
        name, value = unmark(word)
        counted[name][value] += number
    return counted


def _beside(name: str, sets: Iterable[CountedSet], chosen: Mapping[str, tuple[str, ...]]) -> Iterable[CountedSet]:
    """The sets that pass the filters of all facets but one."""
    statuses = chosen.get("status", ()) if name != "status" else ()
    wanted = [
        {mark(other, value) for value in values} for other, values in chosen.items() if other not in (name, "status")
    ]
    for each in sets:
        marks = each.marks.split()
        if (not statuses or each.status in statuses) and not any(values.isdisjoint(marks) for values in wanted):
            yield each


def _largest(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])
