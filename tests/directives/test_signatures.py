"""Signature blocks: the shared cases and what readers of files make of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.office_titles import display_office
from directives.signatures import parse_signature
from tests.directives.domain_cases import MONOTONOUS, cpu_seconds, long_text, of_group


def as_case(signature):
    return {
        "quyen_han": list(signature.authorities),
        "tap_the": signature.on_behalf_of,
        "chuc_vu": signature.office,
        "ho_ten": signature.name,
        "da_ky": signature.is_signed,
    }


@pytest.mark.parametrize("case", of_group("chu_ky"))
def test_signature_cases(case, require):
    require(case is not None, "needs the shared fixtures")
    expected = case["expect"][0]
    found = as_case(parse_signature(case["text"].splitlines()))
    assert {key: found[key] for key in expected} == expected


def test_what_stands_above_the_office_is_kept():
    signature = parse_signature(
        ["TM. ỦY BAN NHÂN DÂN", "TỈNH KON TUM", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "NGUYỄN VĂN A"]
    )
    assert signature.authorities == ("thay_mat", "ky_thay")
    assert signature.on_behalf_of == "ỦY BAN NHÂN DÂN TỈNH KON TUM"
    assert signature.standing_for == "CHỦ TỊCH"
    assert (signature.office_display, signature.name) == ("Phó Chủ tịch", "Nguyễn Văn A")


def test_two_lines_joined_into_one_are_parted():
    signature = parse_signature(["KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC", "TS. Y Thị Bích Thọ"])
    assert (signature.standing_for, signature.office) == ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert signature.name == "Y Thị Bích Thọ"


def test_acting_head():
    assert parse_signature(["Q. GIÁM ĐỐC", "Vũ Văn G"]).office_display == "Quyền Giám đốc"


@pytest.mark.parametrize("lines", [[], [""], ["***"], ["(Đã ký)"], ["Phụ lục kèm theo công văn này"], ["12/3"]])
def test_block_without_office_and_name(lines):
    assert parse_signature(lines) is None


def test_stamp_of_a_digital_signature_is_no_name():
    lines = ["GIÁM ĐỐC", "Ký bởi: Sở Tài nguyên và Môi trường", "Ngày ký: 05/03/2024", "Nguyễn Văn Lộc"]
    signature = parse_signature(lines)
    assert signature.is_signed
    assert signature.name == "Nguyễn Văn Lộc"


@pytest.mark.parametrize(
    ("capitals", "shown"),
    [
        ("GIÁM ĐỐC", "Giám đốc"),
        ("PHÓ GIÁM ĐỐC", "Phó Giám đốc"),
        ("CHÁNH VĂN PHÒNG", "Chánh Văn phòng"),
        ("TRƯỞNG PHÒNG TỔ CHỨC", "Trưởng phòng Tổ chức"),
        ("CHỦ TỊCH HỘI ĐỒNG NHÂN DÂN", "Chủ tịch Hội đồng nhân dân"),
        ("Phó Trưởng phòng", "Phó Trưởng phòng"),
    ],
)
def test_office_in_small_letters(capitals, shown):
    assert display_office(capitals) == shown


@given(st.lists(st.text(max_size=80), max_size=8))
@settings(deadline=None)
def test_nothing_makes_the_signature_fail(lines):
    signature = parse_signature(lines)
    assert signature is None or signature.office or signature.name


@pytest.mark.parametrize("piece", [*MONOTONOUS, "GIÁM ĐỐC\n", "Nguyễn Văn ", "TM. A\n"])
def test_a_hundred_thousand_characters_take_a_moment(piece):
    assert cpu_seconds(parse_signature, [long_text(piece)]) < 0.2
    assert cpu_seconds(parse_signature, long_text(piece).splitlines()) < 0.2
