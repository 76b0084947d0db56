"""Names that a reader sees: items in the contents, offices under a signature, laws with their number."""

import pytest

from directives.intake.grammar.casing import lower_first, name_case, sentence_case
from directives.intake.grammar.kinds import KindLine, match_kind
from directives.intake.grammar.lines import Line
from directives.intake.grammar.signing import named_office
from directives.intake.readable import read_body
from directives.intake.recognition import recognise
from search.extraction.blocks import Paragraph, Run, Table


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("2. Văn phòng Đăng ký đất đai tỉnh báo cáo kết quả; gửi về Sở.",
         "2. Văn phòng Đăng ký đất đai tỉnh báo cáo kết quả"),
        ("1. Hạ tầng số: mở rộng mạng truyền số liệu.", "1. Hạ tầng số"),
        ("3. Phòng, chống dịch bệnh và bảo đảm an toàn thực phẩm trên địa bàn, chủ động ứng phó với dịch mới.",
         "3. Phòng, chống dịch bệnh và bảo đảm an toàn thực phẩm trên địa bàn"),
        ("4. Ủy ban nhân dân các xã, phường chỉ đạo rà soát toàn bộ hồ sơ đất đai còn tồn đọng từ năm trước.",
         "4. Ủy ban nhân dân các xã, phường chỉ đạo rà soát toàn bộ hồ sơ đất đai…"),
    ],
)  # fmt: skip
def test_an_item_is_named_in_its_own_words(text, short):
    (item,) = read_body([paragraph(text)], [])
    assert item["short"] == short and len(short) <= 80


@pytest.mark.parametrize(
    ("office", "shown"),
    [
        ("Trưởng phòng quản lý đất đai", "Trưởng phòng Quản lý đất đai"),
        ("Phó Trưởng phòng kế hoạch", "Phó Trưởng phòng Kế hoạch"),
        ("Chi cục trưởng", "Chi cục trưởng"),
        ("Giám đốc Trung tâm công nghệ thông tin", "Giám đốc Trung tâm Công nghệ thông tin"),
        ("Phó Chánh Văn phòng", "Phó Chánh Văn phòng"),
    ],
)
def test_an_office_names_its_unit_with_a_capital(office, shown):
    assert named_office(office) == shown


def test_a_law_with_number_and_date_is_one_citation():
    law = "Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/6/2022"
    (row,) = recognise([paragraph(f"Căn cứ {law};")]).value("citations")
    assert (row["text"], row["number"], row["notation"], row["issued_on"]) == (law, "06", "2022/QH15", "2022-06-15")
    assert (row["doc_kind"], row["title"]) == ("luat", "Thi đua, khen thưởng")


@pytest.mark.parametrize(
    ("abstract", "ending"),
    [
        ("Ban hành quy định về đất đai", "ban hành quy định về đất đai"),
        ("Hội nghị tổng kết năm 2025", "hội nghị tổng kết năm 2025"),
        ("Bộ tiêu chí nông thôn mới", "bộ tiêu chí nông thôn mới"),
        ("Trường hợp được miễn phí", "trường hợp được miễn phí"),
        ("Ban Quản lý rừng phòng hộ", "Ban Quản lý rừng phòng hộ"),
        ("Bộ Y tế kiểm tra", "Bộ Y tế kiểm tra"),
        ("Hội đồng nhân dân tỉnh giám sát", "Hội đồng nhân dân tỉnh giám sát"),
        ("Trường mầm non Hoa Sen", "Trường mầm non Hoa Sen"),
        ("Việt Nam gia nhập công ước", "Việt Nam gia nhập công ước"),
        ("UBND xã báo cáo", "UBND xã báo cáo"),
    ],
)
def test_after_the_kind_only_a_name_keeps_its_capital(abstract, ending):
    assert lower_first(abstract) == ending


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("VỀ CÔNG TÁC QUẢN LÝ ĐẤT ĐAI", "Về công tác quản lý đất đai"),
        ("PHÁT TRIỂN KINH TẾ - XÃ HỘI ĐỊA PHƯƠNG", "Phát triển kinh tế - xã hội địa phương"),
        ("ĐỔI MỚI PHƯƠNG PHÁP DẠY HỌC TẠI TỈNH KON TUM", "Đổi mới phương pháp dạy học tại tỉnh Kon Tum"),
    ],
)
def test_a_word_like_that_of_an_area_makes_no_place(printed, written):
    assert sentence_case(printed) == written


def test_an_abbreviation_before_an_organ_leaves_its_name_whole():
    assert name_case("BCH ĐOÀN SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG") == "BCH Đoàn Sở Tài nguyên và Môi trường"
    assert name_case("UBND TỈNH KON TUM") == "UBND tỉnh Kon Tum"


def test_a_joint_guideline_is_a_guideline():
    line = Line("HƯỚNG DẪN LIÊN TỊCH", 0, align="center", is_bold=True)
    assert match_kind(line) == KindLine("huong_dan", "Hướng dẫn liên tịch", "")


def test_who_a_letter_is_for_is_no_line_of_the_head_beside_it():
    def cell(*texts):
        return tuple(Paragraph((Run(text),), align="center") for text in texts)

    left = cell("SỞ Y TẾ", "Số: 12/SYT-VP", "V/v họp giao ban", "Kính gửi:")
    right = cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Kon Tum, ngày 05/3/2024")
    head = Table(((left, right),))
    found = recognise([head, paragraph("- Các phòng;"), paragraph("- Thanh tra Sở."), paragraph("Sở mời họp.")])
    assert found.value("addressees") == ["Các phòng", "Thanh tra Sở"]


def test_a_document_does_not_cite_itself_and_a_later_mention_tells_more():
    decision = [
        paragraph("SỞ Y TẾ"), paragraph("Số: 412/QĐ-SYT"), paragraph("Kon Tum, ngày 09 tháng 02 năm 2024"),
        paragraph("QUYẾT ĐỊNH"), paragraph("Về việc ban hành Quy chế làm việc"),
        paragraph("Thay thế Quyết định số 120/QĐ-SYT."),
        paragraph("Quyết định số 120/QĐ-SYT ngày 03/3/2020 hết hiệu lực."),
        paragraph("Quyết định số 12/QĐ-UBND ngày 01/01/2020; Quyết định số 12/QĐ-UBND ngày 01/01/2021."),
        paragraph("(Kèm theo Quyết định số 412/QĐ-SYT ngày 09/02/2024)"),
    ]  # fmt: skip
    found = recognise(decision)
    assert (found.value("number"), found.value("notation")) == ("412", "QĐ-SYT")
    assert [(one["number"], one["issued_on"]) for one in found.value("citations")] == [
        ("120", "2020-03-03"), ("12", "2020-01-01"), ("12", "2021-01-01"),
    ]  # fmt: skip
