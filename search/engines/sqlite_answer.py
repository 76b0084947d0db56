"""The answer of one generation of the SQLite index to a query: its terms weighed, its rows put in order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from django.db import connection

from search.contract import COUNTED, OLDEST, RELEVANCE, Facet, Hit, SearchQuery, SearchResult
from search.engines import sqlite_match as match
from search.engines.sql_records import count_facets
from search.engines.sqlite_reading import COUNTS, GONE_ROWS, LOOKED_AT, NUMBERED, TITLED, Reading, Words
from search.engines.sqlite_scope import Sql
from search.engines.sqlite_tables import partitions
from search.number_hits import AskedNumber, asked_number
from search.query_plan import FEW, Phrase, QueryPlan, plan, terms_of
from search.ranking import RANKED, Candidate, Statistics, rank

#: So many documents are weighed at most; where even the rarest term stands in more, the newest come first.
WEIGHED_ROWS = 6_000
#: So many places of words are gone through at most to find those documents; finding a pair walks both its words.
SCANNED_WORDS = 400_000
#: Single words weigh beside the pairs that match when they stand in no more places than this.
BESIDE_ROWS = 10_000
#: The score of what is found by its number; no words reach it.
NUMBER_SCORE = 1000.0


class Row(NamedTuple):
    """A row of the statement: a hit, or a count with its number as `place`, its name as `key`, its marks as `title`."""

    source: int
    part: int
    place: int
    id: int
    score: float
    key: str
    title: str = ""
    url: str = ""
    number: str = ""
    kind: str = ""
    exact_number: str = ""
    sorted_number: str = ""
    newest: int = 0
    oldest: int = 0
    sorted_at: int = 0
    issued_on: int | None = None
    gone_from: int | None = None
    length: int = 0
    folded_title: str | None = None
    body: str | None = None
    attachments: str | None = None
    numbers: str | None = None
    accented_title: str | None = None
    accented_body: str | None = None


class Answer(NamedTuple):
    """What was found, and the name of the generation that is current by now."""

    result: SearchResult
    current: str | None


def answer(generation: str, query: SearchQuery) -> Answer:
    """Ask a generation: one statement for term counts not known yet, one for hits and their counts."""
    statistics = partitions(generation)[0].terms.statistics(terms_of(query.wording))
    planned = plan(query.wording, query.match, statistics.frequencies)
    strict = _words(match.strict(planned), _strict_terms(planned, statistics), planned)
    reading = Reading(
        generation,
        query,
        replace(strict, weighing=_weighing(planned, strict, statistics)),
        _words(match.wide(planned), _phrase_terms((*planned.wide, *planned.pairs), statistics), planned),
        asked_number(query.wording),
        _is_few(planned, statistics),
    )
    state, *rows = (Row(*row) for row in _fetch(reading.statement()))
    hits = _in_order([row for row in rows if row.source != COUNTS], query, statistics, reading.number)
    page = hits[query.offset : query.offset + query.limit]
    return Answer(_counted([row for row in rows if row.source == COUNTS], query, tuple(page)), state.key)


def _is_few(planned: QueryPlan, statistics: Statistics) -> bool | None:
    """Whether any word is enough; None when counting must tell."""
    if not planned.wide:
        return False
    is_common = any(statistics.phrase_frequency(each) >= FEW for each in planned.pairs if len(each) <= 2)
    return False if is_common and not planned.phrases else None


class _Term(NamedTuple):
    """One of the alternatives: in how many documents it stands at most, and what it costs to find them."""

    rows: float
    cost: float
    expression: str


def _strict_terms(planned: QueryPlan, statistics: Statistics) -> list[_Term]:
    terms = _phrase_terms(planned.pairs, statistics)
    if planned.groups and not planned.is_told_by_pairs:
        groups = [_phrase_terms(group, statistics) for group in planned.groups]
        rows = min(sum(term.rows for term in group) for group in groups)
        cost = sum(term.cost for group in groups for term in group)
        terms.append(_Term(rows, cost, match.together(planned)))
    return terms


def _phrase_terms(phrases: Iterable[Phrase], statistics: Statistics) -> list[_Term]:
    return [
        _Term(_rarity(words, statistics), sum(map(statistics.frequency, words)), match.phrase(words))
        for words in phrases
    ]


def _words(full: str, terms: Sequence[_Term], planned: QueryPlan) -> Words:
    """The expressions for a set of alternatives: the rarest are weighed, as long as they are few enough."""
    rows, cost, rare = 0.0, 0.0, []
    for term in sorted(terms):
        rows, cost = rows + term.rows, cost + term.cost
        if rows <= WEIGHED_ROWS and cost <= SCANNED_WORDS:
            rare.append(term.expression)
    if len(rare) == len(terms):
        return Words(full, full)
    titled = "" if _is_weighed(planned, rare) else match.together(planned) or (full if len(terms) == 1 else "")
    quoted = [match.phrase(each) for each in planned.phrases]
    weighed = match.all_of([match.any_of(rare), *quoted]) if rare else ""
    return Words(full, weighed, match.in_title(titled) if titled else "")


def _is_weighed(planned: QueryPlan, rare: Sequence[str]) -> bool:
    """Whether what holds all words, in its title too, is among the weighed ones in any case."""
    return any(
        all(any(match.phrase(words) in rare for words in (form, *pairwise(form))) for form in group)
        for group in planned.groups
    )


def _weighing(planned: QueryPlan, words: Words, statistics: Statistics) -> str:
    """The single words as well as the pairs; "" where those stand in too many documents to be looked at.

    Pairs decide what is found; how well it answers depends on the words apart from one another, too.
    """
    terms = (*planned.wide, *planned.pairs)
    is_cheap = sum(statistics.frequency(word) for each in planned.wide for word in each) <= BESIDE_ROWS
    # What holds a pair of two words holds both.
    return match.any_of(map(match.phrase, terms)) if is_cheap and words.weighed and len(planned.wide) > 2 else ""


def _rarity(words: Phrase, statistics: Statistics) -> float:
    """No more documents than this hold the words as a phrase."""
    pairs = [statistics.phrase_frequency(pair) for pair in pairwise(words)]
    return min([statistics.frequency(word) for word in words] + pairs)


def _fetch(statement: Sql) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return cursor.fetchall()


def _in_order(rows: Sequence[Row], query: SearchQuery, statistics: Statistics, number: AskedNumber | None) -> list[Hit]:
    """All fetched rows in the order of the pages; those up to the end of the asked page are where they belong."""
    if query.order != RELEVANCE or not query.wording.syllables:
        return [_hit(row, 0.0) for row in sorted(rows, key=_by_date(query.order), reverse=query.order != OLDEST)]
    by_number = sorted((row for row in rows if row.source == NUMBERED), key=lambda row: (row.part, row.place))
    if number:
        by_number = _closest_first(by_number, number)
    head, tail = _parted(row for row in rows if row.source != NUMBERED)
    ranked = rank(query.wording, map(_candidate, head), statistics, query.today)
    held = {row.key: row for row in head}
    return [
        *(_hit(row, NUMBER_SCORE) for row in by_number),
        *(_hit(held[candidate.key], score) for candidate, score in ranked),
        *(_hit(row, 0.0) for row in tail),
    ]


def _parted(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that are ranked, of each partition the first and those with the words in the title, and the others."""
    lists: dict[int, list[Row]] = defaultdict(list)
    titled: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row.source, row.place)):
        if row.source == TITLED:
            titled[row.key] = row
        else:
            lists[row.part].append(row)
    first = {row.key: row for part in lists.values() for row in part[:RANKED]}
    head = {**titled, **first}
    tail = [row for part in lists.values() for row in part if row.key not in head]
    tail.sort(key=lambda row: (row.source, row.score, -row.id))
    return list(head.values()), tail


def _by_date(order: str):
    if order == OLDEST:
        return lambda row: (row.oldest, row.sorted_at, len(row.key), row.key)
    return lambda row: (row.newest, row.sorted_at, len(row.key), row.key)


def _closest_first(rows: Sequence[Row], number: AskedNumber) -> list[Row]:
    closest = sorted(
        rows[: 2 * RANKED],
        key=lambda row: (number.closeness(row.exact_number, row.sorted_number, _day(row.issued_on)), row.id),
        reverse=True,
    )
    return [*closest, *rows[2 * RANKED :]]


def _candidate(row: Row) -> Candidate:
    body, attachments = row.body or "", row.attachments or ""
    is_cut = LOOKED_AT in (len(body), len(attachments))
    return Candidate(
        key=row.key,
        title=row.folded_title or "",
        body=f"{body} {attachments} {row.numbers or ''}",
        exact_title=row.accented_title or "",
        exact_body=row.accented_body or "",
        length=row.length,
        found=-row.score if is_cut else 0.0,
        is_gone=row.gone_from is not None,
        issued_on=_day(row.issued_on),
        kind=row.kind,
    )


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _hit(row: Row, score: float) -> Hit:
    return Hit(row.key, score, row.title, row.url, row.number, row.kind, is_number_hit=row.source == NUMBERED)


def _counted(rows: Sequence[Row], query: SearchQuery, hits: tuple[Hit, ...]) -> SearchResult:
    totals: dict[str, int] = defaultdict(int)
    marks: Mapping[str, list[str]] = defaultdict(list)
    for row in rows:
        totals[row.key] += row.place
        marks[row.key].append(row.title)
    return SearchResult(
        hits=hits,
        total=min(totals[""], COUNTED),
        is_more=totals[""] > COUNTED,
        facets=_facets(query, marks),
        gone=min(totals[GONE_ROWS], COUNTED),
    )


def _facets(query: SearchQuery, marks: Mapping[str, list[str]]) -> tuple[Facet, ...]:
    """Facets without a chosen value from the rows themselves, each other one from rows without its own filter."""
    own = [name for name in query.facets if query.chosen.get(name)]
    free = [name for name in query.facets if name not in own]
    counted = {facet.name: facet for facet in count_facets(free, marks.get("", ()), query.today)}
    for name in own:
        counted |= {facet.name: facet for facet in count_facets([name], marks.get(name, ()), query.today)}
    return tuple(counted[name] for name in query.facets)
