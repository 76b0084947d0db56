"""Who a document goes to and who signed it, read from lines with places on the page."""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher, get_close_matches
from itertools import pairwise

from directives.signatures import Signature, parse_signature
from search.extraction.trust import is_syllable
from search.vietnamese.letters import fold
from search.vietnamese.people import FAMILY_NAMES, has_family_name

from .found import Found
from .lines import Line
from .printed import LEFT, PrintedLine
from .printed_columns import plain, side_by_side, top_of
from .printed_recipients import list_start, listed, recipient_fields
from .signing import is_name, is_office, named_office

_SIGNED = re.compile(r"^\W*\(?\s*(?:da ky|ky ten)\b")
_OFFICES = (
    "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "BÍ THƯ",
    "CHÁNH THANH TRA", "TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "TRƯỞNG PHÒNG", "CHI CỤC TRƯỞNG", "PHÓ CHI CỤC TRƯỞNG",
    "PHÓ BÍ THƯ", "HIỆU TRƯỞNG", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "CỤC TRƯỞNG",
)  # fmt: skip
_BY_KEY = {fold(office).replace(" ", ""): office for office in _OFFICES}
#: As a reader of pictures may see them, without their marks.
_FAMILIES = frozenset(map(fold, FAMILY_NAMES))
_ABOVE, _BELOW = 0.08, 0.36
_MARGIN = 0.03
_LIKE = 0.87


def read_printed_end(lines: list[PrintedLine], signers: Sequence[str] = ()) -> dict[str, Found]:
    """The fields `recipients`, `signature` and `signatures`, as `read_signing` names them.

    Shape: `signers` are names of leaders that may sign; a misread name close to one of them becomes it.
    """
    placed = [line for line in lines if line.box]
    start = list_start(placed)
    if start is None:
        return _signature_fields(side_by_side(placed) or [_last_signing(placed)], signers)
    page = [line for line in placed if line.page == start.page]
    fields = recipient_fields(listed(page, start))
    return fields | _signature_fields(side_by_side(page) or [_beside(page, start)], signers)


def _beside(page: list[PrintedLine], start: PrintedLine) -> list[PrintedLine]:
    """The lines to the right of the list of recipients, from a little above it."""
    edge = max(0.4, (start.box or (0.0,))[0] + 0.3)
    near = [line for line in page if -_ABOVE <= top_of(line) - top_of(start) <= _BELOW]
    return sorted((line for line in near if line.box and line.middle > edge and line.box[0] > 0.34), key=top_of)


def _last_signing(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines from the last office that a name follows closely, for a document without recipients."""
    for at in range(len(lines) - 1, -1, -1):
        if not is_office(plain(lines[at])) or lines[at].side == LEFT:
            continue
        after = [line for line in lines[at:] if line.page == lines[at].page and top_of(line) - top_of(lines[at]) < 0.25]
        if any(is_name(plain(line)) and has_family_name(line.text) for line in after):
            above = [line for line in lines[max(0, at - 3) : at] if is_office(plain(line))]
            return above + after
    return []


def _signature_fields(columns: list[list[PrintedLine]], signers: Sequence[str]) -> dict[str, Found]:
    """The signature of each column, the first of them alone too."""
    signed = [one for lines in columns if (one := _signature(lines, signers))]
    if not signed:
        return {}
    values, evidence = [found.value for found in signed], "\n".join(found.evidence for found in signed)
    sureness = min(found.confidence for found in signed)
    return {"signature": signed[0], "signatures": Found(values, "typed", sureness, evidence)}


def _signature(lines: list[PrintedLine], signers: Sequence[str]) -> Found | None:
    texts: list[str] = []
    used: list[PrintedLine] = []
    for line in lines:
        text = _signing_text(line, texts, signers)
        if text:
            texts.append(text)
            used.append(line)
        elif used and _runs_over(used[-1], line):
            texts[-1] += f" {line.text}"
            used.append(line)
        if text and is_name(Line(text, 0)):
            break
    parsed = parse_signature(texts) if texts else None
    if parsed is None:
        return None
    sureness = 0.95 * min(line.confidence for line in used) * (1 if parsed.name else 0.7)
    return Found(_signature_value(parsed), "typed", sureness, "\n".join(line.text for line in used))


def _signing_text(line: PrintedLine, texts: list[str], signers: Sequence[str]) -> str:
    """The words of a line that belong to a signature, "" for specks of a seal."""
    text = _parted(line.text).strip(" .,;|*_'")
    bare = replace(plain(line), text=text)
    if line.is_read and text.isupper() and (office := _BY_KEY.get(re.sub(r"[^a-z]", "", bare.key))):
        return office
    if is_office(bare) or _SIGNED.match(bare.key):
        return text
    if line.is_read and (office := _mended_office(text)):
        return office
    if name := closest_name(text, signers):
        return name
    return text if texts and is_name(bare) and (_reads_as_name(text) or not line.is_read) else ""


def _parted(text: str) -> str:
    """The words that a reader ran together, parted: `"Nguyễn VănLộc"` → `"Nguyễn Văn Lộc"`."""
    parts = [f"{one} " if one.islower() and other.isupper() else one for one, other in pairwise(text)]
    return "".join(parts) + text[-1:]


def _runs_over(office: PrintedLine, line: PrintedLine) -> bool:
    """Whether a line in capitals right under an office is the rest of it: "TRƯỞNG PHÒNG QUẢN LÝ CHẤT" "LƯỢNG"."""
    if not (office.box and line.box and is_office(plain(office)) and line.is_upper) or line.confidence < 0.8:
        return False
    gap, height = line.box[1] - office.box[3], office.box[3] - office.box[1]
    is_words = bool(re.fullmatch(r"[^\W\d_]{2,}(?:[ ,-]+[^\W\d_]{2,})*", line.text)) and len(line.text) > 3
    return is_words and gap < height and abs(line.middle - office.middle) < 0.03


def _mended_office(text: str) -> str:
    """The office that a misread line means: `"PHÓ GIÁM ĐÓO"` → `"PHÓ GIÁM ĐỐC"`; "" when none is close."""
    letters = re.sub(r"[^a-z]", "", fold(text))
    if not text.isupper() or not 5 <= len(letters) <= 20:
        return ""
    close = get_close_matches(letters, _BY_KEY, n=1, cutoff=0.82)
    return _BY_KEY[close[0]] if close else ""


def closest_name(text: str, signers: Sequence[str], least: float = 0.74) -> str:
    """The known signer that a misread name means: `closest_name("Nguyển Vãn Lốc", ["Nguyễn Văn Lộc"])`; or ""."""
    letters = re.sub(r"[^a-z]", "", fold(text))
    if not 5 <= len(letters) <= 32:
        return ""
    # What reads as a name may be that of a stranger: only a letter or so may differ.
    least = max(least, _LIKE) if _reads_as_name(text) else least
    scored = [(SequenceMatcher(None, letters, fold(name).replace(" ", "")).ratio(), name) for name in signers]
    best = max(scored, default=(0.0, ""))
    # Of two leaders whose names are alike nobody can tell which one was misread.
    rivals = [name for score, name in scored if score > best[0] - _MARGIN and fold(name) != fold(best[1])]
    return best[1] if best[0] >= least and (best[0] == 1 or not rivals) else ""


def _reads_as_name(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    is_family = has_family_name(text) or (bool(words) and fold(words[0]) in _FAMILIES)
    return is_family and len(words) > 1 and all(map(is_syllable, words))


def _signature_value(parsed: Signature) -> dict[str, object]:
    authorities = list(parsed.authorities)
    office = parsed.office or ""
    if office.startswith("PHÓ") and not authorities:
        # A deputy always signs for the head; the line above was not read.
        authorities = ["ky_thay"]
    return {
        "authorities": authorities,
        "on_behalf_of": parsed.on_behalf_of or "",
        "standing_for": parsed.standing_for or "",
        "office": office,
        "office_display": named_office(parsed.office_display or ""),
        "name": parsed.name or "",
        "is_signed": parsed.is_signed,
    }
