"""Vietnamese typed with the input method switched off: raw Telex and VNI keys made letters again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.vietnamese.foreign_words import FOREIGN_WORDS
from search.vietnamese.letters import fold
from search.vietnamese.syllable_shapes import is_spelled, with_tone

_LONGEST = 12
_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_ROOFED = {"a": "â", "e": "ê", "o": "ô"}
_HORNED = {"a": "ă", "o": "ơ", "u": "ư"}

_TELEX = re.compile(r"([bcdghklmnpqrstvx]{0,3})([aeiouyw][a-z]*)")
_VNI = re.compile(r"[a-z]+[a-z1-9]*")
_TELEX_TONE = re.compile("[sfrxj]")
# Keys that hardly any word of another language has in this place; "test", "moon", "tax", "own" have others.
_SURE_TELEX = re.compile(
    r"dd.*|.*(?:aa|j|uw|aw(?:[cmpt]|ng)|ow[imp]|oong|oo[ic]|ee(?:u|ch|nh)|[mn]f|[cg]hf|[mn][rx]|[hg][rx]|nhs).*"
)
_SURE_VNI = re.compile(r".*(?:[6-9]|[1-5][a-z]).*")

Known = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A word as its keys spell it, the keys' name, and whether nothing else can be meant."""

    text: str
    method: str
    is_sure: bool


def decode(word: str, is_known: Known) -> str | None:
    """The Vietnamese syllable whose keys were typed: "quyeets", "Quyetes", "quye61t" -> "quyết"; None for others.

    Shape: `is_known` is asked in lower case whether the collection has a word: first the typed one, "internet",
    then the syllable, "quyết" or "quyet"; None when the typed word is known or the syllable is not. For a whole
    query use `decode_words`: a word alone says too little about "co1" or "moon".
    """
    reading = _read(word, is_known)
    return reading.text if reading and (reading.is_sure or _stands_alone(word)) else None


def decode_words(words: Sequence[str], is_known: Known) -> list[str | None]:
    """The same for all words of a query: ["ddaats", "car", "xax"] -> ["đất", "cả", "xã"].

    Shape: one entry for each word, None where it stays; a word that may be of another language is read as keys
    when another word of the query surely is, or when several are and nothing speaks against it.
    """
    readings = [_read(word, is_known) for word in words]
    methods = {method for method in ("telex", "vni") if _is_typed_in(method, words, readings)}
    return [
        reading.text if reading and (reading.is_sure or reading.method in methods) else None for reading in readings
    ]


def _is_typed_in(method: str, words: Sequence[str], readings: Sequence[_Reading | None]) -> bool:
    of_method = [reading for reading in readings if reading and reading.method == method]
    if any(reading.is_sure for reading in of_method):
        return True
    is_plain = all(word.isascii() and not word.isdecimal() and word.lower() not in FOREIGN_WORDS for word in words)
    return is_plain and len(of_method) > 1


def _stands_alone(word: str) -> bool:
    return word.isalpha() and word.lower() not in FOREIGN_WORDS


def _read(word: str, is_known: Known) -> _Reading | None:
    typed = word.lower()
    if not typed.isascii() or not 2 <= len(typed) <= _LONGEST or is_known(typed):
        return None
    is_telex = typed.isalpha()
    for syllable, key_count in (_telex_readings if is_telex else _vni_readings)(typed):
        if is_spelled(syllable) and (is_known(syllable) or is_known(fold(syllable))):
            pattern = _SURE_TELEX if is_telex else _SURE_VNI
            has_sure_keys = key_count > 1 or pattern.fullmatch(typed) is not None
            is_sure = has_sure_keys and typed not in FOREIGN_WORDS
            # A word in capitals is a code, GIS or CO2, unless its keys leave no doubt.
            if is_sure or not word.isupper():
                return _Reading(_in_case_of(word, syllable), "telex" if is_telex else "vni", is_sure)
    return None


def _in_case_of(word: str, syllable: str) -> str:
    if word.isupper():
        return syllable.upper()
    return syllable.capitalize() if word[0].isupper() else syllable


def _telex_readings(typed: str) -> Iterator[tuple[str, int]]:
    """Syllables that the keys may spell, with the number of marks each has."""
    matched = _TELEX.fullmatch(typed)
    if not matched:
        return
    onset, rest = matched[1], matched[2]
    tones = _TELEX_TONE.findall(rest)
    if len(tones) > 1:
        return
    rest = _TELEX_TONE.sub("", rest)
    key_count = len(tones)
    if onset == "dd" or (onset == "d" and "d" in rest):
        onset, rest, key_count = "đ", rest.replace("d", "", 1) if onset == "d" else rest, key_count + 1
    tone = _TELEX_TONES[tones[0]] if tones else ""
    if rest[0] == "w":
        rest = f"u{rest}"
    for toneless, marks in _telex_vowels(rest):
        if key_count + marks:
            yield _toned(onset + toneless, tone), key_count + marks


def _telex_vowels(rest: str) -> Iterator[tuple[str, int]]:
    if "w" in rest:
        yield from ((horned, 1) for horned in _horned(rest.replace("w", ""), _HORNED))
        return
    for letter, roofed in _ROOFED.items():
        if rest.count(letter) == 2:
            first, last = rest.index(letter), rest.rindex(letter)
            yield rest[:first] + roofed + rest[first + 1 : last] + rest[last + 1 :], 1
    yield rest, 0


def _horned(rest: str, marks: dict[str, str]) -> Iterator[str]:
    """Every way to put one horn or breve, the pair ươ first: "nuoc" -> "nươc", …"""
    if "uo" in rest and "u" in marks:
        yield rest.replace("uo", "ươ", 1)
    for index, letter in enumerate(rest):
        if letter in marks:
            yield rest[:index] + marks[letter] + rest[index + 1 :]


def _vni_readings(typed: str) -> Iterator[tuple[str, int]]:
    if not _VNI.fullmatch(typed):
        return
    digits = [sign for sign in typed if sign.isdecimal()]
    tones = [digit for digit in digits if digit in _VNI_TONES]
    letters = "".join(sign for sign in typed if not sign.isdecimal())
    if len(tones) > 1 or len(set(digits)) != len(digits) - max(0, digits.count("7") - 1):
        return
    if "9" in digits:
        if letters[0] != "d":
            return
        letters = f"đ{letters[1:]}"
    tone = _VNI_TONES[tones[0]] if tones else ""
    for toneless in _vni_vowels(letters, digits):
        yield _toned(toneless, tone), len(set(digits))


def _vni_vowels(letters: str, digits: list[str]) -> Iterator[str]:
    marks = {"6": _ROOFED, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}}
    wanted = [digit for digit in marks if digit in digits]
    if not wanted:
        yield letters
    elif len(wanted) == 1:
        yield from _horned(letters, marks[wanted[0]])


def _toned(toneless: str, tone: str) -> str:
    """The syllable with its tone; as it is when its spelling leaves no place for one."""
    return with_tone(toneless, tone) if is_spelled(toneless) else toneless
