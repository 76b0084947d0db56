"""The .docx reader: reading order, lists, styles, changes, boxes, old fonts."""

import io

import pytest

from search.extraction import bounds
from search.extraction.blocks import Table, block_from_json, text_of
from search.extraction.docx import read_docx
from search.extraction.docx_lists import spell_number
from search.extraction.legacy_fonts import convert_pieces
from search.extraction.legacy_guessing import looks_legacy
from search.extraction.refusals import ReadingFailed
from tests.directives.intake.samples import SEED, shared

from .writing import BULLETED, LETTERED, NUMBERED, ROMAN, center, docx, p, part, run, table, text_box


def read(*body, parts=None):
    return read_docx(io.BytesIO(docx(*body, parts=parts)))


def lines(*body, parts=None) -> list[str]:
    return text_of(read(*body, parts=parts).blocks).split("\n")


def test_automatic_numbers_are_the_ones_people_see():
    found = lines(
        p("Một", list_id=NUMBERED),
        p("Một một", list_id=NUMBERED, level=1),
        p("Một hai", list_id=NUMBERED, level=1),
        p("Hai", list_id=NUMBERED),
        p("Hai một", list_id=NUMBERED, level=1),
        p("Gạch", list_id=BULLETED),
        p("a", list_id=LETTERED),
        p("b", list_id=LETTERED),
        p("Phần", list_id=ROMAN),
    )
    numbered = ["1. Một", "1.1. Một một", "1.2. Một hai", "2. Hai", "2.1. Hai một"]
    assert found == [*numbered, "- Gạch", "a) a", "b) b", "I. Phần"]


@pytest.mark.parametrize(
    ("number", "format_name", "text"),
    [(27, "lowerLetter", "aa"), (14, "upperRoman", "XIV"), (3, "decimalZero", "03"), (5, "decimal", "5")],
)
def test_list_numbers_are_spelt_as_word_spells_them(number, format_name, text):
    assert spell_number(number, format_name) == text


def test_deleted_text_is_dropped_and_inserted_text_kept():
    changed = (
        f"<w:p>{run('Số ')}<w:del>{run('cũ').replace('w:t', 'w:delText')}</w:del><w:ins>{run('mới')}</w:ins>"
        f"<w:moveFrom>{run(' bỏ')}</w:moveFrom><w:hyperlink>{run(' và liên kết')}</w:hyperlink></w:p>"
    )
    assert lines(changed) == ["Số mới và liên kết"]


def test_hidden_text_is_dropped_and_capitals_are_applied():
    assert lines(f"<w:p>{run('ẩn', more='<w:vanish/>')}{run('ủy ban', more='<w:caps/>')}</w:p>") == ["ỦY BAN"]


def test_text_boxes_are_read_once_before_their_paragraph():
    assert lines(center("Đầu"), text_box("HỎA TỐC"), p("Sau")) == ["Đầu", "HỎA TỐC", "Sau"]


def test_a_fallback_repeats_nothing():
    choice = f"<w:pict><w:txbxContent>{center('KHẨN')}</w:txbxContent></w:pict>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<w:p><w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{choice}</mc:Choice>'
        f"<mc:Fallback>{choice}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(both) == ["KHẨN"]


def test_tables_keep_rows_cells_and_whether_they_have_lines():
    blocks = read(table([["STT", "Việc"], ["1", "Đo đạc"]], bordered=True), table([["Trái", "Phải"]])).blocks
    data, layout = (block for block in blocks if isinstance(block, Table))
    assert [[cell[0].text for cell in row] for row in data.rows] == [["STT", "Việc"], ["1", "Đo đạc"]]
    assert (data.bordered, layout.bordered) == (True, False)


def test_styles_are_inherited():
    styles = part(
        "styles",
        '<w:style w:styleId="A"><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>',
    )
    block = read(p("Mục lớn", style="B"), parts={"word/styles.xml": styles}).blocks[0]
    assert (block.align, block.is_bold, block.heading) == ("center", True, 2)


def test_styles_based_on_each_other_do_not_turn_for_ever():
    styles = part(
        "styles",
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
    )
    assert lines(p("x", style="A"), parts={"word/styles.xml": styles}) == ["x"]


def test_text_is_composed_and_without_invisible_marks():
    assert lines(p("Ho\u0300a\u200b bi\u0300nh\ufeff")) == ["Hòa bình"]


def test_footnotes_stand_at_the_end_and_headers_apart():
    notes = part("footnotes", f'<w:footnote w:id="2">{p("Theo báo cáo năm 2024.")}</w:footnote>')
    header = part("hdr", p("LƯU HÀNH NỘI BỘ"))
    found = read(p("Thân"), parts={"word/footnotes.xml": notes, "word/header1.xml": header})
    assert text_of(found.blocks) == "Thân\n(1) Theo báo cáo năm 2024."
    assert found.margins == ["LƯU HÀNH NỘI BỘ"]


def test_blocks_survive_json():
    blocks = read(p("**Điều 1.** Tên", align="both"), p("x", list_id=NUMBERED), table([["a", "b"]])).blocks
    assert [block_from_json(block.to_json()) for block in blocks] == blocks


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_document_in_an_old_font_reads_as_the_same_document_in_unicode(encoding):
    with (
        shared(SEED).open("rb") as modern,
        shared(SEED.replace(".docx", f".{encoding}.docx")).open("rb") as old,
    ):
        found = read_docx(old)
        assert text_of(found.blocks) == text_of(read_docx(modern).blocks)
    assert "phông chữ cũ" in found.warnings[0]


def test_a_letter_split_over_two_runs_still_converts():
    assert convert_pieces(["Vie", "ät Nam"], "vni") == ["Việ", "t Nam"]
    assert convert_pieces(["Vi", "Öt Nam"], "tcvn3") == ["Vi", "ệt Nam"]
    assert convert_pieces(["Së y tÕ"], "tcvn3-capitals") == ["SỞ Y TẾ"]


def test_unicode_text_in_an_old_font_is_left_alone():
    assert convert_pieces(["Sở Y tế"], "tcvn3") == ["Sở Y tế"]
    assert not looks_legacy("Ủy ban nhân dân tỉnh Quảng Ngãi ban hành kế hoạch. " * 10)
    assert looks_legacy("Uû ban nh©n d©n tØnh Qu¶ng Ng·i ban hµnh kÕ ho¹ch. " * 10)


def test_a_document_type_declaration_is_refused_in_any_encoding():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    for data in (bomb.encode(), bomb.encode("utf-16")):
        with pytest.raises(ReadingFailed) as caught:
            read(p("x"), parts={"word/document.xml": data})
        assert "khai báo bất thường" in caught.value.message


def test_too_many_paragraphs_and_too_much_text_end_in_a_message(monkeypatch):
    monkeypatch.setattr(bounds, "MAX_PARAGRAPHS", 10)
    with pytest.raises(ReadingFailed, match="quá nhiều đoạn"):
        read(*[p("x")] * 11)
    monkeypatch.setattr(bounds, "MAX_TEXT_BYTES", 100)
    with pytest.raises(ReadingFailed, match="quá dài"):
        read(p("x" * 101))


def test_tables_nested_too_deep_end_in_a_message():
    nested = p("x")
    for _ in range(bounds.MAX_NESTED_TABLES + 1):
        nested = table([[nested + p()]])
    with pytest.raises(ReadingFailed, match="bảng lồng nhau"):
        read(nested)
