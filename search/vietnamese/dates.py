"""Dates as Vietnamese documents write them: known to the day, the month, the year, or not at all."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Literal

from search.vietnamese.letters import clean, nfc, plain_signs

Precision = Literal["day", "month", "year", "none"]

_BLANK = "…"
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")

_GAP = r"[\s.…_]{0,24}"
_SIGN = r"\s{0,3}[/.-]\s{0,3}"
_YEAR = r"(?:19|20)\d{2}"
_SPELLED = re.compile(
    rf"\bngày{_GAP}(?P<day>\d{{1,2}})?{_GAP}tháng{_GAP}(?P<month>\d{{1,2}})?{_GAP}năm{_GAP}(?P<year>{_YEAR})?(?!\d)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(rf"(?<![\d/.-])(?P<day>\d{{1,2}}){_SIGN}(?P<month>\d{{1,2}}){_SIGN}(?P<year>{_YEAR})(?!\d)")
_MONTH = re.compile(rf"\btháng{_GAP}(?P<month>\d{{1,2}})(?:{_GAP}năm\s{{0,3}}|\s?[/-]\s?)(?P<year>{_YEAR})(?!\d)", re.I)
_YEAR_ONLY = re.compile(rf"\bnăm\s{{0,3}}(?P<year>{_YEAR})(?!\d)", re.IGNORECASE)
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_PLACE_LINE = re.compile(
    r"(?P<place>[^\W\d_][^,\n]{1,59}?)\s{0,3}[,.]\s{0,3}(?P<date>ngày\b.*)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date whose parts may be unknown: PartialDate(2024, 3) is March 2024.

    Errors: ValueError for a date no calendar has, 31/02/2024.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f"no such year: {self.year}")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")
        if self.day is not None and not 1 <= self.day <= _days_in(self.year, self.month):
            raise ValueError(f"no such day: {self.day}")

    @property
    def precision(self) -> Precision:
        """How much is known from the year down: a day without its month counts as the year alone."""
        if self.year is None:
            return "none"
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def first_day(self) -> datetime.date | None:
        """First day it may be: March 2024 -> 2024-03-01; None without a year."""
        if self.year is None:
            return None
        month = self.month or 1
        return datetime.date(self.year, month, (self.day if self.month else None) or 1)

    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """First and last day it may be: March 2024 -> 2024-03-01, 2024-03-31; None without a year."""
        first = self.first_day()
        if first is None:
            return None
        if self.precision == "day":
            return first, first
        month = self.month or 12
        return first, datetime.date(first.year, month, _days_in(first.year, month))

    def iso(self) -> str:
        """As precise as is known: "2024", "2024-03", "2024-03-05"; "" without a year."""
        precision = self.precision
        if precision == "none":
            return ""
        parts = [f"{self.year:04}"]
        if precision in ("month", "day"):
            parts.append(f"{self.month:02}")
        if precision == "day":
            parts.append(f"{self.day:02}")
        return "-".join(parts)

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """The date written by iso(): "2024-03" -> PartialDate(2024, 3); "" is wholly unknown.

        Errors: ValueError for any other text.
        """
        if not text:
            return cls()
        matched = _ISO.fullmatch(text)
        if not matched:
            raise ValueError(f"not a date: {text!r}")
        return cls(*(int(part) if part else None for part in matched.group("year", "month", "day")))


@dataclass(frozen=True, slots=True)
class PlaceDate:
    """The head line "Kon Tum, ngày … tháng … năm 2024": the place and what is known of the date."""

    place: str
    date: PartialDate


def spell_short(date: PartialDate) -> str:
    """For lists and tables: "05/03/2024", "tháng 3 năm 2024", "năm 2024", ""."""
    if date.precision == "day":
        return f"{date.day:02}/{date.month:02}/{date.year}"
    return spell_long(date)


def spell_long(date: PartialDate) -> str:
    """For sentences: "ngày 05 tháng 3 năm 2024", "tháng 3 năm 2024", "năm 2024", "".

    Source: Decree 30/2020/NĐ-CP, appendix I: zero before days under 10 and before months 1 and 2.
    """
    if date.precision == "none":
        return ""
    year = f"năm {date.year}"
    if date.precision == "year":
        return year
    month = f"tháng {_month_digits(date.month)} {year}"
    return month if date.precision == "month" else f"ngày {date.day:02} {month}"


def spell_blank(date: PartialDate) -> str:
    """For document heads, unknown parts left open: "ngày … tháng … năm 2024"."""
    day = _BLANK if date.day is None else f"{date.day:02}"
    month = _BLANK if date.month is None else _month_digits(date.month)
    return f"ngày {day} tháng {month} năm {date.year or _BLANK}"


def parse_date(text: str) -> PartialDate | None:
    """First date of a short text: "ngày 05 tháng 3 năm 2024", "5/3/2024", "tháng 3/2024", "năm 2024".

    Shape: blanks are unknown parts ("ngày … tháng … năm 2024"); so is an impossible day or month; None when
    the text holds no date.
    """
    plain = plain_signs(nfc(text))
    for pattern in (_SPELLED, _NUMERIC, _MONTH, _YEAR_ONLY):
        if matched := pattern.search(plain):
            return possible_date(**matched.groupdict())
    return None


def parse_place_date(line: str) -> PlaceDate | None:
    """The head line taken apart: "Kon Tum, ngày 05 tháng 3 năm 2024" -> place "Kon Tum" and the date."""
    matched = _PLACE_LINE.fullmatch(plain_signs(nfc(line)).strip(" \t\r\n*_"))
    if not matched:
        return None
    date = parse_date(matched["date"])
    return PlaceDate(clean(matched["place"]), date) if date else None


def possible_date(year: str | None = None, month: str | None = None, day: str | None = None) -> PartialDate:
    """The date made of digits as printed, an impossible part left unknown: 31/02/2024 -> February 2024."""
    years, months, days = (int(part) if part else None for part in (year, month, day))
    if months is not None and not 1 <= months <= 12:
        months = None
    if days is not None and not 1 <= days <= _days_in(years, months):
        days = None
    return PartialDate(years, months, days)


def weekday_name(date: datetime.date) -> str:
    """Name of the day: 2024-03-01 -> "Thứ Sáu"."""
    return _WEEKDAYS[date.weekday()]


def _days_in(year: int | None, month: int | None) -> int:
    return 31 if month is None else calendar.monthrange(year or 2000, month)[1]


def _month_digits(month: int | None) -> str:
    return f"{month:02}" if month in (1, 2) else str(month)
