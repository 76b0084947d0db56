"""Titles and numbers that go on from what was typed."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from elasticsearch.dsl import Q, Search
from elasticsearch.dsl.query import Query

from search.contract import SearchQuery, Suggestion
from search.engines import elastic_filters as filters
from search.engines.elastic_documents import LONGEST_START, LONGEST_TOKEN
from search.vietnamese.number_parts import number_parts
from search.vietnamese.syllables import syllables

#: Words of the typed text that count, and titles looked at for the best of them.
_MOST_WORDS, _LOOKED_AT = 12, 50
_NUMBER_WEIGHT, _PAIR_WEIGHT = 100, 1


def body_of(text: str, query: SearchQuery) -> dict | None:
    """The search for titles and numbers; None when nothing was typed."""
    typed, parts = syllables(text)[:_MOST_WORDS], number_parts(text)[:_MOST_WORDS]
    if not typed:
        return None
    if not any(part.isdigit() for part in parts):
        parts = []
    in_force = filters.but_not(filters.gone(query.today))
    in_title = filters.every([*(Q("term", starts=word[:LONGEST_START]) for word in typed), in_force])
    in_number = filters.every([Q("term", number_starts=part[:LONGEST_START]) for part in parts])
    ways = [in_title, in_number] if parts else [in_title]
    conditions = [filters.readable(query.audiences, query.now), filters.either(ways), *filters.bounds(query)]
    search = Search().query(Q("bool", filter=conditions, should=_weights(typed, in_number if parts else None)))
    order = [{"_score": "desc"}, {"sort_at": {"order": "desc", "missing": "_last"}}, {"ordinal": "desc"}]
    return search.sort(*order).source(["key", "shown"]).extra(size=_LOOKED_AT, track_total_hits=False).to_dict()


def _weights(typed: Sequence[str], in_number: Query | None) -> list[Query]:
    pairs = [f"{first[:LONGEST_TOKEN]}_{second[:LONGEST_START]}" for first, second in pairwise(typed)]
    weights = [Q("constant_score", filter=Q("term", starts=pair), boost=_PAIR_WEIGHT) for pair in pairs]
    if in_number:
        weights.append(Q("constant_score", filter=in_number, boost=_NUMBER_WEIGHT))
    return weights


def suggestions_of(text: str, answer: Mapping, limit: int) -> tuple[Suggestion, ...]:
    """The best of what was found: titles that begin with the text, then those that hold it as it stands."""
    typed = syllables(text)[:_MOST_WORDS]
    found = [(hit["_source"], hit["_score"]) for hit in answer["hits"]["hits"]]
    found.sort(key=lambda pair: (pair[1] < _NUMBER_WEIGHT, -_closeness(typed, pair[0]["shown"].get("title", ""))))
    return tuple(
        Suggestion(source["key"], *(source["shown"].get(name, "") for name in ("title", "number", "kind", "url")))
        for source, _ in found[:limit]
    )


def _closeness(typed: Sequence[str], title: str) -> float:
    """How closely a title goes on from the typed words: 2 at its beginning, 1 within it, more for a short rest."""
    words = syllables(title)
    size, share = len(typed), len(typed) / max(len(words), 1)
    for place in range(len(words) - size + 1):
        window = words[place : place + size]
        if window[:-1] == list(typed[:-1]) and window[-1].startswith(typed[-1]):
            return (2 if place == 0 else 1) + min(share, 1) / 2
    return min(share, 1) / 2
