"""Weights of words for ranking and the words of the open index, remembered for a short time."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from elasticsearch import Elasticsearch
from elasticsearch.dsl import A, Search

from search.engines.elastic_client import Deadline, answering, find
from search.ranking import Statistics

_KEPT_SECONDS = 60
_MOST_KEPT = 100_000
_MOST_SYLLABLES = 60_000
_PART = 1000


@dataclass(slots=True)
class _Known:
    """What was read of an index since it was last forgotten; threads share it and may read a thing twice."""

    until: float
    documents: int = 0
    length: float = 0.0
    frequencies: dict[str, int] = field(default_factory=dict)
    vocabulary: Mapping[str, int] | None = None


class OpenWords:
    """What is known of the words of one open index, e.g. `OpenWords(client, "portal-open").statistics(["dat"], …)`."""

    def __init__(self, client: Elasticsearch, alias: str):
        self.client, self.alias = client, alias
        self.forget()

    def forget(self) -> None:
        """Ask anew from now on."""
        self._known = _Known(time.monotonic() + _KEPT_SECONDS)

    def _current(self) -> _Known:
        known = self._known
        if time.monotonic() > known.until or len(known.frequencies) > _MOST_KEPT:
            self.forget()
        return self._known

    def statistics(self, terms: Iterable[str], deadline: Deadline) -> Statistics:
        """Frequencies of syllables and pairs, the number of documents and their average length."""
        known = self._current()
        wanted = list(dict.fromkeys(terms))
        missing = [term for term in wanted if term not in known.frequencies]
        for start in range(0, len(missing), _PART):
            self._ask(known, missing[start : start + _PART], deadline)
        if not known.length:
            known.length = self._ask_length(deadline)
        return Statistics(known.documents, known.length, {term: known.frequencies[term] for term in wanted})

    def vocabulary(self, deadline: Deadline) -> Mapping[str, int]:
        """Every syllable of the open index with the number of its documents."""
        known = self._current()
        if known.vocabulary is None:
            search = Search().extra(size=0, track_total_hits=False)
            search.aggs.bucket("syllables", A("terms", field="syllables", size=_MOST_SYLLABLES))
            answer = find(self.client, search.to_dict(), deadline, [self.alias])
            buckets = answer["aggregations"]["syllables"]["buckets"]
            known.vocabulary = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        return known.vocabulary

    def _ask(self, known: _Known, terms: list[str], deadline: Deadline) -> None:
        """Read the dictionary of the index itself, which costs the same however common a word is."""
        with answering():
            answer = self.client.options(request_timeout=deadline.left()).termvectors(
                index=self.alias,
                doc={"text": " ".join(terms)},
                fields=["text"],
                term_statistics=True,
                positions=False,
                offsets=False,
                payloads=False,
            )
        read = answer.body.get("term_vectors", {}).get("text", {})
        found = {term: entry.get("doc_freq", 0) for term, entry in read.get("terms", {}).items()}
        known.documents = max(0, read.get("field_statistics", {}).get("doc_count", 0))
        known.frequencies.update({term: found.get(term, 0) for term in terms})

    def _ask_length(self, deadline: Deadline) -> float:
        search = Search().extra(size=0, track_total_hits=False)
        search.aggs.metric("length", A("avg", field="length"))
        answer = find(self.client, search.to_dict(), deadline, [self.alias])
        return answer["aggregations"]["length"]["value"] or 1.0
