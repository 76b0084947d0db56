"""Document numbers as people type them into a search box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.vietnamese.dates import PartialDate
from search.vietnamese.number_parts import (
    date_asked,
    dated_number,
    looks_like_number,
    number_in,
    number_parts,
    without_kind,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("05/2023/QĐ-UBND", ["5", "2023", "qd", "ubnd"]),
        ("39 CT TW", ["39", "ct", "tw"]),
        ("CT39", ["ct", "39"]),
        ("15/2003qh11", ["15", "2003", "qh", "11"]),
        ("66.13/2026/NQ-CP", ["66", "13", "2026", "nq", "cp"]),
        ("1234/STN&MT-QLĐĐ", ["1234", "stn", "mt", "qldd"]),
        ("131ĐAUBND", ["131", "da", "ubnd"]),
        ("39cttw", ["39", "ct", "tw"]),
        ("052023qdubnd", ["5", "2023", "qd", "ubnd"]),
        ("12019/CV", ["12019", "cv"]),
        ("12/STNMT-QLĐĐ", ["12", "stnmt", "qldd"]),
        ("000", ["0"]),
        ("", []),
    ],
)
def test_parts(text, parts):
    assert number_parts(text) == parts


def test_every_spelling_has_the_same_parts():
    spellings = ["05/2023/QĐ-UBND", "5/2023/QÐ‑UBND", "5 2023 qd ubnd", "05.2023.QĐ.UBND", "5/2023/qđ - ubnd"]
    assert {tuple(number_parts(spelling)) for spelling in spellings} == {("5", "2023", "qd", "ubnd")}


@pytest.mark.parametrize(
    "query",
    [
        *("05/2023/QĐ-UBND", "39 CT TW", "CT39", "15/2003qh11", "chỉ thị 05", "chi thi 05", "1186/STNMT-VP"),
        *("số 12", "Nghị định 30/2020/NĐ-CP", "39-CT/TW", "05 ct/tw", "131ĐAUBND", "hd btg 88"),
        *("05/2024/QĐ-UBND ngày 12/3/2024", "số 131 ngày 5/6/2024", "chỉ thị 05 năm 2024"),
        *("31/2024", "nghị định 30/2020", "Luật 06/2022", "thông tư số 10/2024", "số 06/2022"),
        *("QĐ số 302", "nđ số 102/2024", "CV 1186", "cv số 1186", "vb 1186", "cv1186", "cv 1186/STNMT-VP"),
        *("QCVN 99-MT:2031", "qcvn 08", "TCVN 7957:2008", "TCVN ISO 14001:2015", "QCVN 40:2011/BTNMT"),
    ],
)
def test_numbers_look_like_numbers(query):
    assert looks_like_number(query)


@pytest.mark.parametrize(
    "query",
    [
        *(
            "",
            "đất đai",
            "năm 2024",
            "kế hoạch 2024",
            "thi đua 2024",
            "24/7",
            "1/3",
            "05/03/2024",
            "phường 5",
        ),
        *("2019-2025", "nghị quyết", "12 nhiệm vụ", "05/" * 40),
        *("06/2022", "báo cáo 6/2024", "tháng 12/2024", "kế hoạch 11/2024", "cv 2024", "2019/2020", "qcvn nước mặt"),
    ],
)
def test_other_queries_do_not(query):
    assert not looks_like_number(query)


@given(st.text())
def test_nothing_fails(text):
    looks_like_number(text)
    assert all(part.isalpha() or part.isdecimal() for part in number_parts(text))


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("39 ct tw thi đua", "39 ct tw"),
        ("39-CT/TW ngày 21/5/2004", "39-CT/TW"),
        ("1186", "1186"),
        ("06/2022", "06/2022"),
        ("thông tư 10/2024 hồ sơ địa chính", "10/2024"),
        ("hồ sơ địa chính 102/2024", "102/2024"),
        ("QĐ 05/2024 của tỉnh", "05/2024"),
        ("báo cáo quan trắc 6/2024", ""),
        ("2024", ""),
        ("5", ""),
        ("kế hoạch 12 đơn vị", ""),
        ("quý 4 năm 2024", ""),
        ("", ""),
    ],
)
def test_the_number_among_other_words(query, number):
    assert number_in(query) == number


@pytest.mark.parametrize(
    ("query", "number", "date"),
    [
        ("05/2024/QĐ-UBND ngày 12/3/2024", "05/2024/QĐ-UBND", PartialDate(2024, 3, 12)),
        ("số 131 ngày 5/6/2024", "số 131", PartialDate(2024, 6, 5)),
        ("quyết định 131 (ngày 05 tháng 6 năm 2024)", "quyết định 131", PartialDate(2024, 6, 5)),
        ("39-CT/TW tháng 6/2024", "39-CT/TW", PartialDate(2024, 6)),
        ("chỉ thị 05 năm 2024", "chỉ thị 05", PartialDate(2024)),
        ("chi thi 39 nam 2004", "chi thi 39", PartialDate(2004)),
        ("131 qd-ubnd ngay 5 thang 6 nam 2024", "131 qd-ubnd", PartialDate(2024, 6, 5)),
        ("39 ct tw thang 6/2024", "39 ct tw", PartialDate(2024, 6)),
        ("39-CT/TW 2004", "39-CT/TW", PartialDate(2004)),
        ("39/ct-tw/2004", "39/ct-tw", PartialDate(2004)),
        ("39 CT TW (2019)", "39 CT TW", PartialDate(2019)),
        ("QCVN 08-MT 2023", "QCVN 08-MT 2023", None),
        ("qd ubnd 05 2023", "qd ubnd 05 2023", None),
        ("nghị định 30 2020", "nghị định 30 2020", None),
        ("thi đua 2004", "thi đua 2004", None),
        ("kế hoạch ngày 5/6/2024", "kế hoạch ngày 5/6/2024", None),
        ("05/2024/QĐ-UBND", "05/2024/QĐ-UBND", None),
        ("5/6/2024", "5/6/2024", None),
    ],
)
def test_a_date_behind_a_number_is_told_apart(query, number, date):
    assert dated_number(query) == (number, date)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("công văn 11", "11"),
        ("cv số 11", "11"),
        ("Nghị định 30/2020", "30/2020"),
        ("39-CT/TW", "39-CT/TW"),
        ("kế hoạch 2024", "kế hoạch 2024"),
        ("công văn đi", "công văn đi"),
    ],
)
def test_the_name_of_a_kind_is_left_out(query, number):
    assert without_kind(query) == number


@pytest.mark.parametrize(
    "query, date",
    [
        ("20/11/2024", PartialDate(2024, 11, 20)),
        ("thang 11 nam 2024", PartialDate(2024, 11)),
        ("năm 2024", PartialDate(2024)),
        ("31/02/2024", None),
        ("tháng 13 năm 2024", None),
        ("ngay 31 thang 2 nam 2024", None),
        ("công văn tháng 11 năm 2024", None),
        ("", None),
    ],
)
def test_a_query_that_is_a_date_and_nothing_besides(query, date):
    assert date_asked(query) == date
