"""Abbreviations of the sector, both ways."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search.vietnamese.abbreviations import Abbreviations, read_rows
from search.vietnamese.letters import canonical_tones, clean
from search.vietnamese.syllable_shapes import is_syllable_shape
from search.vietnamese.syllables import syllables
from tests.directives.domain_cases import cpu_seconds, long_text

SHIPPED = Path(search.__file__).parent / "catalogues" / "abbreviations.csv"
ROWS = read_rows(SHIPPED.read_text(encoding="utf-8").splitlines())
TABLE = Abbreviations(ROWS)


def forms(query, table=TABLE):
    return {expansion.text: expansion.forms for expansion in table.expand(query)}


@pytest.mark.parametrize(
    ("query", "text", "form"),
    [
        ("UBND", "UBND", "Ủy ban nhân dân"),
        ("ubnd xã", "ubnd", "Ủy ban nhân dân"),
        ("uỷ ban nhân dân xã", "uỷ ban nhân dân", "UBND"),
        ("uy ban nhan dan", "uy ban nhan dan", "UBND"),
        ("TN&MT", "TN&MT", "tài nguyên và môi trường"),
        ("phòng tn mt", "tn mt", "tài nguyên và môi trường"),
        ("tnmt", "tnmt", "tài nguyên và môi trường"),
        ("tài nguyên môi trường", "tài nguyên môi trường", "TN&MT"),
        ("phòng KH-TC", "KH-TC", "Kế hoạch - Tài chính"),
        ("kế hoạch, tài chính", "kế hoạch, tài chính", "KHTC"),
        ("Sở TN&MT", "Sở TN&MT", "STNMT"),
        ("STNMT", "STNMT", "Sở TN&MT"),
        ("Sở Tài nguyên và Môi trường", "Sở Tài nguyên và Môi trường", "Sở TNMT"),
        ("lđ-tb&xh", "lđ-tb&xh", "LĐTBXH"),
        ("tư tưởng HCM", "HCM", "Hồ Chí Minh"),
        ("bất động sản", "bất động sản", "BĐS"),
        ("BKTTg", "BKTTg", "Bằng khen của Thủ tướng Chính phủ"),
        ("Quyết định 05/2023/QĐ-UBND của UBND tỉnh", "UBND", "Ủy ban nhân dân"),
    ],
)
def test_both_ways(query, text, form):
    assert form in forms(query)[text]


def test_places_are_those_of_the_composed_query():
    query = "Về thẩm quyền của UBND tỉnh"
    (found,) = TABLE.expand(unicodedata.normalize("NFD", query))
    assert query[found.start : found.end] == found.text == "UBND"


def test_the_longest_match_wins():
    assert list(forms("chi nhánh văn phòng đăng ký đất đai")) == ["chi nhánh văn phòng đăng ký đất đai"]


@pytest.mark.parametrize(
    "query",
    [
        *("05/2023/QĐ-UBND", "39-CT/TW", "39 CT TW", "39 CT TW về thi đua", "15/2003/QH11", "QH15", "số 12/TTr-STNMT"),
        *("xem 05 / 2023 / QĐ - UBND nhé", "", "rừng phòng hộ", "da dau tu", "tu tuong", "TU TUONG", "ĐA DẠNG", "12"),
        *("bảo cáo", "dự án"),
    ],
)
def test_what_is_left_alone(query):
    assert TABLE.expand(query) == []


def test_a_short_form_that_is_a_syllable_must_be_typed_in_capitals():
    table = Abbreviations([("CA", "công an"), ("AN", "an ninh")])
    assert forms("CA tỉnh", table) == {"CA": ("công an",)}
    assert forms("ca tỉnh", table) == forms("Ca trực", table) == forms("CA NHẠC", table) == {}
    # "công an" is not looked for as "ca", which is in every other document.
    assert forms("công an", table) == {}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("HD lao dong", {"Hướng dẫn", "Hợp đồng"}),
        ("HĐ lao động", {"Hợp đồng"}),
        ("DA cấp nước", {"Dự án"}),
        ("ĐA cấp nước", {"Đề án"}),
        ("CTR", {"chất thải rắn"}),
        ("CTr", {"Chương trình"}),
        ("ctr", {"chất thải rắn", "Chương trình"}),
        ("BCT", {"Bộ Công Thương", "Bộ Chính trị"}),
    ],
)
def test_several_meanings_are_alternatives(query, expected):
    ((_, found),) = list(forms(query).items())[:1]
    assert set(found) == expected


def test_typed_accents_must_agree():
    assert "chỉ thị" in forms("chỉ thị mới") and "chi thi" in forms("chi thi moi")
    assert "chị thi" not in forms("chị thi")


def test_several_long_forms_in_one_row():
    table = Abbreviations([("GCN", ["giấy chứng nhận", "giấy chứng nhận quyền sử dụng đất"])])
    assert set(forms("gcn", table)["gcn"]) >= {"giấy chứng nhận", "giấy chứng nhận quyền sử dụng đất"}


def test_words_of_short_forms_are_known():
    assert {"ubnd", "tn", "mt", "tnmt", "ttr"} <= TABLE.short_words
    assert not any(map(is_syllable_shape, TABLE.short_words))


def test_an_empty_table_expands_nothing():
    assert Abbreviations([]).expand("UBND tỉnh") == []


def test_the_shipped_table_is_sound():
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 170
    assert {tuple(row) for row in rows} == {("short", "long", "note")}
    assert len({(row["short"], row["long"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["long"] == canonical_tones(clean(row["long"])) and row["short"] == clean(row["short"])
        assert len(syllables(row["long"])) > 1 and row["note"]


@pytest.mark.parametrize(("short", "long"), ROWS)
def test_every_shipped_row_works_both_ways(short, long):
    assert long in forms(short)[short]
    if not is_syllable_shape("".join(syllables(short))):
        assert short in forms(long)[long]


@given(st.text(max_size=300) | st.text(alphabet="UBND ubnđTM&-/0125", max_size=80))
def test_any_query_is_expanded_in_order(query):
    text = unicodedata.normalize("NFC", query)
    end = 0
    for expansion in TABLE.expand(query):
        assert end <= expansion.start < expansion.end
        assert text[expansion.start : expansion.end] == expansion.text
        assert expansion.forms and expansion.text not in expansion.forms
        end = expansion.end


@given(st.lists(st.sampled_from(["ubnd", "tn", "mt", "ủy", "ban", "nhân", "dân", "an", "QĐ"]), max_size=12))
def test_what_is_found_does_not_depend_on_white_space(words):
    one, other = TABLE.expand(" ".join(words)), TABLE.expand("   ".join(words))
    assert [expansion.forms for expansion in one] == [expansion.forms for expansion in other]


@pytest.mark.parametrize("piece", ["UBND ", "1/", "a1", "ủy ban nhân ", "9", "05/2023/QĐ-", "12 ct ", "-"])
def test_a_long_text_takes_a_moment(piece):
    assert cpu_seconds(TABLE.expand, long_text(piece, 10_000), enough=0.05) < 0.1
