"""The head of a first page enlarged: how much of it, and where its number and date stand or should stand."""

import re
from dataclasses import dataclass
from statistics import median

from search.extraction.pages import Box, FilePage, Line

_NUMBER_LINE = re.compile(r"^\W*s[ốồổỗộôoóò6]\s{0,3}[:.;]?", re.IGNORECASE)
_DATE_LINE = re.compile(r"ng[àaáảâ]y\b.*\bn[ăaâ]m\b", re.IGNORECASE)
_HEAD = 0.35
_SHALLOWEST, _DEEPEST = 0.14, 0.36
_MARGIN = 0.012
# A capital is wider than the letters a line is measured by.
_CAPITALS = 1.15


@dataclass(frozen=True, slots=True)
class Mark:
    """A frame on a page: `Mark("number", (0.19, 0.15, 0.23, 0.17), is_read=False)`, in parts of the page."""

    name: str
    box: Box
    is_read: bool


def head_of(page: FilePage | None) -> Box:
    """The part of a first page that its head takes, e.g. `(0.0, 0.03, 1.0, 0.21)`."""
    lines = _head_lines(page)
    if not lines:
        return 0.0, 0.0, 1.0, 0.24
    found = [line for line in (number_line(lines), date_line(lines)) if line]
    top = max(0.0, min(line.box[1] for line in lines) - _MARGIN)
    low = max(line.box[3] for line in found) if found else top + 0.18
    return 0.0, top, 1.0, min(top + _DEEPEST, max(top + _SHALLOWEST, low + _MARGIN))


def head_marks(page: FilePage | None, has_number: bool, has_date: bool) -> list[Mark]:
    """Where number and date of a document stand: the whole of what was read, the gap where nothing was."""
    lines = _head_lines(page)
    width = _letter_width(lines)
    marks = []
    if line := number_line(lines):
        start = _NUMBER_LINE.match(line.text)
        slash = re.search(r"[/-]", line.text)
        before = len(start[0].rstrip()) if start else 3
        after = len(line.text) - slash.start() if slash else 0
        marks.append(Mark("number", _gap(line, before * width, after * width * _CAPITALS), has_number))
    if line := date_line(lines):
        day = re.search(r"ng[àaáảâ]y\b", line.text, re.IGNORECASE)
        year = re.search(r"\bn[ăaâ]m\b", line.text, re.IGNORECASE)
        before = day.end() if day else 0
        after = len(line.text) - year.start() if year else 0
        marks.append(Mark("date", _gap(line, before * width, after * width), has_date))
    return marks


def number_line(lines: list[Line]) -> Line | None:
    """The line "Số: …" of the head."""
    return next((line for line in lines if _NUMBER_LINE.match(line.text) and re.search(r"[/:-]", line.text)), None)


def date_line(lines: list[Line]) -> Line | None:
    """The line "Kon Tum, ngày … tháng … năm 2024" of the head."""
    return next((line for line in lines if _DATE_LINE.search(line.text) and len(line.text) < 70), None)


def _head_lines(page: FilePage | None) -> list[Line]:
    return [line for line in page.lines if line.box[1] < _HEAD] if page else []


def _letter_width(lines: list[Line]) -> float:
    widths = [(line.box[2] - line.box[0]) / len(line.text) for line in lines if len(line.text) >= 8]
    return median(widths) if widths else 0.01


def _gap(line: Line, before: float, after: float) -> Box:
    """What of a line lies between its first words and its last ones; letters alone do not tell how wide a gap is."""
    left, top, right, bottom = line.box
    begin, end = left + before, right - after
    if end - begin < 0.02:
        middle = min(max((begin + end) / 2, left), right)
        begin, end = max(left, middle - 0.02), min(right, middle + 0.02)
    return begin, top, end, bottom
