from datetime import date

import pytest

from search.contract import Wording
from search.number_hits import asked_number, exact_number
from search.vietnamese.number_parts import number_parts
from search.vietnamese.query_words import read_query


def asked(text):
    return asked_number(Wording(number_parts=tuple(number_parts(text)), number_text=text))


def closeness(text, number):
    return asked(text).closeness(" ".join(exact_number(number)), " ".join(sorted(number_parts(number))))


@pytest.mark.parametrize(
    "text, parts, initials",
    [
        ("39-CT/TW", ("39", "ct", "tw"), ""),
        ("CT39", ("ct", "39"), ""),
        ("QĐ UBND 05", ("qd", "ubnd", "5"), ""),
        ("chỉ thị 05", ("5",), "ct"),
        ("quyết định số 12/2020/QĐ-UBND", ("12", "2020", "qd", "ubnd"), "qd"),
        ("số 7", ("7",), ""),
        ("luật 45/2013/QH13", ("45", "2013", "qh", "13"), "l"),
        ("nghị định 30/2020", ("30", "2020"), "nd"),
        ("QĐ số 302", ("qd", "302"), ""),
        ("cv 1186", ("1186",), "cv"),
        ("CV số 1186/STNMT-VP", ("1186", "stnmt", "vp"), "cv"),
        ("123-CV/TU", ("123", "cv", "tu"), ""),
        ("vb 1186", ("1186",), ""),
        ("qcvn 08-MT:2023", ("qcvn", "8", "mt", "2023"), ""),
    ],
)
def test_names_of_kinds_are_no_parts_of_the_number(text, parts, initials):
    assert (asked(text).parts, asked(text).initials) == (parts, initials)


def test_words_alone_ask_for_no_number():
    assert asked_number(Wording(("dat", "dai"))) is None


@pytest.mark.parametrize(
    "text, better, worse",
    [
        ("12-ĐA/TU", "12-ĐA/TU", "12-DA/TU"),
        ("12 đa", "12-ĐA/TU", "12-DA/TU"),
        ("da 12", "12-DA/TU", "12-ĐA/TU"),
        ("5/2020", "5/2020/QĐ-UBND", "2020/5/KH"),
        ("39-CT/TW", "39-CT/TW", "39/2024/CT-TW"),
        ("ct tw 39", "39-CT/TW", "39/2024/CT-TW"),
        ("chỉ thị 05", "05-CT/TW", "05/2024/QĐ-UBND"),
        ("39", "39-CT/TW", "12/39/CT-TW"),
        ("cv 123", "123-CV/TU", "123-KH/TU"),
    ],
)
def test_the_number_as_typed_comes_before_look_alikes(text, better, worse):
    assert closeness(text, better) > closeness(text, worse)


def test_leading_zeros_and_case_do_not_matter():
    assert exact_number("05/2023/QĐ-UBND") == exact_number("5/2023/qđ-ubnd") == ["5", "2023", "qđ", "ubnd"]
    assert exact_number("0") == ["0"]
    assert exact_number("131ĐAUBND") == exact_number("131/ĐA-UBND") == ["131", "đa", "ubnd"]


def test_of_one_number_the_document_of_the_day_asked_for_comes_first():
    days = (date(2024, 6, 5), date(2024, 6, 5))
    wanted = asked_number(Wording(number_parts=("131",), number_text="131", number_days=days))
    other_number = wanted.closeness("131", "131", date(2024, 6, 6))
    assert wanted.closeness("131 qđ ubnd", "131 qd ubnd", date(2024, 6, 5)) > other_number
    assert wanted.closeness("131", "131", None) == other_number


def test_the_year_in_a_number_tells_where_the_date_is_not_known():
    read = read_query("05 QĐ-UBND 2023")
    asks = asked_number(Wording((), number_parts=read.number_parts, number_text=read.number_text,
                                number_days=read.number_date.days()))  # fmt: skip
    of_year, of_other, without = (
        asks.closeness(" ".join(exact_number(number)), " ".join(sorted(number_parts(number))))
        for number in ("05/2023/QĐ-UBND", "05/2022/QĐ-UBND", "05/QĐ-UBND")
    )
    assert of_year > without > of_other
