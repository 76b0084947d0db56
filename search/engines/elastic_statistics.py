"""Weights of words for ranking and the words of the open index, remembered for a short time."""

import threading
import time
from collections.abc import Iterable, Mapping

from elasticsearch import Elasticsearch
from elasticsearch.dsl import A, Search

from search.engines.elastic_client import Deadline, answering, find
from search.ranking import Statistics

_KEPT_SECONDS = 60
_MOST_KEPT = 100_000
_MOST_SYLLABLES = 60_000
_PART = 1000


class OpenWords:
    """What is known of the words of one open index, e.g. `OpenWords(client, "portal-open").statistics(["dat"], …)`."""

    def __init__(self, client: Elasticsearch, alias: str):
        self.client, self.alias = client, alias
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Ask anew from now on."""
        with self._lock:
            self._until = 0.0
            self._frequencies: dict[str, int] = {}
            self._documents, self._length = 0, 0.0
            self._vocabulary: Mapping[str, int] | None = None

    def statistics(self, terms: Iterable[str], deadline: Deadline) -> Statistics:
        """Frequencies of syllables and pairs, the number of documents and their average length."""
        self._forget_in_time()
        wanted = list(dict.fromkeys(terms))
        missing = [term for term in wanted if term not in self._frequencies]
        for start in range(0, len(missing), _PART):
            self._ask(missing[start : start + _PART], deadline)
        held = {term: self._frequencies.get(term, 0) for term in wanted}
        return Statistics(self._documents, self._length, held)

    def vocabulary(self, deadline: Deadline) -> Mapping[str, int]:
        """Every syllable of the open index with the number of its documents."""
        self._forget_in_time()
        if self._vocabulary is None:
            search = Search().extra(size=0, track_total_hits=False)
            search.aggs.bucket("syllables", A("terms", field="syllables", size=_MOST_SYLLABLES))
            answer = find(self.client, search.to_dict(), deadline, [self.alias])
            buckets = answer["aggregations"]["syllables"]["buckets"]
            self._vocabulary = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        return self._vocabulary

    def _forget_in_time(self) -> None:
        if time.monotonic() > self._until or len(self._frequencies) > _MOST_KEPT:
            self.forget()
            self._until = time.monotonic() + _KEPT_SECONDS

    def _ask(self, terms: list[str], deadline: Deadline) -> None:
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
        with self._lock:
            self._documents = max(0, read.get("field_statistics", {}).get("doc_count", 0))
            self._frequencies.update({term: found.get(term, 0) for term in terms})
            if not self._length:
                self._length = self._ask_length(deadline)

    def _ask_length(self, deadline: Deadline) -> float:
        search = Search().extra(size=0, track_total_hits=False)
        search.aggs.metric("length", A("avg", field="length"))
        answer = find(self.client, search.to_dict(), deadline, [self.alias])
        return answer["aggregations"]["length"]["value"] or 1.0
