"""Resolutions cited by their meeting: of a plenum ("Trung ương 4 khóa XII") or of a Party congress."""

from __future__ import annotations

import re
from dataclasses import dataclass

from directives.citation_tails import ROMAN, numeral, read_abstract
from directives.cited import Citation, CitingText
from directives.issuers import CAPITALS, NAME, SPACE

PLENUM_ISSUER = "Ban Chấp hành Trung ương Đảng"

_ORDINALS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
    "mười ba": 13,
    "mười bốn": 14,
    "mười lăm": 15,
}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True)) + r"|\d{1,2}"
_PLENUM = re.compile(
    rf"(?:Hội nghị{SPACE})?(?:lần thứ{SPACE}(?P<ordinal>{_ORDINAL})(?!\w),?{SPACE})?"
    rf"(?:Ban Chấp hành{SPACE}|BCH{SPACE}?)?(?:Trung ương|TW)(?!\w)(?:{SPACE}Đảng)?"
    rf"(?:{SPACE}(?P<digits>\d{{1,2}})(?!\w))?\s{{0,3}}(?P<mark>[,(])?\s{{0,3}}"
    rf"[Kk]hóa{SPACE}(?P<term>{ROMAN}|\d{{1,2}})(?!\w)\)?"
)
_RESOLUTION = re.compile(rf"(?<!\w)Nghị quyết{SPACE}(?=Hội nghị|lần thứ|Ban Chấp hành|BCH|Trung ương|TW|Đại hội)")
_OF = re.compile(rf"(?:\s{{0,3}},)?{SPACE}(?:của{SPACE})?")

_LEVEL = r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)"
_PLACE = rf"(?:{SPACE}[{CAPITALS}]\w{{0,9}}){{1,5}}"
_COMMITTEE = rf"Đảng bộ(?:{SPACE}{_LEVEL}(?!\w)(?:{_PLACE})?|{SPACE}(?:cơ quan{SPACE}|khối{SPACE})?{NAME})?"
_BEFORE = rf"(?:lần thứ{SPACE})?(?P<before>{ROMAN})(?!\w)"
_AFTER = _BEFORE.replace("before", "after")
_CONGRESS = re.compile(
    rf"Đại hội(?:{SPACE}{_BEFORE})?(?:{SPACE}đại biểu)?"
    rf"(?:{SPACE}(?:(?P<national>(?:Đảng{SPACE})?toàn quốc)|(?P<committee>{_COMMITTEE})))?"
    rf"(?:,?{SPACE}{_AFTER})?(?:{SPACE}của{SPACE}(?P<owner>{_COMMITTEE}|Đảng(?!\w)))?"
    rf"(?:,?{SPACE}\(?nhiệm kỳ{SPACE}(?P<period>\d{{4}}\s?-\s?\d{{4}})\)?)?"
)


@dataclass(frozen=True, slots=True)
class Plenum:
    """A plenum named in a sentence: "Trung ương 4 khóa XII" is plenum 4 of term 12."""

    plenum: int
    term: int
    end: int
    issuer: str = PLENUM_ISSUER


def read_plenum(plain: str, start: int) -> Plenum | None:
    """The plenum that stands there, after "của" or a comma if need be; None for anything else."""
    of = _OF.match(plain, start)
    return _plenum_at(plain, of.end() if of else start)


def cited_resolutions(text: CitingText) -> list[Citation]:
    """Resolutions of plenums and congresses in order; they carry no number of their own."""
    found = (_resolution(text, cue) for cue in _RESOLUTION.finditer(text.plain))
    return [citation for citation in found if citation and text.claim(citation.start, citation.end)]


def _resolution(text: CitingText, cue: re.Match[str]) -> Citation | None:
    if plenum := _plenum_at(text.plain, cue.end()):
        return _of_plenum(text, cue.start(), plenum)
    congress = _CONGRESS.match(text.plain, cue.end())
    if congress and (congress["before"] or congress["after"]):
        return _of_congress(text, cue.start(), congress)
    return None


def _plenum_at(plain: str, start: int) -> Plenum | None:
    found = _PLENUM.match(plain, start)
    ordinal = found and (found["digits"] or found["ordinal"])
    if not found or not ordinal:
        return None
    end = found.end() if found["mark"] == "(" or found[0][-1] != ")" else found.end() - 1
    return Plenum(_ORDINALS.get(ordinal) or int(ordinal), numeral(found["term"]), end)


def _of_plenum(text: CitingText, start: int, plenum: Plenum) -> Citation:
    abstract, whole_end = read_abstract(text, plenum.end)
    return Citation(
        kind="nghi_quyet_trung_uong",
        text=text.printed[start : plenum.end],
        start=start,
        end=plenum.end,
        whole_text=text.printed[start:whole_end],
        whole_end=whole_end,
        kind_word="Nghị quyết",
        doc_kind="nghi_quyet",
        issuer=plenum.issuer,
        abstract=abstract,
        plenum=plenum.plenum,
        term=plenum.term,
    )


def _of_congress(text: CitingText, start: int, found: re.Match[str]) -> Citation:
    committee = found["committee"] or (found["owner"] if found["owner"] != "Đảng" else None)
    period = found["period"]
    return Citation(
        kind="nghi_quyet_dai_hoi",
        text=text.printed[start : found.end()],
        start=start,
        end=found.end(),
        whole_text=text.printed[start : found.end()],
        whole_end=found.end(),
        kind_word="Nghị quyết",
        doc_kind="nghi_quyet",
        congress=numeral(found["before"] or found["after"]),
        level="dang_bo" if committee else "toan_quoc",
        party_committee=" ".join(committee.split()) if committee else None,
        period="".join(period.split()) if period else None,
    )
