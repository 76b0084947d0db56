"""How long a campaign or plan runs."""

import calendar
import re
from typing import Any

from search.vietnamese.dates import possible_date
from search.vietnamese.letters import fold, plain_signs

from .found import Found
from .sentences import sentence_at

_DAY = r"(?:ngay\s+)?(\d{1,2})\s*(?:/|-|\.|\s+thang\s+)\s*(\d{1,2})(?:\s*(?:/|-|\.|\s+nam\s+)\s*(20\d\d))?"
_MONTH = r"thang\s+(\d{1,2})(?:\s*/\s*|\s+nam\s+)?(20\d\d)?"
_BETWEEN = r"\s*(?:,\s*)?(?:den|toi)\s+(?:het\s+)?"
_DAYS = re.compile(rf"\btu\s+{_DAY}{_BETWEEN}{_DAY}")
_MONTHS = re.compile(rf"\btu\s+{_MONTH}{_BETWEEN}{_MONTH}")
_LAUNCHED = re.compile(rf"\btu ngay (?:phat dong|ban hanh|ky)[^.;\n]{{0,40}}?{_BETWEEN}{_DAY}")
_CONTEXT = re.compile(r"thoi gian|phong trao|thi dua|dot |thuc hien|phat dong|trien khai")


def read_period(text: str, year: Found | None) -> Found | None:
    """The period: `Found({"from": "2025-03-01", "to": "2025-12-31", "year": 2025})`.

    Shape: `from` and `to` are ISO dates or ""; only `year` is known when the text gives no dates.
    """
    plain = plain_signs(text)
    folded = fold(plain)
    default: int | None = year.value if year else None
    for pattern, read in ((_DAYS, _from_days), (_MONTHS, _from_months), (_LAUNCHED, _until_day)):
        for match in pattern.finditer(folded):
            if not _CONTEXT.search(folded[max(0, match.start() - 160) : match.start()]):
                continue
            value = read(match, default)
            if value:
                return Found(value, "typed", 0.85, sentence_at(text, match.start()))
    if year and default:
        return Found({"from": "", "to": "", "year": default}, "inferred", 0.5, year.evidence)
    return None


def _from_days(match: re.Match[str], year: int | None) -> dict[str, Any] | None:
    end_year = int(match[6] or match[3] or year or 0)
    start_year = int(match[3] or end_year)
    return _period(_iso(start_year, match[2], match[1]), _iso(end_year, match[5], match[4]))


def _from_months(match: re.Match[str], year: int | None) -> dict[str, Any] | None:
    end_year = int(match[4] or match[2] or year or 0)
    start_year = int(match[2] or end_year)
    month = int(match[3])
    if not end_year or not 1 <= month <= 12:
        return None
    last = calendar.monthrange(end_year, month)[1]
    return _period(_iso(start_year, match[1], 1), _iso(end_year, month, last))


def _until_day(match: re.Match[str], year: int | None) -> dict[str, Any] | None:
    end = _iso(int(match[3] or year or 0), match[2], match[1])
    return {"from": "", "to": end, "year": int(end[:4])} if end else None


def _period(start: str, end: str) -> dict[str, Any] | None:
    if not start or not end or start > end:
        return None
    return {"from": start, "to": end, "year": int(end[:4])}


def _iso(year: int, month: str | int, day: str | int) -> str:
    date = possible_date(str(year or ""), str(month), str(day))
    return date.iso() if date.precision == "day" else ""
