"""One slip of the keyboard, mended only where nothing else can be meant."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.correction import Correction, correct, corrections, suggest
from search.vietnamese.syllables import pairs, syllables
from tests.directives.domain_cases import cpu_seconds

TEXT = """
Quyết định giao đất của Ủy ban nhân dân tỉnh. Quyết định cho thuê đất. Quyết định thu hồi đất của Ủy ban nhân dân.
Quyết định về phong trào thi đua yêu nước. Phát động phong trào thi đua. Bảo vệ môi trường, bảo vệ rừng phòng hộ.
Giấy chứng nhận quyền sử dụng đất, quyền sử dụng nhà. Truyền thông chính sách. Chuyển mục đích sử dụng đất.
Dịch vụ công trực tuyến, dịch vụ môi trường rừng. Chương trình nông thôn mới, năm 2024.
"""
WORDS = syllables(TEXT) * 20
VOCABULARY = Counter(WORDS)
PAIRS = Counter(pairs(WORDS))


def pair_count(first, second):
    return PAIRS[f"{first}_{second}"]


def mended(query, **known):
    return " ".join(correct(query.split(), VOCABULARY, pair_count, **known))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quyrt", "quyet"),  # the key beside
        ("quyt", "quyet"),  # a letter lost
        ("quyyet", "quyet"),  # a letter twice
        ("quyaet", "quyet"),  # a letter too many
        ("qyuet", "quyet"),  # letters changed places
        ("trinhh", "trinh"),
        ("nghiajp", "nghiap"),
    ],
)
def test_the_best_candidate(typed, meant):
    words = VOCABULARY | {"nghiap": 1}
    assert corrections(typed, words)[0].syllable == meant


def test_likelier_slips_cost_less():
    costs = {
        one.syllable: one.cost
        for one in corrections("dat", {"dst": 9, "dt": 9, "fat": 9, "dta": 9, "daat": 9, "giat": 9})
    }
    assert costs["giat"] < costs["dst"]
    near, far = (corrections("rung", {word: 5})[0].cost for word in ("tung", "mung"))
    assert near < far


def test_sounds_written_in_two_ways_are_one_slip():
    assert corrections("xu", {"su": 3})[0].cost == corrections("truyen", {"chuyen": 3})[0].cost == 0.5
    assert corrections("ky", {"ki": 3})[0].cost == corrections("nghe", {"nge": 3})[0].cost - 0.8 == 0.5


def test_neighbours_decide():
    assert mended("quyrt dinh giao dat") == "quyet dinh giao dat"
    assert mended("phong trao thj dua") == "phong trao thi dua"
    assert mended("bao ve moii truong") == "bao ve moi truong"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phong trao thidua", "phong trao thi dua"),
        ("moitruong", "moi truong"),
        ("giaodat", "giao dat"),
        ("thurung", "thurung"),  # both known, never side by side
        ("facebook", "facebook"),
        ("dau", "dau"),
    ],
)
def test_a_space_left_out_is_put_back(typed, meant):
    assert mended(typed) == meant
    assert correct(["thidua"], VOCABULARY) == ["thidua"]


def test_without_pairs_slip_and_frequency_decide():
    assert correct(["quyrt", "dinh"], VOCABULARY) == ["quyet", "dinh"]
    assert correct(["quyrt"], VOCABULARY, pair_count) == ["quyet"]


@pytest.mark.parametrize(
    "query",
    [
        *("quyet dinh giao dat", "2024", "qh15", "q", "2o24", "quyet d", "ubnd tinh", "bvmt", ""),
        *("online dich vu", "data su dung", "rung taxi", "nguyen van tam", "kiem lam", "hanoi xyzzy"),
    ],
)
def test_what_is_left_alone(query):
    assert mended(query) == query


def test_a_word_that_could_be_a_syllable_needs_clear_neighbours():
    assert mended("bao ve mui truong") == "bao ve moi truong"
    assert mended("mui tho") == "mui tho"


def test_where_a_neighbour_nearly_always_has_it_beside_fewer_documents_are_enough():
    vocabulary = {"that": 60, "nghiep": 139, "nhan": 90}
    beside = {("that", "nghiep"): 18}
    assert correct(["that", "nhiep"], vocabulary, lambda *pair: beside.get(pair, 0)) == ["that", "nghiep"]
    seldom = {**vocabulary, "that": 600}
    assert correct(["that", "nhiep"], seldom, lambda *pair: beside.get(pair, 0)) == ["that", "nhiep"]


@pytest.mark.parametrize(("typed", "meant"), [("boao", "boao"), ("knao", "nao"), ("ngok", "ngok"), ("plei", "plei")])
def test_a_word_that_is_no_syllable_needs_no_neighbour_unless_it_may_be_a_name(typed, meant):
    vocabulary = {"nao": 300, "ngo": 40, "lei": 3, "the": 200}
    assert correct(["the", typed], vocabulary, lambda *pair: 0) == ["the", meant]


def test_what_the_caller_keeps_is_kept():
    assert mended("thj dua", kept={"thj"}) == "thj dua"


def test_a_suggestion_for_known_words():
    assert suggest(["quyet", "dich", "giao", "dat"], VOCABULARY, pair_count) == Correction(1, "dich", "dinh")
    assert suggest(["quyet", "dinh", "giao", "dat"], VOCABULARY, pair_count) is None
    assert suggest(["dich"], VOCABULARY, pair_count) is None
    assert suggest(["thj", "dua"], VOCABULARY, pair_count) is None


@given(st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=10))
def test_known_syllables_are_never_changed(words):
    assert correct(words, VOCABULARY, pair_count) == words


@given(st.lists(st.text(max_size=9), max_size=6), st.integers(0, 4))
def test_any_words_are_answered(words, limit):
    for word in words:
        found = corrections(word, VOCABULARY, limit)
        assert len(found) <= limit
        assert all(one.syllable in VOCABULARY and one.syllable != word and one.cost > 0 for one in found)
    for word, meant in zip(words, correct(words, VOCABULARY, pair_count), strict=True):
        assert meant == word or (word not in VOCABULARY and meant in VOCABULARY)


@given(st.sampled_from(sorted(word for word in VOCABULARY if word.isalpha() and len(word) > 1)), st.data())
def test_every_single_slip_is_among_the_candidates(word, data):
    index = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    head, tail = word[:index], word[index:]
    slips = [head + tail[1:], head + letter + tail, head + letter + tail[1:], head + tail[1:2] + tail[0] + tail[2:]]
    for slip in slips:
        if slip != word and len(slip) > 1:
            assert word in [one.syllable for one in corrections(slip, VOCABULARY, 100)]


def test_a_word_takes_less_than_three_milliseconds():
    vocabulary = {
        f"{first}{second}{third}uyen": 3
        for first in "bcdghklmnpqrstvx"
        for second in "aeiouyhr"
        for third in "abcdefgh" * 9
    }
    vocabulary |= dict.fromkeys(map(str, range(9000)), 1)
    assert (
        cpu_seconds(lambda word: [corrections(word, vocabulary) for _ in range(10)], "nghieengs", enough=0.015) < 0.03
    )
