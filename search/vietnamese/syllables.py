"""Tokens for search: folded syllables, accent-keeping tokens and adjacent pairs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from search.vietnamese.letters import fold, nfc

#: One word. Marks that no composed letter can hold (Ê̆ of the highland languages) belong to their syllable.
TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
#: A mark that stands beside its letter because no composed letter holds both.
LONE_MARK = re.compile(r"[\u0300-\u036f]")
_TONE_DIGITS = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_Y_FOR_I = re.compile(r"(h|k|l|m|s|t|qu)y")


def syllables(text: str) -> list[str]:
    """Folded syllables in order: "Đất đai" -> ["dat", "dai"]."""
    return [LONE_MARK.sub("", token) for token in TOKEN.findall(fold(text))]


def exact_tokens(text: str) -> list[str]:
    """Tokens that keep the accents, tone as a last digit: "hoà" and "hòa" -> ["hoa2"].

    Shape: one token per syllable; "kĩ" and "kỹ" are the same token, "ma" and "má" are not.
    """
    return [_exact_token(token) for token in TOKEN.findall(nfc(text).lower())]


# A language has few syllables: nearly every one is taken apart once in the life of a process.
@lru_cache(maxsize=65_536)
def _exact_token(token: str) -> str:
    if token.isascii() and not token.isalpha():
        return token
    decomposed = unicodedata.normalize("NFD", token)
    tone = _TONE.search(decomposed)
    base = nfc(_TONE.sub("", decomposed))
    if matched := _Y_FOR_I.fullmatch(base):
        base = f"{matched[1]}i"
    return base + (_TONE_DIGITS[tone[0]] if tone else "")


def pairs(tokens: Sequence[str]) -> list[str]:
    """Adjacent pairs: ["thi", "dua", "yeu"] -> ["thi_dua", "dua_yeu"]."""
    return [f"{first}_{second}" for first, second in pairwise(tokens)]
