"""The connection to Elasticsearch, and the only place where its faults become `EngineUnavailable`."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl.connections import connections

from search.contract import EngineUnavailable

#: Units: seconds. A batch of the worker is given up before its lease ends; filling a new index may take its time.
WRITING_SECONDS, BUILDING_SECONDS = 15.0, 120.0
_ASKING_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where Elasticsearch is, e.g. `Server(("https://portal:…@es1:9200",), prefix="portal-")`.

    Shape: user and password stand in the addresses, or an API key beside them.
    """

    addresses: tuple[str, ...] = field(repr=False)
    prefix: str = "portal-"
    api_key: str = field(default="", repr=False)
    ca_certs: str = ""

    def connect(self) -> Elasticsearch:
        """A client that tries each node once and opens no connection before it is used."""
        options: dict[str, object] = {"max_retries": len(self.addresses) - 1, "retry_on_timeout": False}
        options["request_timeout"] = _ASKING_SECONDS
        if self.api_key:
            options["api_key"] = self.api_key
        if self.ca_certs:
            options["ca_certs"] = self.ca_certs
        return connections.create_connection(alias=f"{self.prefix}{hash(self)}", hosts=list(self.addresses), **options)


class Deadline:
    """Time shared by all requests of one answer, e.g. `Deadline(0.8).left()`.

    Errors: `EngineUnavailable` when nothing is left.
    """

    def __init__(self, seconds: float):
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise EngineUnavailable("Elasticsearch took too long")
        return left


@contextmanager
def answering() -> Iterator[None]:
    """Whatever the client raises inside is raised as `EngineUnavailable`."""
    try:
        yield
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(f"Elasticsearch: {error}") from error


def find(client: Elasticsearch, body: Mapping, deadline: Deadline, indices: Sequence[str] = ()) -> Mapping:
    """The whole answer to a search. Errors: `EngineUnavailable` for a part of one as well."""
    left = deadline.left()
    place = {"index": list(indices), "allow_partial_search_results": False} if indices else {}
    with answering():
        answer = client.options(request_timeout=left).search(**place, body={**body, "timeout": _spell(left)})
    return whole(answer.body, body)


def find_all(
    client: Elasticsearch, bodies: Sequence[Mapping], deadline: Deadline, indices: Sequence[str]
) -> list[Mapping]:
    """The whole answers to several searches put at once. Errors: as for `find`, when one of them is not whole."""
    left = deadline.left()
    place = {"index": list(indices), "allow_partial_search_results": False}
    lines = [line for body in bodies for line in (place, {**body, "timeout": _spell(left)})]
    with answering():
        answer = client.options(request_timeout=left).msearch(searches=lines, include_named_queries_score=True)
    answers = answer.body.get("responses", [])
    if len(answers) != len(bodies):
        raise EngineUnavailable("Elasticsearch answered something else")
    return [whole(each, body) for each, body in zip(answers, bodies, strict=True)]


def whole(answer: Mapping, asked: Mapping) -> Mapping:
    """The answer, if every shard gave all of its own in time."""
    try:
        is_whole = not answer["timed_out"] and not answer["_shards"]["failed"] and "hits" in answer
        is_whole = is_whole and ("aggregations" in answer or "aggs" not in asked)
    except (KeyError, TypeError) as error:
        raise EngineUnavailable("Elasticsearch answered something else") from error
    if not is_whole:
        raise EngineUnavailable("Elasticsearch answered only in part")
    return answer


def _spell(seconds: float) -> str:
    return f"{max(1, int(seconds * 1000))}ms"
