"""What a file name tells of the document in it: `94-hd-stnmt-2024.pdf`, `QĐ 131 ngày 5.6.2024.docx`."""

import re
from dataclasses import dataclass

from directives.kind_codes import ADMINISTRATIVE, KIND_WORDS, LEGAL
from search.vietnamese.dates import possible_date
from search.vietnamese.letters import fold, nfc

_CODES = {code.lower() for code in (*ADMINISTRATIVE, *LEGAL)} | {"cv"}
_FOLDED = {fold(code) for code in _CODES if len(code) > 1}
_WORDS = sorted((fold(word) for word in KIND_WORDS), key=len, reverse=True)
_CODE = "|".join(sorted(_FOLDED, key=len, reverse=True))
_KIND = "|".join([*map(re.escape, _WORDS), _CODE])
_DATE = re.compile(r"(?<!\d)(?:ngay )?(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ]((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_NOT_PERIOD = r"(?! ?(?:thang|nam|quy|tuan|ngay)\b)"
_LEADING = re.compile(
    rf"^(?:so )?(?!\d{{1,2}}\. )(\d{{1,5}}[a-z]?){_NOT_PERIOD}[ .\-/]+(?:(?P<kind>{_KIND})(?![a-z])[ .\-/]*)?"
)
_AFTER_KIND = re.compile(
    rf"(?<![a-z])(?P<kind>{_KIND})(?![a-z])[ .\-/]*(?:so[ .\-/]*)?(\d{{1,5}}[a-z]?)(?![\d.]){_NOT_PERIOD}"
)
_ORGAN = re.compile(r"^([a-z]{2,8}(?:-[a-z]{2,8})?)(?![a-z])")
_NOT_ORGANS = {"ve", "viec", "vv", "signed", "copy", "scan", "ban", "final", "ngay", "nam", "thang", "so", "ky", "da"}


@dataclass(frozen=True, slots=True)
class NameHints:
    """`NameHints(number="94", notation="HD-STNMT", year="2024", is_strong=True)`; "" where a name tells nothing.

    Shape: `issued_on` is ISO; `is_strong` tells that the number stands beside the name of a kind.
    """

    number: str = ""
    notation: str = ""
    issued_on: str = ""
    year: str = ""
    is_strong: bool = False


def hints_of(file_name: str) -> NameHints:
    """What the name of a file tells, as in `hints_of("QĐ 131 ngày 5.6.2024.docx").number == "131"`."""
    stem = fold(nfc(re.sub(r"\.\w{1,5}$", "", file_name))).replace("_", " ").replace("–", "-")
    stem = " ".join(stem.split())
    dated = _DATE.search(stem)
    issued_on = ""
    if dated:
        issued_on = possible_date(dated[3], dated[2], dated[1]).iso()
        stem = f"{stem[: dated.start()]} {stem[dated.end() :]}".strip()
    years = _YEAR.findall(stem)
    number, kind, rest = _number(_YEAR.sub(" ", stem).strip(" -."))
    notation = ""
    if kind in _FOLDED and kind != "cv" and (organ := _ORGAN.match(rest)) and organ[1] not in _NOT_ORGANS:
        notation = f"{_spelt(kind)}-{organ[1].upper()}"
    year = issued_on[:4] or (years[-1] if len(set(years)) == 1 else "")
    return NameHints(number, notation, issued_on, year, bool(number and kind))


def _number(stem: str) -> tuple[str, str, str]:
    """Number, kind as written, and what follows both."""
    if (found := _LEADING.match(stem)) and found["kind"]:
        return found[1], found["kind"], stem[found.end() :]
    if found := _AFTER_KIND.search(stem):
        return found[2], found["kind"], stem[found.end() :].lstrip(" .-/")
    if found := _LEADING.match(stem):
        return found[1], "", stem[found.end() :]
    return "", "", stem


def _spelt(kind: str) -> str:
    """A code as it is printed, where only one is meant; `hd` and `da` stay without marks."""
    meant = {code for code in (*ADMINISTRATIVE, *LEGAL) if fold(code) == kind}
    return meant.pop() if len(meant) == 1 else kind.upper()
