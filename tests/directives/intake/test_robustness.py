# ruff: noqa: E501 (sentences of documents read better in one piece)
"""Any mixture of lines is recognised as something, never with an exception."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from directives.intake.recognition import Recognition, recognise
from search.extraction.blocks import Table, paragraph, text_of

LINES = [
    "UBND TỈNH GIA LAI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ Y TẾ", "Số:      /SYT-VP", "Số: 12/QĐ-UBND",
    "Gia Lai, ngày     tháng 3 năm 2025", "Độc lập - Tự do - Hạnh phúc", "QUYẾT ĐỊNH", "PHÁT ĐỘNG PHONG TRÀO THI ĐUA",
    "KẾ HOẠCH", "Về việc", "V/v", "Kính gửi:", "Kính gửi: Sở Y tế;", "Căn cứ Luật Đất đai;", "GIÁM ĐỐC SỞ Y TẾ",
    "Điều 1. Tặng Giấy khen", "I. NỘI DUNG", "1. Nhiệm vụ:", "1.1. Thi đua", "- ", "-", "a) Nâng cao", "Phụ lục",
    "Nơi nhận:", "- Như trên;", "- Lưu: VT, VP.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A", "TM. ỦY BAN NHÂN DÂN",
    "Kỷ niệm 94 năm Ngày thành lập Đảng (31/2/1930 - 99/2/2024)", "từ ngày 31/2 đến ngày 0/13/2025", "“", "”", "./.",
    "Lãnh đạo Sở Y tế, Công đoàn phát động phong trào “Ba nhất” với mục tiêu ", "hiện hiện", "*", "……", "\t", " " * 9,
    "Chỉ thị số 05-CT/TW", "kế hoạch 5 năm (2020-2025)", "HỎA TỐC", "Giỗ Tổ Hùng Vương (10/3 âm lịch)", "đón Tết Nguyên đán",
]  # fmt: skip

line = st.one_of(
    st.sampled_from(LINES), st.text(max_size=40), st.lists(st.sampled_from(LINES), max_size=4).map(" ".join)
)
block = st.builds(
    paragraph,
    line,
    align=st.sampled_from(["", "center", "justify", "right"]),
    label=st.sampled_from(["", "", "-", "1."]),
    heading=st.sampled_from([0, 0, 1]),
)
cell = st.lists(block, max_size=4).map(tuple)
table = st.builds(Table, st.lists(st.lists(cell, max_size=3).map(tuple), max_size=3).map(tuple), bordered=st.booleans())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(block, block, block, table), max_size=30), st.text(max_size=30))
def test_any_mixture_of_lines_is_recognised(blocks, file_name):
    found = recognise(blocks, file_name)
    assert Recognition.from_json(json.loads(json.dumps(found.to_json()))) == found
    whole = text_of(blocks)
    for item in found.suggestions:
        assert whole[item["start"] : item["end"]] == item["quote"]
    assert len({b["anchor"] for b in found.body if b["anchor"]}) == sum(bool(b["anchor"]) for b in found.body)
