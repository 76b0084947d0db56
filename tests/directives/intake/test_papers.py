# ruff: noqa: E501 (sentences of documents read better in one piece)
"""Ordinary documents: decision, letter, plan, notice, joint guideline, Party resolution."""

import io

import pytest

from directives.intake.recognition import recognise
from search.extraction.docx import read_docx

from . import papers


def recognised(name: str):
    document = read_docx(io.BytesIO(papers.written(getattr(papers, name))))
    return recognise(document.blocks, "", document.margins)


def values(found, *names) -> tuple:
    return tuple(found.value(name) for name in names)


HEAD = ("agency", "parent_agency", "number", "separator", "notation", "place", "issued_on", "kind")


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("DECISION", ("Sở Y tế", "UBND tỉnh Quảng Ngãi", "412", "/", "QĐ-SYT", "Quảng Ngãi", "2026-02-09", "quyet_dinh")),
        ("LETTER", ("Sở Giáo dục và Đào tạo", "UBND tỉnh Gia Lai", "2051", "/", "SGDĐT-QLCL", "Gia Lai", "2025-11-17",
                    "cong_van")),
        ("PLAN", ("Ủy ban nhân dân tỉnh Kon Tum", None, "3061", "/", "KH-UBND", "Kon Tum", "2024-09-04", "ke_hoach")),
        ("NOTICE", ("Văn phòng", "UBND tỉnh Quảng Ngãi", "77", "/", "TB-VP", "Quảng Ngãi", "2025-10-28", "thong_bao")),
        ("JOINT_GUIDELINE", ("Sở Y tế", "UBND tỉnh Gia Lai", "05", "/", "HDLN-SYT-SGDĐT", "Gia Lai", "2025-12-03",
                             "huong_dan")),
        ("PARTY", ("Đảng ủy Sở Y tế", "Đảng bộ tỉnh Quảng Ngãi", "05", "-", "NQ/ĐU", "Quảng Ngãi", "2025-08-15",
                   "nghi_quyet")),
        ("HEADLESS_DECISION", ("Sở Y tế tỉnh Quảng Ngãi", None, None, None, None, None, None, "quyet_dinh")),
    ],
)  # fmt: skip
def test_head(name, head):
    found = recognised(name)
    assert values(found, *HEAD) == head
    assert found.value("form") == "directive"


@pytest.mark.parametrize(
    ("name", "abstract", "title"),
    [
        ("DECISION", "Về việc ban hành Quy chế quản lý, sử dụng tài sản công của Sở Y tế tỉnh Quảng Ngãi",
         "Quyết định về việc ban hành Quy chế quản lý, sử dụng tài sản công của Sở Y tế tỉnh Quảng Ngãi"),
        ("LETTER", "Tổ chức khảo sát chất lượng học sinh lớp 12 năm học 2025 - 2026",
         "Tổ chức khảo sát chất lượng học sinh lớp 12 năm học 2025 - 2026"),
        ("PLAN", "Chuyển đổi số tỉnh Kon Tum giai đoạn 2024 - 2025",
         "Kế hoạch chuyển đổi số tỉnh Kon Tum giai đoạn 2024 - 2025"),
        ("NOTICE", "Kết luận của Chủ tịch UBND tỉnh tại cuộc họp về công tác phòng cháy rừng",
         "Thông báo kết luận của Chủ tịch UBND tỉnh tại cuộc họp về công tác phòng cháy rừng"),
        ("JOINT_GUIDELINE", "Phối hợp công tác y tế trường học", "Hướng dẫn phối hợp công tác y tế trường học"),
        ("PARTY", "Về lãnh đạo thực hiện nhiệm vụ 6 tháng cuối năm 2025",
         "Nghị quyết về lãnh đạo thực hiện nhiệm vụ 6 tháng cuối năm 2025"),
    ],
)  # fmt: skip
def test_abstract_and_title(name, abstract, title):
    assert values(recognised(name), "abstract", "title") == (abstract, title)


@pytest.mark.parametrize(
    ("name", "signers"),
    [
        ("DECISION", [([], "", "GIÁM ĐỐC", "Nguyễn Thị Ánh Lan")]),
        ("LETTER", [(["thua_lenh"], "", "TRƯỞNG PHÒNG QUẢN LÝ CHẤT LƯỢNG", "Võ Minh Thuỳ")]),
        ("PLAN", [(["thay_mat", "ky_thay"], "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", "Y Ngọc")]),
        ("NOTICE", [(["thua_uy_quyen"], "", "PHÓ CHÁNH VĂN PHÒNG", "Lê Quốc Đạt")]),
        ("JOINT_GUIDELINE", [(["ky_thay"], "", "PHÓ GIÁM ĐỐC", "Huỳnh Minh Thuận"), ([], "", "GIÁM ĐỐC", "Lý Minh Thái")]),
        ("PARTY", [(["thay_mat"], "ĐẢNG ỦY", "BÍ THƯ", "Phạm Minh Đức")]),
    ],
)  # fmt: skip
def test_signers(name, signers):
    found = recognised(name).value("signatures")
    assert [(row["authorities"], row["on_behalf_of"], row["office"], row["name"]) for row in found] == signers


@pytest.mark.parametrize(
    ("name", "recipients", "unit"),
    [
        ("DECISION", ["Như Điều 3", "Sở Tài chính", "Lưu: VT, KHTC"], "KHTC"),
        ("LETTER", ["Như trên", "Giám đốc, các Phó Giám đốc (để chỉ đạo)", "Lưu: VT, QLCL (03b)"], "QLCL"),
        ("NOTICE", ["Thường trực Tỉnh ủy (b/c)", "Các sở, ban ngành", "Lưu: VT, KTN"], "KTN"),
        ("PARTY", ["Ban Thường vụ Tỉnh ủy (b/c)", "Các chi bộ trực thuộc", "Lưu Đảng ủy"], None),
    ],
)
def test_recipients(name, recipients, unit):
    found = recognised(name)
    assert [row["raw"].strip(" -;.,") for row in found.value("recipients")] == recipients
    assert found.value("drafting_unit_code") == unit


def test_a_decision_keeps_its_bases_articles_and_the_statute_it_brings():
    found = recognised("DECISION")
    assert found.value("bases") == [
        "Căn cứ Luật Quản lý, sử dụng tài sản công ngày 21 tháng 6 năm 2017",
        "Căn cứ Nghị định số 151/2017/NĐ-CP ngày 26 tháng 12 năm 2017 của Chính phủ quy định chi tiết một số điều của "
        "Luật Quản lý, sử dụng tài sản công",
        "Theo đề nghị của Trưởng phòng Kế hoạch - Tài chính",
    ]
    assert [row["notation"] for row in found.value("citations") if row["notation"]] == [
        "2017/NĐ-CP",
        "QĐ-SYT",
    ]
    assert [block["anchor"] for block in found.body if block["anchor"]] == [
        "dieu-1",
        "dieu-2",
        "dieu-3",
        "dieu-1-2",
    ]
    assert [block["text"] for block in found.body if block["type"] == "title"] == [
        "GIÁM ĐỐC SỞ Y TẾ TỈNH QUẢNG NGÃI", "QUYẾT ĐỊNH:", "QUY CHẾ",
    ]  # fmt: skip
    assert found.body[5]["html"].startswith("<b>Điều 1.</b> Ban hành")


def test_urgency_comes_from_the_stamp_and_addressees_from_their_line():
    found = recognised("LETTER")
    assert (found.value("urgency"), found.fields["urgency"].evidence) == ("3", "HỎA TỐC")
    assert found.value("addressees") == ["Các trường trung học phổ thông trên địa bàn tỉnh"]
    assert "urgency" not in recognised("PLAN").fields


def test_a_joint_document_names_both_organs_and_no_drafting_unit():
    found = recognised("JOINT_GUIDELINE")
    assert found.value("agencies") == ["Sở Y tế", "Sở Giáo dục và Đào tạo"]
    assert "drafting_unit_code" not in found.fields


def test_headings_of_a_plan_have_levels_and_addresses_of_their_own():
    headings = [(b["level"], b["anchor"], b["text"]) for b in recognised("PLAN").body if b["type"] == "heading"]
    assert headings == [
        (1, "phan-i", "I. MỤC TIÊU"),
        (2, "muc-1", "1. Mục tiêu chung"),
        (2, "muc-2", "2. Mục tiêu cụ thể"),
        (1, "phan-ii", "II. NHIỆM VỤ"),
    ]


def test_a_complete_document_lacks_nothing():
    for name in ("DECISION", "LETTER", "PLAN", "NOTICE", "JOINT_GUIDELINE", "PARTY"):
        assert recognised(name).missing == [], name


def test_an_empty_document_is_recognised_as_nothing():
    found = recognise([])
    assert set(found.fields) == {"form"}
    assert found.body == []
    assert "abstract" in {gap["code"] for gap in found.missing}
