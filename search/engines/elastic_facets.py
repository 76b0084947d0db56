"""Counts beside the hits: each facet as if its own values were not chosen."""

from collections.abc import Mapping

from elasticsearch.dsl import A, Search
from elasticsearch.dsl.query import Query

from search.contract import Facet, SearchQuery
from search.engines import elastic_filters as filters
from search.engines.elastic_words import numbered
from search.number_hits import asked_number
from search.states import LABELS

MOST_VALUES = 100
#: Documents that match the words, before any filter; and those left out because they have lost their force.
MATCHING, GONE = "matching", "gone"
_SHARED = "shared"


def add_counts(search: Search, query: SearchQuery) -> None:
    """Ask for the counts of the query's facets and for what is left out."""
    search.aggs.bucket(MATCHING, A("filter", filters.every([])))
    if not filters.keeps_gone(query):
        lost = [*filters.bounds(query), *filters.chosen(query), filters.but_not(_kept(query))]
        search.aggs.bucket(GONE, A("filter", filters.every(lost)))
    shared = [name for name in query.facets if not query.chosen.get(name)]
    if shared:
        bucket = search.aggs.bucket(_SHARED, A("filter", scope(query)))
        for name in shared:
            bucket.bucket(name, _counting(name, query))
    for name in query.facets:
        if name not in shared:
            bucket = search.aggs.bucket(f"without_{name}", A("filter", scope(query, but=name)))
            bucket.bucket(name, _counting(name, query))


def scope(query: SearchQuery, but: str = "") -> Query:
    """Everything that narrows the matching documents, `but` one facet left out."""
    held = [*filters.bounds(query), *filters.chosen(query, but)]
    return filters.every(held if filters.keeps_gone(query, but) else [*held, _kept(query)])


def _kept(query: SearchQuery) -> Query:
    """What has not lost its force, or was asked for by its number, whatever has become of it."""
    in_force, number = filters.but_not(filters.gone(query.today)), asked_number(query.wording)
    return filters.either([in_force, numbered(number)]) if number else in_force


def _counting(name: str, query: SearchQuery):
    if name == "status":
        return A("filters", filters={key: filters.in_status(key, query.today) for key in LABELS})
    return A("terms", field=f"facets.{name}", size=MOST_VALUES, shard_size=10 * MOST_VALUES)


def read_facets(query: SearchQuery, aggregations: Mapping) -> tuple[Facet, ...]:
    """The facets in the order asked for, largest counts first."""
    return tuple(Facet(name, _counts(name, aggregations)) for name in query.facets)


def _counts(name: str, aggregations: Mapping) -> tuple[tuple[str, int], ...]:
    held = aggregations[f"without_{name}" if f"without_{name}" in aggregations else _SHARED][name]["buckets"]
    if name == "status":
        pairs = [(key, bucket["doc_count"]) for key, bucket in held.items() if bucket["doc_count"]]
    else:
        pairs = [(bucket["key"], bucket["doc_count"]) for bucket in held]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
