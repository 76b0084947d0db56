"""Distribution lists: the shared cases, the real call, and the order to publish."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.recipients import is_publication_order, parse_recipients
from tests.directives.domain_cases import MONOTONOUS, SEED_EXPECTED, cpu_seconds, long_text, of_group

SEED_KINDS = {
    "co_quan_cap_tren": "organ",
    "co_quan_ngang_cap": "organ",
    "nhom": "group",
    "kenh_dang_tai": "channel",
    "luu": "archive",
}


@pytest.mark.parametrize("case", of_group("noi_nhan"))
def test_recipient_cases(case, require):
    require(case is not None, "needs the shared fixtures")
    recipients = parse_recipients(case["text"])
    archive = recipients[-1]
    found = {
        "so_nhan": len([one for one in recipients if one.kind != "archive"]),
        "don_vi_soan": list(archive.drafting_units),
        "van_thu": archive.name == "VT",
    }
    expected = case["expect"][0]
    assert archive.kind == "archive"
    assert {key: found[key] for key in expected} == expected


def test_the_real_call_goes_to_seven_recipients(require):
    require(SEED_EXPECTED.exists(), "needs the shared fixtures")
    expected = json.loads(SEED_EXPECTED.read_text(encoding="utf-8"))["noi_nhan"]
    block = "Nơi nhận:\n" + "\n".join(f"- {one['raw']};" for one in expected)
    recipients = parse_recipients(block)
    assert [(one.raw, one.kind) for one in recipients] == [(one["raw"], SEED_KINDS[one["loai"]]) for one in expected]
    assert recipients[-1].drafting_units == ("VP",)
    assert is_publication_order(recipients)


@pytest.mark.parametrize(
    ("line", "kind", "name", "purpose"),
    [
        ("- Giám đốc Sở (b/c);", "person", "Giám đốc Sở", "báo cáo"),
        ("- Chủ tịch, các PCT UBND tỉnh (để b/c);", "person", "Chủ tịch, các PCT UBND tỉnh", "báo cáo"),
        ("- Như Điều 3;", "group", "Như Điều 3", None),
        ("- Lãnh đạo Sở;", "group", "Lãnh đạo Sở", None),
        ("- Báo Kon Tum;", "channel", "Báo Kon Tum", None),
        ("- Cổng TTĐT tỉnh;", "channel", "Cổng TTĐT tỉnh", None),
        ("- Bảo hiểm xã hội tỉnh;", "organ", "Bảo hiểm xã hội tỉnh", None),
        ("- Sở Nội vụ (p/h);", "organ", "Sở Nội vụ", "phối hợp"),
    ],
)
def test_kinds_of_recipients(line, kind, name, purpose):
    (recipient,) = parse_recipients(line)
    assert (recipient.kind, recipient.name, recipient.purpose) == (kind, name, purpose)


def test_wrapped_and_joined_lines():
    block = (
        "Nơi nhận: - Như trên;\n- Ban Tuyên giáo\nTỉnh ủy;\n- Bộ TN&MT; UBND tỉnh;\n"
        "- Lưu: VT, KT.TH (02 bản).\nGIÁM ĐỐC"
    )
    recipients = parse_recipients(block)
    assert [one.name for one in recipients] == [
        "Như trên",
        "Ban Tuyên giáo Tỉnh ủy",
        "Bộ TN&MT",
        "UBND tỉnh",
        "VT",
    ]
    assert recipients[-1].drafting_units == ("KT.TH",)


@pytest.mark.parametrize(
    ("line", "ordered"),
    [
        ("Website Sở", True),
        ("Trang thông tin điện tử Sở", True),
        ("Cổng TTĐT tỉnh", True),
        ("Văn phòng Sở (đăng tải)", True),
        ("Báo Kon Tum", False),
        ("UBND tỉnh", False),
    ],
)
def test_order_to_publish(line, ordered):
    assert is_publication_order(parse_recipients(f"- {line};\n- Lưu: VT.")) is ordered


def test_empty_block():
    assert parse_recipients("") == ()
    assert parse_recipients("Nơi nhận:\n") == ()


@given(st.text(alphabet=st.sampled_from("-–+;.,()\n LưuVTNơi nhận:b/c0123ábcƯ*"), max_size=200) | st.text(max_size=200))
@settings(deadline=None)
def test_nothing_makes_the_list_fail(block):
    for recipient in parse_recipients(block):
        assert recipient.raw
        assert recipient.kind == "archive" or recipient.name


@pytest.mark.parametrize("piece", [*MONOTONOUS, "a\n", "- a\n", "- a;\n", "Lưu: 1", "- Nơi nhận"])
def test_a_hundred_thousand_characters_take_a_moment(piece):
    assert cpu_seconds(parse_recipients, long_text(piece)) < 0.2
