"""A register mends names that were misread, and never takes one name for another."""

import pytest

from directives.intake.grammar.found import Found
from directives.intake.grammar.printed_end import closest_name
from directives.intake.grammar.register_names import closest_organ, mend_organs

ORGANS = (
    "Ủy ban nhân dân tỉnh Kon Tum", "Sở Tài nguyên và Môi trường tỉnh Kon Tum", "Sở Nội vụ tỉnh Kon Tum",
    "Sở Y tế tỉnh Kon Tum", "Văn phòng Đăng ký đất đai tỉnh Kon Tum", "Ban Tổ chức Tỉnh ủy Kon Tum",
    "Ban Tuyên giáo Tỉnh ủy Kon Tum",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Sở Tài nguvên và Môi trưòng", "Sở Tài nguyên và Môi trường"),
        ("Sở Tài nguyên và Môi trưởng tỉnh Kon Tum", "Sở Tài nguyên và Môi trường tỉnh Kon Tum"),
        ("UBND tỉnh Kon Turn", "UBND tỉnh Kon Tum"),
        ("Văn phòng Đãng ký đất đai", "Văn phòng Đăng ký đất đai"),
        # Another place, another organ, too little to tell.
        ("Sở Tài nguyên và Môi trường tỉnh Quảng Ngãi", ""),
        ("UBND tỉnh Kon Tim", ""),
        ("Sở Tài chính", ""),
        ("Ban Dân vận Tỉnh ủy Kon Tum", ""),
        ("Sở", ""),
    ],
)
def test_an_organ_is_mended_only_when_the_register_surely_means_it(text, meant):
    assert closest_organ(text, ORGANS) == meant


def test_fields_take_the_spelling_of_the_register_and_grow_surer():
    fields = {"agency": Found("Sở Tài nguvên và Môi trường", confidence=0.7), "place": Found("Kon Tum")}
    mended = mend_organs(fields, ORGANS)
    assert mended["agency"].value == "Sở Tài nguyên và Môi trường"
    assert mended["agency"].confidence > 0.7
    assert mended["place"] == fields["place"]
    joint = mend_organs({"agencies": Found(["Sở Nội vu", "Sở Công Thương"])}, ORGANS)
    assert joint["agencies"].value == ["Sở Nội vụ", "Sở Công Thương"]


def test_specks_and_noise_at_the_end_are_no_part_of_a_name():
    assert mend_organs({"agency": Found("Sở Nội vụ Seod")}, ORGANS)["agency"].value == "Sở Nội vụ"
    assert mend_organs({"agency": Found("Sở Tài nguyên và Môi ' trường")}, ORGANS)["agency"].value == (
        "Sở Tài nguyên và Môi trường"
    )


def test_a_name_that_no_register_knows_stays_and_is_not_sure():
    read = {"agency": Found("Sở Thông tin và Truyên thô ong", confidence=0.9)}
    assert mend_organs(read, ORGANS)["agency"] == Found("Sở Thông tin và Truyên thô ong", confidence=0.7)
    assert mend_organs(read, ()) == read


def test_a_place_that_reads_as_a_place_is_never_another():
    organs = ("Ủy ban nhân dân tỉnh Quảng Ngãi", "Ủy ban nhân dân tỉnh Ninh Thuận")
    assert closest_organ("UBND tỉnh Quảng Nam", organs) == ""
    assert closest_organ("UBND tỉnh Bình Thuận", organs) == ""
    assert closest_organ("UBND tỉnh Quàng Ngải", organs) == "UBND tỉnh Quảng Ngãi"


@pytest.mark.parametrize(
    ("read", "leader"),
    [
        ("Nguyễn Hoàng Giang", "Nguyễn Thị Ân"),
        ("Dương Văn Trang", "Đoàn Văn Sáng"),
        ("Nguyễn Văn Tài", "Nguyễn Văn Lộc"),
        ("Trần Văn Thu", "Trần Văn Mẫu"),
        ("Nguyễn Thị Thanh Mỹ", "Nguyễn Thị Ân"),
    ],
)
def test_a_stranger_whose_name_was_read_well_is_no_leader_of_the_register(read, leader):
    assert closest_name(read, [leader]) == ""


def test_of_two_leaders_with_names_alike_none_is_chosen():
    assert closest_name("Nguyễn Văn Lôc", ["Nguyễn Văn Lộc", "Trần Thị Hoa"]) == "Nguyễn Văn Lộc"
    assert closest_name("Nguyễn Văn Lục", ["Nguyễn Văn Lực", "Nguyễn Văn Lộc"]) == "Nguyễn Văn Lực"
    assert closest_name("Nguyễn Văn Lc", ["Nguyễn Văn Lực", "Nguyễn Văn Lộc"]) == ""
