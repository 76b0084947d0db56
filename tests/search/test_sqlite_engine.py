"""What only the embedded engine does: generations in one database, bounds on large indexes, few statements."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from search.contract import EngineUnavailable, Group, Wording
from search.engines import sqlite_answer
from search.engines.sql_generations import Generation
from search.engines.sqlite import SqliteEngine
from search.remembered import forget_everything
from search.sample_documents import sample_documents
from search.vietnamese.query_words import read_query
from tests.search.engine_questions import NOW, PUBLIC, STAFF, TODAY, asked, keys, number, record
from tests.search.strange_texts import strange_texts

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def engine():
    forget_everything()
    yield SqliteEngine()
    forget_everything()


def roles():
    with connection.cursor() as cursor:
        cursor.execute("SELECT role, count(*) FROM search_generation WHERE engine = 'sqlite' GROUP BY role")
        return dict(cursor.fetchall())


def find(engine, text, **others):
    return keys(engine.search(asked(text, **others)))


def test_tables_are_made_when_they_are_first_needed(engine):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS search_generation")
    assert find(engine, "thi đua") == []
    engine.put([record(1, "Thi đua")])
    assert find(engine, "thi đua") == [1] and roles() == {"current": 1}


def test_readers_have_the_new_index_from_the_swap_on(engine):
    engine.put([record(1, "Thi đua")])
    built = engine.aside()
    built.put([record(2, "Thi đua")])
    assert find(engine, "thi đua") == [1] and find(built, "thi đua") == [2]
    engine.swap(built)
    assert find(engine, "thi đua") == [2] and roles() == {"current": 1, "kept": 1}
    engine.roll_back()
    assert find(engine, "thi đua") == [1]
    engine.roll_back()
    assert find(engine, "thi đua") == [2]


def test_nothing_kept_is_nothing_to_go_back_to(engine):
    engine.put([record(1, "Thi đua")])
    with pytest.raises(EngineUnavailable):
        engine.roll_back()


def test_edits_go_on_while_an_index_is_built_and_while_one_is_kept(engine):
    engine.put([record(1, "Thi đua"), record(2, "Thi đua")])
    built = engine.aside()
    engine.put([record(1, "Giữ rừng", version=2)])
    engine.remove({"page:2": 2})
    built.put([record(1, "Thi đua"), record(2, "Thi đua"), record(3, "Thi đua")])
    engine.swap(built)
    assert find(engine, "thi đua") == [3] and find(engine, "giữ rừng") == [1]
    engine.remove({"page:1": 3})
    engine.roll_back()
    assert list(engine.versions()) == []


def test_a_second_swap_drops_what_was_kept(engine):
    before = set(connection.introspection.table_names())
    for _ in range(3):
        engine.swap(engine.aside())
    assert roles() == {"current": 1, "kept": 1}
    made = {name for name in connection.introspection.table_names() if name.endswith("_open_documents")}
    assert len(made) == 2 and before <= set(connection.introspection.table_names()) | before


def test_an_index_thrown_away_leaves_nothing(engine):
    engine.ensure()
    before = connection.introspection.table_names()
    built = engine.aside()
    built.put([record(1, "Thi đua")])
    built.drop()
    assert connection.introspection.table_names() == before and roles() == {"current": 1}
    with pytest.raises(EngineUnavailable):
        engine.swap(built)


def test_builds_whose_process_has_gone_are_thrown_away(engine):
    engine.aside()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_generation SET builder = replace(builder, %s, ':999999999') WHERE role = 'building'",
            [f":{os.getpid()}"],
        )
    engine.aside()
    assert roles() == {"current": 1, "building": 1}


def test_a_build_elsewhere_is_given_time():
    made = Generation("a", "building", "elsewhere:1", NOW.timestamp())
    assert not made.is_abandoned and replace(made, made_at=0.0).is_abandoned
    assert not replace(made, made_at=0.0, role="kept").is_abandoned


def test_a_spoilt_spare_index_does_not_keep_a_page_from_being_published(engine):
    engine.put([record(1, "Thi đua")])
    built = engine.aside()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE search_{built._own}_open_words")
    engine.put([record(2, "Thi đua")])
    assert find(engine, "thi đua", limit=9) and roles() == {"current": 1}


def test_what_a_failed_change_wrote_is_gone_with_it(engine):
    engine.put([record(1, "Thi đua")])
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        engine.put([record(2, "Thi đua")])
        raise ZeroDivisionError
    forget_everything()
    assert find(engine, "thi đua") == [1]


def test_another_process_has_swapped(engine):
    engine.put([record(1, "Thi đua")])
    assert find(engine, "thi đua") == [1]
    with connection.cursor() as cursor:
        built = engine.aside()
        built.put([record(2, "Thi đua")])
        cursor.execute("UPDATE search_generation SET role = 'kept' WHERE role = 'current'")
        cursor.execute("UPDATE search_generation SET role = 'current' WHERE name = %s", [built._own])
    assert find(engine, "thi đua") == [2]


@pytest.mark.parametrize(
    "query",
    [
        asked("thi đua yêu nước", facets=("kind", "year", "status"), chosen={"year": ("2024",), "kind": ("story",)}),
        asked(wording=number("39-CT/TW"), facets=("kind",)),
        asked("", facets=("year",)),
        asked("không có đâu", STAFF, facets=("kind",)),
    ],
)
def test_a_search_is_one_statement_and_one_for_words_not_met_before(engine, query):
    engine.put([record(n, "Thi đua yêu nước", number="39-CT/TW") for n in range(30)])
    engine.put([record(99, "Thi đua", audiences=frozenset({"staff"}))])
    engine.search(asked("gì đó"))
    with CaptureQueriesContext(connection) as cold:
        engine.search(query)
    with CaptureQueriesContext(connection) as warm:
        engine.search(query)
    assert len(cold) <= 2 and len(warm) == 1


@pytest.mark.parametrize("rows, scanned", [(10_000, 400_000), (40, 400_000), (0, 0), (10_000, 300)])
def test_pages_hold_every_document_once_whatever_is_weighed(engine, monkeypatch, rows, scanned):
    monkeypatch.setattr(sqlite_answer, "WEIGHED_ROWS", rows)
    monkeypatch.setattr(sqlite_answer, "SCANNED_WORDS", scanned)
    records = list(sample_documents(400, syllables=40))
    guarded = [replace(each, audiences=frozenset({"staff"})) for each in records[300:]]
    engine.put([*records[:300], *guarded])
    for text in ("quản lý đất đai", "kế hoạch", "hồ sơ giải quyết khiếu nại của nhân dân", "nguyễn"):
        pages = [engine.search(asked(text, STAFF, offset=start, limit=25)) for start in range(0, 400, 25)]
        found = [key for page in pages for key in keys(page)]
        assert len(found) == len(set(found)) == pages[0].total > 0, text


def test_common_words_are_ranked_by_their_titles_first(engine, monkeypatch):
    monkeypatch.setattr(sqlite_answer, "WEIGHED_ROWS", 0)
    day = TODAY - timedelta(days=900)
    engine.put([record(n, "Tin ngắn", body="về thi đua", issued_on=TODAY) for n in range(2, 60)])
    engine.put([record(1, "Thi đua", issued_on=day)])
    assert find(engine, "thi đua")[0] == 1


def test_a_name_in_a_title_is_found_by_its_rare_pair_without_a_walk_of_its_own(engine, monkeypatch):
    monkeypatch.setattr(sqlite_answer, "WEIGHED_ROWS", 5)
    words = ("khi", "tuong", "thuy", "van")
    wording = Wording(words, groups=(Group(words, (("kttv",),)),))
    engine.put([record(n, "Tin ngắn", body="khí tượng và thủy văn", issued_on=TODAY) for n in range(2, 60)])
    engine.put([record(1, "Khí tượng thủy văn", issued_on=TODAY - timedelta(days=900))])
    asked_statements, fetch = [], sqlite_answer._fetch
    monkeypatch.setattr(sqlite_answer, "_fetch", lambda sql: asked_statements.append(sql) or fetch(sql))
    assert keys(engine.search(asked(wording=wording)))[0] == 1
    assert not any("title :" in str(value) for value in asked_statements[0].values)
    plain = Wording(words)
    assert keys(engine.search(asked(wording=plain)))[0] == 1
    assert any("title :" in str(value) for value in asked_statements[1].values)


def test_thousands_of_strange_wordings(engine):
    engine.put([record(1, "Đất đai a b", body="NEAR AND OR NOT", number="15/2024/QĐ-UBND")])
    for text in strange_texts(3_000, seed=11):
        typed = read_query(text)
        wording = Wording(typed.folded, typed.exact, number_parts=typed.number_parts, number_text=text)
        found = engine.search(asked(wording=wording))
        assert keys(found) == [1] * found.total, text
        assert [each.key for each in engine.suggest(text, asked())] in ([], ["page:1"]), text
    assert find(engine, "đất đai") == [1]


def test_a_locked_database_is_said_to_be_unavailable(engine, monkeypatch):
    engine.put([record(1, "Thi đua")])
    built = engine.aside()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE search_{built._own}_open_words")
    with pytest.raises(EngineUnavailable):
        built.search(asked("thi đua"))


def test_the_newest_of_one_day_are_in_order_whenever_they_were_written(engine):
    engine.put([record(n, "Thi đua", issued_on=TODAY, sort_at=NOW + timedelta(minutes=n * 7 % 30)) for n in range(30)])
    found = engine.search(asked("thi đua", order="newest", limit=30))
    wanted = sorted(range(30), key=lambda n: n * 7 % 30, reverse=True)
    assert keys(found) == wanted
    pages = [engine.search(asked("thi đua", order="newest", offset=start, limit=7)) for start in range(0, 30, 7)]
    assert [key for page in pages for key in keys(page)] == wanted


def test_readers_tokens_are_whole_words(engine):
    engine.put([record(1, "Thi đua", audiences=frozenset({"unit:7"}))])
    assert find(engine, "thi đua", audiences=PUBLIC | {"unit:77", "unit", "7", "UNIT:7"}) == []
    assert find(engine, "thi đua", audiences=PUBLIC | {"unit:7"}) == [1]


def test_internal_documents_weigh_nothing_among_public_ones_with_a_reading_time(engine):
    soon = NOW + timedelta(days=9)
    long_body = "giữ rừng đầu nguồn và thi đua " * 900
    engine.put([record(n, "Thi đua", body=f"giữ rừng {'x ' * (n % 9)}", closes_at=soon) for n in range(80)])
    engine.put([record(80, "Phụ lục", body=long_body, closes_at=soon)])
    queries = [asked(text, offset=start, limit=20) for text in ("thi đua rừng", "rừng", "giữ") for start in (0, 40, 60)]
    before = [engine.search(query) for query in queries]
    engine.put([record(n, "Rừng", body="rừng thi " * 30, audiences=frozenset({"staff"})) for n in range(200, 300)])
    assert [engine.search(query) for query in queries] == before
