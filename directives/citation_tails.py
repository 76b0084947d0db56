"""What may follow the number or name of a cited document: its date, issuer, term and abstract."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directives.cited import CitingText
from directives.issuers import SPACE, read_issuer
from directives.kind_codes import KIND_WORDS
from search.vietnamese.dates import PartialDate, parse_date

#: The longest abstract a document may have. Source: Decree 30/2020/NĐ-CP, appendix VI (Subject).
MAX_ABSTRACT_LENGTH = 500

ROMAN = r"[IVX]{1,6}"
_WORDS = "|".join(sorted(KIND_WORDS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d{2}"
_LEAD = rf"\s{{0,3}},?{SPACE}?"
_SPELLED = rf"\d{{1,2}}\s{{1,4}}tháng\s{{1,4}}\d{{1,2}}\s{{1,4}}năm\s{{1,4}}{_YEAR}"
_DIGITS = rf"\d{{1,2}}\s{{0,2}}[/.-]\s{{0,2}}\d{{1,2}}\s{{0,2}}[/.-]\s{{0,2}}{_YEAR}"
DATE = re.compile(rf"{_LEAD}(?P<date>ngày\s{{0,4}}(?:{_SPELLED}|{_DIGITS}))(?!\d)")
_OF = re.compile(rf"{_LEAD}của{SPACE}")
_TERM = re.compile(rf"{SPACE},?\(?[Kk]hóa{SPACE}(?P<term>{ROMAN}|\d{{1,2}})(?!\w)\)?")
_VERBS = "quy định|ban hành|phê duyệt|sửa đổi|hướng dẫn|phát động"
_OPENING = re.compile(rf"{_LEAD}(?:(?:về việc|[Vv]ề|V/v){SPACE}|(?=(?:{_VERBS})\b|“|\"\w))")
_QUOTED = r"“[^“”]{0,400}”|\"[^\"\n]{0,400}\"|\((?!sau đây|gọi)[^()]{0,200}\)"
_KIND_NEXT = rf"(?:các\s{{1,4}})?(?i:{_WORDS})\s{{1,4}}(?:số|Trung ương|Đại hội)\b"
_PARAGRAPH = r"[-+•*\n]|\d{1,2}[.)]|[IVX]{1,4}\.|Căn cứ|Theo|Xét|Thực hiện|Điều|Chương|Nơi nhận"
_STOP = re.compile(
    rf"{_QUOTED}|(?P<stop>[;()]|(?<!TP)(?<!Tp)\.(?=\s|/|$)|,\s{{0,4}}(?:và\s{{1,4}})?{_KIND_NEXT}"
    rf"|\n\s{{0,8}}(?={_PARAGRAPH})|\s{{1,4}}(?:(?:đã )?hết hiệu lực|và\s{{1,4}}{_KIND_NEXT}))"
)


@dataclass(frozen=True, slots=True)
class Tail:
    """Date, issuer, term and abstract after a citation; end without the abstract, whole_end with it."""

    end: int
    whole_end: int
    issued_on: PartialDate | None = None
    issuer: str | None = None
    term: int | None = None
    abstract: str | None = None


def read_tail(text: CitingText, start: int) -> Tail:
    """What follows a number: ", ngày 09/01/2026 của Ban Bí thư về …" -> its date, issuer, abstract."""
    issued_on, end = read_date(text, start)
    issuer, term, end = _read_issuer(text, end)
    if issued_on is None:
        issued_on, end = read_date(text, end)
    abstract, whole_end = read_abstract(text, end)
    return Tail(end, whole_end, issued_on, issuer, term, abstract)


def read_date(text: CitingText, start: int) -> tuple[PartialDate | None, int]:
    """The date that stands there and where it ends; (None, start) when none does."""
    found = DATE.match(text.plain, start)
    return (parse_date(found["date"]), found.end()) if found else (None, start)


def read_abstract(text: CitingText, start: int) -> tuple[str | None, int]:
    """The abstract that opens there with "về", "ban hành" or a quotation mark, and where it ends."""
    opening = _OPENING.match(text.plain, start)
    if not opening:
        return None, start
    first = opening.end()
    end = _abstract_end(text.plain, first)
    abstract = text.words(first, end).strip(" ,./")
    return (abstract, end) if abstract else (None, start)


def numeral(digits: str) -> int:
    """Value of a roman or arabic numeral: "XIII" -> 13, "12" -> 12."""
    if digits.isdecimal():
        return int(digits)
    values = [{"I": 1, "V": 5, "X": 10}[digit] for digit in digits]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _read_issuer(text: CitingText, start: int) -> tuple[str | None, int | None, int]:
    of = _OF.match(text.plain, start)
    found = read_issuer(text.plain, of.end()) if of else None
    if not of or not found:
        return None, None, start
    end = found[1]
    issuer = text.words(of.end(), end)
    term = _TERM.match(text.plain, end)
    return (issuer, numeral(term["term"]), term.end()) if term else (issuer, None, end)


def _abstract_end(plain: str, start: int) -> int:
    limit = min(len(plain), start + MAX_ABSTRACT_LENGTH)
    for found in _STOP.finditer(plain, start, limit):
        if found["stop"]:
            return _trimmed(plain, start, found.start())
    if limit < len(plain):
        limit = max(plain.rfind(" ", start, limit), start)
    return _trimmed(plain, start, limit)


def _trimmed(plain: str, start: int, end: int) -> int:
    return start + len(plain[start:end].rstrip(" \t\n,./"))
