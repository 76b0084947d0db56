"""The end of a document: who it goes to and who signed it."""

import re
from typing import Any

from directives.recipients import parse_recipients
from directives.signatures import Signature, parse_signature, without_rank
from search.extraction.blocks import Block

from .found import Found
from .kinds import match_kind
from .lines import Line

_RECIPIENTS = re.compile(r"^\W*noi nhan\b\W*")
_PREFIX = r"(?:(?:tm|kt|tl|tuq|q)\s*[./]|t/m|k/t|t/l|t/u)\s*"
_OFFICE = re.compile(
    rf"^\W*(?:{_PREFIX})?(?:quyen )?(?:pho |tong )*(?:"
    r"giam doc|chu tich|bo truong|thu truong|thu tuong|chanh van phong|chanh thanh tra|tong thanh tra|"
    r"truong phong|truong ban|chi cuc truong|cuc truong|vu truong|tong cuc truong|hieu truong|truong khoa|"
    r"vien truong|bi thu|tong bi thu|chu nhiem|truong doan|tong bien tap|chanh an|truong tram|doi truong|"
    r"to truong|chu toa|thu ky|ke toan truong)\b"
)
_BEHALF = re.compile(rf"^\W*{_PREFIX}\w")
_SIGNED = re.compile(r"^\W*\(?\s*(da ky|ky, dong dau|ky ten|chu ky|dau)\b", re.IGNORECASE)
_LIST = re.compile(r"^\s*[-–—+•*]\s*\S|^\s*luu\b", re.IGNORECASE)
_NAME = re.compile(
    r"^(?:(?:GS|PGS|TS|ThS|Ths|BSCKI{0,2}|BS|DS|CN|KS|NGƯT|NGND|TTƯT|TTND)"
    r"[.\s]*(?:CK\s?I{1,2}\.?\s*)?)*(?:[^\W\d_a-z][^\W\d_]*\s+){1,5}[^\W\d_a-z](?:[’'][^\W\d_])?[^\W\d_]*$"
)
_ADDENDUM = re.compile(r"^\W*(phu luc|danh sach|bieu|mau so)\b")
_ORGAN = re.compile(
    r"^\W*(so|bo|ban|ubnd|uy ban|hoi dong|cong doan|lien doan|dang uy|chi cuc|trung tam|"
    r"phong|van phong|truong|"
    r"benh vien|doan|hoi|cong an|cong ty|lien nganh)\b"
)
_UNIT_NAME = re.compile(r"((?:\btrưởng phòng|\bchi cục|\btrung tâm) )(?!trưởng\b)(\w)", re.IGNORECASE)
_BEFORE = 12


def is_office(line: Line) -> bool:
    """Whether a line names the office that signs, as "KT. GIÁM ĐỐC" does."""
    is_short = len(line.text) < 90 and not re.search(r"[.;:]$", line.text)
    if not is_short or not (_OFFICE.match(line.key) or _BEHALF.match(line.key)):
        return False
    return line.is_upper or (line.is_bold and len(line.text) < 40)


def is_name(line: Line) -> bool:
    """Whether a line looks like a person's name, as "Nguyễn Văn Lộc" does."""
    text = without_rank(line.text.strip(" .*"))
    if not _NAME.match(text) or len(text) > 45 or is_office(line):
        return False
    if line.is_upper and (_ORGAN.match(line.key) or match_kind(line)):
        return False
    return len(text.split()) <= 8 and all(word[0].isupper() for word in text.split())


def find_signature(lines: list[Line], flow: list[Block], start: int) -> tuple[int, int]:
    """The first block of the signature and the block after it; both len(flow) when there is none."""
    rows = [line for line in lines if line.index >= start]
    at = next((i for i, line in enumerate(rows) if _RECIPIENTS.match(line.key)), None)
    if at is None:
        at = _office_with_name(rows)
    if at is None:
        return len(flow), len(flow)
    first = at
    while first > 0 and at - first < _BEFORE and _belongs(rows[first - 1]):
        first -= 1
    last = at
    while last + 1 < len(rows) and _goes_on(rows[first : last + 1], rows[last + 1]):
        last += 1
    return rows[first].index, rows[last].index + 1


def _office_with_name(rows: list[Line]) -> int | None:
    """The first office line that a name follows within a few lines of the same column."""
    for position, line in enumerate(rows):
        if not is_office(line):
            continue
        after = [row for row in rows[position + 1 : position + 14] if row.column == line.column][:6]
        for row in after:
            if is_name(row):
                return position
            if not (is_office(row) or _SIGNED.match(row.key) or row.is_upper):
                break
    return None


def _belongs(line: Line) -> bool:
    return is_office(line) or is_name(line) or bool(_SIGNED.match(line.key))


def _goes_on(taken: list[Line], line: Line) -> bool:
    """Whether the next line still belongs to the signature."""
    before = taken[-1]
    if line.index == before.index:
        return True
    if _ADDENDUM.match(line.key) or match_kind(line):
        return False
    if _belongs(line) or _LIST.match(line.text) or (line.columns > 1 and before.columns > 1):
        return True
    if line.is_upper:
        # The organ over an office, or an office that runs over: until the name is read.
        return len(line.text) < 60 and not is_name(before) and not any(map(is_name, taken))
    # A long recipient runs over to the next line.
    return bool(_LIST.match(before.text)) and not re.search(r"[.;]$", before.text) and len(line.text) < 80


def read_signing(lines: list[Line]) -> dict[str, Found]:
    """The fields `recipients`, `signature`, `signatures` and `drafting_unit_code`."""
    listed, signing = _divide(lines)
    fields = _recipient_fields(listed)
    signatures = []
    for column in sorted({line.column for line in signing}):
        for group in _groups([line for line in signing if line.column == column]):
            parsed = parse_signature(group)
            if parsed and (parsed.name or parsed.office):
                signatures.append((_signature_value(parsed), "\n".join(group)))
    if signatures:
        value, evidence = signatures[0]
        fields["signature"] = Found(value, "typed", 0.95 if value["name"] else 0.7, evidence)
        values = [value for value, _ in signatures]
        fields["signatures"] = Found(values, "typed", 0.9, "\n".join(text for _, text in signatures))
    return fields


def _divide(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of "Nơi nhận" and the lines of the signatures."""
    start = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(line.key)), None)
    if start is None:
        return [], lines
    column, listed, signing, is_over = lines[start].column, [lines[start]], lines[:start], False
    for line in lines[start + 1 :]:
        is_over = is_over or (line.column == column and (is_office(line) or is_name(line)))
        same = line.column == column and not is_over
        (listed if same or _LIST.match(line.text) else signing).append(line)
    return listed, signing


def _groups(lines: list[Line]) -> list[list[str]]:
    """The lines of one column by signature: an office or organ after a name begins the next one.

    Shape: the organ over the office is left out; an office on two lines is joined.
    """
    groups: list[list[Line]] = [[]]
    for line in lines:
        has_name = any(is_name(other) for other in groups[-1])
        if has_name and (is_office(line) or (line.is_upper and _ORGAN.match(line.key))):
            groups.append([])
        groups[-1].append(line)
    return [texts for group in groups if (texts := _signing_texts(group))]


def _signing_texts(group: list[Line]) -> list[str]:
    texts: list[str] = []
    for line in group:
        if is_office(line) or is_name(line) or _SIGNED.match(line.key):
            texts.append(line.text)
        elif line.is_upper and texts and not _NAME.match(texts[-1]):
            texts[-1] += f" {line.text}"
    return texts


def _signature_value(parsed: Signature) -> dict[str, Any]:
    return {
        "authorities": list(parsed.authorities),
        "on_behalf_of": parsed.on_behalf_of or "",
        "standing_for": parsed.standing_for or "",
        "office": parsed.office or "",
        "office_display": named_office(parsed.office_display or ""),
        "name": parsed.name or "",
        "is_signed": parsed.is_signed,
    }


def named_office(office: str) -> str:
    """The office with its unit's name in capitals: `"Trưởng phòng Quản lý đất đai"`."""
    return _UNIT_NAME.sub(lambda match: match[1] + match[2].upper(), office)


def _recipient_fields(lines: list[Line]) -> dict[str, Found]:
    text = "\n".join(_join_wrapped(lines))
    recipients = parse_recipients(text) if text else ()
    if not recipients:
        return {}
    values = [
        {"kind": r.kind, "name": r.name, "purpose": r.purpose or "", "raw": r.raw,
         "drafting_units": list(r.drafting_units)}
        for r in recipients
    ]  # fmt: skip
    fields = {"recipients": Found(values, "typed", 0.95, text)}
    archive = next((r for r in recipients if r.drafting_units), None)
    if archive:
        fields["drafting_unit_code"] = Found(archive.drafting_units[0], "typed", 0.9, archive.raw)
    return fields


def _join_wrapped(lines: list[Line]) -> list[str]:
    joined: list[str] = []
    for line in lines:
        starts = _LIST.match(line.text) or _RECIPIENTS.match(line.key)
        if len(joined) > 1 and not starts and not re.search(r"[.;]$", joined[-1]):
            joined[-1] += f" {line.text}"
        else:
            joined.append(line.text)
    return joined
