"""Fields read from printed lines: scans, Party documents, joint issues, drafts, appendices."""

import pytest

from directives.intake.printing import read_printed
from tests.directives.intake.sheets import DECISION, lines, typed

STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]


def values(read, *names):
    return {name: read[name].value for name in names if name in read}


def test_a_scan_gives_what_was_read_and_leaves_out_what_a_hand_wrote():
    read = read_printed(lines(DECISION), "Sở Tài nguyên và Môi trường")
    assert values(read, "parent_agency", "agency", "place", "notation", "kind") == {
        "parent_agency": "UBND tỉnh Kon Tum",
        "agency": "Sở Tài nguyên và Môi trường",
        "place": "Kon Tum",
        "notation": "QĐ-STNMT",
        "kind": "quyet_dinh",
    }
    # "4A3" is no number and "AS" no day: the month is all that is known.
    assert "number" not in read
    assert read["issued_on"].value == "2024-06"
    assert read["abstract"].value == "Về việc công nhận danh hiệu Lao động tiên tiến và tặng Giấy khen năm 2023"


def test_a_scan_gives_recipients_and_the_signature_under_its_seal():
    read = read_printed(lines(DECISION), "")
    assert [one["raw"] for one in read["recipients"].value] == ["Như Điều 3", "Giám đốc Sở (b/c)", "Lưu: VT, VP"]
    signature = read["signature"].value
    assert signature["name"] == "Nguyễn Văn Lộc"
    assert signature["office"] == "PHÓ GIÁM ĐỐC"
    assert signature["authorities"] == ["ky_thay"]


def test_a_misread_name_becomes_the_leader_it_is_close_to():
    rows = [row if row[0] != "Nguyễn VănLộc" else ("Nguyên Vãn Lôo", *row[1:]) for row in DECISION]
    assert read_printed(lines(rows), "", ["Nguyễn Văn Lộc", "Trần Thị Hoa"])["signature"].value["name"] == (
        "Nguyễn Văn Lộc"
    )


def test_a_party_directive_has_no_colon_and_its_own_number():
    head = typed(
        ["TỈNH ỦY KON TUM", "*", "Số 39-CT/TU"],
        ["ĐẢNG CỘNG SẢN VIỆT NAM", "Kon Tum, ngày 05 tháng 3 năm 2024"],
        ["CHỈ THỊ", "về tăng cường công tác thi đua, khen thưởng", "Trong những năm qua, công tác thi đua đã đổi mới."],
    )
    read = read_printed(head, "")
    assert values(read, "agency", "number", "separator", "notation", "issued_on", "kind", "place") == {
        "agency": "Tỉnh ủy Kon Tum",
        "number": "39",
        "separator": "-",
        "notation": "CT/TU",
        "issued_on": "2024-03-05",
        "kind": "chi_thi",
        "place": "Kon Tum",
    }
    assert read["abstract"].value == "Về tăng cường công tác thi đua, khen thưởng"


def test_joint_issuers_are_all_named():
    head = typed(
        ["SỞ Y TẾ - SỞ NỘI VỤ", "Số: 12/HD-SYT-SNV"],
        [*STATE, "Kon Tum, ngày 10 tháng 5 năm 2023"],
        ["HƯỚNG DẪN", "Thực hiện chế độ phụ cấp"],
    )
    read = read_printed(head, "")
    assert read["agencies"].value == ["Sở Y tế", "Sở Nội vụ"]
    assert read["number"].value == "12"


@pytest.mark.parametrize("number", ["Số:       /STNMT-VP", "Số: ….../STNMT-VP", "Số:/STNMT-VP"])
def test_a_draft_letter_has_no_number_and_no_day(number):
    head = typed(
        ["UBND TỈNH KON TUM", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG", number, "V/v báo cáo công tác", "thi đua năm 2024"],
        [*STATE, "Kon Tum, ngày     tháng     năm 2024"],
        ["Kính gửi: Các đơn vị thuộc Sở.", "Thực hiện Kế hoạch số 12/KH-UBND của tỉnh, Sở đề nghị."],
    )
    read = read_printed(head, "")
    assert "number" not in read
    assert read["issued_on"].value == "2024"
    assert read["kind"].value == "cong_van"
    assert read["abstract"].value == "Báo cáo công tác thi đua năm 2024"
    assert read["addressees"].value == ["Các đơn vị thuộc Sở"]


def test_an_appendix_is_not_taken_for_the_main_document():
    appendix = [
        ("PHỤ LỤC", 0.45, 0.06, 0.58),
        ("(Kèm theo Quyết định số 131/QĐ-STNMT ngày 05 tháng 6 năm 2024)", 0.2, 0.085, 0.85),
        ("KẾ HOẠCH", 0.45, 0.12, 0.58),
        ("1. Nguyễn Thị Hoa", 0.2, 0.16, 0.5),
    ]
    read = read_printed(lines(DECISION, appendix), "")
    assert read["kind"].value == "quyet_dinh"
    assert read["signature"].value["name"] == "Nguyễn Văn Lộc"


def test_a_head_down_the_middle_names_its_organ_and_parent():
    rows = [
        ("UBND TỈNH QUẢNG NGÃI", 0.38, 0.06, 0.64),
        ("VĂN PHÒNG", 0.44, 0.085, 0.58),
        ("Số: 77/TB-VP", 0.44, 0.11, 0.58),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.3, 0.135, 0.72),
        ("THÔNG BÁO", 0.44, 0.2, 0.58),
    ]
    read = read_printed(lines(rows), "")
    assert values(read, "agency", "parent_agency", "notation") == {
        "agency": "Văn phòng",
        "parent_agency": "UBND tỉnh Quảng Ngãi",
        "notation": "TB-VP",
    }


def test_a_long_office_runs_over_and_a_list_ends_with_its_archive_line():
    rows = [
        ("THÔNG BÁO", 0.44, 0.1, 0.58),
        ("Nơi nhận:", 0.14, 0.6, 0.23),
        ("TL. GIÁM ĐỐC", 0.64, 0.6, 0.8),
        ("- Như trên;", 0.14, 0.62, 0.26),
        ("TRƯỞNG PHÒNG QUẢN LÝ CHẤT", 0.56, 0.62, 0.88),
        ("LƯỢNG", 0.68, 0.64, 0.76),
        ("- Lưu: VT, QLCL.", 0.14, 0.64, 0.28),
        ("Điều 1. Phạm vi điều chỉnh", 0.14, 0.662, 0.4),
        ("Võ Minh Thuỳ", 0.64, 0.7, 0.8),
    ]
    read = read_printed(lines(rows), "")
    assert read["signature"].value["office_display"] == "Trưởng phòng Quản lý chất lượng"
    assert [one["raw"] for one in read["recipients"].value] == ["Như trên", "Lưu: VT, QLCL"]
