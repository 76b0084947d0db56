"""Tokens for search."""
from collections.abc import Sequence


def syllables(text: str) -> list[str]:
    """Folded syllables in order: "Đất đai" -> ["dat", "dai"]."""
    raise NotImplementedError


def exact_tokens(text: str) -> list[str]:
    """Accent-keeping tokens, tone as a trailing digit: hoà == hòa, kĩ == kỹ."""
    raise NotImplementedError


def pairs(tokens: Sequence[str]) -> list[str]:
    """Adjacent pairs: ["thi", "dua", "yeu"] -> ["thi_dua", "dua_yeu"]."""
    raise NotImplementedError
