"""Titles on a page, and names of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.display import COMPOUNDS, NO_BREAK_SPACE, bind_compounds
from search.vietnamese.people import has_family_name


@pytest.mark.parametrize(
    ("title", "bound"),
    [
        ("Phong trào thi đua năm 2024", "Phong~trào thi~đua năm~2024"),
        ("PHÁT ĐỘNG THI ĐUA", "PHÁT~ĐỘNG THI~ĐUA"),
        ("ngành tài nguyên và môi trường", "ngành tài~nguyên và môi~trường"),
        ("Cộng hoà, uỷ ban", "Cộng~hoà, uỷ~ban"),
        ("Đại hội lần thứ XIII", "Đại hội lần~thứ~XIII"),
        ("thi đuaa, năm 2024x", "thi đuaa, năm 2024x"),
        ("thi  đua", "thi  đua"),
        ("", ""),
    ],
)
def test_compounds_hold_together(title, bound):
    assert bind_compounds(title) == bound.replace("~", NO_BREAK_SPACE)


@given(st.lists(st.sampled_from([*COMPOUNDS, "và", "của", ",", "năm 2024", "x\u0301\u0302"])).map(" ".join) | st.text())
def test_nothing_but_spaces_changes(title):
    bound = bind_compounds(title)
    assert bound.replace(NO_BREAK_SPACE, " ") == title.replace(NO_BREAK_SPACE, " ")
    assert bind_compounds(bound) == bound


def test_there_are_compounds_enough():
    assert len(set(COMPOUNDS)) == len(COMPOUNDS) >= 120
    assert all(compound == compound.lower() and compound.count(" ") == 1 for compound in COMPOUNDS)


@pytest.mark.parametrize("name", ["NGUYỄN VĂN LỘC", "Y Thị Bích Thọ", "A Kang", "Vũ G"])
def test_people(name):
    assert has_family_name(name)


@pytest.mark.parametrize("name", ["GIÁM ĐỐC", "VĂN PHÒNG SỞ", "PHÓ CHỦ TỊCH", "Nguyễn", ""])
def test_not_people(name):
    assert not has_family_name(name)
