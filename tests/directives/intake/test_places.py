"""Where on which page a field stands, also over several lines and in two columns."""

import pytest

from directives.intake.job import read_data
from directives.intake.places import find_spot
from search.extraction.pages import FilePage

from .samples import shared
from .sheets import DECISION, scanned


@pytest.mark.parametrize(
    ("words", "spot"),
    [
        ("UBND tỉnh Kon Tum", (1, 0.15, 0.06, 0.92)),
        # Two lines of one column, with a line of the other between them.
        ("Sở Tài nguyên và Môi trường", (1, 0.28, 0.27, 0.78)),
        ("SỞ TÀI NGUYÊN\nVÀ MÔI TRƯỜNG.", (1, 0.28, 0.27, 0.78)),
        ("Về việc công nhận danh hiệu Lao động tiên tiến và tặng Giấy khen năm 2023", (1, 0.3, 0.205, 0.75)),
    ],
)
def test_words_are_found_on_their_page(words, spot):
    found = find_spot(words, scanned(DECISION))
    assert found[:4] == spot


def test_lines_of_a_column_make_one_box():
    rows = [row for row in DECISION if not row[0].startswith("GIÁM ĐỐC SỞ")]
    page, left, top, right, bottom = find_spot("Sở Tài nguyên và Môi trường", scanned(rows))
    assert (page, left, top, right) == (1, 0.2, 0.082, 0.4)
    assert bottom > 0.11


def test_the_last_place_counts_for_what_stands_at_the_end():
    pages = scanned([("GIÁM ĐỐC", 0.1, 0.1, 0.3)], [("GIÁM ĐỐC", 0.6, 0.5, 0.8)])
    assert find_spot("Giám đốc", pages)[0] == 1
    assert find_spot("Giám đốc", pages, from_end=True)[0] == 2


def test_what_is_not_there_or_has_no_places_has_no_spot():
    assert find_spot("Sở Y tế tỉnh Gia Lai", scanned(DECISION)) is None
    assert find_spot("ab", scanned(DECISION)) is None
    assert find_spot("SỞ Y TẾ", [FilePage(1, "SỞ Y TẾ")]) is None


def test_fields_of_a_pdf_tell_their_places_and_those_of_a_word_file_none():
    facts = read_data(shared("samples/phat-dong-the-thuc-day-du.pdf").read_bytes(), "a.pdf").facts
    page, left, top, right, bottom = facts["agency"].box
    assert page == 1
    assert 0 < left < right < 0.6 and 0.05 < top < bottom < 0.2
    assert facts["signer"].box[0] == 3
    assert read_data(shared("samples/phat-dong-thi-dua-2024.txt").read_bytes(), "a.txt").facts["agency"].box is None
