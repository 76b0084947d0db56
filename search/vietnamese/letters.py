"""Letters: composition, cleaning, folding and look-alike signs.

Everything that must keep offsets valid maps one character to one character, so that a span found in the
treated text is the same span in the original.
"""

from __future__ import annotations

import re
import unicodedata

from search.vietnamese.syllable_shapes import is_syllable_shape

#: Signs that look like Vietnamese letters or plain punctuation; each is one character for one character.
homoglyphs: dict[int, str] = {
    **dict.fromkeys((0x00D0, 0x0189), "Đ"),
    **dict.fromkeys((0x00F0, 0x0256), "đ"),
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63, 0xFF0D), "-"),
    **dict.fromkeys((0x2044, 0x2215, 0xFF0F), "/"),
    **dict.fromkeys((0xFF1A, 0x2236), ":"),
    **dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x200B, 0x202F, 0x3000, 0xFEFF), " "),
}

_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
# Of decomposed letters: a syllable of seven letters with their marks fits in.
_LONGEST_WORD = 24
_LAST_WORD = re.compile(r"[^\W_]+$")
_FIRST_WORD = re.compile(r"[^\W_]+")
_CONSONANTS = frozenset("bcdghklmnpqrstvx")
_STROKED = {"đ": "d", "ð": "d", "ɖ": "d", "ƀ": "b", "ł": "l", "ø": "o"}

# The open syllables oa, oe, uy are the only places where two tone placements are in use.
_OLD_PLACEMENT = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)


def nfc(text: str) -> str:
    """Text in composed form: "o" followed by U+0300 becomes "ò"."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One tidy line: " Đất\\u00a0đai\\u200b " -> "Đất đai".

    Shape: NFC; zero-width, bidi and control characters are gone; every run of white space is one space. A
    zero-width space between two words is a space, inside a word it is nothing.
    """
    spaced = "".join(" " if letter.isspace() else letter for letter in _part_words(text))
    visible = "".join(letter for letter in spaced if unicodedata.category(letter) not in _INVISIBLE)
    return " ".join(nfc(visible).split())


def _part_words(text: str) -> str:
    first, *others = text.split("\u200b")
    parts = [first]
    for part in others:
        # An empty part is one more zero-width space at the same place.
        if part:
            is_border = _is_word_border(parts[-1][-_LONGEST_WORD:], part[:_LONGEST_WORD])
            parts += [" ", part] if is_border else [part]
    return "".join(parts)


def _is_word_border(before: str, after: str) -> bool:
    left, right = _LAST_WORD.search(fold(before)), _FIRST_WORD.match(fold(after))
    if not left or not right or left[0] in _CONSONANTS or right[0] in _CONSONANTS:
        return False
    return not is_syllable_shape(left[0] + right[0])


class _FoldTable(dict[int, str]):
    """A translation table filled as letters are met, which makes folding one pass in C."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_letter(chr(code))
        return folded


def _fold_letter(letter: str) -> str:
    lowered = letter.lower()[0]
    decomposed = unicodedata.normalize("NFD", lowered)
    is_marked = all(unicodedata.combining(mark) for mark in decomposed[1:])
    base = decomposed[0] if is_marked else lowered
    return _STROKED.get(base, base)


_FOLD_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Lower case without marks: "Đất đai" -> "dat dai".

    Shape: as long as the NFC form of the text, so that spans map back one to one.
    """
    return nfc(text).translate(_FOLD_TABLE)


def canonical_tones(text: str) -> str:
    """One tone placement for matching: "hoà, Uỷ, khoá" -> "hòa, Ủy, khóa".

    Shape: as long as the NFC form of the text. "quý" and "thuế" stay as they are.
    """
    return _OLD_PLACEMENT.sub(_move_tone, nfc(text))


def _move_tone(match: re.Match[str]) -> str:
    syllable = match[0]
    decomposed = unicodedata.normalize("NFD", syllable[1])
    return nfc(syllable[0] + decomposed[1:]) + decomposed[0]


def plain_signs(text: str) -> str:
    """Look-alikes made plain, one for one: "15/QÐ‑UBND" -> "15/QĐ-UBND".

    Shape: same length as the text.
    """
    return text.translate(homoglyphs)
