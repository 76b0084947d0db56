"""A server that speaks enough of Elasticsearch to be written to and read, and fails in every way asked of it.

It keeps documents with external versions, aliases and layouts; what it finds is everything it holds. That a
search finds the right things is tested on a real server.
"""

import json
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

HEALTHY = "healthy"
#: Ways to fail as a whole, and answers that are not whole.
CLOSED, HANG, SLOW, UNAVAILABLE, TOO_MANY, FLAKY = "closed", "hang", "slow", "503", "429", "flaky"
SHARDS_FAILED, TIMED_OUT, NONSENSE = "shards failed", "timed_out", "nonsense"
#: Ways to fail in writing alone.
PARTIAL, CONFLICT, READ_ONLY = "partial bulk", "409", "read-only"
READING_FAULTS = (CLOSED, HANG, SLOW, UNAVAILABLE, TOO_MANY, SHARDS_FAILED, TIMED_OUT, NONSENSE)
_STATUS = {UNAVAILABLE: 503, TOO_MANY: 429}
_GTE = "external_gte"


class FaultyElastic:
    """The server, e.g. `with faulty_elastic() as stub: stub.mode = HANG`.

    Shape: `requests` are "METHOD /path" in order; `indices` maps a physical index to its documents,
    {key: (version, source)}; `refused` are the keys that a partial bulk does not write; `delay_seconds` is how
    slow slow is, `fault_rate` how often flaky fails.
    """

    def __init__(self):
        self.requests: list[str] = []
        self.indices: dict[str, dict[str, tuple[int, dict]]] = {}
        self.aliases: dict[str, str] = {}
        self.layouts: dict[str, str] = {}
        self.refused: set[str] = set()
        self.delay_seconds, self.fault_rate, self.random = 5.0, 0.3, random.Random(4)
        self.lock, self._mode, self._released = threading.RLock(), HEALTHY, threading.Event()
        self._server: ThreadingHTTPServer | None = None
        self._listen(0)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def mode(self) -> str:
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        self._mode = mode
        # Whoever hangs is let go: a connection cut off, as a restarted server would.
        self._released.set()
        self._released = threading.Event()
        if mode == CLOSED:
            self._close()
        elif self._server is None:
            self._listen(self.port)

    def _listen(self, port: int) -> None:
        handler = type("Handler", (_Handler,), {"stub": self})
        self._server = _QuietServer(("127.0.0.1", port), handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def _close(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.cut_connections()
            self._server = None

    def close(self) -> None:
        self._released.set()
        self._close()

    def wait(self, seconds: float | None) -> None:
        """Hold a request until the time is over or the mode has changed."""
        self._released.wait(seconds)

    def live(self, key: str) -> list[tuple[str, int]]:
        """Where a key is held that was not removed: names of indices with its version."""
        with self.lock:
            held = [(index, documents[key]) for index, documents in self.indices.items() if key in documents]
        return [(index, version) for index, (version, source) in held if not source.get("is_removed")]

    def drop_aliases(self) -> None:
        """What a wiped cluster looks like."""
        with self.lock:
            self.aliases.clear()
            self.indices.clear()

    def asked(self, part: str) -> int:
        """How many requests so far had this in their line, e.g. `asked("_search")`."""
        return sum(part in line for line in self.requests)

    # What the server knows

    def resolve(self, expression: str) -> list[str]:
        """Physical indices that names, aliases or patterns stand for."""
        found: list[str] = []
        for name in expression.split(","):
            found += [self.aliases[name]] if name in self.aliases else []
            found += [index for index in self.indices if fnmatchcase(index, name)]
        return list(dict.fromkeys(found))

    def describe(self, index: str) -> dict:
        aliases = {alias: {} for alias, target in self.aliases.items() if target == index}
        return {"aliases": aliases, "mappings": {"_meta": {"layout": self.layouts.get(index, "")}}}

    def write(self, meta: dict, source: dict) -> dict:
        """Apply one item of a bulk and give its outcome."""
        alias, key, version = meta["_index"], meta["_id"], meta["version"]
        if alias not in self.aliases:
            return _outcome(alias, key, 404, "index_not_found_exception")
        if self.mode == PARTIAL and key in self.refused:
            return _outcome(alias, key, 429, "es_rejected_execution_exception")
        if self.mode == READ_ONLY:
            return _outcome(alias, key, 403, "cluster_block_exception")
        documents = self.indices[self.aliases[alias]]
        held = documents[key][0] if key in documents else -1
        is_newer = version >= held if meta["version_type"] == _GTE else version > held
        if self.mode == CONFLICT or not is_newer:
            return _outcome(alias, key, 409, "version_conflict_engine_exception")
        documents[key] = (version, source)
        return _outcome(alias, key, 201)

    def found(self, body: dict, indices: list[str]) -> dict:
        """An answer with everything that is held, in the shape that was asked for."""
        held = [
            {"_id": key, "_version": version, "_score": 1.0, "_source": source, "sort": [key, index]}
            for index in indices
            for key, (version, source) in self.indices[index].items()
            if not source.get("is_removed")
        ]
        held.sort(key=lambda hit: hit["sort"])
        after = body.get("search_after")
        shown = [hit for hit in held if after is None or hit["sort"] > after][: body.get("size", 10)]
        answer = {
            "took": 1,
            "timed_out": self.mode == TIMED_OUT,
            "_shards": {"total": 2, "successful": 2, "skipped": 0, "failed": int(self.mode == SHARDS_FAILED)},
            "hits": {"total": {"value": len(held), "relation": "eq"}, "hits": shown},
        }
        if "aggs" in body:
            answer["aggregations"] = {name: _counted(asked, len(held)) for name, asked in body["aggs"].items()}
        return answer


def _outcome(alias: str, key: str, status: int, error: str = "") -> dict:
    held = {"_index": alias, "_id": key, "status": status}
    return {"index": held | ({"error": {"type": error, "reason": error}} if error else {})}


def _counted(asked: dict, documents: int) -> dict:
    if "terms" in asked:
        return {"buckets": []}
    if "filters" in asked:
        return {"buckets": {name: {"doc_count": documents} for name in asked["filters"]["filters"]}}
    if "avg" in asked:
        return {"value": 10.0}
    inner = {name: _counted(each, documents) for name, each in asked.get("aggs", {}).items()}
    return {"doc_count": documents} | inner


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *arguments):
        self.connections: set = set()
        super().__init__(*arguments)

    def process_request(self, request, client_address):
        self.connections.add(request)
        super().process_request(request, client_address)

    def cut_connections(self) -> None:
        for connection in list(self.connections):
            connection.close()

    def handle_error(self, request, client_address):
        """A client that gave up is no fault of the test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    stub: FaultyElastic

    def handle_any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        content = self.rfile.read(length)
        path = unquote(urlsplit(self.path).path)
        self.stub.requests.append(f"{self.command} {path}")
        mode = self.stub.mode
        if mode == HANG:
            self.stub.wait(None)
            self.close_connection = True
            return
        if mode == SLOW:
            self.stub.wait(self.stub.delay_seconds)
        if mode == FLAKY and self.stub.random.random() < self.stub.fault_rate:
            mode = self.stub.random.choice((UNAVAILABLE, TOO_MANY))
        if mode in _STATUS:
            self.answer(_STATUS[mode], {"error": {"type": "fault", "reason": mode}, "status": _STATUS[mode]})
        elif mode == NONSENSE:
            self.answer(200, {})
        else:
            with self.stub.lock:
                self.answer(*self.act(path, content))

    do_GET = do_POST = do_PUT = do_DELETE = handle_any

    def act(self, path: str, content: bytes) -> tuple[int, dict]:
        for (method, pattern), act in _ACTIONS.items():
            if method in (self.command, "*") and (matched := re.fullmatch(pattern, path)):
                return act(self, matched[1] if matched.groups() else "", content)
        return 400, {"error": {"type": "unknown", "reason": f"{self.command} {path}"}, "status": 400}

    def bulk(self, _: str, content: bytes) -> tuple[int, dict]:
        lines = [json.loads(line) for line in content.splitlines() if line]
        items = [self.stub.write(meta["index"], source) for meta, source in zip(lines[::2], lines[1::2], strict=True)]
        return 200, {"took": 1, "errors": any(item["index"]["status"] >= 300 for item in items), "items": items}

    def search(self, expression: str, content: bytes) -> tuple[int, dict]:
        body = json.loads(content or b"{}")
        names = expression or body.get("pit", {}).get("id", "")
        indices = self.stub.resolve(names)
        if len(indices) < len(names.split(",")):
            return 404, {"error": {"type": "index_not_found_exception", "reason": names}, "status": 404}
        return 200, self.stub.found(body, indices)

    def searches(self, _: str, content: bytes) -> tuple[int, dict]:
        lines = [json.loads(line) for line in content.splitlines() if line]
        answers = [
            self.search(",".join(place["index"]), json.dumps(body).encode())[1]
            for place, body in zip(lines[::2], lines[1::2], strict=True)
        ]
        return 200, {"responses": answers}

    def term_vectors(self, alias: str, content: bytes) -> tuple[int, dict]:
        if not self.stub.resolve(alias):
            return 404, {"error": {"type": "index_not_found_exception", "reason": alias}, "status": 404}
        return 200, {"term_vectors": {"text": {"field_statistics": {"doc_count": 1}, "terms": {}}}}

    def open_view(self, expression: str, content: bytes) -> tuple[int, dict]:
        return 200, {"id": expression}

    def describe(self, expression: str, content: bytes) -> tuple[int, dict]:
        return 200, {index: self.stub.describe(index) for index in self.stub.resolve(expression)}

    def create(self, index: str, content: bytes) -> tuple[int, dict]:
        body = json.loads(content)
        self.stub.indices[index] = {}
        self.stub.layouts[index] = body["mappings"]["_meta"]["layout"]
        self.stub.aliases |= dict.fromkeys(body["aliases"], index)
        return 200, {"acknowledged": True}

    def delete(self, index: str, content: bytes) -> tuple[int, dict]:
        self.stub.indices.pop(index, None)
        self.stub.aliases = {alias: target for alias, target in self.stub.aliases.items() if target != index}
        return 200, {"acknowledged": True}

    def change_aliases(self, _: str, content: bytes) -> tuple[int, dict]:
        changes = [change for action in json.loads(content)["actions"] for change in action.items()]
        for kind, change in sorted(changes, key=lambda pair: pair[0] == "add"):
            if kind == "remove":
                self.stub.aliases.pop(change["alias"], None)
            elif kind == "add":
                self.stub.aliases[change["alias"]] = change["index"]
        return 200, {"acknowledged": True}

    def agree(self, _: str, content: bytes) -> tuple[int, dict]:
        return 200, {"acknowledged": True, "_shards": {"total": 1, "successful": 1, "failed": 0}}

    def answer(self, status: int, document: dict) -> None:
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        """Says nothing on the tests' output."""


_ACTIONS = {
    ("*", "/_bulk"): _Handler.bulk,
    ("*", "/_search"): _Handler.search,
    ("*", "/_msearch"): _Handler.searches,
    ("*", "/([^/_][^/]*)/_search"): _Handler.search,
    ("*", "/([^/]+)/_termvectors"): _Handler.term_vectors,
    ("POST", "/([^/]+)/_pit"): _Handler.open_view,
    ("DELETE", "/_pit"): _Handler.agree,
    ("POST", "/_aliases"): _Handler.change_aliases,
    ("*", "/[^/]+/_(?:refresh|flush|settings|forcemerge)"): _Handler.agree,
    ("GET", "/([^/]+)"): _Handler.describe,
    ("PUT", "/([^/]+)"): _Handler.create,
    ("DELETE", "/([^/]+)"): _Handler.delete,
}


@contextmanager
def faulty_elastic() -> Iterator[FaultyElastic]:
    """A stub on a free port for the time of a test."""
    stub = FaultyElastic()
    try:
        yield stub
    finally:
        stub.close()
