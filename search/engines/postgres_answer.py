"""The answer of one generation of the PostgreSQL index to a query: its terms weighed, its rows put in order."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from search.contract import COUNTED, RELEVANCE, Hit, SearchQuery, SearchResult
from search.engines.postgres_facets import Group, counted_facets
from search.engines.postgres_reading import Reading, is_to_be_counted_on
from search.engines.postgres_recall import Recalled, recalled
from search.engines.postgres_shown import EXACT, LOOKED_AT, NUMBERED, SAMPLED, WEIGHED
from search.engines.postgres_sql import fetch
from search.engines.postgres_tables import terms_view
from search.engines.postgres_terms import Terms, counted_terms
from search.engines.sql_terms import TermTable
from search.number_hits import AskedNumber, asked_number
from search.query_plan import plan
from search.ranking import RANKED, Candidate, Statistics, rank

#: The score of what is found by its number; no words reach it.
NUMBER_SCORE = 1000.0


class Row(NamedTuple):
    """A row of the statement; of counted rows, `place` is their number and `id` says which facets they miss."""

    tag: int
    place: int
    id: int
    score: float
    marks: str | None
    status: str | None
    left_out: bool
    key: str = ""
    issued_on: int | None = None
    gone_from: int | None = None
    length: int = 0
    title: str = ""
    url: str = ""
    number: str = ""
    kind: str = ""
    exact_number: str = ""
    sorted_number: str = ""
    folded_title: str | None = None
    tokens: str | None = None
    exact_title: str | None = None
    exact_body: str | None = None


def answer(generation: str, query: SearchQuery) -> SearchResult:
    """Ask a generation: one statement for term counts not known yet, then memory, or the tables."""
    statistics = TermTable(terms_view(generation)).statistics(counted_terms(query))
    terms = Terms(query, plan(query.wording, query.match, statistics.frequencies), statistics)
    held = recalled(generation, query, terms, statistics.average_length)
    return _recalled(held, query, statistics) if held else _asked(generation, query, terms, statistics)


def _recalled(held: Recalled, query: SearchQuery, statistics: Statistics) -> SearchResult:
    """The answer from memory."""
    rows = [Row(*row) for row in held.hits]
    hits = _in_order(rows, query, statistics, None)
    return SearchResult(
        hits=tuple(hits[query.offset : query.offset + query.limit]),
        total=min(held.total, COUNTED),
        is_more=held.total > COUNTED,
        facets=held.facets,
        gone=held.gone,
    )


def _asked(generation: str, query: SearchQuery, terms: Terms, statistics: Statistics) -> SearchResult:
    """The answer of the tables."""
    reading = Reading(
        generation,
        query,
        terms.strict,
        terms.wide,
        terms.sample,
        terms.weights,
        asked_number(query.wording),
        statistics.average_length,
        RANKED,
    )
    rows = [Row(*row) for row in fetch(reading.statement())]
    counted = [row for row in rows if row.tag == SAMPLED]
    shown = sum(row.place for row in counted if not (row.left_out or row.id))
    if is_to_be_counted_on(sum(row.place for row in counted), shown):
        counted += [Row(*row) for row in fetch(reading.exact_statement())]
    hits = _in_order([row for row in rows if row.tag != SAMPLED], query, statistics, reading.number)
    return _counted(counted, query, tuple(hits[query.offset : query.offset + query.limit]))


def _in_order(rows: Sequence[Row], query: SearchQuery, statistics: Statistics, number: AskedNumber | None) -> list[Hit]:
    """All fetched rows in the order of the pages."""
    rows = sorted(rows, key=lambda row: (row.tag, row.place))
    if query.order != RELEVANCE or not query.wording:
        return [_hit(row, 0.0) for row in rows]
    by_number = [row for row in rows if row.tag == NUMBERED]
    if number:
        head, tail = by_number[:RANKED], by_number[RANKED:]
        head.sort(
            key=lambda row: number.closeness(row.exact_number, row.sorted_number, _day(row.issued_on)), reverse=True
        )
        by_number = head + tail
    numbered = {row.key for row in by_number}
    weighed = [row for row in rows if row.tag == WEIGHED and row.key not in numbered]
    head = [row for row in weighed if row.tokens is not None]
    ranked = rank(query.wording, map(_candidate, head), statistics, query.today)
    held = {row.key: row for row in head}
    return [
        *(_hit(row, NUMBER_SCORE) for row in by_number),
        *(_hit(held[candidate.key], score) for candidate, score in ranked),
        *(_hit(row, 0.0) for row in weighed if row.tokens is None),
    ]


def _candidate(row: Row) -> Candidate:
    title, tokens = row.folded_title or "", row.tokens or ""
    return Candidate(
        key=row.key,
        title=title,
        body=tokens[len(title) + 2 :],
        exact_title=row.exact_title or "",
        exact_body=row.exact_body or "",
        length=row.length,
        found=row.score if len(tokens) == LOOKED_AT else 0.0,
        is_gone=row.gone_from is not None,
        issued_on=_day(row.issued_on),
        kind=row.kind,
    )


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _hit(row: Row, score: float) -> Hit:
    return Hit(row.key, score, row.title, row.url, row.number, row.kind, is_number_hit=row.tag == NUMBERED)


def _counted(rows: Sequence[Row], query: SearchQuery, hits: tuple[Hit, ...]) -> SearchResult:
    sample = [_group(row) for row in rows if row.tag == SAMPLED]
    shown = [group for group in sample if not group.is_left_out]
    exact = [_group(row) for row in rows if row.tag == EXACT and row.place] or [
        group for group in shown if not group.missed
    ]
    total = sum(group.number for group in exact)
    return SearchResult(
        hits=hits,
        total=min(total, COUNTED),
        is_more=total > COUNTED,
        facets=counted_facets(query, exact, shown),
        gone=min(sum(group.number for group in sample if group.is_left_out and not group.missed), COUNTED),
    )


def _group(row: Row) -> Group:
    return Group(row.marks or "", row.status or "", row.place, row.id, row.left_out)
