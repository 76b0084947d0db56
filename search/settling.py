"""Brings an index to what the database says: reads the pages in question and writes them, or removes them."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from search.comparison import GHOST, MISSING, Difference
from search.contract import IndexRecord, SearchEngine
from search.indexing import lock_states, refresh_batch
from search.models import IndexState
from search.records import key_of
from search.survey import survey

LOT = 100


def current_records(page_ids: Sequence[int]) -> list[IndexRecord]:
    """The records of pages as they stand now; what is kept of those that had changed unseen is mended first."""
    found = survey(page_ids)
    records = list(found.records)
    if found.unlike:
        wanted = {key_of(pk) for pk in found.unlike}
        mended = refresh_batch(sorted(found.unlike), always=True).records
        records += [record for record in mended if record.key in wanted]
    return records


def settle(engine: SearchEngine, found: Iterable[Difference]) -> int:
    """Write what the index lacks and remove what it should not hold; how many pages it was about."""
    count = 0
    lot: list[Difference] = []
    for difference in found:
        lot.append(difference)
        count += 1
        if len(lot) == LOT:
            _settle_lot(engine, lot)
            lot = []
    if lot:
        _settle_lot(engine, lot)
    return count


def _settle_lot(engine: SearchEngine, lot: Sequence[Difference]) -> None:
    outrun(lot)
    records = current_records([each.page_id for each in lot if each.kind != GHOST])
    if records:
        engine.put(records)
    held = {record.key for record in records}
    gone = [each.key for each in lot if each.key not in held]
    states = IndexState.objects.filter(key__in=gone, is_removed=True)
    if removed := dict(states.values_list("key", "version")):
        engine.remove(removed)


@transaction.atomic
def outrun(found: Sequence[Difference], with_missing: bool = False) -> None:
    """Raise versions above what an index holds where it would not take a lower one, and bury what never was.

    `with_missing` also for what it lacks: a tombstone that stands too high may keep that out.
    """
    stuck = {
        each.page_id: each
        for each in found
        if (each.held and each.held >= each.expected) or (with_missing and each.kind == MISSING)
    }
    if not stuck:
        return
    for pk, state in lock_states(list(stuck)).items():
        is_unknown = not state.version
        if state.version <= stuck[pk].held or stuck[pk].kind == MISSING:
            state.version = max(state.version, stuck[pk].held) + 1
            state.is_removed = state.is_removed or is_unknown
            state.save(update_fields=["version", "is_removed"])
