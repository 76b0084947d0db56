"""A typed query taken apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.letters import fold
from search.vietnamese.query_words import LONGEST_QUERY, read_query
from search.vietnamese.syllables import exact_tokens, syllables
from tests.directives.domain_cases import cpu_seconds, long_text


def test_a_query_with_accents():
    query = read_query("  Đất\u00a0đai,  Luật 2024 ")
    assert query.text == "Đất đai, Luật 2024"
    assert query.folded == ("dat", "dai", "luat", "2024")
    assert query.exact == ("đât1", "đai", "luât5", "2024")
    assert query.pairs == ("dat_dai", "dai_luat", "luat_2024")
    assert query.exact_pairs == ("đât1_đai", "đai_luât5", "luât5_2024")
    assert [(word.text, word.start, word.end) for word in query.words][:2] == [("Đất", 0, 3), ("đai", 4, 7)]
    assert query.is_accented and not query.is_cut and not query.looks_like_number


@pytest.mark.parametrize(
    ("typed", "is_accented"), [("dat dai", False), ("đat dai", True), ("DAT", False), ("QD 15", False), ("hoà", True)]
)
def test_whether_accents_were_typed(typed, is_accented):
    assert read_query(typed).is_accented is is_accented


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("cam kết WTO từ 2007", {"wto", "2007"}),
        ("WTO", {"wto"}),
        ("CAM KẾT WTO", set()),
        ("Luật số 15/2003/QH11", {"15", "2003", "qh11"}),
        ("Đất đai", set()),
    ],
)
def test_codes_are_told_from_words(typed, codes):
    assert read_query(typed).codes == codes


def test_decomposed_letters_are_the_same_query():
    typed = "Ủy ban nhân dân “xã Đắk Pxi”"
    assert read_query(unicodedata.normalize("NFD", typed)) == read_query(typed)


def test_numbers():
    query = read_query("05/2023/QÐ‑UBND")
    assert query.looks_like_number
    assert query.number_parts == ("5", "2023", "qd", "ubnd")


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ('"thi đua" yêu nước "2024"', [("thi", "dua"), ("2024",)]),
        ("“Thi đua” và «khen thưởng»", [("thi", "dua"), ("khen", "thuong")]),
        ('thi "đua', []),
        ('"" "!!"', []),
        ('a "b" c" d', [("b",)]),
    ],
)
def test_phrases(typed, phrases):
    assert [phrase.folded for phrase in read_query(typed).phrases] == phrases


def test_a_phrase_keeps_its_accents():
    (phrase,) = read_query('hồ sơ "đất đai"').phrases
    assert phrase.text == "đất đai" and phrase.exact == ("đât1", "đai")


def test_a_long_query_is_cut_at_a_word_and_says_so():
    query = read_query("nghiêng " * 100)
    assert query.is_cut
    assert set(query.folded) == {"nghieng"} and len(query.text) <= LONGEST_QUERY
    assert len(read_query("x" * 300).text) == LONGEST_QUERY
    assert not read_query("a" * LONGEST_QUERY).is_cut
    assert read_query("a" * LONGEST_QUERY + " b").is_cut
    assert not read_query("a" + " " * 9000).is_cut


@pytest.mark.parametrize("typed", ["", "   ", "\x00\u202e", '"', "-- !? *", "()"])
def test_a_query_of_no_words_is_false(typed):
    assert not read_query(typed)


@given(st.text(max_size=400) | st.text(alphabet='đấtai "“”1/-\u0301\u200b', max_size=300))
def test_any_text_is_taken(typed):
    query = read_query(typed)
    assert len(query.text) <= LONGEST_QUERY
    assert query.folded == tuple(syllables(query.text))
    assert query.exact == tuple(exact_tokens(query.text))
    for word in query.words:
        assert query.text[word.start : word.end] == word.text
        assert fold(word.text).startswith(word.folded[:1])


@pytest.mark.parametrize("piece", ["a", '"', "“a", "\u200b", "a\u0301", " \x00", "05/"])
def test_a_hundred_thousand_characters_take_a_moment(piece):
    assert cpu_seconds(read_query, long_text(piece)) < 0.1
