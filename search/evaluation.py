"""How good answers are: judged queries against a throw-away index, through the code of the public page."""

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean, quantiles

from django.utils import timezone

from search.contract import IndexRecord, SearchEngine, SearchQuery
from search.judged_sets import READERS, JudgedQuery
from search.wording import understand

CUT = 10
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one query brought, e.g. `Outcome(("d-7", "d-2"), frozenset({"d-7"}), False, 4.2)`.

    Units: milliseconds.
    """

    found: tuple[str, ...]
    relevant: frozenset[str]
    is_altered: bool
    milliseconds: float


def fill(engine: SearchEngine, records: Iterable[IndexRecord]) -> int:
    """Put all records into an index; how many there were."""
    number, batch = 0, []
    for record in records:
        batch.append(record)
        number += 1
        if len(batch) == _BATCH:
            engine.put(batch)
            batch = []
    engine.put(batch)
    return number


def ask(engine: SearchEngine, text: str, now: datetime | None = None) -> tuple[tuple[str, ...], bool]:
    """The first keys an engine finds for a stranger's query, and whether its words were changed."""
    moment = now or timezone.now()
    understood = understand(text, engine, READERS, moment)
    if not understood.wording:
        return (), False
    query = SearchQuery(READERS, understood.wording, moment, timezone.localtime(moment).date(), limit=CUT)
    return tuple(hit.key for hit in engine.search(query).hits), bool(understood.changes)


def answer_all(engine: SearchEngine, queries: Iterable[JudgedQuery]) -> list[Outcome]:
    """The outcome of every query, timed."""
    outcomes = []
    for query in queries:
        start = time.perf_counter()
        found, is_altered = ask(engine, query.text)
        spent = (time.perf_counter() - start) * 1000
        outcomes.append(Outcome(found, query.relevant, is_altered, spent))
    return outcomes


def figures(outcomes: Sequence[Outcome]) -> Mapping[str, float]:
    """The figures of a set, e.g. `figures(outcomes)["ndcg_at_10"]` is 0.912; shares are between 0 and 1.

    Units: p50_ms and p95_ms are milliseconds.
    """
    if not outcomes:
        return {"queries": 0}
    times = [outcome.milliseconds for outcome in outcomes]
    return {
        "queries": len(outcomes),
        "ndcg_at_10": _mean(ndcg(o.found, o.relevant) for o in outcomes),
        "mrr_at_10": _mean(reciprocal_rank(o.found, o.relevant) for o in outcomes),
        "recall_at_10": _mean(recall(o.found, o.relevant) for o in outcomes),
        "hit_at_1": _mean(bool(o.found) and o.found[0] in o.relevant for o in outcomes),
        "zero_hit_share": _mean(not o.found for o in outcomes),
        "altered_share": _mean(o.is_altered for o in outcomes),
        "p50_ms": percentile(times, 50),
        "p95_ms": percentile(times, 95),
    }


def ndcg(found: Sequence[str], relevant: frozenset[str]) -> float:
    """Discounted gain of the first ten against the best possible: `ndcg(["a", "b"], frozenset({"b"}))` is 0.63."""
    gain = sum(1 / math.log2(place + 2) for place, key in enumerate(found[:CUT]) if key in relevant)
    best = sum(1 / math.log2(place + 2) for place in range(min(CUT, len(relevant))))
    return gain / best if best else 0.0


def reciprocal_rank(found: Sequence[str], relevant: frozenset[str]) -> float:
    """One divided by the place of the first right one: the third gives 0.33, none among ten gives 0."""
    return next((1 / (place + 1) for place, key in enumerate(found[:CUT]) if key in relevant), 0.0)


def recall(found: Sequence[str], relevant: frozenset[str]) -> float:
    """The share of the right ones that is among the first ten."""
    return len(relevant.intersection(found[:CUT])) / len(relevant) if relevant else 0.0


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent do not exceed: `percentile([1.0, 2.0, 9.0], 50)` is 2.0."""
    if len(values) < 2:
        return round(values[0], 2) if values else 0.0
    return round(quantiles(values, n=100, method="inclusive")[percent - 1], 2)


def _mean(values: Iterable[float]) -> float:
    return round(fmean(values), 4)
