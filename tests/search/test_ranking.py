from datetime import date

import pytest

from search.contract import Group, Wording
from search.ranking import Candidate, Statistics, is_accented, rank
from search.vietnamese.syllables import exact_tokens, syllables

TODAY = date(2026, 1, 1)
EVERYWHERE = Statistics(1000, 20.0, {})


def wording(text, **others):
    return Wording(tuple(syllables(text)), tuple(exact_tokens(text)), **others)


def candidate(key, title="", body="", **others):
    texts = {name: " ".join(syllables(text)) for name, text in (("title", title), ("body", body))}
    exact = {f"exact_{name}": " ".join(exact_tokens(text)) for name, text in (("title", title), ("body", body))}
    return Candidate(key, **(texts | exact | others))


def order(text, *candidates, statistics=EVERYWHERE):
    words = text if isinstance(text, Wording) else wording(text)
    return [found.key for found, _ in rank(words, candidates, statistics, TODAY)]


def test_a_pair_side_by_side_comes_before_the_same_words_apart():
    assert order(
        "đất đai", candidate("apart", body="đất sét và đai da"), candidate("pair", body="sét và đất đai da")
    ) == [
        "pair",
        "apart",
    ]


def test_accents_decide_when_they_were_typed():
    plain, accented = candidate("plain", body="thi dua nam nay"), candidate("accented", body="thi đua năm nay")
    assert order("thi đua", plain, accented) == ["accented", "plain"]


def test_accents_of_documents_do_not_matter_when_none_were_typed():
    plain, accented = candidate("plain", body="thi dua nam nay"), candidate("accented", body="thi đua năm nay")
    assert order("thi dua", accented, plain) == ["accented", "plain"]
    assert order("thi dua", plain, accented) == ["plain", "accented"]


def test_a_query_with_y_for_i_is_not_accented():
    assert not is_accented(wording("ky thuat"))
    assert is_accented(wording("kỹ thuật")) and is_accented(wording("đat"))
    assert not is_accented(Wording(("dat",)))


def test_title_counts_twice():
    filler = "và các việc khác nữa"
    found = order("khoáng sản", candidate("body", filler, "khoáng sản"), candidate("title", "khoáng sản", filler))
    assert found == ["title", "body"]


def test_rare_words_weigh_more():
    statistics = Statistics(1000, 5.0, {"ke": 900, "hoach": 900, "ke_hoach": 900, "voi": 2, "hoach_voi": 0})
    assert order("kế hoạch voi", candidate("c", "kế hoạch"), candidate("r", "con voi"), statistics=statistics)[0] == "r"


def test_what_an_abbreviation_stands_for_counts_as_typed():
    short = Wording(("ubnd",), ("ubnd",), (Group(("ubnd",), (("uy", "ban", "nhan", "dan"),)),))
    found = dict(rank_keys(short, candidate("long", "ủy ban nhân dân"), candidate("other", "nhân dân")))
    assert found["long"] > 0 and found["other"] == 0
    spelled = wording("ủy ban nhân dân")
    spelled = Wording(spelled.syllables, spelled.exact, (Group(spelled.syllables, (("ubnd",),)),))
    assert dict(rank_keys(spelled, candidate("short", "ubnd tỉnh")))["short"] > 0


def rank_keys(words, *candidates):
    return [(found.key, score) for found, score in rank(words, candidates, EVERYWHERE, TODAY)]


def test_repeated_syllables_are_counted_one_by_one():
    (_, twice), (_, once) = rank_keys(
        wording("ngày"), candidate("2", body="ngày ngày xưa"), candidate("1", body="ngày xưa nay")
    )
    assert twice > once > 0


def test_of_equals_the_one_in_force_and_the_recent_one_come_first():
    day = date(2025, 6, 1)
    assert order("thi đua", candidate("gone", "thi đua", is_gone=True), candidate("in force", "thi đua")) == [
        "in force",
        "gone",
    ]
    old = candidate("old", "thi đua", issued_on=date(1999, 1, 1))
    assert order("thi đua", old, candidate("new", "thi đua", issued_on=day)) == ["new", "old"]


def test_equals_stay_in_the_order_they_came_in():
    assert order("thi đua", *(candidate(str(n), "thi đua") for n in range(5))) == list("01234")


def test_a_text_known_in_part_keeps_the_weight_the_engine_gave():
    cut = candidate("cut", "phụ lục", found=300.0)
    assert order("thi đua", candidate("whole", body="thi và đua"), cut) == ["cut", "whole"]


def test_an_uncounted_pair_is_rarer_than_its_rarer_word():
    statistics = Statistics(1000, 20.0, {"thi": 100, "dua": 50})
    assert statistics.idf("thi_dua") > statistics.idf("dua") > statistics.idf("thi")
    assert statistics.idf("vang") == pytest.approx(Statistics(1000, 20.0, {"vang": 0}).idf("vang"))


@pytest.mark.parametrize("words", [Wording(), Wording(("",)), Wording(("a",) * 70, ("ă",) * 3)])
def test_strange_wordings_and_empty_texts_do_no_harm(words):
    found = rank(words, [Candidate("k", "", ""), candidate("l", "a a a a")], Statistics(0, 0.0, {}), TODAY)
    assert len(found) == 2 and all(score >= 0 for _, score in found)


def test_what_leads_to_content_gives_way_to_content_that_answers_as_well():
    section = candidate("section", "Phong trào thi đua", "các phong trào thi đua", kind="page")
    act = candidate("act", "Luật Thi đua, khen thưởng", "thi đua là hoạt động có tổ chức", kind="directive")
    assert order("thi đua", section, act) == ["act", "section"]
    assert order("khen thưởng thi đua", candidate("other", body="thi hành", kind="article"), section)[0] == "section"


def test_a_unit_asked_for_by_its_name_comes_first():
    unit = candidate("unit", "Văn phòng Sở", kind="unit")
    letter = candidate("letter", "Về việc thu hồi công văn của Văn phòng Sở", "văn phòng sở", kind="directive")
    assert order("văn phòng sở", letter, unit)[0] == "unit"
    assert order("văn phòng", letter, unit)[0] == "letter"
    short = Wording(("vps",), groups=(Group(("vps",), (("van", "phong", "so"),)),))
    assert order(short, letter, unit)[0] == "unit"


@pytest.mark.parametrize("query", ["phòng đất đai", "phong quan ly dat dai", "phong ql dat dai"])
def test_a_unit_is_named_with_words_left_out_or_shortened(query):
    unit = candidate("unit", "Phòng Quản lý đất đai", "tham mưu về đất đai", kind="unit")
    letter = candidate("letter", "Phòng Quản lý đất đai nhận hồ sơ", "phòng quản lý đất đai " * 3, kind="directive")
    words = syllables(query)
    group = Group(("ql",), (("quan", "ly"),))
    asked = Wording(tuple(words), groups=(group,) if "ql" in words else ())
    assert order(asked, letter, unit)[0] == "unit"
    assert order("đất đai phòng", letter, unit)[0] == "letter"


def test_a_unit_without_a_title_is_named_by_nothing():
    untitled = Candidate("unit", "", "dat dai", kind="unit")
    assert rank(wording("phòng đất đai"), [untitled], Statistics(10, 5.0), TODAY)[0][1] > 0
