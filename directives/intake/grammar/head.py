"""The head of a document: organ, number and notation, place and date, urgency."""

import re

from directives.numbering import parse_number_line
from search.vietnamese.dates import parse_place_date
from search.vietnamese.letters import fold, plain_signs

from .found import Found
from .lines import Line
from .organs import read_organs

_MOTTO = re.compile(r"doc lap\W+tu do\W+hanh phuc|cong hoa xa hoi chu nghia|dang cong san viet nam")
_NUMBER = re.compile(r"^\W*(luat |nghi quyet |phap lenh )?so\b\s*:?\s*[\d.… _]*[a-z]?\s*[/-]")
_DATE = re.compile(r"\bngay\b[\s\d.…_]{0,16}\bthang\b[\s\d.…_]{0,16}\bnam\b|,\s*ngay \d")
_SUBJECT = re.compile(r"^\W*v\s*/\s*v\b")
_URGENT = re.compile(r"^\W*(hoa toc(?: hen gio)?|thuong khan|khan|thuong|hoa|toc)\b\W*(?:den .*)?$")
# Codes of Nghị định 30/2020/NĐ-CP, Phụ lục VI (Priority).
_URGENCY = {"khan": "1", "thuong khan": "2", "hoa toc": "3", "hoa toc hen gio": "3"}
_STAMPS = re.compile(r"^\W*(du thao|ban sao|sao y|khan|thuong khan|hoa toc|luu hanh|xem xong|tai lieu|mat)\b")


def read_head(head: list[Line], witness: str) -> dict[str, Found]:
    """The fields of the head; a field that is not printed is absent.

    Shape: `issued_on` is ISO at its own precision: "2024", "2024-03" or "2024-03-05".
    """
    fields = _read_number(head)
    fields |= _read_place_date(head)
    fields |= _read_urgency(head)
    fields |= read_organs(_organ_lines(head), witness)
    return fields


def _read_number(head: list[Line]) -> dict[str, Found]:
    for line in head:
        if not _NUMBER.match(line.key):
            continue
        found = parse_number_line(line.text)
        if found is None or not found.notation:
            continue
        fields = {
            "notation": Found(found.notation, "typed", 0.95, line.text),
            "separator": Found(found.separator, "typed", 0.95, line.text),
        }
        if found.number:
            fields["number"] = Found(found.number, "typed", 0.95, line.text)
        if found.organ_code:
            fields["organ_code"] = Found(found.organ_code, "typed", 0.9, line.text)
        if found.kinds:
            fields["number_kinds"] = Found(list(found.kinds), "typed", 0.9, line.text)
        if found.unit_code:
            fields["drafting_unit_code"] = Found(found.unit_code, "typed", 0.8, line.text)
        return fields
    return {}


def _read_place_date(head: list[Line]) -> dict[str, Found]:
    for line in head:
        if not _DATE.search(line.key):
            continue
        found = parse_place_date(plain_signs(line.text).strip(" *_()"))
        if found is None:
            continue
        fields = {}
        if found.place:
            fields["place"] = Found(found.place, "typed", 0.95, line.text)
        if found.date and found.date.iso():
            fields["issued_on"] = Found(found.date.iso(), "typed", 0.97, line.text)
        return fields
    return {}


def _read_urgency(head: list[Line]) -> dict[str, Found]:
    """The stamp, whose two words may stand under each other."""
    stamps = [(match[1], line.text) for line in head if line.is_upper and (match := _URGENT.match(line.key))]
    words = " ".join(word for word, _ in stamps)
    evidence = " ".join(text for _, text in stamps)
    return {"urgency": Found(_URGENCY[words], "typed", 0.95, evidence)} if words in _URGENCY else {}


def _organ_lines(head: list[Line]) -> list[Line]:
    """The lines over the number that can name the organ."""
    limit = next((i for i, line in enumerate(head) if _NUMBER.match(line.key)), None)
    rows = head if limit is None else [line for i, line in enumerate(head) if i < limit or line.column > 0]
    lefts = [line for line in rows if line.column == 0]
    found = []
    for line in lefts:
        key = line.key
        if _MOTTO.search(key) or _DATE.search(key) or _SUBJECT.match(key) or _STAMPS.match(key):
            continue
        if line.is_upper and len(line.text) < 120:
            found.append(line)
    return found


def number_from_name(file_name: str, notation: str) -> Found | None:
    """The number that a file name tells when it also tells the notation: `"45-KH-SYT.docx"` → 45."""
    stem = fold(file_name.rpartition(".")[0])
    wanted = re.sub(r"[^a-z0-9]", "", fold(notation))
    match = re.match(r"^(?:so\W{0,2})?(\d{1,5}[a-z]?)[\W_]+(.+)$", stem)
    if not match or len(wanted) < 3:
        return None
    rest = re.sub(r"[^a-z0-9]", "", match[2])
    return Found(match[1], "file_name", 0.6, file_name) if rest.startswith(wanted) else None
