"""Vietnamese dictionary order as plain ASCII keys.

A database on another machine may know no Vietnamese collation, or another version of one. A key of a-z and
0-9 sorts the same under every collation of every database.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from search.vietnamese.letters import clean, fold

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
# ngang, huyền, hỏi, ngã, sắc, nặng: the order of the dictionaries.
_TONE_RANKS = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_OWN_LETTERS = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}


def sort_key(text: str) -> str:
    """Key in the order a ă â b c d đ … with tones last: "an" < "án" < "ăn" < "ân".

    Shape: a-z and 0-9; syllable by syllable as dictionaries do ("ma túy" before "má"); numbers by value
    ("Phòng 2" before "Phòng 10"); punctuation and case do not count.
    """
    return "".join(_token_key(token) for token in _TOKEN.findall(clean(text).lower()))


def person_sort_key(full_name: str) -> str:
    """Key by given name, then family and middle names: "Trần Thị An" before "Lê Văn Bình"."""
    *others, given = clean(full_name).split() or [""]
    return sort_key(" ".join([given, *others]))


def _token_key(token: str) -> str:
    if token.isdecimal():
        digits = str(int(token[:99]))
        return f"1{len(digits):02}{digits}"
    tone = "0"
    letters = []
    for letter in token:
        letter, mark = _split_tone(letter)
        tone = mark or tone
        letters.append(_letter_key(letter))
    return "".join(letters) + "0" + tone


def _split_tone(letter: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", letter)
    rank = next((_TONE_RANKS[mark] for mark in decomposed if mark in _TONE_RANKS), "")
    if not rank:
        return letter, ""
    kept = "".join(mark for mark in decomposed if mark not in _TONE_RANKS)
    return unicodedata.normalize("NFC", kept), rank


def _letter_key(letter: str) -> str:
    if own := _OWN_LETTERS.get(letter):
        return own
    plain = anyascii(fold(letter)).lower()
    return "".join(f"{sign}0" for sign in plain if sign.isascii() and sign.isalpha())
