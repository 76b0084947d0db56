"""Names of organs as a register knows them, for names that were misread from a picture."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from search.vietnamese.letters import fold
from search.vietnamese.syllable_shapes import is_syllable_shape

from .found import Found

_PLACE = re.compile(r" (?:tỉnh|thành phố|TP\.?|huyện|thị xã|quận) [^,;]+$")
_COMMITTEE = "Ủy ban nhân dân"
_NAMES = ("agency", "parent_agency", "agencies")
#: How sure a name can be that no register knows.
_UNKNOWN = 0.7
_LEAST, _LEAST_WORD, _MARGIN = 0.88, 0.5, 0.03
_SHORTEST = 5
_AREAS = frozenset(("tinh", "pho", "tp", "huyen", "quan", "xa", "phuong"))


def mend_organs(fields: dict[str, Found], organs: Sequence[str]) -> dict[str, Found]:
    """The fields, the names of organs as the register writes them: `"Sở Tài nguvên …"` → `"Sở Tài nguyên …"`.

    Shape: a name that no organ of the register bears is kept as it was read, and is never sure.
    """
    if not organs:
        return fields
    return fields | {name: _mended(fields[name], organs) for name in _NAMES if name in fields}


def _mended(found: Found, organs: Sequence[str]) -> Found:
    values = found.value if isinstance(found.value, list) else [found.value]
    meant = [closest_organ(value, organs) or closest_organ(_without_noise(value), organs) for value in values]
    names = [name or value for name, value in zip(meant, values, strict=True)]
    confidence = min(0.97, found.confidence + 0.05) if all(meant) else min(_UNKNOWN, found.confidence)
    return replace(found, value=names if isinstance(found.value, list) else names[0], confidence=confidence)


def _without_noise(text: str) -> str:
    """The name without specks and without what cannot be words at its end: "Chính phủ Seod" → "Chính phủ"."""
    words = [word for word in text.split() if any(map(str.isalnum, word))]
    while words and not is_syllable_shape(fold(words[-1])):
        words.pop()
    return " ".join(words)


def closest_organ(text: str, organs: Sequence[str]) -> str:
    """The organ that a misread name means: `closest_organ("Sở Y tê", ["Sở Y tế tỉnh Kon Tum"]) == "Sở Y tế"`; or "".

    Shape: a name may stand without its place, and UBND for its words; no word is put in or left out, so that
    a name of another place is never taken for one of the register.
    """
    is_short = bool(re.match(r"UBND\b", text))
    wanted = fold(re.sub(r"^UBND\b", _COMMITTEE, text)).split()
    if len("".join(wanted)) < _SHORTEST:
        return ""
    forms = dict.fromkeys(form for organ in organs for form in (organ, _PLACE.sub("", organ)))
    scored = sorted(((_likeness(wanted, fold(form).split()), form) for form in forms), reverse=True)
    best = scored[0] if scored else (0.0, "")
    rivals = [form for score, form in scored[1:] if score > best[0] - _MARGIN and fold(form) != fold(best[1])]
    if best[0] < _LEAST or rivals:
        return ""
    return best[1].replace(_COMMITTEE, "UBND", 1) if is_short else best[1]


def _likeness(words: list[str], others: list[str]) -> float:
    if len(words) != len(others):
        return 0.0
    if any(_ratio(one, other) < _LEAST_WORD for one, other in zip(words, others, strict=True) if one != other):
        return 0.0
    if any(one != other for one, other in zip(_place(words), _place(others), strict=False) if is_syllable_shape(one)):
        # "Quảng Nam" is no misread "Quảng Ngãi".
        return 0.0
    return _ratio(" ".join(words), " ".join(others))


def _place(words: list[str]) -> list[str]:
    """The words of the place at the end of a name: `["quang", "nam"]`."""
    at = max((i for i, word in enumerate(words) if word in _AREAS), default=len(words))
    return words[at + 1 :]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
