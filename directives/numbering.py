"""Number and notation (số, ký hiệu) of official documents: one grammar for every form, pure Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directives.kind_codes import KIND_WORD_CODES, KIND_WORDS
from directives.number_forms import BLANK, NUMBERED, DocumentNumber, Form, read_number
from directives.number_shapes import validate_number_shape
from search.vietnamese.letters import canonical_tones, fold, nfc, plain_signs

__all__ = [
    "DocumentNumber",
    "Form",
    "NumberSpan",
    "find_numbers",
    "parse_number",
    "parse_number_line",
    "validate_number_shape",
]

_CUE_WINDOW = 48
_LONGEST_KIND_WORD = max(len(word.split()) for word in KIND_WORDS)
_LAST_SYLLABLES = frozenset(word.split()[-1] for word in KIND_WORDS)
_WORD = re.compile(r"\S+")
_SO = re.compile(r"(?<!\w)số\s{0,4}:?\s{0,4}$", re.IGNORECASE)
_SO_BEFORE_BLANK = re.compile(r"(?<!\w)(?:[Ss]ố|SỐ)\s{0,3}:?[\s.…_]{0,40}(?=[/-])")
_LINE_HEAD = re.compile(
    r"[\s*_]{0,8}(?:(?:luat|bo luat|nghi quyet|phap lenh|lenh)\s{1,4})?"
    r"so(?!\w)[\s*_]{0,4}:?[\s.…_*]{0,60}"
)
# "thửa đất số 25/TBĐ-1" is a parcel, "nhà số 12/A-B" an address.
_OTHER_THINGS = frozenset({"thua", "dat", "nha", "to", "lo", "ngo", "duong", "phong", "khoan", "thoai", "may", "xe"})
# "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15": the last word ends the name of the law.
_PART_OF_NAME = re.compile(r"(?<!\w)pháp\s{1,3}luật$", re.IGNORECASE)
_WEAK_FORMS = frozenset({"cong_van", "cu"})


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number in running text: text[start:end] is the number, text[cue_start:start] its "Chỉ thị số ".

    Shape: offsets on nfc(text); kind_word in the new tone placement, kind its id; has_so when "số" stands
    before.
    """

    number: DocumentNumber
    start: int
    end: int
    cue_start: int
    kind_word: str | None
    kind: str | None
    has_so: bool


def parse_number(text: str) -> DocumentNumber | None:
    """First number of a short text: "05-CT/TW", "số 05-CT/TW", "/STNMT-VP"; None when there is none."""
    printed = nfc(text).strip()
    plain = plain_signs(printed)
    for found in NUMBERED.finditer(plain):
        if number := read_number(found, printed[found.start() : found.end()]):
            return number
    found_blank = BLANK.match(plain) if plain[:1] in ("/", "-") else None
    return read_number(found_blank, printed[: found_blank.end()]) if found_blank else parse_number_line(printed)


def parse_number_line(line: str) -> DocumentNumber | None:
    """Number of a head line: "Số: /STNMT-VP", "Số      -NQ/ĐU", "Luật số: 148/2025/QH15".

    Shape: accents lost in reading ("So: 05/QĐ-X") do not matter; None for any other line.
    """
    printed = nfc(line)
    plain = plain_signs(printed)
    head = _LINE_HEAD.match(fold(plain))
    if not head:
        return None
    found = NUMBERED.match(plain, head.end()) or BLANK.match(plain, head.end())
    return read_number(found, printed[found.start() : found.end()]) if found else None


def find_numbers(text: str) -> tuple[NumberSpan, ...]:
    """Numbers in running text, in order: "theo Chỉ thị số 05-CT/TW" -> one span with kind "chi_thi".

    Shape: offsets on nfc(text); a shape that other things have too ("12/STNMT-VP", "27/CP") counts only
    after "số" or a kind word; a missing number ("Quyết định số   /QĐ-UBND") only after "số".
    """
    printed = nfc(text)
    plain = canonical_tones(plain_signs(printed))
    spans = [span for found in _candidates(plain) if (span := _span(printed, plain, found))]
    return tuple(sorted(spans, key=lambda span: span.start))


def _candidates(plain: str) -> Iterator[re.Match[str]]:
    yield from NUMBERED.finditer(plain)
    for cue in _SO_BEFORE_BLANK.finditer(plain):
        if found := BLANK.match(plain, cue.end()):
            yield found


def _span(printed: str, plain: str, found: re.Match[str]) -> NumberSpan | None:
    start, end = found.span()
    number = read_number(found, printed[start:end])
    if number is None:
        return None
    cue_start, kind_word, kind, has_so = _cue_before(plain, start)
    is_doubtful = number.form in _WEAK_FORMS or not (number.kinds or number.form == "vbqppl_qh")
    if is_doubtful and not kind and not (has_so and not _counts_other_things(plain, cue_start)):
        return None
    return NumberSpan(number, start, end, cue_start, kind_word, kind, has_so)


def _cue_before(plain: str, end: int) -> tuple[int, str | None, str | None, bool]:
    """Start of the words that announce a number, the kind word, its kind, and whether "số" is among them."""
    first = max(0, end - _CUE_WINDOW)
    window = plain[first:end].rstrip(" \t\n.…_")
    so = _SO.search(window)
    cue_start = first + so.start() if so else end
    window = window[: so.start()] if so else window
    start, word, kind = _kind_word_at_end(window.rstrip(" \t\n"))
    return (first + start if kind else cue_start), word, kind, bool(so)


def _kind_word_at_end(window: str) -> tuple[int, str | None, str | None]:
    starts = [word.start() for word in _WORD.finditer(window)][-_LONGEST_KIND_WORD:]
    last = window[starts[-1] :] if starts else ""
    if _PART_OF_NAME.search(window):
        return 0, None, None
    if kind := KIND_WORD_CODES.get(last):
        return starts[-1], last, kind
    for start in starts if last.lower() in _LAST_SYLLABLES else ():
        word = " ".join(window[start:].split())
        if kind := KIND_WORDS.get(word.lower()):
            return start, word, kind
    return 0, None, None


def _counts_other_things(plain: str, cue_start: int) -> bool:
    words = plain[max(0, cue_start - 16) : cue_start].split()
    return bool(words) and fold(words[-1]) in _OTHER_THINGS
