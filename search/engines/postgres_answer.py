"""The answer of one generation of the PostgreSQL index to a query: its terms weighed, its rows put in order."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from django.db import connection

from search.contract import COUNTED, PHRASE, RELEVANCE, Hit, SearchQuery, SearchResult
from search.engines.postgres_facets import Group, counted_facets
from search.engines.postgres_lists import LONGEST_LIST, Weight
from search.engines.postgres_reading import EXACT, LOOKED_AT, NUMBERED, SAMPLE, SAMPLED, WEIGHED, Reading
from search.engines.postgres_sql import Sql, Words
from search.engines.postgres_tables import terms_view
from search.engines.postgres_words import FREQUENT, NOTHING, TITLE, all_of, any_of, phrase
from search.engines.sql_terms import TermTable
from search.number_hits import AskedNumber, asked_number
from search.query_plan import FEW, Phrase, QueryPlan, plan, terms_of
from search.ranking import RANKED, Candidate, Statistics, rank

#: So many rows of all the lists of terms are weighed, the rarest terms first.
WEIGHED_ROWS = 8_000
#: A term in a title, and one that stands often, weighs so much more; about so many of its documents hold it so.
IN_TITLE, IF_FREQUENT, SIGNED_SHARE = 0.35, 0.4, 0.2
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
    """Ask a generation: one statement for term counts not known yet, one for everything else."""
    terms = [term for term in terms_of(query.wording) if phrase(term.split("_")) != NOTHING]
    statistics = TermTable(terms_view(generation)).statistics(terms)
    planned = plan(query.wording, query.match, statistics.frequencies)
    verified = tuple(_verified(planned, query))
    reading = Reading(
        generation,
        query,
        Words(tuple(_parts(planned)), verified),
        Words(tuple(_wide_parts(planned)), verified) if _may_be_few(planned, statistics) else Words(),
        Words(tuple(_sample(planned, statistics))),
        tuple(_weights(planned, query, statistics)),
        asked_number(query.wording),
        statistics.average_length,
        2 * RANKED,
    )
    rows = [Row(*row) for row in _fetch(reading.statement())]
    counted = [row for row in rows if row.tag in (SAMPLED, EXACT)]
    hits = _in_order([row for row in rows if row.tag not in (SAMPLED, EXACT)], query, statistics, reading.number)
    return _counted(counted, query, tuple(hits[query.offset : query.offset + query.limit]))


def _may_be_few(planned: QueryPlan, statistics: Statistics) -> bool:
    """Whether the database must count before it is known which words are enough."""
    pairs = (each for each in planned.pairs if len(each) <= 2)
    is_common = not planned.phrases and any(statistics.phrase_frequency(each) >= FEW for each in pairs)
    return bool(planned.wide) and not is_common


def _fetch(statement: Sql) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.values)
        return cursor.fetchall()


def _quoted(planned: QueryPlan) -> str:
    return all_of(map(phrase, planned.phrases))


def _parts(planned: QueryPlan) -> Iterator[str]:
    """The alternatives of the strict rule, each holding the quoted phrases as well."""
    quoted = _quoted(planned)
    for each in planned.pairs:
        yield all_of([phrase(each), quoted])
    if planned.groups:
        yield all_of([_together(planned), quoted])


def _together(planned: QueryPlan) -> str:
    return all_of(any_of(map(phrase, group)) for group in planned.groups)


def _sample(planned: QueryPlan, statistics: Statistics) -> Iterator[str]:
    """A single pair that more documents hold than are counted: then nothing else need be looked at to count."""
    commonest = max(planned.pairs, key=statistics.phrase_frequency, default=())
    if len(commonest) == 2 and not planned.phrases and statistics.phrase_frequency(commonest) > SAMPLE:
        yield phrase(commonest)


def _wide_parts(planned: QueryPlan) -> Iterator[str]:
    quoted = _quoted(planned)
    return (all_of([phrase(each), quoted]) for each in planned.wide)


def _verified(planned: QueryPlan, query: SearchQuery) -> Iterator[tuple[Phrase, ...]]:
    """Phrases whose words must stand together in the text."""
    yield from ((each,) for each in planned.phrases if len(each) > 2)
    if query.match == PHRASE and any(len(each) > 2 for each in planned.pairs):
        yield planned.pairs


def _weights(planned: QueryPlan, query: SearchQuery, statistics: Statistics) -> Iterator[Weight]:
    """The rarest terms with their weights, as far as the rows of their lists are few enough."""
    rated = sorted(_rated(planned, query, statistics), key=lambda pair: pair[0])
    rows = 0.0
    for place, (number, weight) in enumerate(rated):
        rows += min(number, LONGEST_LIST)
        if rows <= WEIGHED_ROWS or place < 3:
            yield weight


def _rated(planned: QueryPlan, query: SearchQuery, statistics: Statistics) -> Iterator[tuple[float, Weight]]:
    """Every term with the number of rows that hold it at most."""
    quoted = _quoted(planned)
    enough = set(planned.pairs)
    syllables = dict.fromkeys((word,) for word in query.wording.syllables)
    pairs = dict.fromkeys(pairwise(query.wording.syllables))
    for words in [*syllables, *pairs, *(each for each in planned.pairs if each not in pairs)]:
        number, idf, is_enough = _rarity(words, statistics), _idf(words, statistics), words in enough
        yield number, Weight(all_of([phrase(words), quoted]), idf, is_enough)
        if len(words) <= 2:
            for sign, share in ((TITLE, IN_TITLE), (FREQUENT, IF_FREQUENT)):
                yield number * SIGNED_SHARE, Weight(all_of([phrase(words, sign), quoted]), share * idf, is_enough)
    if planned.groups:
        words = tuple(group[0][0] for group in planned.groups if len(group) == 1)
        yield _rarity(words, statistics), Weight(all_of([_together(planned), quoted]), 0.0, is_enough=True)


def _rarity(words: Phrase, statistics: Statistics) -> float:
    """No more open documents than this hold the words."""
    counts = [statistics.frequency(word) for word in words]
    counts += [statistics.phrase_frequency(pair) for pair in pairwise(words)] if len(words) == 2 else []
    return min(counts, default=statistics.documents)


def _idf(words: Phrase, statistics: Statistics) -> float:
    if len(words) <= 2:
        return statistics.idf("_".join(words))
    return max(statistics.idf(f"{first}_{second}") for first, second in pairwise(words))


def _in_order(rows: Sequence[Row], query: SearchQuery, statistics: Statistics, number: AskedNumber | None) -> list[Hit]:
    """All fetched rows in the order of the pages."""
    rows = sorted(rows, key=lambda row: (row.tag, row.place))
    if query.order != RELEVANCE or not query.wording:
        return [_hit(row, 0.0) for row in rows]
    by_number = [row for row in rows if row.tag == NUMBERED]
    if number:
        head, tail = by_number[: 2 * RANKED], by_number[2 * RANKED :]
        head.sort(key=lambda row: number.closeness(row.exact_number, row.sorted_number), reverse=True)
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
        issued_on=date.fromordinal(row.issued_on) if row.issued_on else None,
    )


def _hit(row: Row, score: float) -> Hit:
    return Hit(row.key, score, row.title, row.url, row.number, row.kind, is_number_hit=row.tag == NUMBERED)


def _counted(rows: Sequence[Row], query: SearchQuery, hits: tuple[Hit, ...]) -> SearchResult:
    sample = [_group(row) for row in rows if row.tag == SAMPLED]
    shown = [group for group in sample if not group.is_left_out]
    exact = [_group(row) for row in rows if row.tag == EXACT] or [group for group in shown if not group.missed]
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
