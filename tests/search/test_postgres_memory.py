"""What a process remembers of the index in PostgreSQL: it answers as the tables do, whatever is written meanwhile."""

import random
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from search.contract import ALL_WORDS, ANY_WORDS, FACETS, StateDates
from search.engines import postgres_memory, postgres_recall, postgres_told
from search.engines.postgres import PostgresEngine
from search.remembered import forget_everything
from search.wording import understand
from tests.search.engine_questions import NOW, PUBLIC, STAFF, TODAY, asked, counts, keys, record
from tests.search.remembering import elsewhere, memory_alone, tables_alone

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SYLLABLES = ("thi", "đua", "yêu", "nước", "giữ", "rừng", "đất", "đai", "hòa", "giải", "kế", "hoạch", "báo", "cáo", "xã")
READERS = (PUBLIC, STAFF, frozenset({"public", "staff", "unit-7"}))


@pytest.fixture(autouse=True)
def engine():
    forget_everything()
    engine = PostgresEngine()
    engine.ensure()
    yield engine
    engine.drop()


def made_up(number, chance, version):
    day, hour = timedelta(days=1), timedelta(hours=1)
    text = [chance.choice(SYLLABLES) for _ in range(chance.randint(2, 30))]
    return record(
        number,
        " ".join(text[:4]),
        version=version,
        body=" ".join(text[4:]),
        audiences=chance.choice([PUBLIC, PUBLIC, frozenset({"staff"}), frozenset({"unit-7"})]),
        opens_at=chance.choice([None, None, NOW - hour, NOW + hour]),
        closes_at=chance.choice([None, None, None, NOW + hour, NOW - hour]),
        issued_on=TODAY - chance.randint(0, 900) * day,
        facets={"kind": (chance.choice("ab"),), "year": (str(chance.randint(2020, 2024)),)},
        state=chance.choice([StateDates(), StateDates("in_force", until=TODAY - day), StateDates("in_force")]),
    )


def some_query(chance):
    text = " ".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 5)))
    chosen = chance.choice(
        [{}, {}, {"kind": ("a",)}, {"year": ("2021", "2022"), "kind": ("b",)}, {"status": ("in_force",)}]
    )
    return asked(
        text,
        chance.choice(READERS),
        chosen=chosen,
        facets=FACETS,
        match=chance.choice([ANY_WORDS, ALL_WORDS]),
        with_gone=chance.random() < 0.3,
        limit=100,
    )


def told(engine, query):
    """Everything an answer says but the order of hits."""
    result = engine.search(query)
    return result.total, result.is_more, result.gone, result.facets, sorted(keys(result))


@pytest.mark.parametrize("seed", range(6))
def test_memory_says_what_the_tables_say_while_they_change(engine, seed):
    chance, other = random.Random(seed), PostgresEngine()
    for version in range(1, 40):
        records = [made_up(number, chance, version) for number in chance.sample(range(60), chance.randint(1, 9))]
        elsewhere(lambda records=records: other.put(records))
        if chance.random() < 0.4:
            gone = {f"page:{number}": version for number in chance.sample(range(60), 3)}
            elsewhere(lambda gone=gone: other.remove(gone))
        for _ in range(3):
            query = some_query(chance)
            with memory_alone():
                recalled = told(engine, query)
            with tables_alone():
                assert recalled == told(engine, query), query


def test_pages_go_on_where_the_last_one_ended(engine, monkeypatch):
    chance = random.Random(7)
    monkeypatch.setattr(postgres_recall, "LOT", 20)
    engine.put([replace(made_up(number, chance, 1), audiences=PUBLIC, opens_at=None) for number in range(700)])
    query = asked("thi đua giữ rừng", with_gone=True)
    whole = keys(engine.search(replace(query, limit=700)))
    with memory_alone():
        pages = [keys(engine.search(replace(query, offset=offset))) for offset in range(0, len(whole), 10)]
    assert [key for page in pages for key in page] == whole and len(set(whole)) == len(whole) > 140


class TestFollowing:
    def test_what_is_known_is_asked_for_once(self, engine):
        engine.put([record(n, "Thi đua yêu nước", facets={"year": ("2024",)}) for n in range(30)])
        query = asked("thi đua", facets=FACETS)
        with memory_alone():
            engine.search(query)
            with CaptureQueriesContext(connection) as captured:
                assert engine.search(query).total == 30
        assert len(captured) == 1
        assert all("@@" not in each["sql"] for each in captured)

    def test_new_words_and_own_writes_cost_three_statements(self, engine):
        engine.put([record(n, "Thi đua yêu nước, giữ rừng đầu nguồn") for n in range(30)])

        def cost(text):
            with CaptureQueriesContext(connection) as captured, memory_alone():
                wording = understand(text, engine, PUBLIC, NOW).wording
                assert engine.search(asked(wording=wording, facets=FACETS)).total == 30
            return len(captured)

        cost("yêu nước")
        assert (cost("giữ rừng đầu nguồn"), cost("giữ rừng đầu nguồn")) == (3, 1)
        engine.put([record(1, "Thi đua yêu nước, giữ rừng đầu nguồn", version=2)])
        assert (cost("giữ rừng đầu nguồn"), cost("giữ rừng đầu nguồn")) == (3, 1)

    def test_a_write_by_another_process_is_seen_at_once(self, engine):
        engine.put([record(1, "Thi đua", facets={"year": ("2023",)})])
        query = asked("thi đua", facets=("year",))
        assert engine.search(query).total == 1
        elsewhere(lambda: PostgresEngine().put([record(2, "Thi đua", facets={"year": ("2024",)})]))
        with memory_alone():
            with CaptureQueriesContext(connection) as captured:
                result = engine.search(query)
            assert set(keys(result)) == {1, 2} and counts(result, "year") == {"2023": 1, "2024": 1}
            assert len(captured) <= 4
            elsewhere(lambda: PostgresEngine().remove({"page:1": 9, "page:2": 9}))
            assert engine.search(query).total == 0 and engine.search(query).hits == ()

    def test_one_who_writes_sees_what_it_wrote_and_not_what_it_took_back(self, engine):
        engine.put([record(1, "Thi đua")])
        assert engine.search(asked("thi đua")).total == 1
        with pytest.raises(ValueError), transaction.atomic():
            engine.put([record(1, "Giữ rừng", version=2), record(2, "Thi đua"), record(3, "Thi đua")])
            assert set(keys(engine.search(asked("thi đua")))) == {2, 3}
            raise ValueError
        with memory_alone():
            assert keys(engine.search(asked("thi đua"))) == [1]
            assert engine.search(asked("giữ rừng")).total == 0

    def test_a_write_that_ends_after_a_later_one_is_not_missed(self, engine):
        begun, seen = threading.Event(), threading.Event()
        engine.put([record(1, "Thi đua")])
        engine.search(asked("thi đua"))

        def slow():
            try:
                with transaction.atomic():
                    PostgresEngine().put([record(2, "Thi đua")])
                    begun.set()
                    assert seen.wait(20)
            finally:
                connections.close_all()

        thread = threading.Thread(target=slow)
        thread.start()
        assert begun.wait(20)
        elsewhere(lambda: PostgresEngine().put([record(3, "Thi đua")]))
        with memory_alone():
            assert set(keys(engine.search(asked("thi đua")))) == {1, 3}
            # A word that was not known is read while the other one has not ended.
            assert set(keys(engine.search(asked("đua thi")))) == {1, 3}
            seen.set()
            thread.join(20)
            assert set(keys(engine.search(asked("thi đua")))) == {1, 2, 3}
            assert set(keys(engine.search(asked("đua thi")))) == {1, 2, 3}

    def test_another_index_put_in_place_is_followed(self, engine):
        engine.put([record(1, "Thi đua")])
        assert keys(engine.search(asked("thi đua"))) == [1]
        built = engine.aside()
        built.put([record(2, "Thi đua")])
        assert keys(built.search(asked("thi đua"))) == [2]
        engine.swap(built)
        engine.put([record(3, "Thi đua")])
        with memory_alone():
            assert set(keys(engine.search(asked("thi đua")))) == {2, 3}
        engine.roll_back()
        assert set(keys(engine.search(asked("thi đua")))) == {1, 3}


class TestLimits:
    def test_very_much_at_once_is_asked_of_the_tables_until_it_is_quiet(self, engine, monkeypatch):
        for module in (postgres_memory, postgres_told):
            monkeypatch.setattr(module, "MOST_FOLLOWED", 5)
        monkeypatch.setattr(postgres_memory, "REST_SECONDS", 0.0)
        engine.put([record(n, "Thi đua") for n in range(3)])
        assert engine.search(asked("thi đua")).total == 3
        elsewhere(lambda: PostgresEngine().put([record(n, "Thi đua") for n in range(3, 20)]))
        with pytest.raises(AssertionError, match="the tables"), memory_alone():
            engine.search(asked("thi đua"))
        with memory_alone():
            assert engine.search(asked("thi đua")).total == 20

    def test_many_rows_are_read_by_and_by(self, engine, monkeypatch):
        engine.put([record(n, "Thi đua yêu nước") for n in range(20)])
        forget_everything()
        monkeypatch.setattr(postgres_memory, "MOST_READ", 50)
        with pytest.raises(AssertionError, match="the tables"), memory_alone():
            engine.search(asked("thi đua yêu nước"))
        for _ in range(10):
            assert engine.search(asked("thi đua yêu nước")).total == 20
        with memory_alone():
            assert engine.search(asked("thi đua yêu nước")).total == 20

    @pytest.mark.parametrize(("limit", "value"), [("MOST_BYTES", 1_000), ("HIGHEST_ROW", 10)])
    def test_more_than_can_be_remembered_is_answered_all_the_same(self, engine, monkeypatch, limit, value):
        monkeypatch.setattr(postgres_memory, limit, value)
        monkeypatch.setattr(postgres_memory, "REST_SECONDS", 0.0)
        engine.put([record(n, "Thi đua yêu nước giữ rừng") for n in range(40)])
        for _ in range(4):
            for text in ("thi đua", "yêu nước", "giữ rừng", "nước giữ rừng"):
                assert engine.search(asked(text)).total == 40

    def test_a_log_of_times_to_come_is_not_followed(self, engine, monkeypatch):
        """As after a copy of the base came to a server whose count of transactions is younger."""
        for module in (postgres_memory, postgres_told):
            monkeypatch.setattr(module, "MOST_FOLLOWED", 5)
        for n in range(8):
            engine.put([record(n, "Thi đua")])
        table = next(name for name in connection.introspection.table_names() if name.endswith("_writes"))
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET writer = '9000000000000'")
        forget_everything()
        assert engine.search(asked("thi đua")).total == 8
        engine.put([record(9, "Thi đua")])
        assert engine.search(asked("thi đua")).total == 9

    def test_questions_and_writes_side_by_side_end_in_agreement(self, engine):
        raised, stop = [], threading.Event()

        def write(first):
            chance = random.Random(first)
            for version in range(1, 25):
                PostgresEngine().put([made_up(first + chance.randrange(20), chance, version)])

        def read():
            chance = random.Random()
            while not stop.is_set():
                PostgresEngine().search(some_query(chance))

        def run(work, *args):
            try:
                work(*args)
            except BaseException as error:
                raised.append(error)
            finally:
                connections.close_all()

        writers = [threading.Thread(target=run, args=(write, first)) for first in (0, 10, 100)]
        readers = [threading.Thread(target=run, args=(read,)) for _ in range(3)]
        for thread in writers + readers:
            thread.start()
        for thread in writers:
            thread.join(60)
        stop.set()
        for thread in readers:
            thread.join(60)
        assert raised == []
        chance = random.Random(3)
        for _ in range(60):
            query = some_query(chance)
            with memory_alone():
                recalled = told(engine, query)
            with tables_alone():
                assert recalled == told(engine, query)
