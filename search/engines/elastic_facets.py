"""Counts beside the hits: each facet as if its own values were not chosen."""

from collections import Counter
from collections.abc import Mapping, Sequence

from elasticsearch.dsl import A, Search
from elasticsearch.dsl.query import Query

from search.contract import Facet, SearchQuery
from search.engines import elastic_filters as filters
from search.states import state_on

MOST_VALUES = 100
_KEPT = "kept"


def add_counts(search: Search, query: SearchQuery, in_force: Sequence[Query]) -> None:
    """Ask for the counts of the query's facets among what is in force of what its words and days let through."""
    if not query.facets:
        return
    kept = search.aggs.bucket(_KEPT, A("filter", filters.every(in_force)))
    for name in query.facets:
        conditions = filters.chosen(query, but=name)
        if name == "status" and filters.keeps_gone(query) and not filters.keeps_gone(query, but=name):
            conditions.append(filters.kept(query))
        place = kept.bucket(_bucket(name), A("filter", filters.every(conditions))) if conditions else kept
        place.bucket(name, _counting(name, query))


def _bucket(name: str) -> str:
    return f"within_{name}"


def _counting(name: str, query: SearchQuery):
    if name == "status":
        claims = A("terms", field="state_claim", size=MOST_VALUES)
        claims.bucket("dates", A("filters", filters=filters.date_cases(query.today)))
        return claims
    return A("terms", field=f"facets.{name}", size=MOST_VALUES, shard_size=10 * MOST_VALUES)


def read_facets(query: SearchQuery, aggregations: Mapping) -> tuple[Facet, ...]:
    """The facets in the order asked for, largest counts first."""
    return tuple(Facet(name, _counts(name, aggregations)) for name in query.facets)


def _counts(name: str, aggregations: Mapping) -> tuple[tuple[str, int], ...]:
    kept = aggregations[_KEPT]
    held = kept.get(_bucket(name), kept)[name]["buckets"]
    counted = _statuses(held) if name == "status" else {bucket["key"]: bucket["doc_count"] for bucket in held}
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _statuses(claims: Sequence[Mapping]) -> Mapping[str, int]:
    """Documents in each status, from what was claimed of them and where the day lies between their dates."""
    counted: Counter[str] = Counter()
    for claim in claims:
        cases = {case: bucket["doc_count"] for case, bucket in claim["dates"]["buckets"].items()}
        cases[filters.UNDATED] = claim["doc_count"] - sum(cases.values())
        for case, number in cases.items():
            state = state_on(filters.example_of(case, claim["key"]), filters.SOME_DAY)
            if state and number:
                counted[state.key] += number
    return counted
