"""One search: what is asked of Elasticsearch, and its answer ranked and turned into a result."""

from collections.abc import Mapping, Sequence
from datetime import date

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.contract import COUNTED, OLDEST, RELEVANCE, Hit, SearchQuery, SearchResult
from search.engines import elastic_facets as facets
from search.engines import elastic_filters as filters
from search.engines import elastic_words as words
from search.number_hits import AskedNumber, asked_number
from search.query_plan import FEW, QueryPlan
from search.ranking import RANKED, Candidate, Statistics, is_accented, rank

#: Further down than this no server pages; a reader narrows the search instead.
DEEPEST = 10_000
#: The score of what is found by its number; no words reach it.
NUMBER_SCORE = 1000.0
_NEWEST = [
    {"year": {"order": "desc", "missing": "_last"}},
    {"is_undated": "asc"},
    {"issued_on": {"order": "desc", "missing": "_last"}},
    {"sort_at": {"order": "desc", "missing": "_last"}},
    {"ordinal": "desc"},
]
_OLDEST = [
    {"year": {"order": "asc", "missing": "_first"}},
    {"is_undated": "asc"},
    {"issued_on": {"order": "asc", "missing": "_first"}},
    {"sort_at": {"order": "asc", "missing": "_first"}},
    {"ordinal": "asc"},
]
#: The count of what would be found, had it not lost its force.
_GONE = "gone"
_RANKED_FOLDED = ["ranked.is_part", "ranked.title", "ranked.body"]
_SHOWN = ["key", "shown", "length", "gone_from", "issued_on", "number_exact", "number_sorted"]


def is_ranked(query: SearchQuery) -> bool:
    """Whether the first hits of this page are ordered by the scorer of all engines."""
    return query.order == RELEVANCE and bool(query.wording) and query.offset < RANKED


def hits_body_of(query: SearchQuery, plan: QueryPlan, statistics: Statistics, is_wide: bool = False) -> dict:
    """The search for hits. It counts nothing, so that documents that cannot be among the first are passed over."""
    by_relevance = query.order == RELEVANCE and bool(query.wording)
    weights = _weights(query, statistics) if by_relevance else []
    conditions = [*_narrowed(query, plan, is_wide), *filters.chosen(query)]
    search = Search().query(Q("bool", filter=conditions, should=weights))
    search = search.sort(*_order(query, by_relevance)).source(_wanted(query))
    start, size = (0, max(RANKED, query.offset + query.limit)) if is_ranked(query) else (query.offset, query.limit)
    size = max(0, min(size, DEEPEST - start))
    return search.extra(from_=min(start, DEEPEST), size=size, track_total_hits=False).to_dict()


def counts_body_of(query: SearchQuery, plan: QueryPlan, is_wide: bool = False) -> dict:
    """The search for counts. What a reader chose of a facet narrows the total, not the facet."""
    found = [*_found(query, plan, is_wide), *filters.bounds(query)]
    search, chosen = Search().query(filters.every(found)), filters.chosen(query)
    # One walk through all that was found tells both what is in force and what would have been found besides.
    in_force = [] if filters.keeps_gone(query) else [filters.kept(query)]
    if asked := [*chosen, *in_force]:
        search = search.post_filter(filters.every(asked))
    facets.add_counts(search, query, in_force)
    if in_force:
        search.aggs.bucket(_GONE, A("filter", filters.every([*chosen, filters.but_not(*in_force)])))
    return search.extra(size=0, track_total_hits=COUNTED).to_dict()


def _narrowed(query: SearchQuery, plan: QueryPlan, is_wide: bool) -> list[Query]:
    """Conditions of the reader, the words and the days; what has lost its force is left out here, too."""
    conditions = [*_found(query, plan, is_wide), *filters.bounds(query)]
    return conditions if filters.keeps_gone(query) else [*conditions, filters.kept(query)]


def few_body_of(query: SearchQuery, plan: QueryPlan) -> dict:
    """The search that tells whether there are few matching documents, no filter applied."""
    return Search().query(filters.every(_found(query, plan, False))).extra(size=0, track_total_hits=FEW).to_dict()


def _found(query: SearchQuery, plan: QueryPlan, is_wide: bool) -> list[Query]:
    """Conditions of the reader and of the words."""
    readable = filters.readable(query.audiences, query.now)
    if not query.wording:
        return [readable, *(words.any_phrase([phrase]) for phrase in plan.phrases)]
    ways = []
    if plan:
        ways.append(words.wide(plan) if is_wide else words.strict(plan))
    if number := asked_number(query.wording):
        ways.append(filters.numbered(number))
    return [readable, filters.either(ways)]


def _weights(query: SearchQuery, statistics: Statistics) -> list:
    number = asked_number(query.wording)
    return (words.number_first(number) if number else []) + words.weighing(query.wording, statistics)


def _order(query: SearchQuery, by_relevance: bool) -> list:
    if by_relevance:
        return [{"_score": "desc"}, {"ordinal": "desc"}]
    return _OLDEST if query.order == OLDEST else _NEWEST


def _wanted(query: SearchQuery) -> list[str]:
    if not is_ranked(query):
        return _SHOWN
    return [*_SHOWN, "ranked"] if is_accented(query.wording) else [*_SHOWN, *_RANKED_FOLDED]


def result_of(query: SearchQuery, answers: Sequence[Mapping], statistics: Statistics) -> SearchResult:
    """The answers for hits and counts as every engine gives them.

    The first hits are in the order of the common scorer.
    """
    found, counts = answers[0]["hits"]["hits"], answers[1]
    in_order = _ranked(query, found, statistics) if is_ranked(query) else _as_found(found)
    gone = counts.get("aggregations", {}).get(_GONE)
    return SearchResult(
        hits=tuple(in_order),
        total=min(total_of(counts), COUNTED),
        is_more=counts["hits"]["total"]["relation"] != "eq",
        facets=facets.read_facets(query, counts["aggregations"]) if query.facets else (),
        gone=min(gone["doc_count"], COUNTED) if gone else 0,
    )


def total_of(answer: Mapping) -> int:
    return answer["hits"]["total"]["value"]


def _as_found(found: Sequence[Mapping]) -> list[Hit]:
    return [_hit(each, each["_score"] or 0.0) for each in found]


def _ranked(query: SearchQuery, found: Sequence[Mapping], statistics: Statistics) -> list[Hit]:
    first = {each["_source"]["key"]: each for each in found[:RANKED]}
    candidates = [_candidate(each, query.today) for each in first.values()]
    scored = rank(query.wording, candidates, statistics, query.today)
    hits = [_hit(first[candidate.key], score) for candidate, score in scored]
    if number := asked_number(query.wording):
        hits.sort(key=lambda hit: _closeness(first[hit.key], number), reverse=True)
    hits += _as_found(found[RANKED:])
    return hits[query.offset : query.offset + query.limit]


def _candidate(hit: Mapping, today: date) -> Candidate:
    source = hit["_source"]
    ranked, gone_from, issued_on = source["ranked"], source.get("gone_from"), source.get("issued_on")
    return Candidate(
        key=source["key"],
        title=ranked.get("title", ""),
        body=ranked.get("body", ""),
        exact_title=ranked.get("exact_title", ""),
        exact_body=ranked.get("exact_body", ""),
        length=source.get("length", 0),
        found=hit["_score"] - _number_weight(hit) if ranked.get("is_part") else 0.0,
        is_gone=bool(gone_from) and date.fromisoformat(gone_from) <= today,
        issued_on=_day(issued_on),
        kind=source.get("shown", {}).get("kind", ""),
    )


def _closeness(hit: Mapping, number: AskedNumber) -> tuple[int, ...]:
    """Hits by number before all others, the closest first; others stay as they are."""
    if words.NUMBER not in _matched(hit):
        return ()
    source = hit["_source"]
    issued_on = _day(source.get("issued_on"))
    return (1, *number.closeness(source.get("number_exact", ""), source.get("number_sorted", ""), issued_on))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _number_weight(hit: Mapping) -> float:
    """What the number of a hit adds to the weight of its words."""
    return sum(_matched(hit).values())


def _matched(hit: Mapping) -> Mapping[str, float]:
    return hit.get("matched_queries") or {}


def _hit(hit: Mapping, score: float) -> Hit:
    shown, is_number_hit = hit["_source"].get("shown", {}), words.NUMBER in _matched(hit)
    return Hit(
        key=hit["_source"]["key"],
        score=NUMBER_SCORE if is_number_hit else score,
        title=shown.get("title", ""),
        url=shown.get("url", ""),
        number=shown.get("number", ""),
        kind=shown.get("kind", ""),
        is_number_hit=is_number_hit,
    )
