"""Clusters as offices have them: a node with sign-in, and three nodes of which the elected master is killed."""

import shutil
import threading
import time

import pytest

from search.contract import EngineUnavailable, IndexRecord
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Server
from tests.search.elastic_server import PROGRAMS, ElasticServer
from tests.search.test_elastic_engine import PUBLIC, asked, found

pytestmark = [pytest.mark.services, pytest.mark.slow]
PASSWORD = "Mat-khau-thu-2026"
BATCH = 20


@pytest.fixture
def cluster(require):
    """`cluster()` is a stopped cluster, cleared away at the end of the test."""
    prepared = []

    def prepare(password=""):
        for program in PROGRAMS:
            require(shutil.which(program), f"needs {program}")
        prepared.append(ElasticServer(password))
        return prepared[-1]

    yield prepare
    for server in prepared:
        server.clear()


def record(page, version=1):
    return IndexRecord(f"page:{page}", version, PUBLIC, title=f"Thi đua {page}")


def test_a_user_limited_to_our_indices_suffices(cluster):
    (address,) = cluster(PASSWORD).start()
    signed_in = address.replace("http://", f"http://portal:{PASSWORD}@")
    engine = ElasticEngine(Server((signed_in,)), seconds=30)
    engine.swap(engine.aside())
    engine.put([record(1), record(2)])
    built = engine.aside()
    built.put([record(1), record(2), record(3)])
    engine.swap(built)
    engine.remove({"page:1": 2})
    assert found(engine, "thi đua") == {2, 3} and [key for key, _ in engine.versions()] == ["page:2", "page:3"]
    assert engine.vocabulary()["thi"] == 2 and engine.frequencies(["thi"], PUBLIC, asked().now) == {"thi": 2}
    engine.roll_back()
    assert found(engine, "thi đua") == {2}
    for wrong in (address, address.replace("http://", "http://portal:sai@")):
        with pytest.raises(EngineUnavailable):
            found(ElasticEngine(Server((wrong,)), seconds=30), "thi đua")
    with pytest.raises(EngineUnavailable):
        ElasticEngine(Server((signed_in,), prefix="other-"), seconds=30).aside()
    engine.drop()


class Reader(threading.Thread):
    """Searches without a pause; keeps when it was answered and what was raised."""

    def __init__(self, engine):
        super().__init__(daemon=True)
        self.engine, self.is_over = engine, threading.Event()
        self.answered_at, self.faults = [], []

    def run(self):
        while not self.is_over.is_set():
            try:
                self.engine.search(asked("thi đua"))
                self.answered_at.append(time.monotonic())
            except EngineUnavailable as error:
                self.faults.append(error)
            except Exception as error:
                self.faults.append(error)
                raise


class Writer(threading.Thread):
    """Writes batch after batch, each again until it is acknowledged, as the worker does."""

    def __init__(self, engine):
        super().__init__(daemon=True)
        self.engine, self.is_over = engine, threading.Event()
        self.acknowledged, self.refusals = [], []

    def run(self):
        while not self.is_over.is_set():
            start = len(self.acknowledged) + 1
            batch = [record(page) for page in range(start, start + BATCH)]
            while not self._arrives(batch) and not self.is_over.is_set():
                time.sleep(0.2)

    def _arrives(self, batch):
        try:
            self.engine.put(batch)
        except EngineUnavailable as refusal:
            self.refusals.append(refusal)
            return False
        self.acknowledged += [each.key for each in batch]
        return True


def wait_until(condition, seconds=180):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def test_nothing_is_lost_when_the_master_is_killed_while_writing(cluster):
    server = cluster()
    addresses = server.start(3)
    engine = ElasticEngine(Server(addresses), seconds=30)
    engine.swap(engine.aside())
    healthy = engine.client.options(request_timeout=130).cluster.health(wait_for_status="green", timeout="120s")
    assert healthy["status"] == "green"
    writer, reader = Writer(engine), Reader(ElasticEngine(Server(addresses), seconds=5))
    writer.start()
    wait_until(lambda: len(writer.acknowledged) >= 10 * BATCH)
    reader.start()
    wait_until(lambda: len(reader.answered_at) >= 5)

    master = engine.client.cat.master(format="json")[0]["node"]
    server.run("kill", master.removeprefix("node-"))
    killed_at, before = time.monotonic(), len(writer.acknowledged)

    wait_until(lambda: len(writer.acknowledged) >= before + 10 * BATCH)
    wait_until(lambda: sum(moment > killed_at for moment in reader.answered_at) >= 20)
    writer.is_over.set()
    reader.is_over.set()
    writer.join(120)
    reader.join(120)
    assert all(isinstance(fault, EngineUnavailable) for fault in reader.faults)
    held = dict(engine.versions())
    assert set(writer.acknowledged) <= held.keys() and set(held.values()) == {1}
    assert engine.search(asked("thi đua")).total == len(held)
