"""Accents for words that were worked out without them: read off the documents that were found."""

import re
from collections.abc import Iterable, Sequence

from search.vietnamese.letters import fold, nfc

LONGEST_TEXT = 5_000


def spell(text: str, places: Iterable[int], found: Sequence[str]) -> str:
    """The text with the words at some places spelled as the found texts spell them.

    Example: `spell("quyet dinh 12", [0], ["Quyết định giao đất"])` is "quyết dinh 12".
    Shape: a place is the number of a word between spaces; a word that is nowhere found stays as it is.
    """
    words = text.split(" ")
    plain = [fold(word) for word in words]
    composed = [nfc(each[:LONGEST_TEXT]) for each in found]
    for place in places:
        if place < len(words) and words[place].isascii():
            words[place] = _as_found(plain, place, composed) or words[place]
    return " ".join(words)


def _as_found(words: Sequence[str], place: int, texts: Sequence[str]) -> str:
    """The word as it is written beside one of its neighbours, else anywhere."""
    for first, last in ((place - 1, place + 1), (place, place + 2), (place, place + 1)):
        if first < 0 or last > len(words):
            continue
        before = len(" ".join([*words[first:place], ""])) if place > first else 0
        phrase = re.compile(rf"(?<![^\W_]){re.escape(' '.join(words[first:last]))}(?![^\W_])")
        for text in texts:
            if match := phrase.search(fold(text)):
                start = match.start() + before
                return text[start : start + len(words[place])].lower()
    return ""
