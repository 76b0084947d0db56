import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search.engines.chosen import database_engine
from search.evaluation import figures, ndcg, percentile, recall, reciprocal_rank
from search.judged_sets import read_corpus, read_queries
from search.measured_engine import engine_to_measure

#: Judged questions over the articles of laws, beside the repository; not part of it.
ROOT = Path(__file__).resolve().parents[2]
ALQAC = ROOT.parent / "shared" / "fixtures" / "eval" / "alqac22"
BEST = frozenset({"a"})


def test_gain_is_one_for_the_best_order_and_falls_with_the_place():
    assert ndcg(["a", "b"], BEST) == 1
    assert ndcg(["b", "a"], BEST) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["b"] * 10 + ["a"], BEST) == 0
    assert ndcg(["a", "c", "b"], frozenset({"a", "b"})) == pytest.approx(0.9197, abs=1e-4)
    assert ndcg([], BEST) == ndcg(["a"], frozenset()) == 0


def test_rank_and_recall_look_at_ten():
    assert reciprocal_rank(["b", "c", "a"], BEST) == pytest.approx(1 / 3)
    assert reciprocal_rank(["b"] * 10 + ["a"], BEST) == 0
    assert recall(["a", "x"], frozenset({"a", "b"})) == 0.5


def test_percentiles():
    assert percentile([1.0, 2.0, 9.0], 50) == 2.0
    assert percentile([4.0], 95) == 4.0 and percentile([], 95) == 0.0


def test_no_queries_have_no_figures():
    assert figures([]) == {"queries": 0}


def write(path, rows):
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def judged(tmp_path):
    corpus = [
        {"id": "d-1", "title": "Hòa giải", "body": "ở cơ sở", "number": "39-CT/TW", "kind": "directive"},
        {"id": "d-2", "title": "Giữ rừng", "body": "đầu nguồn", "issued_on": "2024-03-05"},
    ]
    queries = [{"id": 1, "text": "hòa giải cơ sở", "rel": ["d-1"]}, {"id": 2, "text": "39 ct tw", "rel": ["d-1"]}]
    return write(tmp_path / "corpus.jsonl", corpus), write(tmp_path / "queries.jsonl", queries)


def test_files_are_read_as_records_and_queries(judged):
    corpus, queries = judged
    first, second = read_corpus(corpus)
    assert (first.key, first.number, first.is_open) == ("d-1", "39-CT/TW", True)
    assert second.issued_on.isoformat() == "2024-03-05"
    assert [query.text for query in read_queries(queries, strip_accents=True)] == ["hoa giai co so", "39 ct tw"]


def evaluated(*arguments):
    out = StringIO()
    call_command("search_eval", *map(str, arguments), "--json", stdout=out)
    return json.loads(out.getvalue())


def search_tables():
    return sorted(name for name in connection.introspection.table_names() if name.startswith("search_"))


@pytest.mark.django_db
def test_the_command_measures_and_leaves_nothing_behind(judged):
    database_engine().ensure()
    before = search_tables()
    measured = evaluated(*judged)
    assert list(measured) == [
        *("queries", "ndcg_at_10", "mrr_at_10", "recall_at_10", "hit_at_1"),
        *("zero_hit_share", "altered_share", "p50_ms", "p95_ms"),
    ]
    assert measured["queries"] == 2 and measured["ndcg_at_10"] == measured["hit_at_1"] == 1
    assert search_tables() == before


@pytest.mark.django_db
def test_a_broken_file_is_said_and_leaves_nothing_behind(judged, tmp_path):
    corpus, queries = judged
    database_engine().ensure()
    before = search_tables()
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "d-1", "title": "Đất"}\n{"id":', encoding="utf-8")
    with pytest.raises(CommandError, match=r"^Dòng 2 của .*broken\.jsonl không đọc được"):
        evaluated(broken, queries)
    with pytest.raises(CommandError, match=r"^Không mở được .*missing\.jsonl"):
        evaluated(tmp_path / "missing.jsonl", queries)
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "d-1", "title": "\xd0\xe1t"}')
    with pytest.raises(CommandError, match=r"latin\.jsonl không phải chữ UTF-8"):
        evaluated(tmp_path / "latin.jsonl", queries)
    for row in ({"id": 1, "text": "đất"}, {"id": 1, "text": None, "rel": ["d-1"]}, ["đất"]):
        with pytest.raises(CommandError, match=r"^Dòng 1 .* rel là danh sách"):
            evaluated(corpus, write(tmp_path / "queries-broken.jsonl", [row]), "--strip-accents")
    assert search_tables() == before


@pytest.mark.django_db
def test_an_engine_that_is_not_on_is_named():
    assert engine_to_measure("null").name == "null"
    assert engine_to_measure().name == engine_to_measure(database_engine().name).name
    with pytest.raises(CommandError, match="Không có bộ máy no-such; đang bật: null"):
        engine_to_measure("no-such")


def portal_command(var, *arguments):
    """A command of a portal whose folder is `var`, with SQLite."""
    environment = os.environ | {"PORTAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)


def test_a_portal_that_nobody_set_up_can_be_measured(judged, tmp_path):
    done = portal_command(tmp_path / "var", "search_eval", *judged, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["ndcg_at_10"] == 1


def test_other_commands_say_that_the_tables_are_missing(tmp_path):
    done = portal_command(tmp_path / "var", "search", "đất")
    assert (done.returncode, done.stdout) == (1, "")
    assert "python3 manage.py migrate" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("options, floor", [((), 0.945), (("--strip-accents",), 0.94)])
def test_questions_about_laws_are_answered(require, options, floor):
    require(ALQAC.exists(), "needs the judged questions")
    measured = evaluated(ALQAC / "corpus.jsonl", ALQAC / "queries.jsonl", *options)
    assert measured["ndcg_at_10"] >= floor
    assert measured["zero_hit_share"] == 0 and measured["altered_share"] == 0


@pytest.mark.django_db
def test_the_speed_of_a_small_index_is_measured():
    database_engine().ensure()
    before = search_tables()
    out = StringIO()
    call_command("search_bench", "--documents", "300", "--rounds", "1", "--json", stdout=out)
    measured = json.loads(out.getvalue())
    assert measured["documents"] == 300 and measured["documents_per_second"] > 0 and measured["index_mb"] > 0
    assert {"common", "rare", "number", "phrase", "facet"} <= set(measured["queries"])
    assert search_tables() == before
