"""Marks that a reader of pictures lost are put back in fields, and nothing else is touched."""

import pytest

from directives.intake.grammar.casing import sentence_case
from directives.intake.grammar.found import Found
from directives.intake.grammar.misread import mend_misread, mend_person, mend_words
from directives.intake.grammar.printed_end import closest_name


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Vẻ việc ban hành Quy chế", "Về việc ban hành Quy chế"),
        ("chào mừng kỳ niệm 136 năm", "chào mừng kỷ niệm 136 năm"),
        ("Phòng Kinh tế và Hạ tắng các huyện", "Phòng Kinh tế và Hạ tầng các huyện"),
        ("KẾ HOẠCH TRIỂN KHẠI", "KẾ HOẠCH TRIỂN KHAI"),
        ("Như Điếu 3", "Như Điều 3"),
        ("Vể lãnh đạo của Bộ Ytế, đơn vịthuộc Sở", "Về lãnh đạo của Bộ Y tế, đơn vị thuộc Sở"),
        ("Kết luận cúa chủ tịch", "Kết luận của chủ tịch"),
        # Words of no common pair, numbers and signs stay as they were read.
        ("Lộc vừng 131/QĐ-UBND, kỳ họp thứ 5", "Lộc vừng 131/QĐ-UBND, kỳ họp thứ 5"),
        ("kỷ: niệm", "kỷ: niệm"),
    ],
)
def test_common_pairs_of_words_get_their_marks(read, meant):
    assert mend_words(read) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [("Trắn Bá Công", "Trần Bá Công"), ("Vỏ Minh Thuỳ", "Võ Minh Thuỳ"), ("Vũ Văn Tư", "Vũ Văn Tư"), ("A", "A")],
)
def test_family_names_get_their_marks(read, meant):
    assert mend_person(read) == meant


def test_fields_are_mended_and_keep_what_was_read_as_evidence():
    row = {"raw": "Các phòng, đơn vịthuộc Sở:", "name": "Các phòng"}
    fields = {
        "abstract": Found("Vể việc kiện toán", evidence="Vể việc kiện toán"),
        "recipients": Found([row, row | {"raw": "Lưu:VT,VP"}]),
        "signature": Found({"name": "Trắn Bá Công", "office_display": "Phố giám đôc"}),
    }
    mended = mend_misread(fields)
    assert (mended["abstract"].value, mended["abstract"].evidence) == ("Về việc kiện toàn", "Vể việc kiện toán")
    assert [one["raw"] for one in mended["recipients"].value] == ["Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP"]
    assert mended["signature"].value == {"name": "Trần Bá Công", "office_display": "Phó giám đốc"}


@pytest.mark.parametrize("read", ["2Về việc treo cờ", ", :Về việc treo cờ", "z Về việc treo cờ"])
def test_a_speck_before_an_abstract_is_left_out(read):
    fields = mend_misread({"abstract": Found(read, "typed", 0.9, read)})
    assert fields["abstract"].value == "Về việc treo cờ"


def test_a_number_in_a_title_in_capitals_keeps_its_notation():
    assert sentence_case("THỰC HIỆN QUYẾT ĐỊNH SỐ 34/2014/QĐ-TTG VÀ CHỈ THỊ 37-CT/TW") == (
        "Thực hiện quyết định số 34/2014/QĐ-TTg và chỉ thị 37-CT/TW"
    )


def test_a_name_that_only_lost_its_marks_is_not_that_of_a_leader():
    assert closest_name("Lử Văn Hùng", ["Lý Văn Dũng"]) == ""
