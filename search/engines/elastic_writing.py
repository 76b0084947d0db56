"""Writing records and tombstones: each arrives, is already there in a later version, or is named as failed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice

from elasticsearch import Elasticsearch, helpers

from search.contract import IndexRecord
from search.engines.elastic_client import answering
from search.engines.elastic_documents import document, tombstone
from search.engines.elastic_generations import Names
from search.engines.elastic_mapping import GUARDED, OPEN
from search.engines.partly_written import PartlyWritten

_BATCH, _BATCH_BYTES = 500, 8 * 1024 * 1024
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


def write(client: Elasticsearch, actions: Iterable[Mapping], seconds: float, is_shown_at_once: bool) -> None:
    """Send the actions in batches, each within the seconds.

    Errors: `PartlyWritten` with the keys of those that did not arrive.
    """
    patient = client.options(request_timeout=seconds)

    def send(batch: Sequence[Mapping]) -> dict[str, str]:
        with answering():
            return _failed(patient, batch, is_shown_at_once)

    failed = _send_while_preparing(send, _batched(actions))
    if failed:
        raise PartlyWritten(failed, next(iter(failed.values()))[:300])


def _send_while_preparing(
    send: Callable[[Sequence[Mapping]], dict[str, str]], batches: Iterator[Sequence[Mapping]]
) -> dict[str, str]:
    """While the server works on one batch the next is prepared; a single one is sent without further ado."""
    first = next(batches, ())
    second = next(batches, ()) if len(first) == _BATCH else ()
    if not second:
        return send(first) if first else {}
    failed: dict[str, str] = {}
    with ThreadPoolExecutor(max_workers=1) as sender:
        sent = sender.submit(send, first)
        for batch in chain([second], batches):
            failed |= sent.result()
            sent = sender.submit(send, batch)
        return failed | sent.result()


def _failed(client: Elasticsearch, batch: Sequence[Mapping], is_shown_at_once: bool) -> dict[str, str]:
    outcomes = helpers.streaming_bulk(
        client,
        batch,
        chunk_size=_BATCH,
        max_chunk_bytes=_BATCH_BYTES,
        raise_on_error=False,
        require_alias=True,
        refresh=is_shown_at_once,
    )
    items = [outcome["index"] for is_written, outcome in outcomes if not is_written]
    return {item["_id"]: str(item.get("error")) for item in items if item["status"] != _CONFLICT}


def _batched(actions: Iterable[Mapping]) -> Iterator[list[Mapping]]:
    remaining = iter(actions)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def _action(alias: str, key: str, version: int, source: dict, version_type: str) -> dict:
    return {"_index": alias, "_id": key, "version": version, "version_type": version_type, "_source": source}
