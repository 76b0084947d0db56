"""The lines a document is known by, read once more by the other engine."""

import pytest
from PIL import Image, ImageDraw

from search.extraction.ocr_frames import framed
from search.extraction.ocr_rereading import DIFFERENT_DIGITS, DIFFERENT_WORDS, reread, settle, telling_lines
from search.extraction.pages import Line

HEAD = [
    Line("UY BAN NHÂN DÂN", (0.2, 0.06, 0.4, 0.08), 0.98),
    Line("Độc lập - Tự do - Hạnh phúc", (0.56, 0.08, 0.84, 0.1), 0.99),
    Line("TỈNH BẼN TRE", (0.22, 0.085, 0.37, 0.1), 0.98),
    Line("Sỗ: 07/KH-UBND", (0.21, 0.11, 0.39, 0.13), 0.96),
    Line("Hà Nội, ngày 26 tháng 5 năm 2017", (0.54, 0.11, 0.86, 0.13), 0.99),
    Line("Triến khai tõ chức trên địa bàn tinh", (0.2, 0.18, 0.86, 0.2), 0.97),
    Line("Căn cứ Luật Tõ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật", (0.19, 0.26, 0.93, 0.28), 0.98),
    Line("sửa đối, bố sung một số điều của Luật Tố chức Chính phủ; chính quyền", (0.143, 0.28, 0.93, 0.3), 0.98),
]
END = [
    Line("Nơi nhận:", (0.15, 0.6, 0.24, 0.62), 0.99),
    Line("- TT Tinh ủy;", (0.15, 0.62, 0.3, 0.64), 0.98),
    Line("- Như Điều 3;", (0.15, 0.64, 0.3, 0.66), 0.98),
    Line("Nguyễn Tuãn Thanh", (0.6, 0.7, 0.8, 0.72), 0.95),
]


def test_head_up_to_the_text_and_doubtful_lines_of_the_end_are_read_again():
    lines = [*HEAD, *END]
    assert [lines[at].text for at in telling_lines(lines)] == [
        "TỈNH BẼN TRE", "Sỗ: 07/KH-UBND", "Triến khai tõ chức trên địa bàn tinh", "- TT Tinh ủy;", "Nguyễn Tuãn Thanh",
    ]  # fmt: skip


def test_a_page_without_a_head_and_an_end_is_not_read_again():
    assert telling_lines([Line("tõ chức thực hiện", (0.1, 0.1, 0.9, 0.12), 0.6)]) == []


@pytest.mark.parametrize(
    ("ours", "theirs", "settled"),
    [
        ("Triến khai tõ chức trên địa bàn tinh", "Triển khai tổ chức trên địa bàn tỉnh.",
         "Triển khai tổ chức trên địa bàn tỉnh"),
        ("Nguyễn Tuãn Thanh", "__ Nguyễn Tuấn Thanh", "Nguyễn Tuấn Thanh"),
        ("- TT Tinhủy;", "- TT Tỉnh ủy;", "- TT Tỉnh ủy;"),
        ("Đề án +Trõng một tỷ cây xanh", "Đề án “Trồng một tỷ cây xanh”", "Đề án “Trồng một tỷ cây xanh”"),
        # What the other engine makes of a seal is no word.
        ("KT. CHỦ TỊCH", "¬ KT. CHỦ TỊCH .", "KT. CHỦ TỊCH"),
        ("Lê Minh Hưng", "/⁄00“CồN Minh Hưng", "Lê Minh Hưng"),
    ],
)  # fmt: skip
def test_marks_come_from_the_other_reading_and_words_from_ours(ours, theirs, settled):
    assert settle(Line(ours, (0, 0, 1, 1), 0.97), theirs).text == settled


def test_a_line_that_both_engines_read_alike_is_as_sure_as_before():
    assert settle(Line("Sở Y tế tỉnh Lào Cai", (0, 0, 1, 1), 0.97), "Sở Y tế tỉnh Lào Cai").confidence == 0.97


def test_a_mended_line_is_less_sure_and_digits_never_change():
    mended = settle(Line("Sở Y tẽ", (0, 0, 1, 1), 0.97), "Sở Y tế")
    number = settle(Line("Số: 930/QĐ-TTg", (0, 0, 1, 1), 0.97), "Số: 980/QĐ-TTg")
    assert (mended.text, mended.confidence) == ("Sở Y tế", DIFFERENT_WORDS)
    assert (number.text, number.confidence) == ("Số: 930/QĐ-TTg", DIFFERENT_DIGITS)


def test_each_row_goes_back_to_its_line():
    page = Image.new("L", (1000, 1400), 255)
    seen = {}

    def rows(picture):
        seen["size"] = picture.size
        # Two rows of the strip: the first and the last of what was asked for.
        return [
            Line("TỈNH BẾN TRE", (0.0, 0.1, 0.2, 0.12), 0.9),
            Line("Nguyễn Tuấn Thanh", (0.0, 0.93, 0.2, 0.95), 0.9),
        ]

    read = reread([*HEAD, *END], page, rows)
    assert seen["size"][1] < page.height / 2
    assert read[-1].text == "Nguyễn Tuấn Thanh"
    assert [line.text for line in read[:3]] == ["UY BAN NHÂN DÂN", HEAD[1].text, "TỈNH BẾN TRE"]


def framed_page(words_box: tuple[int, int, int, int] | None) -> Image.Image:
    page = Image.new("L", (1654, 2339), 250)
    draw = ImageDraw.Draw(page)
    # The rule under the name of an organ is no frame.
    draw.line((400, 250, 560, 250), fill=0, width=3)
    if words_box:
        draw.rectangle(words_box, outline=0, width=3)
    return page


def test_a_frame_in_the_head_is_found_and_a_rule_is_none():
    ((left, top, right, bottom),) = framed(framed_page((340, 300, 640, 350)))
    assert 340 < left * 1654 < right * 1654 < 640
    assert 300 < top * 2339 < bottom * 2339 <= 352
    assert framed(framed_page(None)) == []


@pytest.mark.parametrize(("read", "stamps"), [("HỎA TỐC", ["HỎA TỐC"]), ("| Khẩn |", ["KHẨN"]), ("ĐẾN Số 12", [])])
def test_the_stamp_in_a_frame_becomes_a_line(read, stamps):
    page = framed_page((340, 300, 640, 350))
    rows = lambda picture: [Line(read, (0.1, 0.97, 0.3, 0.99), 0.9)]  # noqa: E731
    lines = reread([*HEAD, *END], page, rows)
    assert [line.text for line in lines if line not in HEAD and line not in END] == stamps
