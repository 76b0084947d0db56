"""Accents read off the documents that were found: for words worked out without them, and where others were meant."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.vietnamese.letters import canonical_tones, fold, nfc
from search.vietnamese.syllables import TOKEN, exact_tokens

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


def respell(text: str, found: Sequence[str]) -> str:
    """The text with the accents that the found texts have beside the same neighbour; "" when they agree.

    Example: `respell("nông thôn mơi", ["Nông thôn mới", "Xây dựng nông thôn mới"])` is "nông thôn mới".
    Shape: a word changes only when no found text has it as typed and at least two have it otherwise; words typed
    without any accent ask for none.
    """
    text = nfc(text)
    if fold(text) == text.lower():
        return ""
    words = [(match.start(), match.end()) for match in TOKEN.finditer(text)]
    spelled = [TOKEN.findall(nfc(each[:LONGEST_TEXT])) for each in found]
    pieces, last = [], 0
    for place, (start, end) in enumerate(words):
        if other := _otherwise_accented([text[first:stop] for first, stop in words], place, spelled):
            pieces += [text[last:start], other]
            last = end
    return "".join(pieces) + text[last:] if pieces else ""


def _otherwise_accented(words: Sequence[str], place: int, texts: Sequence[Sequence[str]]) -> str:
    """How most texts accent the word beside one of its neighbours; "" when one has it as typed."""
    forms: Counter[str] = Counter()
    for other in (place - 1, place + 1):
        if not 0 <= other < len(words):
            continue
        asked = tuple(fold(words[each]) for each in sorted((place, other)))
        for text in texts:
            forms.update({_form(pair[place > other]) for pair in pairwise(text) if tuple(map(fold, pair)) == asked})
    typed = _form(words[place])
    if not forms or any(exact_tokens(form) == exact_tokens(typed) for form in forms):
        return ""
    form, count = forms.most_common(1)[0]
    return form if count > 1 else ""


def _form(word: str) -> str:
    return canonical_tones(word.lower())


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
