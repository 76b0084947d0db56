"""The text of a .docx for the index: pages where they are known, and nothing that is not printed."""

import pytest

from search.extraction.docx_pages import read_docx_pages
from search.extraction.pages import Ending
from search.extraction.refusals import Refused

from .writing import NUMBERED, docx, p, part, run, table, text_box

DRAWN = "<w:lastRenderedPageBreak/>"
ASKED = '<w:br w:type="page"/>'


def pages(*body, parts=None, said: int | None = None) -> list[tuple[int, str]]:
    """The pages of a document whose properties say it has as many."""
    properties = {} if said is None else {"docProps/app.xml": app(said)}
    *found, ending = read_docx_pages(docx(*body, parts=(parts or {}) | properties), "a.docx")
    assert ending == Ending("" if found else "Tệp “a.docx” không có chữ để tìm.")
    return [(page.number, page.text) for page in found]


def app(count: int) -> str:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{namespace}"><Pages>{count}</Pages></Properties>'


def broken(before: str, mark: str, after: str) -> str:
    """A paragraph that goes on over a page."""
    return f"<w:p><w:r><w:t>{before}</w:t>{mark}<w:t>{after}</w:t></w:r></w:p>"


def test_without_page_marks_the_page_is_not_known():
    assert pages(p("Một"), p("Hai"), said=1) == [(0, "Một\nHai")]


def test_pages_as_word_drew_them():
    body = [p("Một"), broken("cuối trang", DRAWN, "đầu trang"), broken("", DRAWN, "Ba")]
    expected = [(1, "Một\ncuối trang"), (2, "đầu trang"), (3, "Ba")]
    assert pages(*body) == pages(*body, said=3) == expected


def test_a_page_that_was_asked_for_and_drawn_counts_once():
    assert pages(p("Một"), broken("", ASKED, ""), broken("", DRAWN, "Hai"), said=2) == [(1, "Một"), (2, "Hai")]


def test_a_blank_page_counts():
    assert pages(p("Một"), broken("", ASKED, ""), broken("", ASKED, "Ba"), said=3) == [(1, "Một"), (3, "Ba")]


@pytest.mark.parametrize("said", [None, 1, 5])
def test_breaks_that_the_author_asked_for_are_pages_only_when_the_count_agrees(said):
    assert pages(p("Một"), broken("", ASKED, "Hai"), said=said) == [(0, "Một\nHai")]
    assert pages(p("Một"), broken("", ASKED, "Hai"), said=2) == [(1, "Một"), (2, "Hai")]


def test_marks_that_disagree_with_the_count_tell_no_page():
    assert pages(broken("Một", DRAWN, "Hai"), said=7) == [(0, "Một\nHai")]


def test_cells_of_one_row_begin_on_the_same_page():
    cell = broken("trái", DRAWN, "trái tiếp"), broken("phải", DRAWN, "phải tiếp")
    expected = [(1, "Đầu\ntrái\nphải"), (2, "trái tiếp\nphải tiếp\nSau")]
    assert pages(p("Đầu"), table([cell]), p("Sau"), said=2) == expected


def test_a_list_mark_stands_with_the_first_words():
    item = p("Mục", list_id=NUMBERED).replace("<w:t ", f"{DRAWN}<w:t ")
    assert pages(p("Đầu"), item) == [(1, "Đầu"), (2, "1. Mục")]


def test_body_tables_boxes_notes_and_margins_are_read():
    parts = {
        "word/footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{p("Theo báo cáo")}</w:footnote>'),
        "word/endnotes.xml": part("endnotes", f'<w:endnote w:id="2">{p("Theo sổ")}</w:endnote>'),
        "word/header1.xml": part("hdr", p("SỞ Y TẾ") + p("Trang 1/3")),
        "word/header2.xml": part("hdr", p("SỞ Y TẾ")),
    }
    body = [p("Thân"), text_box("HỎA TỐC"), table([["STT", "Việc"]]), broken("", DRAWN, "Trang hai")]
    expected = [
        (1, "Thân\nHỎA TỐC\nSTT\nViệc"),
        (2, "Trang hai"),
        (0, "(1) Theo báo cáo\n(2) Theo sổ\nSỞ Y TẾ"),
    ]
    assert pages(*body, parts=parts) == expected


def test_what_is_not_printed_is_not_read():
    deleted = f"<w:del>{run('XOA').replace('w:t', 'w:delText')}</w:del>"
    hidden = run("AN", more="<w:vanish/>")
    row = table([["HANG AN"]]).replace("<w:tr>", "<w:tr><w:trPr><w:hidden/></w:trPr>")
    field = "<w:r><w:instrText>LENH</w:instrText></w:r>"
    parts = {
        "word/comments.xml": part("comments", f"<w:comment>{p('GHI CHU')}</w:comment>"),
        "docProps/core.xml": "<x>TAC GIA</x>",
    }
    moved = f"<w:moveFrom>{run('DOI')}</w:moveFrom>"
    found = pages(f"<w:p>{run('Thân')}{deleted}{hidden}{field}{moved}</w:p>", row, parts=parts)
    assert found == [(0, "Thân")]


def test_text_is_tidy():
    assert pages(p("Ho\u0300a\u00a0bình  ﬁ")) == [(0, "Hòa bình fi")]


def test_a_document_without_words_says_so():
    assert pages(p(""), p(" ")) == []


def test_what_is_no_archive_is_refused():
    with pytest.raises(Refused, match="bị hỏng"):
        list(read_docx_pages(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx"))
