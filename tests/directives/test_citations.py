"""Citations in running text: the shared cases, the real call, ways of citing, and texts made to hurt."""

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.citations import find_citations
from search.vietnamese.letters import nfc
from tests.directives.domain_cases import (
    MONOTONOUS,
    SEED_EXPECTED,
    SEED_TEXT,
    cpu_seconds,
    long_text,
    of_group,
)

CITING_WORDS = (
    "Chỉ thị|số|05-CT/TW|34-\nCT/TW|của|Bộ Chính trị|khóa XII|và|,|;|về|việc|“|”|(|)|ngày 07/4/2014|Luật"
    "|Đất đai|năm 2024|số 06/2022/QH15|Nghị quyết|Trung ương 4|Đại hội|lần thứ XIII|Đảng bộ tỉnh Kon Tum"
    "|TW 6|(khoá XI)|QCVN 05:2023/BTNMT|Quyết định|1580/QĐ-UBND|Số|:|\n|12/STNMT-VP|UBND tỉnh|ban hành"
)
CITING_TEXTS = st.lists(st.sampled_from(CITING_WORDS.split("|")), max_size=25).map(" ".join)


def as_case(citation):
    number, issued_on = citation.number, citation.issued_on
    return {
        "kind": citation.kind,
        "so": number and number.number,
        "form": number and number.form,
        "loai_code": number and number.kind_code,
        "co_quan_code": number and number.organ_code,
        "nam": citation.year,
        "loai": citation.doc_kind,
        "loai_mau_thuan": citation.conflicting_kind,
        "co_quan": citation.issuer,
        "co_quan_ke_thua": citation.is_issuer_inherited,
        "ngay": issued_on and {"d": issued_on.day, "m": issued_on.month, "y": issued_on.year},
        "trich_yeu": citation.abstract,
        "ten": citation.title,
        "hoi_nghi": citation.plenum,
        "khoa": citation.term,
        "dai_hoi": citation.congress,
        "cap": citation.level,
        "dang_bo": citation.party_committee,
        "nhiem_ky": citation.period,
    }


@pytest.mark.parametrize("case", of_group("vien_dan"))
def test_citation_cases(case, require):
    require(case is not None, "needs the shared fixtures")
    found = [as_case(citation) for citation in find_citations(case["text"])]
    assert len(found) == len(case["expect"])
    for citation, expected in zip(found, case["expect"], strict=True):
        assert {key: citation[key] for key in expected} == expected


@pytest.mark.parametrize("case", of_group("am_tinh"))
def test_texts_without_citation(case, require):
    require(case is not None, "needs the shared fixtures")
    assert find_citations(case["text"]) == ()


def test_the_real_call_cites_six_documents(require):
    require(SEED_TEXT.exists(), "needs the shared samples")
    expected = json.loads(SEED_EXPECTED.read_text(encoding="utf-8"))["van_ban_vien_dan"]
    citations = find_citations(SEED_TEXT.read_text(encoding="utf-8"))
    assert [citation.whole_text for citation in citations] == [one["raw"]["text"] for one in expected]
    assert [[citation.start, citation.whole_end] for citation in citations] == [one["raw"]["span"] for one in expected]
    compared = {"kind", "so", "loai", "co_quan_code", "co_quan", "co_quan_ke_thua", "trich_yeu"}
    compared |= {"dai_hoi", "cap", "dang_bo", "hoi_nghi", "khoa"}
    for citation, one in zip(citations, expected, strict=True):
        wanted = {key: value for key, value in one.items() if key in compared}
        assert {key: as_case(citation)[key] for key in wanted} == wanted


def test_the_phrase_leaves_the_abstract_out():
    citation = find_citations("theo Chỉ thị số 05-CT/TW của Bộ Chính trị về đẩy mạnh việc học tập; phong trào")[0]
    assert citation.text == "Chỉ thị số 05-CT/TW của Bộ Chính trị"
    assert citation.whole_text == "Chỉ thị số 05-CT/TW của Bộ Chính trị về đẩy mạnh việc học tập"
    assert citation.abstract == "đẩy mạnh việc học tập"


def test_decomposed_text_gives_spans_of_the_composed_one():
    text = "Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ"
    decomposed = find_citations(unicodedata.normalize("NFD", text))
    assert decomposed == find_citations(text)
    assert decomposed[0].text == text[decomposed[0].start : decomposed[0].end]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("15/QĐ-UBND của Ủy ban nhân dân tỉnh Kon Tum ban hành", "Ủy ban nhân dân tỉnh Kon Tum"),
        ("15/QĐ-UBND của Uỷ ban nhân dân thành phố Kon Tum.", "Uỷ ban nhân dân thành phố Kon Tum"),
        ("15/QĐ-UBND của Chủ tịch UBND tỉnh giao Sở Nội vụ", "Chủ tịch UBND tỉnh"),
        ("15/TT-BVH của Bộ Văn hóa, Thể thao và Du lịch quy định", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("15/QĐ-SNV của Sở Nội vụ và Chỉ thị khác", "Sở Nội vụ"),
        (
            "15/KH-HĐ của Hội đồng Thi đua - Khen thưởng Trung ương về",
            "Hội đồng Thi đua - Khen thưởng Trung ương",
        ),
        ("15/KH-STNMT của Chi cục Bảo vệ môi trường tỉnh Kon Tum", "Chi cục Bảo vệ môi trường tỉnh Kon Tum"),
    ],
)
def test_issuer_ends_where_its_name_ends(text, issuer):
    assert find_citations(f"theo Quyết định số {text}")[0].issuer == issuer


def test_number_and_plenum_make_one_citation():
    meeting = "Hội nghị lần thứ tám, Ban Chấp hành Trung ương khóa XI"
    (citation,) = find_citations(f"Nghị quyết số 29-NQ/TW ngày 04/11/2013 của {meeting} về đổi mới")
    assert (citation.plenum, citation.term, citation.issuer) == (8, 11, "Ban Chấp hành Trung ương Đảng")
    assert citation.abstract == "đổi mới"


@pytest.mark.parametrize("so", ["số ", ""])
def test_law_and_its_number_name_one_document(so):
    law, number = find_citations(f"Luật Thi đua, khen thưởng {so}06/2022/QH15")
    assert (law.repeats_previous, number.repeats_previous) == (False, True)
    assert str(law.number) == str(number.number) == "06/2022/QH15"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Luật Đất đai và các văn bản hướng dẫn thi hành", "Đất đai"),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Đất đai",
            "sửa đổi, bổ sung một số điều của Luật Đất đai",
        ),
        ("Luật Đầu tư công năm 2024", "Đầu tư công"),
        ("Luật Quản lý phát triển đô thị năm 2026", "Quản lý phát triển đô thị"),
        ("Luật Khí tượng thuỷ văn;", "Khí tượng thuỷ văn"),
    ],
)
def test_law_title_ends_where_its_name_ends(text, title):
    assert [citation.title for citation in find_citations(text)] == [title]


@pytest.mark.parametrize("text", ["Luật sư Nguyễn Văn An", "kỷ luật Đảng", "quy luật Đất trời", "Luật Đ."])
def test_other_uses_of_the_word_law(text):
    assert find_citations(text) == ()


@pytest.mark.parametrize(
    "line",
    ["Số: /STNMT-VP", "mẫu “Số: /STNMT-VP” dưới đây", "**Số: 15/QĐ-BNV**\nKon Tum, ngày 05 tháng 3 năm 2024"],
)
def test_a_document_does_not_cite_its_own_head_line(line):
    assert find_citations(line) == ()


def test_abstract_ends_with_its_paragraph():
    text = "Căn cứ Nghị định số 30/2020/NĐ-CP về công tác văn thư\nCăn cứ Luật Lưu trữ;\nTheo đề nghị"
    decree, law = find_citations(text)
    assert decree.abstract == "công tác văn thư"
    assert law.title == "Lưu trữ"


def test_abstract_never_exceeds_what_a_document_may_have():
    citation = find_citations("Quyết định số 15/QĐ-BNV về " + "thi đua " * 200)[0]
    assert 400 < len(citation.abstract) <= 500


@given(st.one_of(st.text(max_size=300), CITING_TEXTS))
@settings(deadline=None)
def test_spans_are_true_and_never_overlap(text):
    composed, last_end = nfc(text), 0
    for citation in find_citations(text):
        assert composed[citation.start : citation.end] == citation.text
        assert composed[citation.start : citation.whole_end] == citation.whole_text
        assert last_end <= citation.start < citation.end <= citation.whole_end
        last_end = citation.end


@pytest.mark.parametrize("piece", MONOTONOUS)
def test_a_hundred_thousand_characters_take_a_moment(piece):
    assert cpu_seconds(find_citations, long_text(piece)) < 0.2


def test_a_hundred_thousand_characters_of_real_text_take_a_moment(require):
    require(SEED_TEXT.exists(), "needs the shared samples")
    text = long_text(SEED_TEXT.read_text(encoding="utf-8"))
    assert len(find_citations(text)) > 100
    assert cpu_seconds(find_citations, text) < 0.2


@pytest.mark.parametrize("piece", ["Chỉ thị số 05-CT/TW về việc ", "1/A-B ", "15/QĐ-UBND về “", "15/QĐ-UBND về ("])
def test_thousands_of_citations_cost_no_more_than_their_number(piece):
    """Eight times the text; a quadratic search would take sixty-four times as long."""
    short, long = (cpu_seconds(find_citations, long_text(piece, size), enough=0) for size in (12_500, 100_000))
    assert long < 20 * short


@pytest.mark.parametrize(
    "text",
    [
        "Luật sửa đổi một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019",
        "Luật sửa đổi bổ sung một số điều của Luật Xây dựng ngày 17 tháng 6 năm 2020",
        "Luật sửa đổi, bổ sung một số điều của 37 luật có liên quan đến quy hoạch",
        "Luật sửa đổi, bổ sung Luật Doanh nghiệp năm 2025",
        "Luật Tổ chức HĐND và UBND ngày 26/11/2003",
        "Luật Ngân hàng Nhà nước Việt Nam ngày 16 tháng 6 năm 2010",
    ],
)
def test_a_law_that_changes_others_is_one_law(text):
    assert [citation.text for citation in find_citations(f"Căn cứ {text};")] == [text]


def test_the_last_word_of_a_law_is_not_the_kind_of_its_number():
    text = "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15;"
    law = find_citations(text)[0]
    assert (law.title, str(law.number)) == ("Ban hành văn bản quy phạm pháp luật", "64/2025/QH15")
