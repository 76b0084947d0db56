"""Reading and writing while Elasticsearch is away, slow, or tells half the truth. No real server is needed."""

import random
import threading
import time
from datetime import UTC, date, datetime

import pytest

from search.contract import EngineUnavailable, IndexRecord, SearchQuery, Wording
from search.engines import chosen
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Server
from search.engines.fallback import MOST_FAILURES, REST_SECONDS, Circuit, FallbackEngine
from search.engines.partly_written import PartlyWritten
from tests.search import elastic_faults as faults
from tests.search.elastic_faults import faulty_elastic

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PUBLIC, STAFF = frozenset({"public"}), frozenset({"staff"})
#: Seconds that a busy machine does not take for a quick answer.
PATIENT = 30
QUERY = SearchQuery(PUBLIC, Wording(("thi", "dua")), NOW, date(2026, 11, 22), facets=("kind", "status"))


@pytest.fixture
def stub():
    with faulty_elastic() as server:
        yield server


def engine_of(stub, seconds=PATIENT):
    return ElasticEngine(Server((stub.address,)), seconds, seconds, writing_seconds=seconds)


@pytest.fixture
def engine(stub):
    """An engine whose index stands, on a server that is well."""
    engine = engine_of(stub)
    engine.swap(engine.aside())
    return engine


@pytest.fixture
def behind(db):
    """The engine of the database with one document in it."""
    built = chosen.database_engine().aside()
    built.put([record(1)])
    yield built
    built.drop()


def record(number, version=1, audiences=PUBLIC):
    return IndexRecord(f"page:{number}", version, audiences, title=f"Thi đua {number}")


def keys(numbers):
    return {f"page:{number}" for number in numbers}


class TestReading:
    def test_a_server_that_is_well_answers_itself(self, engine, behind):
        engine.put([record(5)])
        result = FallbackEngine(engine, lambda: behind).search(QUERY)
        assert [hit.key for hit in result.hits] == ["page:5"] and not result.is_reduced

    @pytest.mark.parametrize("mode", faults.READING_FAULTS)
    def test_every_fault_is_answered_by_the_database(self, stub, engine, behind, mode):
        engine.put([record(5)])
        reading = FallbackEngine(engine_of(stub, seconds=0.8), lambda: behind)
        stub.mode = mode
        for _ in range(MOST_FAILURES + 3):
            started = time.monotonic()
            result = reading.search(QUERY)
            assert [hit.key for hit in result.hits] == ["page:1"] and result.is_reduced
            # Of the second and a half, the server may use 0.8 s; the rest is the database on a busy machine.
            assert time.monotonic() - started < 3
        assert reading.suggest("thi", QUERY)[0].key == "page:1"
        assert reading.frequencies(["thi"], PUBLIC, NOW) == {"thi": 1} and reading.vocabulary()["thi"] == 1

    def test_after_five_failures_nobody_waits_and_nobody_asks(self, stub, engine, behind):
        clock = [1000.0]
        first = engine_of(stub, seconds=0.2)
        reading = FallbackEngine(first, lambda: behind, Circuit(lambda: clock[0]))
        stub.mode = faults.HANG
        for _ in range(MOST_FAILURES):
            reading.search(QUERY)
        asked = len(stub.requests)
        for _ in range(50):
            assert reading.search(QUERY).is_reduced
        assert len(stub.requests) == asked
        clock[0] += REST_SECONDS
        for _ in range(50):
            assert reading.search(QUERY).is_reduced
        assert len(stub.requests) == asked + 1
        stub.mode, first.seconds = faults.HEALTHY, PATIENT
        clock[0] += REST_SECONDS
        assert not reading.search(QUERY).is_reduced and not reading.search(QUERY).is_reduced

    def test_a_failure_now_and_then_opens_nothing(self, stub, engine, behind):
        reading = FallbackEngine(engine, lambda: behind)
        for mode in [faults.TIMED_OUT, faults.HEALTHY] * (2 * MOST_FAILURES):
            stub.mode = mode
            assert reading.search(QUERY).is_reduced == (mode != faults.HEALTHY)

    def test_only_one_of_many_threads_tries_a_server_that_rested(self):
        clock = [0.0]
        circuit = Circuit(lambda: clock[0])
        for _ in range(MOST_FAILURES):
            circuit.failed()
        clock[0] += REST_SECONDS
        asked, start = [], threading.Barrier(8)

        def ask():
            start.wait()
            asked.append(circuit.may_ask())

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(asked) == [False] * 7 + [True]
        circuit.succeeded()
        assert circuit.may_ask()

    @pytest.mark.parametrize("mode", faults.READING_FAULTS)
    def test_nothing_but_unavailable_leaves_the_engine(self, stub, engine, mode):
        engine.swap(engine.aside())
        slow = engine_of(stub, seconds=0.3)
        stub.delay_seconds, stub.mode = 2.0, mode
        calls = [
            lambda: slow.put([record(1)]),
            lambda: slow.remove({"page:1": 2}),
            lambda: slow.search(QUERY),
            lambda: slow.suggest("thi", QUERY),
            lambda: slow.frequencies(["thi"], PUBLIC, NOW),
            slow.vocabulary,
        ]
        if mode not in (faults.HANG, faults.SLOW):
            # Rebuilding is patient: a command waits as long as a server needs.
            calls += [lambda: list(slow.versions()), slow.aside, slow.roll_back, slow.drop]
        refused = 0
        for call in calls:
            try:
                call()
            except EngineUnavailable:
                refused += 1
        assert refused > 0, "the fault was never met"


class TestWriting:
    def test_only_what_failed_is_named_and_sent_again(self, stub, engine):
        stub.mode, stub.refused = faults.PARTIAL, keys({3, 7, 11})
        with pytest.raises(PartlyWritten) as failure:
            engine.put([record(number) for number in range(1, 21)])
        assert failure.value.keys == stub.refused
        assert dict(engine.versions()).keys() == keys(range(1, 21)) - stub.refused
        stub.mode = faults.HEALTHY
        engine.put([record(number) for number in (3, 7, 11)])
        assert dict(engine.versions()) == dict.fromkeys(keys(range(1, 21)), 1)

    def test_removals_name_what_failed_too(self, stub, engine):
        engine.put([record(1), record(2)])
        stub.mode, stub.refused = faults.PARTIAL, keys({2})
        with pytest.raises(PartlyWritten) as failure:
            engine.remove({"page:1": 2, "page:2": 2})
        assert failure.value.keys == keys({2}) and dict(engine.versions()).keys() == keys({2})

    def test_a_conflict_is_no_failure(self, stub, engine):
        stub.mode = faults.CONFLICT
        engine.put([record(1)])
        engine.remove({"page:1": 1})
        assert stub.asked("_bulk") == 2, "both were sent, once each"

    def test_a_disk_that_is_full_refuses_all_keys(self, stub, engine):
        stub.mode = faults.READ_ONLY
        with pytest.raises(PartlyWritten) as failure:
            engine.put([record(1), record(2, audiences=STAFF)])
        assert failure.value.keys == keys({1, 2})

    def test_a_wiped_cluster_is_not_written_to(self, stub, engine):
        stub.drop_aliases()
        for write in (lambda: engine.put([record(1)]), lambda: engine.remove({"page:1": 2})):
            with pytest.raises(EngineUnavailable, match="search_rebuild"):
                write()
        assert stub.indices == {} and stub.asked("_bulk") == 0

    def test_an_index_laid_out_by_another_release_is_not_written_to(self, stub, engine):
        stub.layouts = dict.fromkeys(stub.layouts, "of last year")
        with pytest.raises(EngineUnavailable, match="search_rebuild"):
            engine.put([record(1)])
        assert stub.asked("_bulk") == 0

    def test_an_alias_that_goes_between_the_look_and_the_write_creates_nothing(self, stub, engine, monkeypatch):
        names = engine.generations.written(engine.names)
        monkeypatch.setattr(engine.generations, "written", lambda _: names)
        stub.drop_aliases()
        with pytest.raises(PartlyWritten) as failure:
            engine.put([record(1)])
        assert failure.value.keys == keys({1}) and stub.indices == {}

    def test_a_batch_to_a_server_that_hangs_ends(self, stub, engine):
        engine.writing_seconds, stub.mode = 1.5, faults.HANG
        started = time.monotonic()
        with pytest.raises(EngineUnavailable):
            engine.put([record(1)])
        assert time.monotonic() - started < 20

    def test_nothing_is_lost_on_a_server_that_fails_at_times(self, stub, engine):
        stub.mode = faults.FLAKY
        chance, expected = random.Random(7), {}
        for number in range(200):
            key, version = chance.randrange(40), number + 1
            is_removed, audiences = chance.random() < 0.3, chance.choice([PUBLIC, STAFF])
            while True:
                try:
                    if is_removed:
                        engine.remove({f"page:{key}": version})
                    else:
                        engine.put([record(key, version, audiences)])
                    break
                except EngineUnavailable:
                    continue
            expected[f"page:{key}"] = None if is_removed else version
        stub.mode = faults.HEALTHY
        held = {key: version for key, version in expected.items() if version}
        assert dict(engine.versions()) == held
        assert all(len(stub.live(key)) == 1 for key in held)


class TestGenerations:
    def test_a_change_goes_into_what_is_being_built_and_what_is_kept(self, stub, engine):
        engine.put([record(1)])
        built = engine.aside()
        engine.put([record(2)])
        engine.remove({"page:1": 2})
        assert dict(built.versions()) == {"page:2": 1}
        engine.swap(built)
        engine.put([record(3)])
        engine.roll_back()
        assert dict(engine.versions()) == {"page:2": 1, "page:3": 1}

    def test_what_a_killed_rebuild_left_is_removed_by_the_next(self, stub, engine):
        engine.swap(engine.aside())
        engine.aside()
        assert len(stub.indices) == 6
        engine.swap(engine.aside())
        assert len(stub.indices) == 4 and len(stub.aliases) == 4

    def test_there_is_nothing_to_go_back_to_at_first(self, stub):
        engine = engine_of(stub)
        engine.swap(engine.aside())
        with pytest.raises(EngineUnavailable, match="search_rebuild"):
            engine.roll_back()

    def test_a_document_half_moved_is_told_with_its_lower_version(self, stub, engine):
        engine.put([record(1, version=3)])
        stub.mode, stub.refused = faults.PARTIAL, set()
        index = stub.aliases["portal-guarded"]
        stub.indices[index]["page:1"] = (5, {"key": "page:1", "audiences": ["staff"]})
        assert list(engine.versions()) == [("page:1", 3)]
        engine.put([record(1, version=5, audiences=STAFF)])
        assert list(engine.versions()) == [("page:1", 5)]


class TestSettings:
    def test_without_an_address_the_database_is_read(self, db, settings):
        settings.ELASTICSEARCH = settings.ELASTICSEARCH | {"addresses": []}
        assert chosen.remote_engine() is None and chosen.reading_engine() is chosen.database_engine()
        assert list(chosen.engines()) == [chosen.database_engine().name]

    def test_with_an_address_the_database_stands_behind(self, db, stub, settings):
        settings.ELASTICSEARCH = settings.ELASTICSEARCH | {"addresses": [stub.address, " "], "prefix": "portal-x-"}
        assert chosen.remote_engine().server == Server((stub.address,), "portal-x-")
        reading = chosen.reading_engine()
        assert isinstance(reading, FallbackEngine) and reading.behind is chosen.database_engine()
        assert reading is chosen.reading_engine()
        assert reading.search(QUERY).is_reduced

    def test_an_address_without_the_package_is_an_error_of_the_check(self, settings, monkeypatch):
        settings.ELASTICSEARCH = settings.ELASTICSEARCH | {"addresses": ["http://127.0.0.1:1"]}
        assert chosen.check_package(None) == []
        monkeypatch.setattr(chosen, "find_spec", lambda name: None)
        (error,) = chosen.check_package(None)
        assert error.id == "search.E001" and "requirements-server.txt" in error.msg
