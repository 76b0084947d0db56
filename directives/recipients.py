"""The distribution list (nơi nhận): who gets the document, and whether the web is among them; pure Python.

Source: Decree 30/2020/NĐ-CP, appendix I, II.9; Guideline 05-HD/VPTW (Party: "Lưu Đảng ủy", no VT).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from directives.office_titles import is_office
from search.vietnamese.letters import clean, fold, nfc, plain_signs

RecipientKind = Literal["organ", "group", "person", "channel", "archive"]

_HEADING = re.compile(r"(?:nơi nhận|kính gửi)[\s*]{0,8}:?[\s*]{0,8}", re.IGNORECASE)
_BULLET = re.compile(r"[-+•·–]\s*")
_PURPOSE = re.compile(r"\s*\((?P<purpose>[^()]*)\)\s*")
_ARCHIVE = re.compile(r"lưu(?!\w)\s*:?\s*(?P<places>.*)", re.IGNORECASE | re.DOTALL)
_COPIES = re.compile(r"\(?\s?\d{1,4}\s?b(?:ản)?\s?\)?(?!\w)|\(\s?\d{1,4}\s?\)", re.IGNORECASE)
_WEB = re.compile(
    r"\b(?:website|web|cong (?:ttdt|thong tin|giao tiep|dich vu)|trang (?:ttdt|thong tin|tin dien tu|dien tu)"
    r"|cong bao|portal)\b"
)
_PRESS = re.compile(r"(?:bao|dai|ban tin|tap chi|co quan bao chi)\b(?! hiem| ve)")
_GROUP = re.compile(
    r"(?:nhu|cac|toan the|lanh dao|thanh vien|tat ca)\b|.*\bcac (?:huyen|xa|phuong|don vi|so|ban|phong)\b"
)
_PERSON = re.compile(r"(?:ong|ba|d/c|dong chi|chu tich|pho chu tich|gd|pgd)\b")
# A list has dozens of lines; what is longer is another part of the document.
_MAX_LINES = 1_000
_ABBREVIATIONS = {
    "b/c": "báo cáo",
    "bc": "báo cáo",
    "t/h": "thực hiện",
    "th": "thực hiện",
    "p/h": "phối hợp",
    "ph": "phối hợp",
    "k/t": "kiểm tra",
    "t/d": "theo dõi",
    "đ/b": "để biết",
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the list: "Giám đốc Sở (b/c)" is a person, "Giám đốc Sở", to whom it is for "báo cáo".

    Shape: raw as printed without bullet and end sign; for kind "archive" name is where it is kept ("VT",
    "Đảng ủy") and drafting_units the codes of the units that drafted it ("VP", "QLĐĐ").
    """

    kind: RecipientKind
    name: str
    purpose: str | None
    raw: str
    drafting_units: tuple[str, ...] = ()


def parse_recipients(block: str) -> tuple[Recipient, ...]:
    """Recipients in printed order: "- UBND tỉnh;" -> organ, "- Lưu: VT, VP." -> archive, ("VP",).

    Shape: () for an empty block; what follows the archive line belongs to something else and is left out.
    """
    recipients: list[Recipient] = []
    for item in _items(nfc(block)):
        recipients.append(_recipient(item))
        if recipients[-1].kind == "archive":
            break
    return tuple(recipients)


def is_publication_order(recipients: Iterable[Recipient]) -> bool:
    """True when a line orders publication on the web: "Website Sở", "Cổng TTĐT tỉnh", "(đăng tải)"."""
    return any(
        (recipient.kind == "channel" and bool(_WEB.search(fold(recipient.name))))
        or fold(recipient.purpose or "").startswith(("dang tai", "de dang", "dang website", "dang cong"))
        for recipient in recipients
    )


def _items(block: str) -> list[str]:
    """The lines of the list; a line without bullet goes on with the one before, unless that one ended."""
    lines = [_HEADING.sub("", line.strip(" \t*"), count=1) for line in block.splitlines()[:_MAX_LINES]]
    has_bullets = any(_BULLET.match(line) for line in lines)
    items: list[list[str]] = []
    for line in filter(None, lines):
        bullet = _BULLET.match(line)
        if has_bullets and not bullet and items and not items[-1][-1].endswith((";", ".", ",")):
            items[-1].append(line)
        else:
            items.append([line[bullet.end() :] if bullet else line])
    return [part for item in items for part in _parts(" ".join(item))]


def _parts(item: str) -> list[str]:
    """Several recipients on one line, "Bộ TN&MT; UBND tỉnh;", but one archive line with its units."""
    archive = item if _ARCHIVE.match(item.strip(" *")) else None
    # "Thường trực Thành ủy; (để b/c)" tells the purpose behind the sign that ends the line.
    parts = [archive] if archive else re.split(r";(?!\s*\([^()]*\)\s*[;.,]?\s*$)", item)
    parts = [re.sub(r";(?=\s*\()", "", part) for part in parts]
    return [tidy for part in parts if (tidy := clean(part).strip(" ;,*").rstrip(".").strip())]


def _recipient(raw: str) -> Recipient:
    if archive := _ARCHIVE.match(raw):
        return _archive(raw, archive["places"])
    found = _PURPOSE.search(raw)
    name = clean(_PURPOSE.sub(" ", raw)) or raw
    return Recipient(_kind(name), name, _purpose(found["purpose"]) if found else None, raw)


def _archive(raw: str, places: str) -> Recipient:
    kept = [clean(_COPIES.sub("", place)).strip(" .") for place in re.split(r"[,;]", places)]
    named = [place for place in kept if place]
    is_with_clerk = any(fold(place) in ("vt", "van thu") for place in named)
    if not is_with_clerk:
        return Recipient("archive", named[0] if named else "", None, raw, tuple(named[1:]))
    units = tuple(place for place in named if fold(place) not in ("vt", "van thu"))
    return Recipient("archive", "VT", None, raw, units)


def _kind(name: str) -> RecipientKind:
    folded = fold(plain_signs(name))
    if _WEB.search(folded) or _PRESS.match(folded):
        return "channel"
    if _GROUP.match(folded):
        return "group"
    return "person" if is_office(name) or _PERSON.match(folded) else "organ"


def _purpose(printed: str) -> str:
    words = clean(printed).removeprefix("để ").strip()
    return " ".join(_ABBREVIATIONS.get(word.lower(), word) for word in words.split())
