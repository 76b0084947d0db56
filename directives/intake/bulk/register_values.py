"""The cells of a register as values that can be compared with what a file says; pure."""

import re
from collections.abc import Callable, Mapping

from directives.kind_codes import KIND_WORDS
from directives.numbering import parse_number
from search.vietnamese.dates import PartialDate, parse_date
from search.vietnamese.letters import clean, fold

_SHORT_YEAR = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")
_LONELY_YEAR = re.compile(r"^(19|20)\d\d$")
_MONTH = re.compile(r"^(\d{1,2})[./-]((?:19|20)\d\d)$")
_WHOLE_DATE = re.compile(
    r"\b\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{2,4}\b|\b\d{4}-\d{1,2}-\d{1,2}\b|"
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:số\s*:?\s*)?0*(\d{1,6}[a-zA-ZđĐ]?)$", re.IGNORECASE)
_TITLES = re.compile(r"^(?:(?:đ/c|đc|đồng chí|ông|bà|ts|ths|pgs|gs|bs|cn|ks)\.?\s+)+", re.IGNORECASE)
_FOLDED_KINDS = {fold(word): word for word in KIND_WORDS}
_URGENCIES = {
    "khan": "Khẩn", "thuong khan": "Thượng khẩn", "hoa toc": "Hỏa tốc", "hoa toc hen gio": "Hỏa tốc",
}  # fmt: skip
_NO_URGENCY = {"", "thuong", "binh thuong", "khong"}
_SECRET = {"mat", "toi mat", "tuyet mat"}
_NOT_SECRET = {"", "thuong", "khong", "khong mat", "binh thuong"}
Values = dict[str, object]


def read_values(cells: Mapping[str, str]) -> tuple[Values, list[str]]:
    """The values of a row and the cells nobody can read, as in `read_values({"number": "131"})[0]["number"] == "131"`.

    Shape: number, notation, separator, issued_on (ISO at its own precision), kind (as printed), abstract, agency,
    signer, recipients (a list), urgency, unit, and is_secret when the register says so; what is empty is absent.
    """
    values: Values = {}
    doubts: list[str] = []
    for name, text in cells.items():
        plain = clean(text)
        if plain and not set(plain) <= set("-–.…/"):
            found = _READERS[name](plain)
            values |= {key: value for key, value in found.items() if key not in values}
            if not found and name in _DOUBTED:
                doubts.append(_doubt(name, plain[:60]))
    return values, doubts


def _doubt(name: str, text: str) -> str:
    if name == "issued_on" and _WHOLE_DATE.search(text):
        return f"ngày ban hành “{text}” không có trong lịch"
    return f"không hiểu {_DOUBTED[name]} “{text}”"


def _read_number(text: str) -> Values:
    if found := _NUMBER.match(text):
        return {"number": found[1]}
    return _read_full_number(text)


def _read_full_number(text: str) -> Values:
    if found := _NUMBER.match(text):
        return {"number": found[1]}
    number = parse_number(text)
    if number is None:
        return {}
    own = {"number": (number.number or "").lstrip("0"), "notation": number.notation, "separator": number.separator}
    return {name: value for name, value in own.items() if value}


def _read_notation(text: str) -> Values:
    return {"notation": text.strip(" /-").upper() if text.isascii() else text.strip(" /-")}


def _read_date(text: str) -> Values:
    if found := _ISO.match(text):
        year, month, day = found.groups()
    elif found := _SHORT_YEAR.match(text):
        day, month, year = found[1], found[2], f"20{found[3]}" if int(found[3]) < 60 else f"19{found[3]}"
    elif found := _MONTH.match(text):
        day, month, year = "", found[1], found[2]
    elif _LONELY_YEAR.match(text):
        return {"issued_on": text}
    else:
        date = parse_date(text)
        # A day that no calendar has is a slip in the register: its month alone would be a guess.
        is_slip = date and not (date.day and date.month) and _WHOLE_DATE.search(text)
        return {"issued_on": date.iso()} if date and date.iso() and not is_slip else {}
    try:
        return {"issued_on": PartialDate(*(int(part) if part else None for part in (year, month, day))).iso()}
    except ValueError:
        return {}


def _read_abstract(text: str) -> Values:
    """The abstract, and the kind where the register has both in one column: "Quyết định Về việc khen thưởng"."""
    lowered = text.lower()
    for word in sorted(KIND_WORDS, key=len, reverse=True):
        rest = text[len(word) :].lstrip(" :-–.,")
        if lowered.startswith(word) and rest[:1].isupper() and rest != text[len(word) :]:
            return {"abstract": rest, "kind": word[:1].upper() + word[1:]}
    return {"abstract": text}


def _read_kind(text: str) -> Values:
    word = _FOLDED_KINDS.get(fold(text))
    return {"kind": word[:1].upper() + word[1:] if word else text}


def _read_signer(text: str) -> Values:
    return {"signer": _TITLES.sub("", text)}


def _read_recipients(text: str) -> Values:
    parts = [part.strip(" -.;") for part in re.split(r";|\n|(?:^|\s)- ", text)]
    return {"recipients": [part for part in parts if part]}


def _read_urgency(text: str) -> Values:
    folded = fold(text)
    if folded in _NO_URGENCY:
        return {"urgency": ""}
    return {"urgency": _URGENCIES[folded]} if folded in _URGENCIES else {}


def _read_secrecy(text: str) -> Values:
    """Whatever a register says of secrecy that is not a plain "no" closes the row."""
    folded = fold(text)
    return {"is_secret": folded in _SECRET or "mat" in folded.split()} if folded not in _NOT_SECRET else {}


def _read_plainly(name: str) -> Callable[[str], Values]:
    return lambda text: {name: text}


_READERS: Mapping[str, Callable[[str], Values]] = {
    "number": _read_number, "full_number": _read_full_number, "notation": _read_notation, "issued_on": _read_date,
    "abstract": _read_abstract, "kind": _read_kind, "agency": _read_plainly("agency"), "signer": _read_signer,
    "recipients": _read_recipients, "urgency": _read_urgency, "secrecy": _read_secrecy, "unit": _read_plainly("unit"),
}  # fmt: skip
_DOUBTED = {"number": "số", "full_number": "số, ký hiệu", "issued_on": "ngày ban hành", "urgency": "độ khẩn"}
