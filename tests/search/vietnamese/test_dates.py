"""Dates known in part: read, kept and spelled."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.vietnamese.dates import (
    PartialDate,
    parse_date,
    parse_place_date,
    spell_blank,
    spell_long,
    spell_short,
    weekday_name,
)
from tests.directives.domain_cases import MONOTONOUS, cpu_seconds, long_text, of_group


@pytest.mark.parametrize("case", of_group("dong_ngay"))
def test_place_date_cases(case, require):
    require(case is not None, "needs the shared fixtures")
    found = parse_place_date(case["text"])
    assert {
        "dia_danh": found.place,
        "d": found.date.day,
        "m": found.date.month,
        "y": found.date.year,
    } == case["expect"][0]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("ngày 05 tháng 3 năm 2024", PartialDate(2024, 3, 5)),
        ("ngày 5/3/2024", PartialDate(2024, 3, 5)),
        ("14.6.2019", PartialDate(2019, 6, 14)),
        ("tháng 3 năm 2024", PartialDate(2024, 3)),
        ("tháng 3/2024", PartialDate(2024, 3)),
        ("năm 2024", PartialDate(2024)),
        ("ngày 31 tháng 2 năm 2024", PartialDate(2024, 2)),
        ("ngày 12 tháng 13 năm 2024", PartialDate(2024, None, 12)),
        ("ngày … tháng … năm …", PartialDate()),
    ],
)
def test_reading(text, date):
    assert parse_date(text) == date


@pytest.mark.parametrize("text", ["", "2019-2025", "1/3", "24/7", "năm học", "12/2024/QĐ-UBND", "ngày mai"])
def test_texts_without_date(text):
    assert parse_date(text) is None


@pytest.mark.parametrize("line", ["", "ngày 5 tháng 3 năm 2024", "Kon Tum", "Kon Tum, hôm nay", "a" * 500])
def test_lines_without_place_and_date(line):
    assert parse_place_date(line) is None


@pytest.mark.parametrize(
    ("date", "precision", "iso", "short", "long"),
    [
        (PartialDate(2024, 3, 5), "day", "2024-03-05", "05/03/2024", "ngày 05 tháng 3 năm 2024"),
        (PartialDate(2024, 2), "month", "2024-02", "tháng 02 năm 2024", "tháng 02 năm 2024"),
        (PartialDate(2024), "year", "2024", "năm 2024", "năm 2024"),
        (PartialDate(2024, None, 5), "year", "2024", "năm 2024", "năm 2024"),
        (PartialDate(), "none", "", "", ""),
    ],
)
def test_spelling(date, precision, iso, short, long):
    assert (date.precision, date.iso()) == (precision, iso)
    assert (spell_short(date), spell_long(date)) == (short, long)


@pytest.mark.parametrize(
    ("date", "blank"),
    [
        (PartialDate(2024, 3, 5), "ngày 05 tháng 3 năm 2024"),
        (PartialDate(2024, 2), "ngày … tháng 02 năm 2024"),
        (PartialDate(2024), "ngày … tháng … năm 2024"),
        (PartialDate(2024, None, 5), "ngày 05 tháng … năm 2024"),
        (PartialDate(), "ngày … tháng … năm …"),
    ],
)
def test_heads_leave_room_for_what_is_not_known(date, blank):
    assert spell_blank(date) == blank


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_what_is_spelled_is_read_again(day):
    date = PartialDate(day.year, day.month, day.day)
    assert parse_date(spell_long(date)) == parse_date(spell_short(date)) == date
    assert PartialDate.from_iso(date.iso()) == date
    assert date.first_day() == day


def test_first_day():
    assert PartialDate(2024, 3).first_day() == datetime.date(2024, 3, 1)
    assert PartialDate(2024, None, 31).first_day() == datetime.date(2024, 1, 1)
    assert PartialDate().first_day() is None


@pytest.mark.parametrize("text", ["2024-13", "2024-02-30", "24", "2024-3-5", "hôm nay"])
def test_no_such_date_in_iso(text):
    with pytest.raises(ValueError):
        PartialDate.from_iso(text)


def test_nothing_known_in_iso():
    assert PartialDate.from_iso("") == PartialDate()


@pytest.mark.parametrize(("day", "name"), [(1, "Thứ Sáu"), (3, "Chủ Nhật"), (4, "Thứ Hai")])
def test_weekdays(day, name):
    assert weekday_name(datetime.date(2024, 3, day)) == name


@given(st.text(max_size=200) | st.text(alphabet="ngàythángnăm 0123/.-…,", max_size=60))
@settings(deadline=None)
def test_what_is_read_is_a_date_of_the_calendar(text):
    date = parse_date(text)
    head = parse_place_date(text)
    assert date is None or PartialDate(date.year, date.month, date.day) == date
    assert head is None or (head.place and head.date == parse_date(text))


@pytest.mark.parametrize("piece", [*MONOTONOUS, "ngày …", "tháng 1", "Kon Tum. "])
@pytest.mark.parametrize("parse", [parse_date, parse_place_date])
def test_a_hundred_thousand_characters_take_a_moment(parse, piece):
    assert cpu_seconds(parse, long_text(piece)) < 0.2


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        (PartialDate(2024, 2, 5), (2024, 2, 5), (2024, 2, 5)),
        (PartialDate(2024, 2), (2024, 2, 1), (2024, 2, 29)),
        (PartialDate(2024), (2024, 1, 1), (2024, 12, 31)),
    ],
)
def test_the_days_a_date_may_be(date, first, last):
    assert date.days() == (datetime.date(*first), datetime.date(*last))
    assert PartialDate().days() is None
