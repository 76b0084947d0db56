"""What a process remembers of the index in PostgreSQL is of one moment and of one index, whatever others do."""

import threading
import time

import pytest
from django.db import connection, connections, transaction

from search.engines import (
    postgres,
    postgres_known,
    postgres_memory,
    postgres_recall,
    postgres_tables,
    postgres_told,
)
from search.engines.postgres import PostgresEngine
from search.remembered import forget_everything
from tests.search.engine_questions import asked, counts, keys, record
from tests.search.remembering import elsewhere, memory_alone

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def engine():
    forget_everything()
    engine = PostgresEngine()
    engine.ensure()
    yield engine
    engine.drop()


class TestAtOneMoment:
    def test_nothing_is_taken_in_while_an_answer_is_counted(self, engine, monkeypatch):
        """A page written again is one page, and one withdrawn none, for who counts while another takes it in."""
        engine.put([record(n, "Thi đua", facets={"year": ("2023",)}) for n in range(20)])
        query = asked("thi đua", facets=("year",))
        engine.search(query)
        elsewhere(lambda: PostgresEngine().put([record(n, "Thi đua", version=2) for n in range(5)]))
        elsewhere(lambda: PostgresEngine().remove({"page:19": 2}))
        halfway, others = threading.Event(), []
        describe, best = postgres_known.Known._describe, postgres_recall.Recalled._best

        def slowly(known, row):
            describe(known, row)
            for word in row.words:
                known.words.add(word, row.number)
            halfway.set()
            time.sleep(0.05)

        def best_after_a_while(held):
            found = best(held)
            time.sleep(0.5)
            return found

        def ask():
            halfway.wait(20)
            try:
                others.append(PostgresEngine().search(query))
            finally:
                connections.close_all()

        monkeypatch.setattr(postgres_known.Known, "_describe", slowly)
        monkeypatch.setattr(postgres_recall.Recalled, "_best", best_after_a_while)
        thread = threading.Thread(target=ask)
        thread.start()
        own = engine.search(query)
        thread.join(30)
        assert [(each.total, counts(each, "year")) for each in (own, *others)] == [(19, {"2023": 14})] * 2

    def test_who_asks_while_another_takes_in_misses_no_row(self, engine, monkeypatch):
        for module in (postgres_memory, postgres_told):
            monkeypatch.setattr(module, "MOST_FOLLOWED", 5)
        engine.put([record(0, "Thi đua")])
        engine.search(asked("thi đua"))
        elsewhere(lambda: PostgresEngine().put([record(n, "Thi đua") for n in range(1, 5)]))
        halfway, describe = threading.Event(), postgres_known.Known._describe

        def slowly(known, row):
            describe(known, row)
            halfway.set()
            time.sleep(0.2)

        monkeypatch.setattr(postgres_known.Known, "_describe", slowly)
        thread = threading.Thread(target=elsewhere, args=(lambda: PostgresEngine().search(asked("thi đua")),))
        thread.start()
        assert halfway.wait(20)
        elsewhere(lambda: PostgresEngine().put([record(n, "Thi đua") for n in range(5, 9)]))
        engine.search(asked("giữ rừng"))
        thread.join(30)
        with memory_alone():
            assert engine.search(asked("thi đua")).total == 9

    def test_what_is_overtaken_again_and_again_is_asked_of_the_tables(self, engine, monkeypatch):
        engine.put([record(n, "Thi đua") for n in range(20)])
        engine.search(asked("thi đua"))
        statement, versions = postgres_recall.Recalled.work_out, iter(range(2, 99))

        def overtaken(held):
            statement(held)
            version = next(versions)
            elsewhere(lambda: PostgresEngine().put([record(n, "Thi đua", version=version) for n in range(20)]))

        monkeypatch.setattr(postgres_recall.Recalled, "work_out", overtaken)
        result = engine.search(asked("thi đua"))
        assert result.total == 20 and len(result.hits) == 10


class TestOneIndex:
    def test_an_index_that_another_process_replaced_is_forgotten(self, engine):
        engine.put([record(1, "Thi đua")])
        engine.search(asked("thi đua"))

        def rebuild():
            built = PostgresEngine().aside()
            built.put([record(2, "Thi đua")])
            built._settle()
            with transaction.atomic():
                postgres._GENERATIONS.switch(built._own)

        elsewhere(rebuild)
        postgres._remembered.forget()
        with memory_alone():
            assert keys(engine.search(asked("thi đua"))) == [2]
        assert len(postgres_memory._held()) == 1

    def test_a_backup_put_back_meanwhile_is_noticed(self, engine):
        engine.put([record(1, "Thi đua"), record(2, "Thi đua")])
        assert engine.search(asked("thi đua")).total == 2
        log = postgres_tables.writes_table(postgres._current())
        opened, _ = postgres_tables.partitions(postgres._current())
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE brought (LIKE {log} INCLUDING ALL); DROP TABLE {log}")
            cursor.execute(f"ALTER TABLE brought RENAME TO {log}; DELETE FROM {opened.rows} WHERE key = 'page:1'")
        with memory_alone():
            assert engine.search(asked("thi đua")).total == 1
            engine.put([record(3, "Thi đua")])
            assert engine.search(asked("thi đua")).total == 2
