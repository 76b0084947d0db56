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


def placed(*rows: tuple[str, float, float, float]) -> list:
    """Lines read from a picture: text, left edge, right edge, upper edge."""
    return lines([(text, left, top, right) for text, left, right, top in rows])


def test_two_who_sign_beside_each_other_are_both_read():
    read = read_printed(
        placed(
            ("GIÁM ĐỐC", 0.2, 0.32, 0.40), ("GIÁM ĐỐC", 0.65, 0.77, 0.40),
            ("SỞ TÀI CHÍNH", 0.18, 0.34, 0.42), ("SỞ NỘI VỤ", 0.65, 0.77, 0.42),
            ("Đinh Thị Lan", 0.19, 0.33, 0.52), ("Nguyễn Văn Tài", 0.63, 0.79, 0.52),
            ("Nơi nhận:", 0.15, 0.24, 0.56), ("- UBND tỉnh (b/c);", 0.15, 0.3, 0.58), ("- Lưu: VT.", 0.15, 0.24, 0.60),
        ), "", ["Nguyễn Văn Lộc"],
    )  # fmt: skip
    assert [one["name"] for one in read["signatures"].value] == ["Đinh Thị Lan", "Nguyễn Văn Tài"]
    assert read["signature"].value["name"] == "Đinh Thị Lan"
    assert len(read["recipients"].value) == 2


def test_specks_before_a_recipient_and_a_misread_label_cost_no_recipient():
    read = read_printed(
        placed(
            ("Nơi tàng", 0.15, 0.24, 0.50), ("KT. GIÁM ĐỐC", 0.6, 0.8, 0.50), ("- Như trên;", 0.15, 0.25, 0.52),
            ("__~TT Tỉnh ủy;_", 0.15, 0.3, 0.54), ("_", 0.15, 0.16, 0.56), ("~ Lưu: VT.", 0.15, 0.24, 0.58),
            ("Nguyễn Văn Tài", 0.62, 0.79, 0.62),
        ), "",
    )  # fmt: skip
    assert [one["raw"] for one in read["recipients"].value] == ["Như trên", "TT Tỉnh ủy", "Lưu: VT"]
    assert read["signature"].value["name"] == "Nguyễn Văn Tài"


HEAD = [
    ("ỦY BAN NHÂN DÂN", 0.2, 0.4, 0.07), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.5, 0.91, 0.07),
    ("TỈNH BÌNH THUẬN", 0.21, 0.39, 0.09), ("Độc lập - Tự do - Hạnh phúc", 0.57, 0.84, 0.09),
]  # fmt: skip


@pytest.mark.parametrize("opening", ["Thực hiện Luật Lâm nghiệp năm 2017 và", "Ban Quản lý rừng phòng hộ cùng các hạt"])
def test_an_abstract_ends_where_the_text_begins(opening):
    rows = [
        *HEAD, ("Số: 07/CT-UBND", 0.22, 0.38, 0.115), ("Bình Thuận, ngày 16 tháng 4 năm 2024", 0.53, 0.88, 0.115),
        ("'CHỈ THỊ", 0.49, 0.58, 0.154), ("Về việc tăng cường phòng cháy, chữa cháy rừng", 0.223, 0.848, 0.182),
        ("mùa khô năm 2024", 0.441, 0.631, 0.202), (opening, 0.191, 0.927, 0.228),
        ("kiểm lâm chỉ đạo các địa phương", 0.144, 0.722, 0.247), ("1. Sở Nông nghiệp", 0.193, 0.617, 0.273),
    ]  # fmt: skip
    read = read_printed(placed(*rows), "")
    assert (read["kind"].value, read["abstract"].value) == (
        "chi_thi", "Về việc tăng cường phòng cháy, chữa cháy rừng mùa khô năm 2024",
    )  # fmt: skip


def test_a_subject_written_out_and_a_narrow_stamp_are_read():
    rows = [
        *HEAD, ("Số: 40/UBND-NN", 0.22, 0.38, 0.115), ("Bình Thuận, ngày 16 tháng 4 năm 2024", 0.53, 0.88, 0.115),
        ("Về việc đôn đốc thực hiện", 0.2, 0.4, 0.132), ("kết luận thanh tra", 0.22, 0.38, 0.15),
        ("THƯỢNG", 0.25, 0.33, 0.17), ("KHẨN", 0.26, 0.32, 0.187),
        ("Kính gửi: Ủy ban nhân dân các xã", 0.3, 0.7, 0.22), ("Thực hiện Quyết định số 12/QĐ-TTg", 0.19, 0.92, 0.25),
    ]  # fmt: skip
    read = read_printed(placed(*rows), "")
    assert values(read, "abstract", "urgency", "addressees", "kind") == {
        "abstract": "Đôn đốc thực hiện kết luận thanh tra",
        "urgency": "2",
        "addressees": ["Ủy ban nhân dân các xã"],
        "kind": "cong_van",
    }


def test_a_submission_names_who_it_is_addressed_to():
    rows = [
        *HEAD, ("Số: 205/TTr-STC", 0.22, 0.38, 0.115), ("Bình Thuận, ngày 16 tháng 4 năm 2024", 0.53, 0.88, 0.115),
        ("TỜ TRÌNH", 0.47, 0.6, 0.154), ("Về việc phê duyệt dự toán", 0.3, 0.77, 0.18),
        ("Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh", 0.3, 0.77, 0.21), ("Căn cứ Luật Ngân sách", 0.19, 0.92, 0.25),
    ]  # fmt: skip
    assert read_printed(placed(*rows), "")["addressees"].value == ["Chủ tịch Ủy ban nhân dân tỉnh"]


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
