"""Whether a register and a file say the same, however each spells it; pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher

from search.vietnamese.letters import canonical_tones, fold

#: Registers shorten abstracts and pictures are misread: below this two texts tell of different things.
ALIKE = 0.6
_SKIPPED = {"va", "cua", "ve", "cac"}


def same(name: str, one: object, other: object) -> bool:
    """Whether two values of a field agree: `same("agency", "Sở TN&MT", "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG")`."""
    firsts, others = _listed(one), _listed(other)
    compare = _COMPARISONS.get(name, _same_letters)
    return any(compare(left, right) for left in firsts for right in others)


def _listed(value: object) -> Sequence[str]:
    return [str(part) for part in value] if isinstance(value, list | tuple) else [str(value)]


def letters(text: str) -> str:
    """Only letters and digits, without marks: `letters("QĐ-STNMT") == "qdstnmt"`."""
    return re.sub(r"[^a-z0-9]", "", fold(canonical_tones(text)))


def _same_letters(one: str, other: str) -> bool:
    return letters(one) == letters(other)


def _same_number(one: str, other: str) -> bool:
    return letters(one).lstrip("0") == letters(other).lstrip("0")


def _same_date(one: str, other: str) -> bool:
    """Dates agree as far as both know them: March 2024 and 05/03/2024 do."""
    return all(left == right for left, right in zip(one.split("-"), other.split("-"), strict=False))


def _same_text(one: str, other: str) -> bool:
    left, right = letters(_without_opening(one)), letters(_without_opening(other))
    if not left or not right:
        return left == right
    if left in right or right in left:
        return True
    return SequenceMatcher(None, left[:400], right[:400], autojunk=False).ratio() >= ALIKE


def _without_opening(text: str) -> str:
    return re.sub(r"^\W*(?:v\s*/\s*v|về việc|về)\s+", "", text, flags=re.IGNORECASE)


def _same_person(one: str, other: str) -> bool:
    """The same name, or one of them only its last parts: "Lộc", "Nguyễn Văn Lộc"."""
    left, right = fold(one).split(), fold(other).split()
    short, long = sorted((left, right), key=len)
    return bool(short) and long[-len(short) :] == short


def _same_organ(one: str, other: str) -> bool:
    left, right = _tokens(one), _tokens(other)
    short, long = sorted((left, right), key=lambda words: len("".join(words)))
    return bool(short) and (" ".join(short) in " ".join(long) or abbreviates(short, long))


def _tokens(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", fold(canonical_tones(text))) if word not in _SKIPPED]


def abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether words or their initials begin the longer name: `abbreviates(["so", "tnmt"], ["so", "tai", …])`."""
    if not short:
        return True
    if not long:
        return False
    word, rest = short[0], short[1:]
    if word == long[0] and abbreviates(rest, long[1:]):
        return True
    initials = "".join(each[0] for each in long[: len(word)])
    return len(word) <= len(long) and word == initials and abbreviates(rest, long[len(word) :])


_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "number": _same_number, "issued_on": _same_date, "abstract": _same_text, "signer": _same_person,
    "agency": _same_organ,
}  # fmt: skip
