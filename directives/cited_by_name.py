"""Laws cited by name and technical standards: "Luật Đất đai năm 2024", "QCVN 05:2023/BTNMT"."""

from __future__ import annotations

import re

from directives.citation_tails import DATE, read_date
from directives.cited import Citation, CitingText
from directives.issuers import CAPITALS, SMALL, SPACE
from directives.kind_codes import KIND_WORDS
from directives.law_names import LAW_NAMES
from directives.number_forms import DocumentNumber
from directives.numbering import parse_number

_LAW_WORD = r"(?:Bộ luật|Luật|Pháp lệnh)"
_KNOWN = "|".join(re.escape(name).replace(r"\ ", SPACE) for name in LAW_NAMES)
_AMENDING = rf"(?:[Ss]ửa đổi(?:,?{SPACE}bổ sung)?(?:{SPACE}một số điều)?(?:{SPACE}của)?{SPACE}{_LAW_WORD}{SPACE})"
_YEAR = re.compile(rf",?{SPACE}năm{SPACE}(?P<year>(?:19|20)\d{{2}})(?!\d)")
_NUMBER = re.compile(rf",?{SPACE}(?:số:?\s{{0,3}})?(?P<number>\d{{1,6}}/(?:19|20)\d{{2}}/(?:UBTVQH|QH)\d{{1,2}})(?!\w)")
_WORD = rf"[{SMALL}]{{1,7}}(?!\w)"
_UNKNOWN = (
    rf"[{CAPITALS}][{SMALL}]{{1,6}}(?:,?{SPACE}(?!năm\b|ngày\b|số\b)[{CAPITALS}]?{_WORD}){{0,11}}"
    rf"(?={_YEAR.pattern.replace('?P<year>', '?:')}|{_NUMBER.pattern.replace('?P<number>', '?:')}"
    rf"|{DATE.pattern.replace('?P<date>', '?:')}|\s{{0,3}}(?:[;.(]|$))"
)
_NAMED = rf"(?:(?i:{_KNOWN})(?!\w)|{_UNKNOWN})"
# One law may change several: "… một số điều của Luật A, Luật B và Luật C", "… của 37 luật có liên quan đến quy hoạch".
_AMENDED = (
    rf"{_AMENDING}{_NAMED}(?:(?:,|{SPACE}và){SPACE}{_LAW_WORD}{SPACE}(?i:{_KNOWN})(?!\w))*"
    rf"|[Ss]ửa đổi(?:,?{SPACE}bổ sung)?{SPACE}một số điều{SPACE}của{SPACE}\d{{1,2}}{SPACE}[Ll]uật"
    rf"(?:{SPACE}(?!năm\b|ngày\b|số\b|được\b){_WORD}){{0,12}}"
)
_LAW = re.compile(rf"(?<!\w)(?P<word>{_LAW_WORD}){SPACE}(?P<title>{_AMENDED}|{_NAMED})")
_STANDARD = re.compile(
    r"(?<!\w)(?P<code>TCVN ISO|QCVN|TCVN|QCĐP|TCCS|ISO)\s{0,3}(?P<number>\d{1,6}(?:-\d{1,3})?)"
    r"(?P<notation>(?:[-:]MT)?\s{0,2}:\s{0,2}(?P<year>(?:19|20)\d{2})(?:/(?P<organ>[A-ZĐ&]{1,12}))?)(?!\w)"
)


def cited_laws(text: CitingText) -> list[Citation]:
    """Laws, codes and ordinances cited by name, in order, with the year, number or date that follows."""
    found = (_law(text, law) for law in _LAW.finditer(text.plain))
    return [citation for citation in found if text.claim(citation.start, citation.end)]


def cited_standards(text: CitingText) -> list[Citation]:
    """Technical regulations and standards in order: "QCVN 05:2023/BTNMT"."""
    found = (_standard(text, standard) for standard in _STANDARD.finditer(text.plain))
    return [citation for citation in found if text.claim(citation.start, citation.end)]


def _law(text: CitingText, found: re.Match[str]) -> Citation:
    start, end = found.span()
    title = text.words(found.start("title"), end)
    issued_on, dated_end = read_date(text, end)
    year = _YEAR.match(text.plain, end)
    number = _NUMBER.match(text.plain, end)
    parsed = parse_number(number["number"]) if number else None
    end = year.end() if year else dated_end
    return Citation(
        kind="luat_ten",
        text=text.printed[start:end],
        start=start,
        end=end,
        whole_text=text.printed[start:end],
        whole_end=end,
        number=parsed,
        kind_word=found["word"],
        doc_kind=KIND_WORDS[found["word"].lower()],
        issued_on=issued_on,
        title=title,
        year=int(year["year"]) if year else (parsed or issued_on).year if (parsed or issued_on) else None,
    )


def _standard(text: CitingText, found: re.Match[str]) -> Citation:
    start, end = found.span()
    printed = text.printed[start:end]
    notation = "".join(found["notation"].split())
    separator, notation = (":", notation[1:]) if notation[1:2].isdecimal() else ("", notation)
    number = DocumentNumber(
        raw=printed,
        form="tieu_chuan",
        number=found["number"],
        separator=separator,
        notation=notation,
        year=int(found["year"]),
        kind_code=found["code"],
        organ_code=found["organ"],
    )
    return Citation(
        kind="tieu_chuan",
        text=printed,
        start=start,
        end=end,
        whole_text=printed,
        whole_end=end,
        number=number,
        kind_word=found["code"],
        year=number.year,
    )
