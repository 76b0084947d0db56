"""Dates as Vietnamese documents write them, known to the day, month, year or not at all."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "month", "year", "none"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date whose parts may be unknown: PartialDate(2024, 3) is March 2024."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Precision:
        raise NotImplementedError

    def first_day(self) -> datetime.date | None:
        raise NotImplementedError

    def iso(self) -> str:
        raise NotImplementedError

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class PlaceDate:
    """Head line "Kon Tum, ngày … tháng … năm 2024": the place and what is known of the date."""

    place: str
    date: PartialDate


def spell_short(date: PartialDate) -> str:
    raise NotImplementedError


def spell_long(date: PartialDate) -> str:
    raise NotImplementedError


def spell_blank(date: PartialDate) -> str:
    raise NotImplementedError


def parse_date(text: str) -> PartialDate | None:
    """First date in the text; None when there is none; an impossible day or month is left unknown."""
    raise NotImplementedError


def parse_place_date(line: str) -> PlaceDate | None:
    raise NotImplementedError


def weekday_name(date: datetime.date) -> str:
    raise NotImplementedError
