"""What can be a Vietnamese syllable, and where its tone stands."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.letters import canonical_tones, fold
from search.vietnamese.syllable_shapes import TONES, is_spelled, is_syllable_shape, split_tone, with_tone

SEEN = "cộng hòa xã hội chủ nghĩa việt nam ủy ban nhân dân tỉnh khuya khuỷu nghiêng gì giếng quyết ngoẹo xoong yêu thuở"


@pytest.mark.parametrize("word", SEEN.split())
def test_words_of_the_language_are_spelled(word):
    assert is_spelled(word) and is_syllable_shape(fold(word))
    assert with_tone(*split_tone(word)) == word


@pytest.mark.parametrize("word", ["quyềt", "hocj", "ngi", "kan", "cê", "đắk", "test", "ubnd", "", "a1", "nguyen2"])
def test_other_words_are_not(word):
    assert not is_spelled(word)


@pytest.mark.parametrize("folded", ["test", "bvmt", "internet", "zalo", "form", "nguoif", "", "5"])
def test_shapes_that_no_syllable_has(folded):
    assert not is_syllable_shape(folded)


@pytest.mark.parametrize(("toneless", "marked"), [("hoa", "hóa"), ("thuy", "thúy"), ("quy", "quý"), ("nươc", "nước")])
def test_tone_is_placed_the_new_way(toneless, marked):
    assert with_tone(toneless, "\u0301") == marked == canonical_tones(marked)


@given(st.sampled_from(SEEN.split()), st.sampled_from(TONES))
def test_a_tone_is_put_and_taken_without_loss(word, tone):
    toneless, _ = split_tone(word)
    marked = with_tone(toneless, tone)
    assert split_tone(marked) == (toneless, tone)
    assert len(marked) == len(toneless)
    assert marked == unicodedata.normalize("NFC", marked)


@given(st.text(max_size=20))
def test_any_text_is_judged(text):
    assert is_spelled(text) in (True, False)
    assert not is_spelled(text) or is_syllable_shape(fold(text))
