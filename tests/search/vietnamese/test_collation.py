"""Vietnamese order, by keys that every database sorts alike."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.collation import person_sort_key, sort_key

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"


def test_the_alphabet_is_in_order():
    keys = [sort_key(letter) for letter in ALPHABET]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("words", ["ma mà mả mã má mạ", "Ô Ồ Ổ Ỗ Ố Ộ"])
def test_tones_are_in_order(words):
    keys = [sort_key(word) for word in words.split()]
    assert all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("an", "anh"),
        ("án", "anh"),
        ("ma túy", "má"),
        ("da", "đa"),
        ("dz", "đa"),
        ("ân", "ba"),
        ("Phòng 2", "Phòng 10"),
        ("Phòng 2", "Phòng An ninh"),
        ("Sở Nội vụ", "Sở Tài chính"),
    ],
)
def test_first_comes_before_second(first, second):
    assert sort_key(first) < sort_key(second)


def test_case_punctuation_and_tone_placement_do_not_count():
    assert sort_key("UỶ BAN – nhân dân") == sort_key("ủy ban nhân dân")


def test_people_are_ordered_by_given_name():
    people = ["Trần Thị An", "Lê Văn Bình", "Nguyễn Ánh", "Bùi Đức", "Vũ Dũng", "Lê An", "Đỗ Văn Ân"]
    assert sorted(people, key=person_sort_key) == [
        "Lê An",
        "Trần Thị An",
        "Nguyễn Ánh",
        "Đỗ Văn Ân",
        "Lê Văn Bình",
        "Vũ Dũng",
        "Bùi Đức",
    ]
    assert person_sort_key("") == ""


@given(st.text())
def test_keys_are_small_letters_and_digits(text):
    assert set(sort_key(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789")


@given(st.text(alphabet="aăâđêơưýỳnghi 12", max_size=20), st.text(alphabet="aăâđêơưýỳnghi 12", max_size=20))
def test_a_text_never_sorts_after_its_own_continuation(text, more):
    assert sort_key(text) <= sort_key(f"{text} {more}")
