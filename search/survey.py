"""What is kept of pages beside what they say, read without holding anybody up."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.contract import IndexRecord
from search.indexing import read_described
from search.models import Entry, FileUse, Grant, IndexState
from search.reading import load_pages
from search.records import digest_of, record_of, row_of


@dataclass(frozen=True, slots=True)
class Survey:
    """Pages read without any lock: the records of those that say what is kept, and the ids of the others."""

    records: tuple[IndexRecord, ...] = ()
    unlike: frozenset[int] = frozenset()


def survey(page_ids: Sequence[int]) -> Survey:
    """Compare what is kept of pages with what they say. A page that is being edited may count as unlike."""
    # States before pages: a record is never older than the version it bears.
    states = {state.page_id: state for state in IndexState.objects.filter(page_id__in=page_ids)}
    kept = _kept(page_ids)
    described = read_described(load_pages(page_ids))
    records, unlike = [], set()
    for pk in page_ids:
        state, each = states.get(pk), described.get(pk)
        if each is None:
            if kept.get(pk) or (state and state.digest):
                unlike.add(pk)
            continue
        record = record_of(each, state.version if state else 0)
        is_known = state is not None and not state.is_removed and state.digest == digest_of(each, row_of(each), record)
        if is_known and kept.get(pk) == {"entry", *each.grants, *each.uses}:
            records.append(record)
        else:
            unlike.add(pk)
    return Survey(tuple(records), frozenset(unlike))


def _kept(page_ids: Sequence[int]) -> dict[int, set]:
    """The row, grants and file uses of each page, as they stand in the database."""
    kept: dict[int, set] = {}
    for pk in Entry.objects.filter(pk__in=page_ids).values_list("pk", flat=True):
        kept.setdefault(pk, set()).add("entry")
    grants = Grant.objects.filter(page_id__in=page_ids).values_list("page_id", "token", "opens_at", "closes_at")
    for pk, *grant in grants:
        kept.setdefault(pk, set()).add(tuple(grant))
    for pk, *use in FileUse.objects.filter(page_id__in=page_ids).values_list("page_id", "kind", "file_id"):
        kept.setdefault(pk, set()).add(tuple(use))
    return kept
