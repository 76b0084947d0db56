"""The part of a text that shows why it was found."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.letters import fold, nfc
from search.vietnamese.snippets import (
    ELLIPSIS,
    LONGEST_TEXT,
    Reading,
    first_marked,
    first_snippet,
    marked,
    snippet,
)
from search.vietnamese.syllables import pairs, syllables
from tests.directives.domain_cases import cpu_seconds, long_text

FILLER = "Các cơ quan có trách nhiệm thực hiện nhiệm vụ được giao theo kế hoạch hằng năm của tỉnh. " * 6
TEXT = FILLER + "Ủy ban nhân dân giao đất, cho thuê đất đai theo quy định. " + FILLER
SOME = ["đất", "đai", "Đai", "thi", "đua,", "khen", "thưởng.", "năm", "2024", "ủy", "ban", "ở"]
WORDS = st.lists(st.sampled_from(SOME), max_size=80)


def terms_of(query):
    return {*syllables(query), *pairs(syllables(query))}


def text_of(pieces):
    return "".join(piece for piece, _ in pieces)


def test_the_window_holds_the_words_that_were_asked_for():
    pieces = snippet(TEXT, terms_of("dat dai"))
    assert ("đất", True) in pieces and ("đất đai", True) in pieces
    assert text_of(pieces).startswith("… Ủy ban nhân dân giao đất")
    assert text_of(pieces).endswith(" …")


def test_accents_are_kept_and_neighbours_are_one_mark():
    assert snippet("Thi đua – khen thưởng", terms_of("thi dua khen thuong")) == [
        ("Thi đua", True),
        (" – ", False),
        ("khen thưởng", True),
    ]
    assert marked("Luật  Đất đai 2024", {"dat", "dai"}) == [("Luật ", False), ("Đất đai", True), (" 2024", False)]


def test_a_pair_is_marked_without_its_words():
    assert marked("đất của đất đai", {"dat_dai"}) == [("đất của ", False), ("đất đai", True)]
    assert marked("hết đất. Đai ốc", {"dat_dai"}) == [("hết đất. Đai ốc", False)]


def test_weights_choose_the_window():
    text = "Bảo tồn chim. " + FILLER + "Kiểm lâm tuần tra."
    assert ("Kiểm lâm", True) in snippet(text, {"bao": 0.2, "ton": 0.2, "kiem": 3.0, "lam": 3.0}, 80)
    assert ("Bảo tồn", True) in snippet(text, {"bao": 3.0, "ton": 3.0, "kiem": 0.2, "lam": 0.2}, 80)


def test_two_different_words_beat_one_word_repeated():
    text = "rừng rừng rừng rừng. " + FILLER + "rừng phòng hộ"
    assert ("rừng phòng hộ", True) in snippet(text, {"rung", "phong", "ho"}, 60)


def test_without_a_hit_the_beginning_is_shown():
    pieces = snippet(TEXT, {"zzz"}, 40)
    assert pieces == [("Các cơ quan có trách nhiệm thực hiện …", False)]
    assert snippet("Ngắn", {"zzz"}) == [("Ngắn", False)]
    assert snippet("", {"a"}) == []


def test_letters_of_the_highlands_keep_their_marks():
    text = unicodedata.normalize("NFD", "Krông Nô\u0306 và Đắk")
    assert marked(text, {"krong", "no"}) == [(nfc("Krông Nô\u0306"), True), (" và Đắk", False)]


def test_nothing_is_escaped_here():
    assert text_of(snippet("<b>đất</b> & đai", {"dat"})) == "<b>đất</b> & đai"


@given(
    WORDS.map(" ".join),
    st.sets(st.sampled_from(["dat", "dai", "dat_dai", "thi", "2024", "u", "o"])),
    st.integers(8, 90),
)
def test_what_every_snippet_is(text, terms, length):
    pieces = snippet(text, terms, length)
    shown = text_of(pieces)
    body = shown.removeprefix(f"{ELLIPSIS} ").removesuffix(f" {ELLIPSIS}")
    assert body in text and len(body) <= length
    assert shown == body or len(body) < len(text)
    # Only whole words are shown.
    assert not set(body.split()) - set(text.split()) or any(len(word) > length // 2 for word in text.split())
    known = {part for term in terms for part in term.split("_")}
    assert all(set(syllables(piece)) <= known for piece, is_marked in pieces if is_marked)
    assert all(first[1] is not second[1] for first, second in pairwise(pieces))
    single = {term for term in terms if "_" not in term}
    assert single.isdisjoint(syllables("".join(piece for piece, is_marked in pieces if not is_marked)))
    found = any(is_marked for _, is_marked in pieces)
    assert found or single.isdisjoint(syllables(text))


def test_what_lies_beyond_the_limit_is_not_looked_at():
    assert not any(is_marked for _, is_marked in snippet("a " * (LONGEST_TEXT // 2) + "rừng", {"rung"}))


@given(st.text(max_size=300), st.sets(st.text(max_size=4)), st.integers(-3, 60))
def test_any_text_has_a_snippet(text, terms, length):
    shown = text_of(snippet(text, terms, length))
    assert bool(fold(shown)) is bool(text.split())
    assert len(shown) <= max(length, 1) + 4


@pytest.mark.parametrize("piece", ["đất đai ", "a", "đ.", "đất đai. ", "\u0301", "đai,", "- "])
def test_a_hundred_thousand_characters_take_a_moment(piece):
    text = long_text(piece)
    assert cpu_seconds(lambda text: snippet(text, {"dat", "dai", "dat_dai"}), text, enough=0.15) < 0.2


def test_readings_are_tried_in_turn():
    readings = [Reading({"lua"}, {"lua": {"lua1"}}), Reading({"lua"})]
    text = "Lụa tơ tằm. " + FILLER + "Ruộng lúa hai vụ."
    pieces, place = first_snippet(text, readings, 60)
    assert ("lúa", True) in pieces and place == 0
    assert first_snippet("Lụa tơ tằm.", readings) == ([("Lụa", True), (" tơ tằm.", False)], 1)
    assert first_snippet("Tơ tằm.", readings) == ([("Tơ tằm.", False)], 2)
    assert first_marked("Lụa và lúa", readings) == ([("Lụa và ", False), ("lúa", True)], 0)


def test_a_pair_needs_both_words_as_they_are_taken():
    reading = Reading({"co_so"}, {"co": {"cơ"}, "so": {"sơ3"}})
    assert first_marked("có số liệu về cơ sở", [reading])[0] == [("có số liệu về ", False), ("cơ sở", True)]
