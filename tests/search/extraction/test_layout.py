"""Placed lines become paragraphs, columns and tables."""

from search.extraction.blocks import Table, paragraph
from search.extraction.layout import blocks_of_pages
from search.extraction.pages import FilePage, Line

HEIGHT = 0.014


def line(text, left, top, right=None) -> Line:
    return Line(text, (left, top, right or left + 0.011 * len(text), top + HEIGHT))


def blocks(*pages):
    return blocks_of_pages(
        FilePage(n, "\n".join(item.text for item in page), "ocr", tuple(page)) for n, page in enumerate(pages, start=1)
    )


HEAD = [
    line("UBND TỈNH KON TUM", 0.20, 0.07, 0.44),
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0.52, 0.07, 0.92),
    line("SỞ Y TẾ", 0.26, 0.09, 0.38),
    line("Độc lập - Tự do - Hạnh phúc", 0.58, 0.095, 0.86),
    line("Số:", 0.23, 0.13, 0.26),
    line("/KH-SYT", 0.33, 0.13, 0.42),
    line("Kon Tum, ngày", 0.54, 0.132, 0.68),
    line("tháng 3 năm 2024", 0.74, 0.132, 0.90),
]
BODY = [
    line("KẾ HOẠCH", 0.47, 0.18, 0.60),
    line("Thực hiện Quyết định số 15/2023/QĐ-", 0.20, 0.22, 0.93),
    line("UBND của Ủy ban nhân dân tỉnh về công tác y tế", 0.14, 0.24, 0.70),
    line("Điều 1. Phạm vi", 0.20, 0.26, 0.35),
]


def test_the_head_is_two_columns_and_the_text_paragraphs():
    head, title, first, second = blocks(HEAD + BODY)
    left, right = head.rows[0]
    assert [paragraph.text for paragraph in left] == ["UBND TỈNH KON TUM", "SỞ Y TẾ", "Số:     /KH-SYT"]
    assert right[-1].text == "Kon Tum, ngày     tháng 3 năm 2024"
    assert not head.bordered
    assert (title.text, title.align) == ("KẾ HOẠCH", "center")
    expected = "Thực hiện Quyết định số 15/2023/QĐ-UBND của Ủy ban nhân dân tỉnh về công tác y tế"
    assert (first.text, second.text) == (expected, "Điều 1. Phạm vi")


def test_the_signature_is_two_columns_also_with_a_wide_gap_for_the_seal():
    end = [
        line("Nơi nhận:", 0.14, 0.50),
        line("GIÁM ĐỐC", 0.66, 0.50),
        line("- Như trên;", 0.14, 0.53),
        line("- Lưu: VT.", 0.14, 0.56),
        line("Nguyễn Văn Lộc", 0.64, 0.68),
    ]
    *_, table = blocks(HEAD + BODY + end)
    left, right = table.rows[0]
    assert [paragraph.text for paragraph in left] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert [paragraph.text for paragraph in right] == ["GIÁM ĐỐC", "Nguyễn Văn Lộc"]


def test_rows_of_aligned_pieces_are_a_table_of_data():
    rows = [
        *(line(text, left, 0.10) for text, left in (("STT", 0.15), ("Nội dung", 0.40), ("Chỉ tiêu", 0.67))),
        *(line(text, left, 0.12) for text, left in (("1", 0.15), ("Cấp giấy", 0.40), ("95 %", 0.67))),
        line("chứng nhận", 0.40, 0.14),
        *(line(text, left, 0.16) for text, left in (("2", 0.15), ("Đo đạc", 0.40), ("98 %", 0.67))),
    ]
    after = line("Các đơn vị báo cáo trước ngày 15 hằng tháng về Văn phòng", 0.15, 0.20, 0.9)
    table, paragraph = blocks([*rows, after])
    assert isinstance(table, Table) and table.bordered
    texts = [[cell[0].text for cell in row] for row in table.rows]
    expected = [["STT", "Nội dung", "Chỉ tiêu"], ["1", "Cấp giấy chứng nhận", "95 %"], ["2", "Đo đạc", "98 %"]]
    assert texts == expected
    assert paragraph.text.startswith("Các đơn vị")


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_go():
    first = [line("Các đơn vị trực thuộc và phòng chuyên môn", 0.14, 0.85, 0.93), line("1", 0.5, 0.95, 0.51)]
    second = [line("2", 0.5, 0.03, 0.51), line("tổ chức thực hiện.", 0.14, 0.08, 0.40)]
    assert [block.text for block in blocks(first, second)] == [
        "Các đơn vị trực thuộc và phòng chuyên môn tổ chức thực hiện."
    ]


def test_a_page_without_places_is_a_paragraph_a_line():
    assert blocks_of_pages([FilePage(1, "a\nb")]) == (paragraph("a"), paragraph("b"))
