"""The words of a query as conditions and weights of Elasticsearch; only letters and digits parted before get in."""

from collections.abc import Iterable

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.contract import Wording
from search.engines.elastic_documents import LONGEST_NUMBER, LONGEST_TOKEN
from search.engines.elastic_filters import either, every, numbered
from search.number_hits import AskedNumber
from search.query_plan import MOST_TERMS, Phrase, QueryPlan, terms_of
from search.ranking import Statistics
from search.vietnamese.syllables import pairs

#: Names under which a hit tells what it matched.
NUMBER, SAME_NUMBER, SAME_NOTATION, SAME_KIND = "number", "same_number", "same_notation", "same_kind"
SAME_DAYS = "same_days"
# Far above any sum of words, and small enough for the words to count in 32 bits.
_NUMBER_WEIGHT, _DAYS_WEIGHT, _NOTATION_WEIGHT, _KIND_WEIGHT, _SAME_WEIGHT = 1000, 1000, 500, 200, 100


def strict(plan: QueryPlan) -> Query:
    """A pair of the query or all of its words, and what was quoted."""
    together = [every([any_phrase(group) for group in plan.groups])] if plan.groups else []
    return every([either([*_phrases(plan.pairs), *together]), *map(_phrase, plan.phrases)])


def wide(plan: QueryPlan) -> Query:
    """Any word of the query, and what was quoted."""
    return every([any_phrase(plan.wide), *map(_phrase, plan.phrases)])


def any_phrase(phrases: Iterable[Phrase]) -> Query:
    return either(_phrases(phrases))


def _phrases(phrases: Iterable[Phrase]) -> list[Query]:
    """One condition for all words and pairs together, one for each longer phrase."""
    held = list(phrases)
    short = [token(phrase) for phrase in held if len(phrase) < 3]
    longer = [_phrase(phrase) for phrase in held if len(phrase) > 2]
    return ([Q("terms", text=short)] if short else []) + longer


def _phrase(phrase: Phrase) -> Query:
    if len(phrase) < 3:
        return Q("term", text=token(phrase))
    return Q("match_phrase", text=" ".join(pairs(phrase)))


def token(phrase: Phrase) -> str:
    """A word or a pair as the index holds it: ("thi", "dua") -> "thi_dua"."""
    return "_".join(phrase)


def weighing(wording: Wording, statistics: Statistics) -> list[Query]:
    """What gives a hit its weight: the rarest syllables and pairs of the query and of what stands for them."""
    rarest = sorted(terms_of(wording), key=statistics.frequency)[:MOST_TERMS]
    return [Q("match", text=" ".join(rarest))] if rarest else []


def number_first(number: AskedNumber) -> list[Query]:
    """Weights that put numbers before words, and of numbers the one as typed before its look-alikes."""
    parts = [
        (numbered(number), _NUMBER_WEIGHT, NUMBER),
        (Q("term", number_exact=number.exact_text[:LONGEST_NUMBER]), _NOTATION_WEIGHT, SAME_NOTATION),
        (Q("term", number_sorted=number.sorted_text[:LONGEST_NUMBER]), _SAME_WEIGHT, SAME_NUMBER),
    ]
    if number.initials:
        parts.append((Q("term", number_parts=number.initials[:LONGEST_TOKEN]), _KIND_WEIGHT, SAME_KIND))
    if number.days:
        first, last = (day.isoformat() for day in number.days)
        issued = every([numbered(number), Q("range", issued_on={"gte": first, "lte": last})])
        parts.append((issued, _DAYS_WEIGHT, SAME_DAYS))
    return [Q("constant_score", filter=each, boost=weight, _name=name) for each, weight, name in parts]
