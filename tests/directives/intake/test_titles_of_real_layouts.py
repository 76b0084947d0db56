"""Titles, issuers and signers as real documents print them, where a plain reading went wrong."""

import pytest

from directives.intake.findings import lines_of_text
from directives.intake.grammar.articles import find_divisions
from directives.intake.grammar.casing import name_case
from directives.intake.grammar.kinds import match_kind
from directives.intake.grammar.lines import Line
from directives.intake.grammar.organs import read_organs
from directives.intake.grammar.printed import PrintedLine
from directives.intake.grammar.printed_head import read_printed_head
from directives.intake.grammar.printed_title import find_top
from directives.intake.grammar.signing import is_name
from directives.intake.recognition import recognise
from directives.recipients import parse_recipients
from directives.signatures import parse_signature
from search.extraction.blocks import Paragraph, Run
from search.extraction.pages import FilePage
from search.extraction.pages import Line as ReadLine
from search.extraction.reading import FileContent

TITLE = PrintedLine("KẾ HOẠCH", 1, (0.472, 0.153, 0.6, 0.171), "right")


def placed(*rows: tuple[str, float, float]) -> list[PrintedLine]:
    """Lines under the title, each with its left and right edge."""
    return [
        PrintedLine(text, 1, (left, 0.18 + 0.02 * row, right, 0.197 + 0.02 * row), "whole")
        for row, (text, left, right) in enumerate(rows)
    ]


BODY = (
    ("Căn cứ Quyết định số 919/QĐ-TTg ngày 01 tháng 8 năm 2022 của Thủ tướng", 0.192, 0.927),
    ("Chính phủ về việc phê duyệt Chương trình mỗi xã một sản phẩm giai đoạn", 0.144, 0.927),
)


@pytest.mark.parametrize(
    "rows",
    [
        [("Thực hiện Chương trình mỗi xã một sản phẩm (OCOP) trên địa bàn tỉnh Lai", 0.15, 0.921),
         ("Châu năm 2024", 0.458, 0.615)],
        [("TRIỂN KHAI THỰC HIỆN QUYẾT ĐỊNH SỐ 34/2014/QĐ-TTG NGÀY", 0.168, 0.903),
         ("30/5/2014 CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ QUY ĐỊNH TIÊU CHUẨN", 0.155, 0.917),
         ("XÃ, PHƯỜNG, THỊ TRẤN PHÙ HỢP VỚI TRẺ EM", 0.267, 0.804)],
        [("VỀ NHIỆM VỤ PHÁT TRIỂN KINH TẾ - XÃ HỘI TỈNH TRÀ VINH NĂM", 0.16, 0.912), ("2021", 0.51, 0.56)],
        [("ĐIỀU CHỈNH MỘT SỐ NỘI DUNG QUYẾT ĐỊNH CỦA", 0.25, 0.82),
         ("THỦ TƯỚNG CHÍNH PHỦ VỀ TIÊU CHUẨN", 0.3, 0.77)],
    ],
)  # fmt: skip
def test_an_abstract_goes_on_as_long_as_its_lines_stand_in_the_middle(rows):
    top = find_top([TITLE, *placed(*rows, *BODY)])
    assert [line.text for line in top.abstract] == [text for text, _, _ in rows]


def test_the_text_under_an_abstract_does_not_belong_to_it():
    body = ("Thực hiện Quyết định số 919/QĐ-TTg ngày 01 tháng 8 năm 2022 của Thủ tướng", 0.192, 0.927)
    top = find_top([TITLE, *placed(("Triển khai công tác năm 2024", 0.4, 0.67), body, BODY[1])])
    assert [line.text for line in top.abstract] == ["Triển khai công tác năm 2024"]


@pytest.mark.parametrize("issuer", ["THỦ TƯỚNG CHÍNH PHỦ", "CHÍNH PHỦ", "THỐNG ĐỐC NGÂN HÀNG NHÀ NƯỚC VIỆT NAM"])
def test_who_decides_is_no_part_of_the_abstract(issuer):
    texts = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 930/QĐ-TTg", "QUYẾT ĐỊNH", "Về việc phê duyệt Đề án", issuer]
    blocks = [Paragraph((Run(text, bold=True),), align="center") for text in texts]
    blocks.append(Paragraph((Run("Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;"),), align="both"))
    assert recognise(blocks).value("abstract") == "Về việc phê duyệt Đề án"


@pytest.mark.parametrize("printed", ["Đại tướng Lương Tam Quang", "Đại tá Lương Tam Quang", "Thiếu úy Lương Tam Quang"])
def test_an_officer_signs_with_his_rank(printed):
    assert is_name(Line(printed, 0))
    assert parse_signature(["BỘ TRƯỞNG", printed]).name == "Lương Tam Quang"


def test_a_purpose_behind_the_sign_that_ends_a_recipient_belongs_to_it():
    (first, second) = parse_recipients("- Thường trực Thành ủy; (để b/c)\n- UBND các phường, xã; UBND tỉnh;")[:2]
    assert (first.name, first.purpose) == ("Thường trực Thành ủy", "báo cáo")
    assert second.name == "UBND các phường, xã"


def test_a_law_named_again_without_its_number_is_the_same_law():
    text = (
        "Căn cứ Luật Khoáng sản số 60/2010/QH12 ngày 17/11/2010; Nghị định số 15/2012/NĐ-CP ngày 09/3/2012 quy định "
        "chi tiết một số điều của Luật Khoáng sản; Luật Đất đai năm 2013; Luật Đất đai năm 2024."
    )
    cited = recognise([Paragraph((Run(text),))]).value("citations")
    assert [one["text"] for one in cited if one["kind"] == "luat_ten"] == [
        "Luật Khoáng sản số 60/2010/QH12 ngày 17/11/2010", "Luật Đất đai năm 2013", "Luật Đất đai năm 2024",
    ]  # fmt: skip


def test_the_province_over_a_commune_is_its_parent():
    left = [Line("TỈNH QUẢNG NGÃI", 0), Line("ỦY BAN NHÂN DÂN", 1), Line("XÃ ĐĂK HÀ", 2)]
    fields = read_organs(left, "")
    assert fields["parent_agency"].value == "Tỉnh Quảng Ngãi"
    assert fields["agency"].value == "Ủy ban nhân dân xã Đăk Hà"


def test_the_province_under_its_committee_is_no_parent():
    fields = read_organs([Line("ỦY BAN NHÂN DÂN", 0), Line("TỈNH QUẢNG NAM", 1)], "")
    assert fields["agency"].value == "Ủy ban nhân dân tỉnh Quảng Nam"
    assert "parent_agency" not in fields


def test_the_matter_of_an_inspection_is_the_abstract_of_its_conclusion():
    kind = match_kind(Line("KẾT LUẬN THANH TRA", 0))
    assert (kind.slug, kind.name, kind.rest) == ("ket_luan", "Kết luận thanh tra", "")


def test_organs_of_state_keep_their_capital_in_a_name():
    assert name_case("THỦ TƯỚNG CHÍNH PHỦ") == "Thủ tướng Chính phủ"


def test_the_title_of_an_article_goes_on_over_the_printed_line():
    text = (
        "Điều 1. Nguyên tắc phối hợp giải quyết công việc giữa các phòng chuyên\n"
        "môn, nghiệp vụ và các đơn vị sự nghiệp trực thuộc Sở\n"
        "1. Bảo đảm đúng chức năng, nhiệm vụ, quyền hạn của các phòng chuyên môn\n"
        "Chương II\nHIỆU LỰC"
    )
    lines = tuple(ReadLine(line, (0.1, 0.1, 0.9, 0.12)) for line in text.split("\n"))
    content = FileContent("pdf", (FilePage(1, text, lines=lines),))
    divisions = find_divisions(lines_of_text(content))
    assert [(one.label, one.title) for one in divisions[:3]] == [
        ("Điều 1", "Nguyên tắc phối hợp giải quyết công việc giữa các phòng chuyên môn, nghiệp vụ và các đơn vị sự "
         "nghiệp trực thuộc Sở"),
        ("1", "Bảo đảm đúng chức năng, nhiệm vụ, quyền hạn của các phòng chuyên môn"),
        ("Chương II", "HIỆU LỰC"),
    ]  # fmt: skip


def test_a_stamp_of_urgency_beside_the_title_is_read_and_no_part_of_the_abstract():
    rows = placed(("Triển khai Chương trình hành động quốc gia về đăng ký và thống kê", 0.17, 0.9), *BODY)
    stamp = PrintedLine("HỎA TỐC", 1, (0.16, 0.19, 0.29, 0.21), "left")
    top = find_top([TITLE, rows[0], stamp, *rows[1:]])
    assert [line.text for line in top.abstract] == [rows[0].text]
    assert read_printed_head(top.head, "")["urgency"].value == "3"
