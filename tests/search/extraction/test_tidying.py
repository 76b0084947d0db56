"""Text loses the noise of its file and no word."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.extraction.pages import FilePage
from search.extraction.tidying import is_page_number, tidy, without_running_lines


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        ("Ho\u0300a bi\u0300nh", "Hòa bình"),
        ("ﬁnal, oﬃce, ﬂow", "final, office, flow"),
        ("a\u00a0 b\tc\u3000d", "a b c d"),
        ("đất\u200bđai \u202eẩn\ufeff", "đất đai ẩn"),
        ("\uf0b7 gạch đầu dòng", "gạch đầu dòng"),
        ("một\r\n\r\n  hai \r ba", "một\nhai\nba"),
        ("infor\ufffemation", "information"),
        ("15/2023/QĐ\ufffeUBND", "15/2023/QĐ-UBND"),
        ("phong trào thi\ufffeđua", "phong trào thi-đua"),
        ("nghĩa\ufffetinh", "nghĩa-tinh"),
        ("2024\ufffe2025", "2024-2025"),
        ("\x00\x02a\x7f", "a"),
        ("", ""),
    ],
)
def test_noise_is_gone(given, tidied):
    assert tidy(given) == tidied


@given(st.text())
def test_tidy_text_is_composed_seen_and_stays_as_it_is(text):
    once = tidy(text)
    assert once == unicodedata.normalize("NFC", once) == tidy(once)
    assert not [sign for sign in once if sign != "\n" and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn")]


@pytest.mark.parametrize("text", ["a\ufffe" * 50_000, "a" * 100_000, " \n" * 50_000, "-" * 100_000, "1" * 100_000])
def test_long_text_takes_little_time(text):
    start = time.process_time()
    tidy(text)
    is_page_number(text)
    without_running_lines([FilePage(1, text)])
    assert time.process_time() - start < 1


@pytest.mark.parametrize("line", ["3", "- 3 -", "Trang 3", "TRANG 3/10", "3 | 10", " — 12 — "])
def test_page_numbers_are_known(line):
    assert is_page_number(line)


@pytest.mark.parametrize("line", ["", "2024", "Điều 3", "3.", "3/2/1930 - 3/2/2024", "Trang phục"])
def test_other_lines_are_no_page_numbers(line):
    assert not is_page_number(line)


def pages(*texts) -> list[FilePage]:
    return [FilePage(number, text) for number, text in enumerate(texts, start=1)]


def test_running_lines_stand_once_and_page_numbers_never():
    texts = [f"SỞ Y TẾ – Báo cáo\nNội dung {letter}\nNăm 2024\n- {n} -" for n, letter in enumerate("abcd", start=1)]
    expected = pages("SỞ Y TẾ – Báo cáo\nNội dung a\nNăm 2024", "Nội dung b", "Nội dung c", "Nội dung d")
    assert without_running_lines(pages(*texts)) == expected


def test_forms_keep_their_numbers():
    given = pages(*(f"Mẫu số {n}\nNội dung {n}" for n in range(1, 6)))
    assert without_running_lines(given) == given


def test_a_line_that_only_two_pages_begin_with_is_kept():
    assert without_running_lines(pages("Điều 1\nx", "Điều 2\ny")) == pages("Điều 1\nx", "Điều 2\ny")


def test_few_of_many_pages_that_begin_alike_keep_their_line():
    given = pages(*["Phụ lục\nx"] * 3, *(f"{letter}\ny" for letter in "abcdefg"))
    assert without_running_lines(given)[:3] == given[:3]


def test_a_page_of_nothing_but_its_number_goes_and_the_others_keep_theirs():
    assert without_running_lines(pages("a", "2", "c")) == [FilePage(1, "a"), FilePage(3, "c")]


@given(st.lists(st.text(alphabet="ab1-\n ", min_size=1), max_size=8))
def test_any_pages_pass(texts):
    given = [page for page in pages(*map(tidy, texts)) if page.text]
    found = without_running_lines(given)
    assert {page.number for page in found} <= {page.number for page in given}
    assert all(page.text for page in found)
