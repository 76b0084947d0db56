"""Which documents count at all: the reader's, the chosen, those still in force, as conditions of Elasticsearch."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.contract import SearchQuery, StateDates
from search.engines.elastic_documents import LONGEST_TOKEN
from search.number_hits import AskedNumber, asked_number
from search.states import CAMPAIGN, LABELS

ENDED, WAITING, BEGUN, UNDATED = "ended", "waiting", "begun", "undated"
SOME_DAY = date(2000, 1, 2)
OFFICIAL_KINDS = ("campaign", "directive")
_VALIDITY = ("in_force", "not_yet", "partly")
_TASKS = ("running", CAMPAIGN)


def every(conditions: Sequence[Query]) -> Query:
    """A condition that holds when all do; without any it always holds."""
    return Q("bool", filter=list(conditions)) if conditions else Q("match_all")


def either(conditions: Sequence[Query]) -> Query:
    """A condition that holds when one does; without any it never holds."""
    return Q("bool", should=list(conditions), minimum_should_match=1) if conditions else Q("match_none")


def but_not(condition: Query) -> Query:
    return Q("bool", must_not=[condition])


def readable(audiences: Iterable[str], now: datetime) -> Query:
    """What one of the tokens opens at this moment. A document without audiences, a tombstone too, never matches."""
    moment = now.isoformat()
    closed = [Q("range", opens_at={"gt": moment}), Q("range", closes_at={"lte": moment})]
    tokens = sorted(audiences)
    opened = Q("term", audiences=tokens[0]) if len(tokens) == 1 else Q("terms", audiences=tokens)
    return Q("bool", filter=[opened], must_not=closed)


def keeps_gone(query: SearchQuery, but: str = "") -> bool:
    """Whether documents without force stay: they or a status were asked for, `but` one facet left out."""
    return query.with_gone or (bool(query.chosen.get("status")) and but != "status")


def gone(today: date) -> Query:
    return Q("range", gone_from={"lte": today.isoformat()})


def kept(query: SearchQuery) -> Query:
    """What has not lost its force, or was asked for by its number, whatever has become of it."""
    in_force, number = but_not(gone(query.today)), asked_number(query.wording)
    return either([in_force, numbered(number)]) if number else in_force


def numbered(number: AskedNumber) -> Query:
    """All parts asked for in the number of the document, in whatever order."""
    return every([Q("term", number_parts=part[: LONGEST_TOKEN + 1]) for part in number.parts])


def bounds(query: SearchQuery) -> list[Query]:
    """Conditions that are no facet: hidden keys, days, month, official kinds."""
    held = []
    if query.hidden:
        held.append(but_not(Q("terms", key=sorted(query.hidden))))
    days = {"gte": query.since, "lte": query.until}
    if limits := {name: day.isoformat() for name, day in days.items() if day}:
        held.append(Q("range", issued_on=limits))
    if query.month:
        held.append(Q("term", month=query.month))
    if query.official_only:
        held.append(Q("terms", kind=list(OFFICIAL_KINDS)))
    return held


def chosen(query: SearchQuery, but: str = "") -> list[Query]:
    """One condition for each facet in which values were chosen, `but` one left out."""
    return [_one_of(name, values, query.today) for name, values in query.chosen.items() if values and name != but]


def _one_of(name: str, values: Sequence[str], today: date) -> Query:
    if name == "status":
        return either([in_status(value, today) for value in values if value in LABELS])
    return Q("terms", **{f"facets.{name}": list(values)})


def in_status(key: str, today: date) -> Query:
    """Documents in a status on a day: word for word what `search.states.state_on` says."""
    ended = Q("range", state_until={"lt": today.isoformat()})
    waiting = Q("range", state_since={"gt": today.isoformat()})
    validity, tasks, claimed = (
        Q("terms", state_claim=list(_VALIDITY)),
        Q("terms", state_claim=list(_TASKS)),
        _claim(key),
    )
    cases = {
        "expired": [claimed, every([validity, ended])],
        "not_yet": [
            every([validity, but_not(ended), waiting]),
            every([claimed, but_not(ended), but_not(Q("exists", field="state_since"))]),
        ],
        "in_force": [
            every([claimed, but_not(ended), but_not(waiting)]),
            every([_claim("not_yet"), Q("exists", field="state_since"), but_not(ended), but_not(waiting)]),
        ],
        "partly": [every([claimed, but_not(ended), but_not(waiting)])],
        "overdue": [claimed, every([_claim("running"), ended])],
        "done": [claimed, every([_claim(CAMPAIGN), ended])],
        "upcoming": [claimed, every([tasks, but_not(ended), waiting])],
        "running": [every([tasks, but_not(ended), but_not(waiting)])],
    }
    return either(cases.get(key, [claimed]))


def date_cases(today: date) -> dict[str, Query]:
    """Where a day may lie between the dates of a document, for each case a condition; `UNDATED` is none of them."""
    ended = Q("range", state_until={"lt": today.isoformat()})
    waiting = Q("range", state_since={"gt": today.isoformat()})
    return {
        ENDED: ended,
        WAITING: Q("bool", filter=[waiting], must_not=[ended]),
        BEGUN: Q("bool", filter=[Q("exists", field="state_since")], must_not=[ended, waiting]),
    }


def example_of(case: str, claim: str) -> StateDates:
    """Dates that make `SOME_DAY` lie as a case says, e.g. of "ended" an `until` of the day before."""
    since = {WAITING: SOME_DAY + timedelta(days=1), BEGUN: SOME_DAY}.get(case)
    return StateDates(claim, since, SOME_DAY - timedelta(days=1) if case == ENDED else None)


def _claim(key: str) -> Query:
    return Q("term", state_claim=key)
