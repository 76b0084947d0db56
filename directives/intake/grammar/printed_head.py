"""Number, date and organs read from printed lines, which may have been misread from a picture."""

import re

from directives.kind_codes import ADMINISTRATIVE, COPIES, LEGAL
from directives.numbering import parse_number_line
from search.vietnamese.dates import possible_date
from search.vietnamese.letters import fold, plain_signs

from .found import Found
from .lines import Line
from .organs import read_organs
from .printed import RIGHT, PrintedLine

MOTTO = re.compile(r"doc lap\W{0,4}tu do|tu do\W{0,4}hanh ph|cong h\w?a x\w h\w?i|chu nghia viet nam|^\W*viet nam\W*$")
PARTY_MOTTO = re.compile(r"^\W*dang cong san viet nam\W*$")
NUMBER = re.compile(
    r"^\W{0,3}(?:luat |nghi quyet |phap lenh )?s[o06]\s*(?:ky hieu)?\s*(?:[:;.,]|(?=[\d/._…-])|(?=\S{0,6}\s*/))"
    r"(?=.*(?:/|\d\s*-|-\s*[a-z]{2}))"
)
DATE = re.compile(
    r"\bng\w?y\s*[:.,]?\s*(.{0,10}?)\s*\bth\w?ng\s*[:.,]?\s*(.{0,10}?)\s*\bn\w?m\s*[:.,]?\s*((?:19|20)\s?\d\s?\d)?"
)
SUBJECT = re.compile(r"^\W*v\s*[/1il]\s*v\b")
_STAMP = re.compile(r"^\W*(du thao|ban sao|sao y|khan|thuong khan|hoa toc|luu hanh|xem xong|tai lieu|mat)\b")
#: A stamp of urgency, or one of its two words where the stamp is narrow.
URGENT = re.compile(r"^\W*(hoa toc(?: hen gio)?|thuong khan|khan|thuong|hoa|toc)\W*$")
_URGENCY = {"khan": "1", "thuong khan": "2", "hoa toc": "3", "hoa toc hen gio": "3"}
_SEGMENT = r"[A-ZĐ][A-Za-zĐđ0-9&]{0,11}"
_NOTATION = re.compile(rf"(?:(?P<year>(?:19|20)\d\d)\s*/\s*)?(?P<codes>{_SEGMENT}(?:\s?[-./_~]\s?{_SEGMENT}){{1,4}})")
_CODES = "|".join(sorted({*ADMINISTRATIVE, *LEGAL, *COPIES, "QD", "ND"} - {"L"}, key=len, reverse=True))
_CODED = re.compile(rf"(?P<codes>(?:{_CODES})\s?[-.]\s?[A-ZĐ]{{2}}[A-Za-zĐđ0-9&]{{0,10}}(?:\s?-\s?{_SEGMENT}){{0,3}})")
_FILLER = " .,…_:;'-–|"


def read_printed_head(head: list[PrintedLine], witness: str) -> dict[str, Found]:
    """The fields of the head as `read_head` names them, from lines that may be misread.

    Shape: `confidence` is lower where the reader of a picture was unsure of the line.
    """
    fields = _read_number(head) | _read_date(head)
    stamp = " ".join(match[1] for line in head if line.is_upper and (match := URGENT.match(line.key)))
    if stamp in _URGENCY:
        fields["urgency"] = Found(_URGENCY[stamp], "typed", 0.9, stamp.upper())
    return fields | read_organs(_organ_lines(head), witness)


def _read_number(head: list[PrintedLine]) -> dict[str, Found]:
    for line in head:
        if not NUMBER.match(line.key) or MOTTO.search(line.key):
            continue
        sureness = 0.95 * line.confidence
        if (parsed := parse_number_line(line.text)) and parsed.notation:
            number, separator, notation = parsed.number, parsed.separator, parsed.notation
            kinds = list(parsed.kinds)
        else:
            number, separator, notation = _misread_number(line.text)
            mended = parse_number_line(f"Số: {separator}{notation}")
            kinds = list(mended.kinds) if mended else []
            sureness *= 0.8
        if notation:
            fields = {"notation": notation, "separator": separator, "number": number, "number_kinds": kinds}
            return {name: Found(value, "typed", sureness, line.text) for name, value in fields.items() if value}
    return {}


def _misread_number(text: str) -> tuple[str | None, str, str]:
    """Number, separator and notation of a line whose signs a reader may have taken for others."""
    text = re.sub(r"^\W{0,3}[^\W\d_]{1,2}\W{0,2}\s*[:;.,]?\s*", "", plain_signs(text), count=1)
    before, slash, after = text.partition("/")
    found = _NOTATION.search(after) if slash else None
    if found is None:
        found = _CODED.search(text)
        before = text[: found.start()] if found else ""
    if found is None:
        return None, "", ""
    codes = re.sub(r"\s", "", found["codes"])
    codes = re.sub(r"[._~](?=[A-ZĐ]{2})", "-", codes)
    codes = re.sub(r"^(QD|ND)-", lambda match: f"{match[1][0]}Đ-", codes)
    year = found.groupdict().get("year")
    digits = before.strip(_FILLER)
    number = digits if re.fullmatch(r"\d{1,5}[a-zđ]?", digits) else None
    return number, "/", f"{year}/{codes}" if year else codes


def _read_date(head: list[PrintedLine]) -> dict[str, Found]:
    for line in sorted(head, key=lambda line: line.side != RIGHT):
        match = DATE.search(line.key)
        if match is None or match.start() > 45:
            continue
        day, month = (_digits(match[group]) for group in (1, 2))
        year = "".join((match[3] or "").split())
        date = possible_date(year or None, month or None, day if month else None)
        fields = {}
        is_whole = all(part or not match[group].strip(_FILLER) for part, group in ((day, 1), (month, 2)))
        if year and date.iso():
            sureness = 0.95 * line.confidence * (1 if is_whole else 0.8)
            fields["issued_on"] = Found(date.iso(), "typed", sureness, line.text)
        place = re.sub(r"^\W+", "", line.text[: match.start()].split(",")[0]).strip(" .;:*_")
        if place and len(place) < 40 and not any(map(str.isdigit, place)):
            fields["place"] = Found(place, "typed", 0.95 * line.confidence, line.text)
        return fields
    return {}


def _digits(text: str) -> str:
    text = text.strip(_FILLER)
    return text if re.fullmatch(r"\d{1,2}", text) else ""


def _organ_lines(head: list[PrintedLine]) -> list[Line]:
    """The lines in capitals over the number, on its side of the page."""
    found: list[Line] = []
    # A head printed in one column down the middle has no left side.
    has_left = any(line.side != RIGHT and line.is_upper for line in head)
    for line in head:
        key = line.key
        if NUMBER.match(key):
            break
        if (has_left and line.side == RIGHT) or MOTTO.search(key) or PARTY_MOTTO.match(key) or DATE.search(key):
            continue
        if line.is_upper and len(line.text) < 120 and not _STAMP.match(key) and not SUBJECT.match(key):
            found.append(Line(line.text.strip(" *"), len(found)))
    return found


def with_strokes(notation: str, kind: str) -> str:
    """The notation with the marks that its kind asks for: `with_strokes("QD-SYT", "quyet_dinh") == "QĐ-SYT"`."""
    first, dash, rest = notation.partition("-")
    codes = [code for code, kinds in ADMINISTRATIVE.items() if kind in kinds and fold(code) == fold(first)]
    return f"{codes[0]}{dash}{rest}" if codes else notation
