"""The signature block: by what authority, in which office, who signed; pure Python.

Source: Decree 30/2020/NĐ-CP, article 13 and appendix I, II.7; Guideline 05-HD/VPTW (T/M, T/L).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from directives.office_titles import display_office, is_office
from search.vietnamese.letters import clean, fold, plain_signs
from search.vietnamese.people import has_family_name

Authority = Literal["thay_mat", "ky_thay", "thua_lenh", "thua_uy_quyen", "quyen"]

_AUTHORITIES: dict[str, Authority] = {
    "TM": "thay_mat",
    "T/M": "thay_mat",
    "KT": "ky_thay",
    "K/T": "ky_thay",
    "TL": "thua_lenh",
    "T/L": "thua_lenh",
    "TUQ": "thua_uy_quyen",
    "T/U": "thua_uy_quyen",
    "Q": "quyen",
    "QUYỀN": "quyen",
}
_AUTHORITY = re.compile(r"(?P<mark>TUQ|T/M|K/T|T/L|T/U|TM|KT|TL|QUYỀN(?=\s)|Q(?=\.))[.\s]\s*(?P<rest>\S.*)")
# Joined by a reader of tables: "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC".
_DEPUTY_JOINED = re.compile(r"(?P<stood_for>\S.*?)\s+(?P<office>PHÓ\s.+)")
_SIGNED = re.compile(r"[\[(]?\s*(?:da ky|ky boi|nguoi ky|signed)")
_STAMP = re.compile(r"(?:email|co quan|to chuc|ngay ky|thoi gian ky|chuc vu)\s?:|digitally")
_ACADEMIC = re.compile(r"(?:(?:PGS|GS|TSKH|TS|ThS|CN|KS|BS|CKI{1,2})\.\s?)+")
# Officers sign with their rank: "Đại tướng Lương Tam Quang".
_RANK = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s?(?:tướng|tá|[úu][ýy])|(?:Phó |Chuẩn )?[Đđ]ô đốc)[.,]?\s+(?=[^\W\d_])"
)
_PERSON = re.compile(r"[^\W\d_][\w.'’-]{0,14}(?: [^\W\d_a-z][\w.'’-]{0,14}){1,6}")
_TITLE_IN_CAPITALS = re.compile(r"[^\W\d_]{2}")
# More than any block has: longer lines are paragraphs, later ones another part of the document.
_MAX_LINE_LENGTH = 200
_MAX_LINES = 30


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed and by what authority: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Trần Văn B.

    Shape: authorities in printed order by the ids thay_mat (TM.), ky_thay (KT.), thua_lenh (TL.),
    thua_uy_quyen (TUQ.), quyen (Q.); on_behalf_of the collective after TM.; standing_for the office after
    KT., TL., TUQ.; office as printed, office_display "Phó Giám đốc", for Q. "Quyền Giám đốc"; is_signed
    only when the block says so.
    """

    authorities: tuple[Authority, ...]
    on_behalf_of: str | None
    standing_for: str | None
    office: str | None
    office_display: str | None
    name: str | None
    is_signed: bool


@dataclass
class _Reading:
    """What has been read of a block so far."""

    authorities: list[Authority] = field(default_factory=list)
    on_behalf_of: str | None = None
    standing_for: str | None = None
    office: str | None = None
    name: str | None = None
    is_signed: bool = False


def parse_signature(lines: Iterable[str]) -> Signature | None:
    """The block read line by line: "GIÁM ĐỐC", "Nguyễn Văn Lộc" -> office and name.

    Shape: None when it holds neither an office nor a name.
    """
    reading = _Reading()
    for line in _tidy(lines):
        _read_line(reading, line)
    if reading.office is None and reading.name is None:
        return None
    shown = display_office(reading.office) if reading.office else None
    if shown and "quyen" in reading.authorities:
        shown = f"Quyền {shown}"
    return Signature(
        authorities=tuple(reading.authorities),
        on_behalf_of=reading.on_behalf_of,
        standing_for=reading.standing_for,
        office=reading.office,
        office_display=shown,
        name=reading.name,
        is_signed=reading.is_signed,
    )


def without_rank(name: str) -> str:
    """The name of an officer alone: `without_rank("Đại tá Võ Văn B") == "Võ Văn B"`."""
    return _RANK.sub("", name, count=1)


def _tidy(lines: Iterable[str]) -> list[str]:
    parts = (part for line in lines for part in line.splitlines() if len(part) <= _MAX_LINE_LENGTH)
    split = (clean(plain_signs(part)).strip("*_ ") for part in parts)
    return list(islice(filter(None, split), _MAX_LINES))


def _read_line(reading: _Reading, line: str) -> None:
    folded = fold(line)
    if _SIGNED.match(folded):
        reading.is_signed = True
    elif _STAMP.match(folded):
        return
    elif authority := _AUTHORITY.fullmatch(line):
        _read_authority(reading, _AUTHORITIES[authority["mark"]], authority["rest"])
    elif is_office(line) or _is_title_in_capitals(line):
        _read_office(reading, line)
    elif _PERSON.fullmatch(without_rank(line)):
        reading.name = _person(without_rank(line))


def _is_title_in_capitals(line: str) -> bool:
    return line == line.upper() and bool(_TITLE_IN_CAPITALS.match(line)) and not has_family_name(line)


def _read_authority(reading: _Reading, authority: Authority, rest: str) -> None:
    reading.authorities.append(authority)
    if authority == "thay_mat":
        reading.on_behalf_of = rest
    elif authority == "quyen":
        reading.office = rest
    elif joined := _DEPUTY_JOINED.fullmatch(rest):
        reading.standing_for, reading.office = joined["stood_for"], joined["office"]
    else:
        reading.standing_for = rest


def _read_office(reading: _Reading, line: str) -> None:
    """An office, or the second line of what stands above it: "TM. ỦY BAN NHÂN DÂN" / "TỈNH KON TUM"."""
    if is_office(line) or (reading.office is None and reading.on_behalf_of is None):
        reading.office = line
    elif reading.office is None:
        reading.on_behalf_of = f"{reading.on_behalf_of} {line}"
    elif reading.name is None:
        reading.office = f"{reading.office} {line}"


def _person(line: str) -> str:
    name = _ACADEMIC.sub("", line, count=1).strip()
    return name.title() if name == name.upper() and len(name) > 3 else name
