"""The shapes a document number can have, and the parts read from each shape.

Source: Decree 30/2020/NĐ-CP, article 15 and appendix I; Guideline 05-HD/VPTW for Party numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from directives.kind_codes import (
    ADMINISTRATIVE,
    ASSEMBLY,
    COPIES,
    LEGAL,
    OLD_ORGANS,
    PARTY,
    UNSTROKED,
    known_code,
)

Form = Literal["vbhc", "cong_van", "vbqppl", "vbqppl_cu", "vbqppl_qh", "dang", "ban_sao", "cu", "tieu_chuan"]
Segments = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number taken apart: "39-CT/TW" is number "39", separator "-", notation "CT/TW".

    Shape: str() gives the number back as printed, without stray spaces. number is None while none is given
    ("/STNMT-VP"); kinds holds every kind the code may mean; form uses the ids of the domain: vbhc
    (administrative), cong_van (letter), vbqppl (legal), vbqppl_cu (legal, no year), vbqppl_qh (National
    Assembly), dang (Party), ban_sao (copy), cu (before 1997), tieu_chuan (technical standard).
    """

    raw: str
    form: Form
    number: str | None
    separator: str
    notation: str
    year: int | None = None
    kind_code: str | None = None
    kinds: tuple[str, ...] = ()
    organ_code: str | None = None
    unit_code: str | None = None

    def __str__(self) -> str:
        body = f"{self.number or ''}{self.separator}{self.notation}"
        return f"{self.kind_code} {body}" if self.form == "tieu_chuan" else body

    @property
    def is_party(self) -> bool:
        """True for the Party's pattern, hyphen before slash: "05-CT/TW"."""
        return self.form == "dang"

    @property
    def is_incomplete(self) -> bool:
        """True while the number itself is still to be given: "/STNMT-VP"."""
        return self.number is None


# A line of a PDF may break beside any sign; bounded gaps keep the search linear.
_GAP = r"[ \t]{0,4}(?:\n[ \t]{0,4})?"
_CODE = r"[A-ZĐ][A-Za-zĐđ0-9&]{0,14}(?:\.[A-ZĐ][A-Za-zĐđ0-9&]{0,9}){0,3}(?!\w)"
# With a space before the hyphen only capitals may follow: "NĐ-CP - Quyết định" is two things.
_SECOND = rf"(?:-[ \t]{{0,3}}(?:\n[ \t]{{0,3}})?{_CODE}|[ \t]{{1,3}}-[ \t]{{0,3}}[A-ZĐ0-9&]{{2,15}}(?!\w))"
_MORE = rf"(?:-\n?{_CODE})"
_PARTY_CODES = "|".join(sorted((*PARTY, *UNSTROKED), key=len, reverse=True))
_TAIL = rf"""(?:
    (?P<year_sign>[/-]){_GAP}(?P<year>(?:19|20)\d{{2}}){_GAP}/{_GAP}
        (?:(?P<assembly>(?:UBTVQH|QH)\d{{1,2}}(?!\w))|(?P<legal>{_CODE}(?:{_SECOND}{_MORE}{{0,4}})?))
  | (?P<party_sign>-){_GAP}(?P<party>{_PARTY_CODES}){_GAP}/{_GAP}(?P<party_organ>{_CODE}{_MORE}{{0,3}})
  | (?P<state_sign>/){_GAP}(?P<state>{_CODE}{_SECOND}{_MORE}{{0,3}})
  | (?P<old_sign>[/-]){_GAP}(?P<old>{"|".join(OLD_ORGANS)})(?![\w-])
)"""
NUMBERED = re.compile(
    rf"(?:(?<![\w/&.])(?<!\w-)|(?<=[Ss]ố)|(?<=SỐ))(?P<number>\d{{1,6}}(?:\.\d{{1,3}})?[a-zđ]?){_GAP}{_TAIL}",
    re.VERBOSE,
)
BLANK = re.compile(_TAIL.replace(r"(?P<year_sign>[/-])", r"(?P<year_sign>/)"), re.VERBOSE)
_SIGNS = ("year_sign", "party_sign", "state_sign", "old_sign")


def read_number(found: re.Match[str], printed: str) -> DocumentNumber | None:
    """The number matched by NUMBERED or BLANK; None when the shape holds nothing meant as a number.

    printed is the matched text before look-alikes were made plain.
    """
    parts = {name: "".join(part.split()) for name, part in found.groupdict().items() if part}
    number = parts.get("number")
    separator = next(parts[sign] for sign in _SIGNS if sign in parts)
    notation = "".join(found[0].split())[len(number or "") + 1 :]
    form, code, kinds, organ, unit = _read_notation(parts)
    if form == "vbqppl" and organ is None:
        return None
    year = int(parts["year"]) if "year" in parts else None
    return DocumentNumber(printed, form, number, separator, notation, year, code, kinds, organ, unit)


_Reading = tuple[Form, str | None, tuple[str, ...], str | None, str | None]


def _read_notation(parts: dict[str, str]) -> _Reading:
    if organ := parts.get("assembly"):
        return "vbqppl_qh", None, ASSEMBLY[organ.rstrip("0123456789")], organ, None
    if legal := parts.get("legal"):
        return _read_legal(legal)
    if party := parts.get("party"):
        code = known_code(party, PARTY) or party
        return "dang", code, PARTY.get(code, ()), parts["party_organ"], None
    if state := parts.get("state"):
        return _read_state(tuple(state.split("-")))
    return "cu", None, (), parts["old"], None


def _read_legal(notation: str) -> _Reading:
    segment, _, organ = notation.partition("-")
    code = known_code(segment, LEGAL)
    if not organ and code is None:
        code, organ = _split_joined(segment)
    return "vbqppl", code or segment, LEGAL.get(code or "", ()), organ or None, None


def _split_joined(segment: str) -> tuple[str | None, str]:
    """ "NĐCP", typed without its hyphen, is "NĐ" and "CP"."""
    for code in sorted(LEGAL, key=len, reverse=True):
        if len(code) > 1 and segment.startswith(code) and len(segment) > len(code):
            return code, segment[len(code) :]
    return None, ""


def _read_state(segments: Segments) -> _Reading:
    first, *rest = segments
    unit = "-".join(rest[1:]) or None
    if code := known_code(first, ADMINISTRATIVE):
        return "vbhc", code, ADMINISTRATIVE[code], rest[0], unit
    if code := known_code(first, COPIES):
        return "ban_sao", code, COPIES[code], rest[0], unit
    if (code := UNSTROKED.get(first, first)) in LEGAL:
        return "vbqppl_cu", code, LEGAL[code], "-".join(rest), None
    return "cong_van", None, ("cong_van",), first, "-".join(rest) or None
