"""Numbers of documents: the shared cases, numbers in running text, shapes an editor may get wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.numbering import find_numbers, parse_number, parse_number_line, validate_number_shape
from search.vietnamese.letters import nfc
from tests.directives.domain_cases import MONOTONOUS, cpu_seconds, long_text, of_group

NUMBER_LETTERS = st.text(alphabet="0123456789/-. \n:…QĐCTNUBDHWSốsthịngàyÐ‑&", max_size=60)


def as_case(number):
    return {
        "form": number.form,
        "so": number.number,
        "nam": number.year,
        "loai": "|".join(number.kinds),
        "co_quan_code": number.organ_code,
        "don_vi_code": number.unit_code,
        "incomplete": number.is_incomplete,
    }


@pytest.mark.parametrize("case", of_group("so_ky_hieu"))
def test_number_cases(case, require):
    require(case is not None, "needs the shared fixtures")
    expected = case["expect"][0]
    found = as_case(parse_number(case["text"]))
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("case", of_group("dong_so"))
def test_number_line_cases(case, require):
    require(case is not None, "needs the shared fixtures")
    expected = case["expect"][0]
    found = as_case(parse_number_line(case["text"]))
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("printed", "number", "separator", "notation"),
    [
        ("39-CT/TW", "39", "-", "CT/TW"),
        ("1186/STNMT-VP", "1186", "/", "STNMT-VP"),
        ("10/2024/TT-BTNMT", "10", "/", "2024/TT-BTNMT"),
        ("/STNMT-VP", None, "/", "STNMT-VP"),
        ("-NQ/ĐU", None, "-", "NQ/ĐU"),
        ("27/CP", "27", "/", "CP"),
        ("66.13/2026/NQ-CP", "66.13", "/", "2026/NQ-CP"),
    ],
)
def test_number_is_given_back_as_printed(printed, number, separator, notation):
    parsed = parse_number(printed)
    assert (parsed.number, parsed.separator, parsed.notation) == (number, separator, notation)
    assert str(parsed) == printed


def test_stray_spaces_and_look_alikes_are_tidied_but_the_raw_form_is_kept():
    parsed = parse_number("1580 / QÐ‑UBND")
    assert str(parsed) == "1580/QĐ-UBND"
    assert parsed.raw == "1580 / QÐ‑UBND"


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("15/ĐA-STNMT", ("de_an",)),
        ("15/DA-STNMT", ("du_an",)),
        ("15/HĐ-STNMT", ("hop_dong",)),
        ("15/HD-STNMT", ("huong_dan",)),
        ("15/CTr-STNMT", ("chuong_trinh",)),
        ("15/CT-UBND", ("chi_thi",)),
        ("15/QD-UBND", ("quyet_dinh",)),
        ("91/2015/QH13", ("luat", "bo_luat", "nghi_quyet")),
    ],
)
def test_codes_that_differ_by_one_mark_are_told_apart(code, kinds):
    assert parse_number(code).kinds == kinds


def test_party_number_is_known_by_its_signs():
    assert parse_number("15-QĐ/TW").is_party
    assert not parse_number("15/QĐ-BNV").is_party


@pytest.mark.parametrize(
    "text", ["", "năm 2024", "24/7", "19/8/1945", "https://x.vn/15/QĐ-BNV", "TN&MT", "abc/TT-BTNMT"]
)
def test_other_texts_are_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize("line", ["Kính gửi: 15/QĐ-BNV", "Sở Tài nguyên", "Số lượng 12", "", "Số:", "Số: ……"])
def test_other_lines_are_no_number_line(line):
    assert parse_number_line(line) is None


def test_number_line_survives_lost_accents_and_bold_marks():
    assert str(parse_number_line("**So: 12/QĐ-STNMT**")) == "12/QĐ-STNMT"
    assert str(parse_number_line("Số: 12/QĐ-STNMT      Kon Tum, ngày 05 tháng 3 năm 2024")) == "12/QĐ-STNMT"


def test_spans_lead_back_to_the_text():
    text = nfc("Căn cứ Quyết định số 15/QĐ-BNV và Chỉ thị số 34-\nCT/TW; số 12/STNMT-VP.")
    spans = find_numbers(text)
    assert [text[span.start : span.end] for span in spans] == ["15/QĐ-BNV", "34-\nCT/TW", "12/STNMT-VP"]
    assert [text[span.cue_start : span.start] for span in spans] == ["Quyết định số ", "Chỉ thị số ", "số "]
    assert [span.kind for span in spans] == ["quyet_dinh", "chi_thi", None]


@pytest.mark.parametrize(
    "text",
    ["gửi 12/STNMT-VP", "theo 27/CP", "thửa đất số 12/KV-A", "tờ trình /QĐ-UBND", "máy 12/2024/ABC-XYZ."],
)
def test_doubtful_shapes_need_a_cue(text):
    assert find_numbers(text) == ()


def test_bullet_after_a_number_is_not_part_of_it():
    spans = find_numbers("theo Nghị định 42/2022/NĐ-CP\n- Cam kết; Nghị định 43/2022/NĐ-CP - Quyết định")
    assert [str(span.number) for span in spans] == ["42/2022/NĐ-CP", "43/2022/NĐ-CP"]


@pytest.mark.parametrize(
    ("number", "notation"),
    [
        ("39", "CT/TW"),
        ("10", "2024/TT-BTNMT"),
        ("05", "2022/QH15"),
        ("", "STNMT-VP"),
        ("", ""),
        ("12a", "QĐ-UBND"),
    ],
)
def test_right_shapes_pass(number, notation):
    assert validate_number_shape(number, notation) == []


@pytest.mark.parametrize(
    ("number", "notation", "word"),
    [
        ("5x1", "QĐ-UBND", "chữ số"),
        ("12/QĐ", "UBND", "chữ số"),
        ("12", "QĐ UBND", "khoảng trắng"),
        ("12", "/QĐ-UBND", "dấu gạch"),
        ("12", "", "phải có ký hiệu"),
        ("1", "hello", "không đúng mẫu"),
        ("123456789012", "QĐ-UBND", "dài quá"),
        ("12", "QĐ-" + "U" * 40, "dài quá"),
    ],
)
def test_wrong_shapes_are_told_in_vietnamese(number, notation, word):
    messages = validate_number_shape(number, notation)
    assert any(word in message for message in messages)


@given(st.one_of(st.text(max_size=200), NUMBER_LETTERS))
@settings(deadline=None)
def test_nothing_makes_the_number_grammar_fail(text):
    parse_number(text)
    parse_number_line(text)
    validate_number_shape(text, text)
    composed = nfc(text)
    for span in find_numbers(text):
        assert composed[span.start : span.end] == span.number.raw
        assert span.cue_start <= span.start < span.end


@given(
    st.integers(1, 99999),
    st.sampled_from(["QĐ-UBND", "STNMT-VP", "2024/TT-BTNMT", "2022/QH15", "TTr-STN&MT"]),
)
def test_every_number_comes_back_whole(number, notation):
    printed = f"{number:02}/{notation}"
    assert str(parse_number(f"Số: {printed}")) == printed
    assert validate_number_shape(f"{number:02}", notation) == []


@pytest.mark.parametrize("piece", MONOTONOUS)
@pytest.mark.parametrize("parse", [parse_number, parse_number_line, find_numbers])
def test_a_hundred_thousand_characters_take_a_moment(parse, piece):
    assert cpu_seconds(parse, long_text(piece)) < 0.2
