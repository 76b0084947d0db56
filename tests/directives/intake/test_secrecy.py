"""Secret documents are refused; words that only contain "mật" are not."""

import io

import pytest

from directives.intake.job import read_data
from directives.intake.recognition import recognise
from directives.intake.secrecy import has_secret_mark
from search.extraction.docx import read_docx
from search.extraction.refusals import Refused
from tests.search.extraction.writing import center, docx, head, p, part, table, text_box

from .papers import LETTER, written

HEAD = head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "Số: 12/SYT-VP", "Gia Lai, ngày 05 tháng 3 năm 2026")


def is_secret(*body, parts=None) -> bool:
    document = read_docx(io.BytesIO(docx(*body, parts=parts)))
    return has_secret_mark(document.blocks, document.margins)


@pytest.mark.parametrize(
    "mark",
    ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "  (MẬT)  ", "TỐI  MẬT", "Độ mật: Tối mật", "Tài liệu thu hồi", "M Ậ T"],
)
def test_a_stamp_of_its_own_is_seen_wherever_it_is_put(mark):
    assert is_secret(HEAD, center(mark), p("Nội dung"))
    assert is_secret(HEAD, text_box(mark), p("Nội dung"))
    assert is_secret(HEAD, table([[mark]], bordered=True), p("Nội dung"))
    assert is_secret(HEAD, p("Nội dung"), parts={"word/header1.xml": part("hdr", p(mark))})
    assert is_secret(p(f"SỞ Y TẾ\t{mark}"), p("Nội dung"))


@pytest.mark.parametrize(
    "text",
    [
        "bảo mật",
        "BẢO MẬT",
        "Mật độ dân số",
        "MẬT ĐỘ XÂY DỰNG",
        "MẬT ONG",
        "thân mật",
        "Công tác bảo vệ bí mật nhà nước",
        "BÍ MẬT NHÀ NƯỚC",
        "Độ mật: Không",
        "Văn bản được giải mật theo quy định.",
        "Mật",
    ],
)
def test_words_that_only_hold_the_syllable_are_not_stamps(text):
    assert not is_secret(HEAD, center(text), p(text), text_box(text))


def test_a_cell_of_a_data_table_is_not_a_stamp():
    assert not is_secret(HEAD, table([["Loại", "Tên"], ["1", "MẬT"]], bordered=True))


def test_a_secret_file_is_refused_with_what_to_do_and_nothing_of_its_text():
    with pytest.raises(Refused) as caught:
        read_data(docx(HEAD, center("TỐI MẬT"), p("Vị trí kho dự trữ")), "cong-van.docx")
    assert "không được tải lên" in caught.value.message
    assert "kho dự trữ" not in caught.value.message


@pytest.mark.parametrize("mark", ["LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI", "TÀI LIỆU HỘI NGHỊ"])
def test_internal_marks_keep_a_document_inside(mark):
    document = read_docx(io.BytesIO(docx(HEAD, center(mark), p("Nội dung"))))
    found = recognise(document.blocks).fields["circulation"]
    assert (found.value, found.evidence) == ("internal", mark)


def test_an_ordinary_letter_is_neither_secret_nor_internal():
    document = read_docx(io.BytesIO(written(LETTER)))
    assert not has_secret_mark(document.blocks, document.margins)
    assert "circulation" not in recognise(document.blocks).fields
