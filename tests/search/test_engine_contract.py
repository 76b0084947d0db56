"""What every engine does: one class, run on each of them."""

from datetime import date, timedelta

import pytest

from search.contract import ALL_WORDS, ANY_WORDS, NEWEST, OLDEST, PHRASE, Group, SearchQuery, StateDates, Wording
from search.vietnamese.query_words import read_query
from search.vietnamese.syllables import syllables
from tests.search.engine_fixtures import ENGINES, MARKERS
from tests.search.engine_numbers import NumberQuestions
from tests.search.engine_questions import NOW, PUBLIC, STAFF, TODAY, asked, counts, keys, number, record, words
from tests.search.strange_texts import strange_texts

#: Strange wordings asked of every engine, three ways each; a server takes its time for each.
SOME = 150


def engine_parameters():
    return [pytest.param(name, marks=[getattr(pytest.mark, mark) for mark in MARKERS[name]]) for name in ENGINES]


@pytest.fixture(params=engine_parameters())
def engine(request, db, require):
    with ENGINES[request.param](require) as built:
        yield built


class TestEngineContract(NumberQuestions):
    def test_finds_with_and_without_accents(self, engine):
        engine.put([record(1, "Hòa giải ở cơ sở"), record(2, "Giữ rừng đầu nguồn")])
        for text in ("hòa giải", "hoà giải", "hoa giai", "HÒA GIẢI", "hòa giải cơ sở"):
            assert self.find(engine, text) == [1], text

    def test_finds_words_of_the_body_and_of_attachments(self, engine):
        engine.put([record(1, "Kế hoạch", body="đo đạc địa chính"), record(2, "Báo cáo", attachments="phụ lục đo đạc")])
        assert set(self.find(engine, "đo đạc")) == {1, 2}

    def test_accents_decide_between_equal_syllables(self, engine):
        engine.put([record(1, "Thi dua"), record(2, "Thi đua"), record(3, "Thị dứa")])
        assert self.find(engine, "thi đua")[0] == 2

    def test_other_accents_in_a_title_do_not_pass_the_words_as_typed(self, engine):
        filler = " ".join(f"chữ{number}" for number in range(60))
        engine.put([record(1, "Họa bình phong", body="hoa binh"), record(2, "Kế hoạch", body=f"{filler} hòa bình")])
        engine.put([record(n, f"Giữ rừng {n}", body=filler) for n in range(3, 20)])
        assert self.find(engine, "hòa bình") == [2, 1]

    def test_title_counts_more_than_body(self, engine):
        filler = " ".join(f"chữ{number}" for number in range(40))
        engine.put([record(1, "Báo cáo", body=f"{filler} khoáng sản"), record(2, "Khoáng sản", body=filler)])
        assert self.find(engine, "khoáng sản") == [2, 1]

    def test_a_pair_or_all_words_match_and_single_words_only_when_little_is_found(self, engine):
        engine.put([record(n, "Thi đua yêu nước") for n in range(1, 12)])
        engine.put([record(20, "Thi tuyển"), record(21, "Nước sạch")])
        assert set(self.find(engine, "thi đua", limit=50)) == set(range(1, 12))
        assert {20} < set(self.find(engine, "thi tuyển", limit=50))

    def test_all_words_and_phrase_are_stricter(self, engine):
        engine.put([record(1, "Đất đai và nhà ở"), record(2, "Nhà đất"), record(3, "Đai an toàn, đất sét")])
        assert set(self.find(engine, "đất đai", match=ALL_WORDS)) == {1, 3}
        assert self.find(engine, "đất đai", match=PHRASE) == [1]

    def test_quoted_phrases_must_hold(self, engine):
        engine.put([record(1, "Kế hoạch thi đua năm nay"), record(2, "Kế hoạch năm nay về đua xe, thi bơi")])
        wording = words("kế hoạch thi đua", phrases=(("thi", "dua"),))
        assert self.find(engine, wording=wording) == [1]

    def test_an_abbreviation_matches_what_it_stands_for_and_back(self, engine):
        engine.put([record(1, "Ủy ban nhân dân tỉnh"), record(2, "UBND huyện"), record(3, "Nhân dân làng")])
        short = Wording(("ubnd",), groups=(Group(("ubnd",), (("uy", "ban", "nhan", "dan"),)),))
        spelled = tuple(syllables("ủy ban nhân dân"))
        long = Wording(spelled, groups=(Group(spelled, (("ubnd",),)),))
        assert set(self.find(engine, wording=short, match=ALL_WORDS)) == {1, 2}
        assert set(self.find(engine, wording=long, match=ALL_WORDS)) == {1, 2}
        assert {1, 2} <= set(self.find(engine, wording=short))

    def test_what_has_lost_its_force_is_left_out_counted_and_can_be_had(self, engine):
        yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
        engine.put(
            [
                record(1, "Thi đua", state=StateDates("in_force")),
                record(2, "Thi đua", state=StateDates("in_force", until=TODAY)),
                record(3, "Thi đua", state=StateDates("in_force", until=yesterday)),
                record(4, "Thi đua", state=StateDates("replaced")),
                record(5, "Thi đua", state=StateDates("in_force", since=tomorrow)),
            ]
        )
        result = engine.search(asked("thi đua", facets=("status",)))
        assert set(keys(result)) == {1, 2, 5} and result.total == 3 and result.gone == 2
        assert counts(result, "status") == {"in_force": 2, "not_yet": 1}
        assert set(self.find(engine, "thi đua", with_gone=True)) == {1, 2, 3, 4, 5}
        assert self.find(engine, "thi đua", chosen={"status": ("expired",)}) == [3]
        assert set(self.find(engine, "thi đua", chosen={"status": ("replaced", "not_yet")})) == {4, 5}
        assert self.find(engine, "") and set(self.find(engine, "")) == {1, 2, 5}

    def test_the_status_is_counted_as_if_none_were_chosen(self, engine):
        states = (StateDates("in_force"), StateDates("replaced"), StateDates("repealed"))
        engine.put([record(n, "Thi đua", state=state) for n, state in enumerate(states)])
        chosen = {"status": ("replaced",)}
        for text in ("thi đua", ""):
            result = engine.search(asked(text, chosen=chosen, facets=("status",)))
            assert keys(result) == [1] and counts(result, "status") == {"in_force": 1}
            result = engine.search(asked(text, chosen=chosen, facets=("status",), with_gone=True))
            assert counts(result, "status") == {"in_force": 1, "replaced": 1, "repealed": 1}

    def test_a_day_that_came_after_the_writing_counts_too(self, engine):
        engine.put([record(1, "Thi đua", state=StateDates("in_force", until=date(9000, 1, 1)))])
        later = SearchQuery(PUBLIC, words("thi đua"), NOW, date(9001, 1, 1), facets=("status",))
        result = engine.search(later)
        assert keys(result) == [] and result.total == 0 and result.gone == 1

    def test_only_readers_of_the_audience_find(self, engine):
        units = frozenset({"unit:7", "office"})
        engine.put([record(1, "Thi đua"), record(2, "Thi đua", audiences=frozenset({"staff"}))])
        engine.put([record(3, "Thi đua", audiences=units)])
        assert self.find(engine, "thi đua") == [1]
        assert set(self.find(engine, "thi đua", audiences=STAFF)) == {1, 2}
        assert set(self.find(engine, "thi đua", audiences=STAFF | {"unit:7"})) == {1, 2, 3}
        assert set(self.find(engine, "thi đua", audiences=STAFF | {"unit:77"})) == {1, 2}
        assert self.find(engine, "thi đua", audiences=frozenset()) in ([], [1])

    def test_reading_time_opens_and_closes(self, engine):
        hour = timedelta(hours=1)
        engine.put(
            [
                record(1, "Thi đua", opens_at=NOW - hour, closes_at=NOW + hour),
                record(2, "Thi đua", opens_at=NOW + hour),
                record(3, "Thi đua", closes_at=NOW - hour),
                record(4, "Thi đua", opens_at=NOW),
                record(5, "Thi đua", closes_at=NOW),
            ]
        )
        result = engine.search(asked("thi đua"))
        assert set(keys(result)) == {1, 4} and result.total == 2

    def test_strangers_meet_nothing_internal(self, engine):
        engine.put([record(n, f"Thi đua yêu nước số {n}", body="giữ rừng " * n) for n in range(1, 6)])
        queries = [
            asked(text, facets=("kind", "year"), limit=20)
            for text in ("thi đua", "giữ rừng", "tuyệt mật", "yêu", "thi đua tuyệt mật", "")
        ]
        before = [engine.search(query) for query in queries]
        seen = engine.suggest("thi", asked()), dict(engine.vocabulary())
        known = engine.frequencies(["thi", "thi_dua", "mat"], PUBLIC, NOW)
        secret = frozenset({"staff"})
        engine.put([record(n, "Thi đua tuyệt mật", audiences=secret, body="rừng " * 50) for n in range(50, 90)])
        engine.put([record(90, "Thi đua tuyệt mật", opens_at=NOW + timedelta(days=1))])
        assert [engine.search(query) for query in queries] == before
        assert (engine.suggest("thi", asked()), dict(engine.vocabulary())) == seen
        assert engine.frequencies(["thi", "thi_dua", "mat"], PUBLIC, NOW) == known
        assert engine.suggest("thi đua tuyệt", asked()) == ()

    def test_facets_count_as_if_their_own_values_were_not_chosen(self, engine):
        engine.put(
            [
                record(n, "Thi đua", facets={"kind": (kind,), "year": (year,), "tag": tuple(tags)}, kind=kind)
                for n, kind, year, tags in (
                    (1, "story", "2024", ["rừng", "Biển xanh"]),
                    (2, "story", "2023", ["rừng"]),
                    (3, "article", "2024", []),
                )
            ]
        )
        names = ("kind", "year", "tag")
        result = engine.search(asked("thi đua", facets=names, chosen={"kind": ("story",)}))
        assert [facet.name for facet in result.facets] == list(names)
        assert counts(result, "kind") == {"story": 2, "article": 1}
        assert counts(result, "year") == {"2024": 1, "2023": 1}
        assert counts(result, "tag") == {"rừng": 2, "Biển xanh": 1}
        both = engine.search(asked("", facets=names, chosen={"kind": ("story", "article"), "year": ("2024",)}))
        assert set(keys(both)) == {1, 3} and counts(both, "year") == {"2024": 2, "2023": 1}
        assert self.find(engine, "thi đua", chosen={"tag": ("Biển xanh",)}) == [1]
        assert self.find(engine, "thi đua", chosen={"tag": ("biển xanh",)}) == []

    def test_dates_months_and_official_ones_are_filters(self, engine):
        engine.put(
            [
                record(1, "Thi đua", issued_on=date(2024, 1, 1), is_undated=True, kind="directive"),
                record(2, "Thi đua", issued_on=date(2024, 1, 1), kind="directive"),
                record(3, "Thi đua", issued_on=date(2024, 5, 31), kind="article"),
                record(4, "Thi đua", issued_on=date(2023, 12, 31), kind="campaign"),
                record(5, "Thi đua", kind="directive"),
            ]
        )
        assert set(self.find(engine, "thi đua", since=date(2024, 1, 1))) == {1, 2, 3}
        assert set(self.find(engine, "", since=date(2024, 1, 2), until=date(2024, 5, 31))) == {3}
        assert set(self.find(engine, "", until=date(2024, 1, 1))) == {1, 2, 4}
        assert set(self.find(engine, "", month=1)) == {2}
        assert set(self.find(engine, "", official_only=True)) == {1, 2, 4, 5}

    def test_order_by_date_is_that_of_lists(self, engine):
        moment = NOW - timedelta(days=9)
        engine.put(
            [
                record(1, "Thi đua", issued_on=date(2024, 1, 1), is_undated=True),
                record(2, "Thi đua", issued_on=date(2024, 3, 1), sort_at=moment),
                record(3, "Thi đua", issued_on=date(2024, 3, 1), sort_at=NOW),
                record(4, "Thi đua", issued_on=date(2023, 3, 1)),
                record(5, "Thi đua"),
            ]
        )
        engine.put([record(6, "Thi đua", issued_on=date(2024, 3, 1), sort_at=moment + timedelta(days=1))])
        for text in ("", "thi đua"):
            assert self.find(engine, text, order=NEWEST) == [3, 6, 2, 1, 4, 5]
            assert self.find(engine, text, order=OLDEST) == [5, 4, 2, 6, 3, 1]
        assert self.find(engine, "") == [3, 6, 2, 1, 4, 5]
        assert self.find(engine, "", offset=2, limit=2) == [2, 1]

    def test_pages_hold_every_document_once(self, engine):
        start = date(2020, 1, 1)
        records = [
            record(
                n,
                "Thi đua yêu nước" if n % 3 else "Yêu nước",
                body="thi đua " * (n % 7) + "giữ rừng " * (n % 5),
                issued_on=start + timedelta(days=n % 40),
                audiences=PUBLIC if n % 4 else frozenset({"staff"}),
            )
            for n in range(1, 181)
        ]
        engine.put(records)
        for order in ("relevance", NEWEST, OLDEST):
            pages = [
                self.find(engine, "thi đua rừng", audiences=STAFF, order=order, offset=offset, limit=10)
                for offset in range(0, 180, 10)
            ]
            found = [key for page in pages for key in page]
            total = engine.search(asked("thi đua rừng", STAFF, order=order)).total
            assert len(found) == len(set(found)) == total, order

    def test_hidden_ones_are_nowhere(self, engine):
        engine.put([record(n, "Thi đua", facets={"kind": ("story",)}, number="7-CT/TW") for n in (1, 2)])
        hidden = frozenset({"page:2"})
        result = engine.search(asked("thi đua", hidden=hidden, facets=("kind",)))
        assert keys(result) == [1] and result.total == 1 and counts(result, "kind") == {"story": 1}
        assert self.find(engine, wording=number("7-CT/TW"), hidden=hidden) == [1]
        assert [each.key for each in engine.suggest("thi", asked(hidden=hidden))] == ["page:1"]

    def test_hits_say_what_they_are(self, engine):
        engine.put([record(1, "Hòa giải ở cơ sở", number="39-CT/TW", kind="directive", url="/van-ban/hoa-giai/")])
        hit = engine.search(asked("hòa giải")).hits[0]
        assert (hit.key, hit.title, hit.url) == ("page:1", "Hòa giải ở cơ sở", "/van-ban/hoa-giai/")
        assert (hit.number, hit.kind) == ("39-CT/TW", "directive") and hit.score > 0

    def test_suggestions_go_on_from_what_was_typed(self, engine):
        engine.put(
            [
                record(1, "Phong trào thi đua yêu nước", kind="campaign", url="/phong-trao/a/"),
                record(2, "Thi đua dạy tốt", number="15-KH/SGD"),
                record(3, "Ủy ban nhân dân", kind="unit"),
                record(4, "Thi đua nội bộ", audiences=frozenset({"staff"})),
            ]
        )
        found = engine.suggest("thi đu", asked())
        assert [each.key for each in found] == ["page:2", "page:1"]
        assert found[1].title == "Phong trào thi đua yêu nước" and found[1].url == "/phong-trao/a/"
        assert [each.key for each in engine.suggest("thi d", asked())] == ["page:2", "page:1"]
        assert [each.key for each in engine.suggest("yeu thi", asked())] == ["page:1"]
        assert [each.key for each in engine.suggest("15-kh", asked())] == ["page:2"]
        assert [each.key for each in engine.suggest("uy ban", asked())] == ["page:3"]
        assert {each.key for each in engine.suggest("thi đua", asked(audiences=STAFF))} == {
            "page:1",
            "page:2",
            "page:4",
        }
        assert engine.suggest("", asked()) == () and len(engine.suggest("thi", asked(), limit=1)) == 1

    def test_frequencies_and_vocabulary(self, engine):
        staff = frozenset({"staff"})
        engine.put([record(1, "Thi đua thi đua"), record(2, "Đua thi"), record(3, "Thi đua", audiences=staff)])
        words = ["thi", "thi_dua", "vang"]
        assert engine.frequencies(words, PUBLIC, NOW) == {"thi": 2, "thi_dua": 1, "vang": 0}
        assert engine.frequencies(words, STAFF, NOW) == {"thi": 3, "thi_dua": 2, "vang": 0}
        assert dict(engine.vocabulary()) == {"thi": 2, "dua": 2}
        engine.remove({"page:1": 2})
        assert engine.frequencies(words, PUBLIC, NOW) == {"thi": 1, "thi_dua": 0, "vang": 0}

    def test_words_that_stand_somewhere(self, engine):
        common = [record(place, "Nhiều") for place in range(10, 35)]
        engine.put([*common, record(1, "Thi đua"), record(2, "Kín đáo", audiences=frozenset({"staff"}))])
        words = ["thi", "thi_dua", "kin", "vang", "nhieu", "'"]
        assert engine.standing(words, PUBLIC, NOW) == {"thi", "thi_dua", "nhieu"}
        assert engine.standing(words, STAFF, NOW) == {"thi", "thi_dua", "nhieu", "kin"}
        engine.remove({"page:1": 2})
        assert engine.standing(words, PUBLIC, NOW) == {"nhieu"} and engine.standing([], PUBLIC, NOW) == frozenset()

    def test_lower_versions_change_nothing(self, engine):
        engine.put([record(1, "Bản hai", version=2)])
        engine.put([record(1, "Bản một", version=1), record(2, "Khác")])
        engine.put([record(1, "Bản hai khác", version=2)])
        assert engine.search(asked("bản")).hits[0].title == "Bản hai"
        engine.put([record(1, "Bản ba", version=3), record(1, "Bản hai rưỡi", version=2)])
        assert [hit.title for hit in engine.search(asked("bản")).hits] == ["Bản ba"]
        assert list(engine.versions()) == [("page:1", 3), ("page:2", 1)]

    def test_a_removed_document_does_not_come_back(self, engine):
        engine.put([record(1, "Thi đua", version=3)])
        engine.remove({"page:1": 2})
        assert self.find(engine, "thi đua") == [1]
        engine.remove({"page:1": 4, "page:9": 1})
        engine.put([record(1, "Thi đua", version=4), record(9, "Thi đua")])
        assert self.find(engine, "thi đua") == [] and list(engine.versions()) == []
        engine.put([record(1, "Thi đua", version=5)])
        assert self.find(engine, "thi đua") == [1] and list(engine.versions()) == [("page:1", 5)]

    def test_a_document_changes_sides(self, engine):
        engine.put([record(1, "Thi đua", version=1)])
        engine.put([record(1, "Thi đua", version=2, audiences=frozenset({"staff"}))])
        assert self.find(engine, "thi đua") == [] and self.find(engine, "thi đua", audiences=STAFF) == [1]
        assert dict(engine.vocabulary()) == {}
        engine.put([record(1, "Thi đua", version=3)])
        assert self.find(engine, "thi đua") == [1] and list(engine.versions()) == [("page:1", 3)]

    def test_versions_come_in_order(self, engine):
        engine.put([record(n, "Thi đua", version=n) for n in (3, 20, 1)])
        assert list(engine.versions()) == sorted([("page:1", 1), ("page:20", 20), ("page:3", 3)])

    def test_an_empty_batch_is_no_matter(self, engine):
        engine.put([])
        engine.remove({})
        assert engine.search(asked("thi đua")).total == 0 and engine.search(asked("")).total == 0

    def test_a_query_without_a_word_that_is_known_finds_nothing(self, engine):
        engine.put([record(1, "Thi đua")])
        assert self.find(engine, "xyzzy") == []

    def test_no_wording_is_too_strange(self, engine):
        engine.put([record(1, "Đất đai a b", body="NEAR AND OR NOT", number="15/2024/QĐ-UBND"), record(2, "漢字 😀 ½")])
        for text in strange_texts(SOME):
            typed = read_query(text)
            parts = typed.number_parts if typed.looks_like_number else ()
            wording = Wording(
                typed.folded,
                typed.exact,
                number_parts=parts,
                number_text=typed.text,
                phrases=tuple(phrase.folded for phrase in typed.phrases),
            )
            chosen = {"tag": (typed.text, text.replace("\x00", "")), "kind": ("story",)} if len(text) % 3 == 0 else {}
            for match in (ANY_WORDS, ALL_WORDS, PHRASE):
                result = engine.search(asked(wording=wording, match=match, facets=("tag",), chosen=chosen))
                assert set(keys(result)) <= {1, 2} and result.total >= len(result.hits), text
            assert {each.key for each in engine.suggest(text, asked())} <= {"page:1", "page:2"}, text
            terms = {*typed.folded, *typed.pairs}
            counted = engine.frequencies(sorted(terms), STAFF, NOW)
            assert counted.keys() == terms and all(0 <= count <= 2 for count in counted.values()), text
        assert self.find(engine, "đất đai") == [1]
