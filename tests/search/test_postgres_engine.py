"""What is special about PostgreSQL: generations, writers side by side, strange wordings, what a search costs."""

import random
import threading
from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from search.contract import FACETS, NEWEST, OLDEST, PHRASE, RELEVANCE, EngineUnavailable
from search.engines import (
    postgres,
    postgres_answer,
    postgres_lists,
    postgres_reading,
    postgres_terms,
    postgres_writing,
)
from search.engines.postgres import PostgresEngine
from search.remembered import forget_everything
from tests.search.test_engine_contract import NOW, PUBLIC, STAFF, asked, counts, keys, number, record, words

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def fresh():
    forget_everything()


@pytest.fixture
def engine(db):
    """The index that readers have, gone with the test's transaction."""
    engine = PostgresEngine()
    engine.ensure()
    return engine


class TestGenerations:
    def test_nothing_is_found_where_nothing_was_ever_written(self, db):
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS search_generation")
        engine = PostgresEngine()
        assert engine.search(asked("thi đua")).total == 0
        assert engine.suggest("thi", asked()) == () and dict(engine.vocabulary()) == {}
        assert engine.frequencies(["thi"], PUBLIC, NOW) == {"thi": 0} and list(engine.versions()) == []
        engine.put([record(1, "Thi đua")])
        assert keys(engine.search(asked("thi đua"))) == [1]

    def test_an_index_built_aside_takes_the_place_and_gives_it_back(self, engine):
        engine.put([record(1, "Thi đua cũ"), record(2, "Thi đua khác")])
        built = engine.aside()
        built.put([record(1, "Thi đua mới", version=2)])
        assert {hit.title for hit in engine.search(asked("thi đua")).hits} == {"Thi đua cũ", "Thi đua khác"}
        engine.swap(built)
        assert [hit.title for hit in engine.search(asked("thi đua")).hits] == ["Thi đua mới"]
        assert engine.frequencies(["dua"], PUBLIC, NOW) == {"dua": 1}
        engine.roll_back()
        assert set(keys(engine.search(asked("thi đua")))) == {1, 2}

    def test_without_a_kept_index_there_is_no_way_back(self, engine):
        with pytest.raises(EngineUnavailable):
            engine.roll_back()

    def test_what_is_written_meanwhile_goes_into_the_index_being_built(self, engine):
        engine.put([record(1, "Thi đua một")])
        built = engine.aside()
        engine.put([record(1, "Thi đua hai", version=2), record(2, "Thi đua")])
        engine.remove({"page:3": 5})
        built.put([record(1, "Thi đua một"), record(3, "Thi đua")])
        engine.swap(built)
        assert list(engine.versions()) == [("page:1", 2), ("page:2", 1)]
        assert engine.frequencies(["dua", "hai", "mot"], PUBLIC, NOW) == {"dua": 2, "hai": 1, "mot": 0}

    def test_a_dropped_index_leaves_no_table(self, engine):
        with connection.cursor() as cursor:
            before = {table.name for table in connection.introspection.get_table_list(cursor)}
            built = engine.aside()
            built.put([record(1, "Thi đua")])
            assert {table.name for table in connection.introspection.get_table_list(cursor)} > before
            built.drop()
            assert {table.name for table in connection.introspection.get_table_list(cursor)} == before

    def test_counts_taken_of_the_whole_equal_those_kept_up(self, engine):
        texts = ["Thi đua yêu nước", "Thi đua, thi đua", "Giữ rừng", "Ảnh số 5"]
        records = [record(place, text, body=text * 3, number="7-CT/TW") for place, text in enumerate(texts, 1)]
        built = engine.aside()
        built.put(records)
        for each in records:
            engine.put([each])
        engine.put([record(1, "Khác hẳn", version=2)])
        built.put([record(1, "Khác hẳn", version=2)])
        assert dict(built.vocabulary()) == dict(engine.vocabulary())
        asked_words = ["thi", "thi_dua", "khac_han", "yeu", "rung_giu"]
        assert built.frequencies(asked_words, PUBLIC, NOW) == engine.frequencies(asked_words, PUBLIC, NOW)

    def test_many_changes_of_counts_are_summed_up(self, engine, monkeypatch):
        monkeypatch.setattr(postgres_writing, "MANY_CHANGES", 10)
        for version in range(1, 6):
            engine.put(
                [record(1, "Thi đua yêu nước", body=f"lần {version}", version=version), record(version + 1, "Thi")]
            )
        assert engine.frequencies(["thi", "thi_dua", "lan", "lan_5", "lan_4"], PUBLIC, NOW) == {
            "thi": 6,
            "thi_dua": 1,
            "lan": 1,
            "lan_5": 1,
            "lan_4": 0,
        }


class TestCounting:
    @pytest.fixture
    def few_are_counted(self, monkeypatch):
        """Ten are counted of fifteen looked at, so that a small index overflows."""
        monkeypatch.setattr(postgres_answer, "COUNTED", 10)
        monkeypatch.setattr(postgres_reading, "COUNTED", 10)
        monkeypatch.setattr(postgres_reading, "SAMPLE", 13)
        monkeypatch.setattr(postgres_terms, "SAMPLE", 13)

    def fill(self, engine, number_of_documents=40):
        engine.put(
            [
                record(n, f"Thi đua số {n}", facets={"year": ("2024" if n % 10 else "2023",), "kind": (f"k{n % 2}",)})
                for n in range(1, number_of_documents + 1)
            ]
        )

    def test_more_than_are_counted_are_said_to_be_more(self, engine, few_are_counted):
        self.fill(engine)
        result = engine.search(asked("thi đua", facets=("year",)))
        assert result.total == 10 and result.is_more

    def test_a_chosen_value_is_counted_exactly_among_more_than_are_counted(self, engine, few_are_counted):
        self.fill(engine)
        result = engine.search(asked("thi đua", facets=("year", "kind"), chosen={"year": ("2023",)}))
        assert result.total == 4 and not result.is_more and set(keys(result)) == {10, 20, 30, 40}
        assert counts(result, "kind") == {"k0": 4}
        newest = engine.search(asked("thi đua", chosen={"year": ("2023",)}, order=NEWEST))
        assert newest.total == 4 and keys(newest) == [40, 30, 20, 10]

    def test_of_a_phrase_in_very_many_the_newest_are_found_and_the_others_counted(self, engine, monkeypatch):
        monkeypatch.setattr(postgres_reading, "MOST_VERIFIED", 5)
        monkeypatch.setattr(postgres_terms, "MOST_VERIFIED", 5)
        start = date(2020, 1, 1)
        true = [record(n, "Thi đua yêu nước", issued_on=start + timedelta(days=n)) for n in range(1, 21)]
        engine.put([*true, record(21, "Thi đua yêu, đua yêu nước", issued_on=start + timedelta(days=21))])
        engine.put([record(22, "Thi đua đua yêu yêu nước", issued_on=start + timedelta(days=22))])
        for order in (RELEVANCE, NEWEST):
            result = engine.search(asked("thi đua yêu nước", match=PHRASE, order=order))
            assert set(keys(result)) == set(range(16, 21)) and result.total >= 20
        oldest = engine.search(asked("thi đua yêu nước", match=PHRASE, order=OLDEST))
        assert keys(oldest) == [1, 2, 3, 4, 5]

    def test_every_page_can_be_opened_when_lists_are_cut(self, engine, monkeypatch):
        monkeypatch.setattr(postgres_lists, "LONGEST_LIST", 5)
        monkeypatch.setattr(postgres_terms, "LONG_LIST", 5)
        self.fill(engine)
        pages = [keys(engine.search(asked("thi đua", offset=offset))) for offset in range(0, 40, 10)]
        assert sorted(key for page in pages for key in page) == list(range(1, 41))


class TestCost:
    def test_a_search_is_three_statements_at_most(self, engine):
        engine.put(
            [record(n, f"Thi đua yêu nước {n}", facets={"year": ("2024",)}, number="5-CT/TW") for n in range(30)]
        )
        queries = [
            asked("thi đua yêu nước", facets=FACETS),
            asked("thi đua xyzzy", chosen={"year": ("2024",)}, facets=FACETS),
            asked(wording=number("5-CT/TW")),
            asked("", facets=FACETS),
        ]
        for query in queries:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                engine.search(query)
            assert len(captured) <= 3, [each["sql"][:80] for each in captured]

    def test_suggestions_are_two_statements(self, engine):
        engine.put([record(1, "Thi đua")])
        with CaptureQueriesContext(connection) as captured:
            assert engine.suggest("thi d", asked())
        assert len(captured) == 2


@pytest.mark.django_db(transaction=True)
class TestSideBySide:
    @pytest.fixture(autouse=True)
    def current(self):
        PostgresEngine().ensure()
        yield
        PostgresEngine().drop()

    def run(self, *works):
        """All at once, each on a connection of its own; what they raise is raised here."""
        raised, start = [], threading.Barrier(len(works))

        def one(work):
            try:
                start.wait(10)
                work()
            except BaseException as error:
                raised.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        if raised:
            raise raised[0]

    def test_writers_of_the_same_words_neither_wait_nor_lock_each_other_out(self):
        def publish(first):
            def work():
                chance = random.Random(first)
                for version in range(1, 6):
                    with transaction.atomic():
                        pages = chance.sample(range(first, first + 10), 4)
                        PostgresEngine().put([record(page, "Thi đua yêu nước", version=version) for page in pages])

            return work

        self.run(publish(100), publish(200), publish(100), publish(200))
        engine = PostgresEngine()
        held = dict(engine.versions())
        forget_everything()
        assert engine.frequencies(["thi_dua"], PUBLIC, NOW) == {"thi_dua": len(held)}
        assert engine.search(asked("thi đua")).total == len(held)

    def test_a_writer_does_not_wait_for_another_that_has_not_finished(self):
        written, finish = threading.Event(), threading.Event()

        def slow():
            with transaction.atomic():
                PostgresEngine().put([record(1, "Thi đua")])
                written.set()
                assert finish.wait(20)

        def quick():
            assert written.wait(20)
            PostgresEngine().put([record(2, "Thi đua")])
            finish.set()

        self.run(slow, quick)
        assert len(list(PostgresEngine().versions())) == 2

    def test_the_newest_of_racing_versions_stays(self):
        def put(version):
            return lambda: PostgresEngine().put([record(1, f"Bản {version}", version=version)])

        self.run(*(put(version) for version in (3, 1, 4, 2)))
        assert [hit.title for hit in PostgresEngine().search(asked("bản")).hits] == ["Bản 4"]

    def test_what_is_rolled_back_was_never_there(self):
        engine = PostgresEngine()
        engine.put([record(1, "Thi đua")])
        with pytest.raises(ValueError), transaction.atomic():
            engine.put([record(1, "Thi đua mới", version=2), record(2, "Thi đua")])
            raise ValueError
        forget_everything()
        assert list(engine.versions()) == [("page:1", 1)]
        assert engine.frequencies(["thi_dua"], PUBLIC, NOW) == {"thi_dua": 1}

    def test_a_publish_under_way_is_not_lost_to_an_index_begun_meanwhile(self):
        written, begun = threading.Event(), threading.Event()

        def publish():
            with transaction.atomic():
                PostgresEngine().put([record(1, "Thi đua")])
                written.set()
                # The other one cannot begin before this is finished.
                assert not begun.wait(1)

        def rebuild():
            assert written.wait(20)
            built = PostgresEngine().aside()
            begun.set()
            built.put(
                [record(number_, "Thi đua") for number_ in (int(key[5:]) for key, _ in PostgresEngine().versions())]
            )
            PostgresEngine().swap(built)

        self.run(publish, rebuild)
        assert keys(PostgresEngine().search(asked("thi đua"))) == [1]

    def test_an_answer_that_takes_too_long_counts_as_away(self):
        PostgresEngine().put([record(1, "Thi đua")])
        with transaction.atomic(), pytest.raises(EngineUnavailable):
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = 1")
            for _ in range(100):
                PostgresEngine().search(asked(" ".join(f"thi đua số {place}" for place in range(30)), facets=FACETS))

    def test_a_server_that_is_away_is_said_to_be(self, monkeypatch):
        def fail():
            raise postgres.OperationalError("server closed the connection")

        with monkeypatch.context() as patched, pytest.raises(EngineUnavailable):
            patched.setattr(postgres, "_remembered", fail)
            PostgresEngine().search(asked("thi đua"))


def test_guarded_hits_are_weighed_by_what_strangers_may_see(engine):
    """A reader of the office ranks with the same weights, however many guarded documents hold a word."""
    hour = timedelta(hours=1)
    engine.put([record(1, "Thi đua", body="rừng"), record(2, "Rừng", body="thi đua", opens_at=NOW - hour)])
    before = engine.search(asked("thi rừng")).hits
    engine.put([record(n, "Rừng", audiences=frozenset({"staff"})) for n in range(10, 40)])
    assert engine.search(asked("thi rừng")).hits == before
    assert engine.search(asked("rừng", STAFF)).total == 32
    assert words("rừng").syllables == ("rung",)
