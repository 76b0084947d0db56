"""Writing records and tombstones: each arrives, is already there in a later version, or is named as failed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from elasticsearch import Elasticsearch, helpers

from search.contract import IndexRecord
from search.engines.elastic_client import WRITING_SECONDS, answering
from search.engines.elastic_documents import document, tombstone
from search.engines.elastic_generations import Names
from search.engines.elastic_mapping import GUARDED, OPEN
from search.engines.partly_written import PartlyWritten

_BATCH, _BATCH_BYTES = 500, 8 * 1024 * 1024
#: Batches on their way while the next is prepared.
_AT_ONCE = 2
_CONFLICT = 409
# A version counts once for a write; a removal wins over a write of the same version.
_NEWER, _NOT_OLDER = "external", "external_gte"


def puts(records: Sequence[IndexRecord], written: Sequence[Names]) -> Iterator[dict]:
    """Each record in its place and a tombstone in the other, where it may have stood until now."""
    for record in records:
        home, other = (OPEN, GUARDED) if record.is_open else (GUARDED, OPEN)
        treated = document(record)
        for names in written:
            yield _action(names.alias(other), record.key, record.version, tombstone(record.key), _NEWER)
            yield _action(names.alias(home), record.key, record.version, treated, _NEWER)


def removals(versions: Mapping[str, int], written: Sequence[Names]) -> Iterator[dict]:
    """A tombstone in both places: a late write of a lower version finds it however late it comes."""
    for key, version in versions.items():
        for alias in (alias for names in written for alias in names.aliases):
            yield _action(alias, key, version, tombstone(key), _NOT_OLDER)


def write(client: Elasticsearch, actions: Iterable[Mapping], is_shown_at_once: bool) -> None:
    """Send the actions in batches. Errors: `PartlyWritten` with the keys of those that did not arrive."""
    failed: dict[str, str] = {}
    patient = client.options(request_timeout=WRITING_SECONDS)
    with answering():
        outcomes = helpers.parallel_bulk(
            patient,
            actions,
            thread_count=_AT_ONCE,
            queue_size=_AT_ONCE,
            chunk_size=_BATCH,
            max_chunk_bytes=_BATCH_BYTES,
            raise_on_error=False,
            require_alias=True,
            refresh=is_shown_at_once,
        )
        for is_written, outcome in outcomes:
            item = outcome["index"]
            if not is_written and item["status"] != _CONFLICT:
                failed[item["_id"]] = str(item.get("error"))
    if failed:
        raise PartlyWritten(failed, next(iter(failed.values()))[:300])


def _action(alias: str, key: str, version: int, source: dict, version_type: str) -> dict:
    return {"_index": alias, "_id": key, "version": version, "version_type": version_type, "_source": source}
