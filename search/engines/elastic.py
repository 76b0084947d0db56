"""Elasticsearch: two indices a generation, read and written by name. The outbox worker writes, nobody else does."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from elasticsearch.dsl import A, Q, Search

from search.contract import EngineUnavailable, IndexRecord, SearchQuery, SearchResult, Suggestion
from search.engines import elastic_search, elastic_suggesting
from search.engines.elastic_client import BUILDING_SECONDS, WRITING_SECONDS, Deadline, Server, answering, find, find_all
from search.engines.elastic_filters import but_not, readable
from search.engines.elastic_generations import Generations, Names
from search.engines.elastic_mapping import OPEN
from search.engines.elastic_search import total_of
from search.engines.elastic_statistics import OpenWords
from search.engines.elastic_writing import puts, removals, write
from search.query_plan import FEW, QueryPlan, plan, terms_of
from search.ranking import Statistics

_PAGE = 5000
_COUNTED_AT_ONCE = 200
#: In so many open documents a word stands beyond doubt, removed ones apart.
_SURELY_STANDING = 20
_KEEP_ALIVE = "2m"


class ElasticEngine:
    """The index in Elasticsearch, e.g. `ElasticEngine(Server(("http://127.0.0.1:9200",))).search(query)`.

    Shape: `seconds` is the time for a search, `quick_seconds` for the smaller questions asked before it,
    `writing_seconds` for a batch of the worker.
    """

    name = "elastic"

    def __init__(
        self,
        server: Server,
        seconds: float = 10,
        quick_seconds: float | None = None,
        writing_seconds: float = WRITING_SECONDS,
        names: Names | None = None,
    ):
        self.server, self.seconds, self.quick_seconds = server, seconds, quick_seconds or seconds
        self.writing_seconds = writing_seconds
        self.client = server.connect()
        self.names = names or Names(server.prefix)
        self.generations = Generations(self.client, server.prefix)
        self.words = OpenWords(self.client, self.names.alias(OPEN))
        self._has_unseen = False

    def put(self, records: Sequence[IndexRecord]) -> None:
        """Write the records. Errors: `PartlyWritten` with the keys that did not arrive, `EngineUnavailable`."""
        self._write(lambda written: puts(records, written))

    def remove(self, versions: Mapping[str, int]) -> None:
        """Leave a tombstone for each key. Errors: as for `put`."""
        self._write(lambda written: removals(versions, written))

    def _write(self, actions: Callable[[Sequence[Names]], Iterable[Mapping]]) -> None:
        written = self.generations.written(self.names)
        self._has_unseen = not self.names.is_live
        try:
            seconds = self.writing_seconds if self.names.is_live else BUILDING_SECONDS
            write(self.client, actions(written), seconds, is_shown_at_once=self.names.is_live)
        finally:
            self.words.forget()

    def search(self, query: SearchQuery) -> SearchResult:
        """Hits, counts and facets of the reader. Errors: `EngineUnavailable`, also when only a part answered."""
        deadline = Deadline(self.seconds)
        statistics = self._statistics(query, deadline)
        planned = plan(query.wording, query.match, statistics.frequencies)
        answers = self._ask(query, planned, statistics, deadline)
        # So many within the filters are as many without them; of fewer it must be asked.
        if planned.wide and total_of(answers[1]) < FEW and self._are_few(query, planned, deadline):
            answers = self._ask(query, planned, statistics, deadline, is_wide=True)
        return elastic_search.result_of(query, answers, statistics)

    def _ask(
        self, query: SearchQuery, planned: QueryPlan, statistics: Statistics, deadline: Deadline, is_wide: bool = False
    ) -> list[Mapping]:
        """The answers for hits and for counts."""
        bodies = [
            elastic_search.hits_body_of(query, planned, statistics, is_wide),
            elastic_search.counts_body_of(query, planned, is_wide),
        ]
        self._show_unseen()
        return find_all(self.client, bodies, deadline, self.names.aliases)

    def _are_few(self, query: SearchQuery, planned: QueryPlan, deadline: Deadline) -> bool:
        return total_of(self._find(elastic_search.few_body_of(query, planned), deadline)) < FEW

    def _statistics(self, query: SearchQuery, deadline: Deadline) -> Statistics:
        terms = terms_of(query.wording)
        if not terms:
            return Statistics(0, 1.0)
        self._show_unseen()
        return self.words.statistics(terms, deadline)

    def _find(self, body: Mapping, deadline: Deadline) -> Mapping:
        self._show_unseen()
        return find(self.client, body, deadline, self.names.aliases)

    def suggest(self, text: str, query: SearchQuery, limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles and numbers that go on from the text, the closest first."""
        body = elastic_suggesting.body_of(text, query)
        if body is None:
            return ()
        return elastic_suggesting.suggestions_of(text, self._find(body, Deadline(self.quick_seconds)), limit)

    def frequencies(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
        """In how many documents that these readers may see now each syllable or pair stands."""
        wanted, counted = list(dict.fromkeys(words)), {}
        deadline = Deadline(self.quick_seconds)
        for start in range(0, len(wanted), _COUNTED_AT_ONCE):
            part = wanted[start : start + _COUNTED_AT_ONCE]
            named = {str(place): Q("term", text=word) for place, word in enumerate(part)}
            search = Search().query(readable(audiences, now)).extra(size=0, track_total_hits=False)
            search.aggs.bucket("words", A("filters", filters=named))
            buckets = self._find(search.to_dict(), deadline)["aggregations"]["words"]["buckets"]
            counted |= {word: buckets[str(place)]["doc_count"] for place, word in enumerate(part)}
        return counted

    def standing(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> frozenset[str]:
        """Words that stand in many open documents are known from the dictionary; the others are counted anew, since
        the dictionary keeps the words of what was removed for a while.
        """
        wanted = list(dict.fromkeys(words))
        self._show_unseen()
        held = self.words.statistics(wanted, Deadline(self.quick_seconds)).frequencies if wanted else {}
        common = frozenset(word for word in wanted if held[word] >= _SURELY_STANDING)
        counted = self.frequencies([word for word in wanted if word not in common], audiences, now)
        return common.union(word for word, number in counted.items() if number)

    def vocabulary(self) -> Mapping[str, int]:
        """Syllables of the open index with the number of documents; may be a minute old."""
        self._show_unseen()
        return self.words.vocabulary(Deadline(self.quick_seconds))

    def versions(self) -> Iterator[tuple[str, int]]:
        """Every held key with its version, by key. A key that stands in both places, half moved, is told with
        the lower version, so that a check finds it wanting.
        """
        last: tuple[str, int] | None = None
        for key, version in self._all_versions():
            if last and last[0] != key:
                yield last
                last = None
            last = (key, min(version, last[1]) if last else version)
        if last:
            yield last

    def _all_versions(self) -> Iterator[tuple[str, int]]:
        client = self.client.options(request_timeout=BUILDING_SECONDS)
        with answering():
            client.indices.refresh(index=self.names.aliases)
            opened = client.open_point_in_time(index=self.names.aliases, keep_alive=_KEEP_ALIVE).body
        view, after = opened.get("id"), None
        if not view:
            raise EngineUnavailable("Elasticsearch answered something else")
        search = Search().query(but_not(Q("term", is_removed=True))).sort("key", "_shard_doc").source(False)
        body = search.extra(size=_PAGE, version=True, track_total_hits=False).to_dict()
        try:
            while True:
                place = {"pit": {"id": view, "keep_alive": _KEEP_ALIVE}} | ({"search_after": after} if after else {})
                hits = find(client, body | place, Deadline(BUILDING_SECONDS))["hits"]["hits"]
                yield from ((hit["_id"], hit["_version"]) for hit in hits)
                if len(hits) < _PAGE:
                    return
                after = hits[-1]["sort"]
        finally:
            with answering():
                client.options(ignore_status=404).close_point_in_time(id=view)

    def aside(self) -> "ElasticEngine":
        """An empty generation; what killed rebuilds left behind is removed."""
        return ElasticEngine(self.server, self.seconds, self.quick_seconds, names=self.generations.create())

    def swap(self, built: "ElasticEngine") -> None:
        """Let readers have `built` in one step; the index read so far is kept, the one before it goes."""
        built.refresh()
        self.generations.written(built.names)
        self.generations.swap(built.names)
        self.words.forget()

    def roll_back(self) -> None:
        """Read the kept index again, and keep the one read so far. Errors: `EngineUnavailable` when none is kept."""
        self.generations.roll_back()
        self.words.forget()

    def drop(self) -> None:
        """Remove what was made aside; of the live engine, everything under its prefix."""
        self.generations.drop(self.names)
        self.words.forget()

    def refresh(self) -> None:
        """Let what was written aside be found."""
        with answering():
            self.client.options(request_timeout=BUILDING_SECONDS).indices.refresh(index=self.names.aliases)
        self._has_unseen = False

    def _show_unseen(self) -> None:
        """Before the first question to an index that was filled aside."""
        if self._has_unseen:
            self.refresh()
            self.generations.merge(self.names, waits=True)
