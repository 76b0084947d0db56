"""Vietnamese typed with the input method switched off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.letters import fold
from search.vietnamese.syllable_shapes import TONES, split_tone
from search.vietnamese.typing_marks import decode, decode_words
from tests.directives.domain_cases import cpu_seconds, long_text

TEXT = """
phát động phong trào thi đua yêu nước lập thành tích chào mừng kỷ niệm ngày thành lập đảng quyết định của ủy ban nhân
dân tỉnh về việc giao đất cho thuê rừng được những người khuỷu tay ngoẹo thuở xưa gì giếng quốc hội khóa luật bảo vệ
môi trường nước thải nguy hại khoáng sản đo đạc bản đồ khí tượng thủy văn hưởng ứng nghiêng mượn quăng
"""
WORDS = tuple(dict.fromkeys(TEXT.split()))
FOLDED = {fold(word) for word in WORDS}
MARKS = {"â": "a6", "ê": "e6", "ô": "o6", "ă": "w8", "ơ": "w7", "ư": "w7", "đ": "d9"}
TONE_KEYS = dict(zip(TONES, ("s1", "f2", "r3", "x4", "j5"), strict=True))


def is_known(word):
    """A collection that keeps syllables without accents."""
    return fold(word) in FOLDED


def keys_of(word, is_vni, place):
    """Keys of a word: each mark after its letter ("inside"), tone last ("tone last"), or all last ("all last")."""
    letters, last = "", ""
    for letter in word:
        toneless, tone = split_tone(letter)
        mark = MARKS.get(toneless, "  ")[is_vni].strip()
        letters += fold(letter)
        if place == "all last" and toneless != "đ":
            last += "" if mark in last else mark
        else:
            letters += mark
        tone_key = TONE_KEYS[tone][is_vni] if tone else ""
        letters += tone_key if place == "inside" else ""
        last += tone_key if place != "inside" else ""
    return letters + last


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quyeets", "quyết"),
        ("Quyetes", "Quyết"),
        ("quyeest", "quyết"),
        ("QUYEETS", "QUYẾT"),
        ("ddinhj", "định"),
        ("dinhdj", "định"),
        ("quye61t", "quyết"),
        ("d9i5nh", "định"),
        ("dinh95", "định"),
        ("dduwowcj", "được"),
        ("dduowcj", "được"),
        ("duocwdj", "được"),
        ("d9uo75c", "được"),
        ("nhwngx", "những"),
        ("thuowr", "thuở"),
        ("ngoeoj", "ngoẹo"),
        ("quawng", "quăng"),
        ("suwa", None),
    ],
)
def test_keys_become_letters(typed, meant):
    assert decode(typed, is_known) == meant


@pytest.mark.parametrize("place", ["inside", "tone last", "all last"])
@pytest.mark.parametrize("is_vni", [False, True])
@given(words=st.lists(st.sampled_from(WORDS), min_size=4, max_size=12))
def test_every_query_typed_in_keys_is_read(is_vni, place, words):
    typed = [keys_of(word, is_vni, place) for word in ["quyết", *words]]
    read = [meant or raw for raw, meant in zip(typed, decode_words(typed, is_known), strict=True)]
    assert read == ["quyết", *words]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.booleans())
def test_plain_queries_are_not_touched(words, is_folded):
    typed = [fold(word) for word in words] if is_folded else words
    assert decode_words(typed, is_known) == [None] * len(typed)


@pytest.mark.parametrize(
    "word",
    [
        *("test", "wifi", "internet", "form", "tax", "box", "car", "been", "moon", "its", "there", "window", "data"),
        *(
            "ubnd",
            "UBND",
            "stnmt",
            "GIS",
            "qh15",
            "CO2",
            "nd30",
            "A4",
            "covid19",
            "2024",
            "05",
            "x",
            "",
            "đất",
            "H'Drai",
        ),
    ],
)
def test_other_words_are_not_touched(word):
    assert decode(word, lambda known: known != word.lower()) is None
    assert decode_words([word], lambda known: known != word.lower()) == [None]
    assert decode_words(["luật", word], lambda known: known != word.lower()) == [None, None]


def test_a_known_word_stays_though_it_looks_like_keys():
    assert decode("quyeets", lambda word: word in {"quyeets", "quyết"}) is None


def test_the_query_decides_about_doubtful_words():
    known = {"cả", "xã", "đất", "báo", "cáo", "quý"}.__contains__
    assert decode_words(["car", "ddaats"], known) == ["cả", "đất"]
    assert decode_words(["car", "xe"], known) == [None, None]
    assert decode_words(["baos", "caos"], known) == ["báo", "cáo"]
    # A digit after a word is a mark only where marks are typed as digits.
    assert decode_words(["quy1", "d9a61t"], known) == ["quý", "đất"]
    assert decode_words(["quy1", "ddaats"], known) == [None, "đất"]
    assert decode_words(["quy1", "2024"], known) == [None, None]


@given(st.lists(st.text(max_size=14) | st.from_regex(r"[a-z]{1,7}[1-9]?", fullmatch=True), max_size=8))
def test_any_words_are_answered(words):
    for word, meant in zip(words, decode_words(words, lambda word: not word.isascii()), strict=True):
        assert meant is None or (word.isascii() and not meant.isascii())
        # Keys only add marks: the letters that stay are those that were typed.
        assert meant is None or set(fold(meant)) <= set(word.lower()) | {"u"}


@pytest.mark.parametrize("piece", ["a", "dd", "quyeets ", "a1", "w"])
def test_a_long_text_takes_a_moment(piece):
    words = long_text(piece, 10_000).split()
    assert cpu_seconds(lambda words: decode_words(words, is_known), words) < 0.2
