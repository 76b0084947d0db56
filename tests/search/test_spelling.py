"""Accents of mended words are read off what was found."""

import pytest

from search.spelling import respell, spell

FOUND = ("Quyết định giao đất", "Kế hoạch thi đua yêu nước")


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("quyet dinh 12", [0], "quyết dinh 12"),
        ("quyet dinh 12", [0, 1], "quyết định 12"),
        ("thi dua", [1], "thi đua"),
        ("rung dau nguon", [0], "rung dau nguon"),
        ("quyet", [5], "quyet"),
        ("", [0], ""),
    ],
)
def test_a_mended_word_gets_its_accents(text, places, expected):
    assert spell(text, places, FOUND) == expected


def test_the_neighbour_decides():
    assert spell("dat dai", [0], ("Đạt yêu cầu", "Luật Đất đai")) == "đất dai"


def test_a_part_of_a_word_is_no_word():
    assert spell("dinh", [0], ("Kiểm dịnhx",)) == "dinh"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nông thôn mơi", "nông thôn mới"),
        ("Nông thôn mơi, 2024", "Nông thôn mới, 2024"),
        ("nông thôn mới", ""),
        ("nong thon moi", ""),
        ("nông thôn xưa", ""),
        ("họa bình", ""),
    ],
)
def test_accents_that_no_document_has_there_are_asked_about(typed, meant):
    assert respell(typed, ("Xây dựng nông thôn mới", "Nông thôn mới", "Hòa bình")) == meant


def test_both_placements_of_the_tone_are_one_spelling():
    assert respell("hoà bình", ("Hòa bình", "Hòa bình")) == ""
