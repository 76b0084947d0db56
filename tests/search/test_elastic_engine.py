"""What is particular to the engine of Elasticsearch, on a real server."""

import random
import secrets
import threading
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from search import evaluation, judged_sets
from search.contract import EngineUnavailable, IndexRecord, SearchQuery, StateDates, Wording
from search.engines import chosen, elastic_generations, elastic_mapping
from search.engines.elastic_filters import in_status
from search.states import LABELS, state_on
from search.vietnamese.query_words import read_query
from tests.search.elastic_server import elastic_engine

pytestmark = pytest.mark.services
NOW, TODAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC), date(2026, 11, 22)
PUBLIC, STAFF = frozenset({"public"}), frozenset({"public", "staff"})
INTERNAL = frozenset({"staff"})
JUDGED = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "eval" / "alqac22"


@pytest.fixture(scope="module")
def standing(require):
    with elastic_engine(require) as engine:
        yield engine


@pytest.fixture
def engine(standing):
    """The engine with an empty index; what the test before wrote lies in the kept one."""
    standing.swap(standing.aside())
    return standing


def record(page, title="Thi đua", version=1, audiences=PUBLIC, **others):
    return IndexRecord(f"page:{page}", version, audiences, title=title, **others)


def asked(text="", audiences=PUBLIC, **others):
    words = read_query(text)
    return SearchQuery(audiences, Wording(words.folded, words.exact), NOW, TODAY, **others)


def found(engine, text="", **others):
    return {int(hit.key.removeprefix("page:")) for hit in engine.search(asked(text, **others)).hits}


def raw(engine, place="open"):
    """Every document of an index as it is kept, and in how many documents each word stands."""
    alias = engine.names.alias(place)
    engine.client.indices.refresh(index=alias)
    return engine.client.search(index=alias, query={"match_all": {}}, size=1000).body["hits"]["hits"]


class TestVersions:
    def test_a_thousand_events_in_any_order_end_alike(self, engine):
        chance = random.Random(14)
        versions = dict.fromkeys(range(60), 0)
        events = []
        for _ in range(1000):
            key = chance.randrange(60)
            versions[key] += 1
            events.append((key, versions[key], chance.choice(["open", "guarded", "gone"])))
        last = {key: (version, what) for key, version, what in events}
        delivered = events * 3
        chance.shuffle(delivered)
        for start in range(0, len(delivered), 150):
            lot = delivered[start : start + 150]
            audiences = {"open": PUBLIC, "guarded": INTERNAL}
            puts = [
                record(key, version=version, audiences=audiences[what])
                for key, version, what in lot
                if what in audiences
            ]
            removals = {f"page:{key}": version for key, version, what in lot if what == "gone"}
            engine.put(puts)
            engine.remove(removals)
        held = {f"page:{key}": version for key, (version, what) in last.items() if what != "gone"}
        assert dict(engine.versions()) == held
        opened = {key for key, (_, what) in last.items() if what == "open"}
        assert found(engine, limit=100) == opened
        assert found(engine, audiences=STAFF, limit=100) == {key for key, (_, what) in last.items() if what != "gone"}

    def test_a_removal_is_remembered_longer_than_the_server_remembers_deletions(self, engine):
        engine.client.indices.put_settings(index=engine.names.aliases, settings={"index": {"gc_deletes": "1ms"}})
        engine.put([record(1, version=3)])
        engine.remove({"page:1": 4})
        for place in ("open", "guarded"):
            engine.client.indices.forcemerge(index=engine.names.alias(place), max_num_segments=1)
        engine.put([record(1, version=3), record(2, version=1)])
        assert found(engine) == {2} and list(engine.versions()) == [("page:2", 1)]

    def test_versions_are_read_past_one_page(self, engine, monkeypatch):
        monkeypatch.setattr("search.engines.elastic._PAGE", 7)
        engine.put([record(number, audiences=PUBLIC if number % 3 else INTERNAL) for number in range(50)])
        held = list(engine.versions())
        assert held == sorted(held) and len(held) == 50


class TestAudience:
    def test_the_open_index_holds_no_word_of_anything_internal(self, engine):
        tomorrow = NOW + timedelta(days=1)
        engine.put([record(1, "Thi đua"), record(2, "Zqmat noibo", audiences=INTERNAL, body="zqthan")])
        engine.put([record(3, "Zqmai congbo", opens_at=tomorrow), record(4, "Zqdong", closes_at=tomorrow)])
        engine.put([record(1, "Zqkin", version=2, audiences=INTERNAL)])
        assert "zq" not in str(raw(engine)).lower()
        assert dict(engine.vocabulary()) == {}
        assert engine.suggest("zq", asked()) != () and found(engine, "zqdong") == {4}

    def test_a_document_that_lost_its_audience_is_nobodys(self, engine):
        engine.client.index(
            index=engine.names.alias("guarded"),
            id="page:9",
            document={"key": "page:9", "text": ["thi dua thi_dua"]},
            version=1,
            version_type="external",
            refresh=True,
        )
        everyone = STAFF | {"office", "unit:1", "user:1"}
        assert found(engine, "thi đua", audiences=everyone) == set() and found(engine, audiences=everyone) == set()
        assert engine.frequencies(["thi"], everyone, NOW) == {"thi": 0}

    def test_a_reader_without_tokens_finds_nothing(self, engine):
        engine.put([record(1)])
        assert found(engine, "thi đua", audiences=frozenset()) == set()

    def test_weights_are_those_of_open_documents_for_every_reader(self, engine):
        engine.put([record(number, f"Thi đua {number}") for number in range(5)])
        before = engine.search(asked("thi đua")).hits
        engine.put([record(number, "Thi đua mật", audiences=INTERNAL, body="thi " * 30) for number in range(50, 80)])
        scores = {hit.key: hit.score for hit in engine.search(asked("thi đua", STAFF, limit=50)).hits}
        assert all(scores[hit.key] == hit.score for hit in before)


class TestStatus:
    def test_conditions_say_what_the_dates_say(self, engine):
        days = [None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
        claims = ["", "campaign", *LABELS]
        states = [StateDates(claim, since, until) for claim in claims for since in days for until in days]
        engine.put([record(number, state=state) for number, state in enumerate(states)])
        for key in LABELS:
            expected = {
                number
                for number, state in enumerate(states)
                if (computed := state_on(state, TODAY)) and computed.key == key
            }
            answer = engine.client.search(
                index=engine.names.aliases, query=in_status(key, TODAY).to_dict(), size=1000, source=False
            )
            held = {int(hit["_id"].removeprefix("page:")) for hit in answer["hits"]["hits"]}
            assert held == expected, key
        counted = dict(engine.search(asked(facets=("status",), with_gone=True)).facets[0].counts)
        computed = [state_on(state, TODAY) for state in states]
        assert counted == Counter(state.key for state in computed if state)


class TestGenerations:
    def test_another_layout_is_refused_until_a_rebuild_and_the_way_back_stays(self, engine, monkeypatch):
        engine.put([record(1)])
        fields = elastic_mapping._TREATMENT
        monkeypatch.setattr(elastic_mapping, "_TREATMENT", fields + 1)
        with pytest.raises(EngineUnavailable, match="search_rebuild"):
            engine.put([record(2)])
        assert found(engine) == {1}
        built = engine.aside()
        built.put([record(1), record(2)])
        engine.swap(built)
        assert found(engine) == {1, 2}
        engine.roll_back()
        assert found(engine) == {1}
        engine.roll_back()
        assert found(engine) == {1, 2}

    def test_readers_notice_nothing_of_a_swap(self, engine):
        engine.put([record(number) for number in range(20)])
        answers, faults, is_over = [], [], threading.Event()

        def read():
            while not is_over.is_set():
                try:
                    answers.append(len(engine.search(asked("thi đua", limit=20)).hits))
                except Exception as error:
                    faults.append(error)

        reader = threading.Thread(target=read)
        reader.start()
        for _ in range(3):
            built = engine.aside()
            built.put([record(number) for number in range(20)])
            engine.swap(built)
        seen = len(answers)
        deadline = time.monotonic() + 60
        while len(answers) < seen + 3 and not faults and time.monotonic() < deadline:
            is_over.wait(0.05)
        is_over.set()
        reader.join()
        assert faults == [] and set(answers) == {20}

    def test_an_index_that_took_a_name_makes_way(self, engine):
        engine.drop()
        engine.client.index(index=engine.names.alias("open"), document={"tự": "tạo"}, refresh=True)
        with pytest.raises(EngineUnavailable, match="search_rebuild"):
            engine.put([record(1)])
        engine.swap(engine.aside())
        engine.put([record(1)])
        assert found(engine) == {1}

    def test_the_mapping_takes_nothing_it_does_not_know(self, engine):
        answer = engine.client.options(ignore_status=400).index(
            index=engine.names.alias("open"), document={"secret": "zq"}
        )
        assert answer["error"]["type"] == "strict_dynamic_mapping_exception"

    def test_dropping_leaves_nothing(self, engine):
        other = type(engine)(
            type(engine.server)(engine.server.addresses, prefix=f"portal-{secrets.token_hex(4)}-"), seconds=30
        )
        other.swap(other.aside())
        other.swap(other.aside())
        other.aside()
        other.drop()
        assert elastic_generations.Generations(other.client, other.server.prefix)._held() == {}


class TestOddities:
    def test_odd_texts_are_written_and_asked(self, engine):
        chance = random.Random(5)
        signs = ["\x00", "\ud800", "😀", '"', "*", "(", "AND", "\u202e", "\u200b", "ê̆", "_", "đ", "/", "::"]
        signs.append("a" * 40_000)
        texts = [" ".join(chance.choices([*signs, "thi", "đua"], k=8)) for _ in range(60)]
        engine.put([record(number, text, body=text, number=text[:50]) for number, text in enumerate(texts)])
        assert len(list(engine.versions())) == len(texts)
        for text in texts:
            words = read_query(text)
            wording = Wording(
                words.folded,
                words.exact,
                number_parts=words.number_parts,
                number_text=words.text,
                phrases=(words.folded[:3],),
            )
            engine.search(SearchQuery(PUBLIC, wording, NOW, TODAY, facets=("kind", "status")))
            engine.suggest(text, asked())

    def test_past_the_deepest_page_there_is_nothing(self, engine):
        engine.put([record(number) for number in range(3)])
        for offset in (3, 9_995, 10_000, 2_000_000):
            result = engine.search(asked("thi đua", offset=offset))
            assert result.hits == () and result.total == 3


@pytest.mark.slow
def test_ranks_as_well_as_the_engine_of_the_database(engine, require, db):
    require(JUDGED.is_dir(), "needs the judged questions")
    questions = judged_sets.read_queries(JUDGED / "queries.jsonl")[::3]
    measured = {}
    for each in (engine, chosen.database_engine()):
        built = each.aside()
        evaluation.fill(built, judged_sets.read_corpus(JUDGED / "corpus.jsonl"))
        measured[each.name] = evaluation.figures(evaluation.answer_all(built, questions))["ndcg_at_10"]
        built.drop()
    assert measured["elastic"] > 0.93 and max(measured.values()) - min(measured.values()) < 0.01, measured
