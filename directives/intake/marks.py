"""The words that speak for the fields of a document, marked where they stand in its lines, also over several."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.vietnamese.letters import fold, nfc

_SHORTEST_QUOTE = 3
#: Where a quotation was cut, or joins words from two places.
_CUTS = re.compile(r"\n|…| · ")
Mark = tuple[int, int, str]


def mark_lines(lines: Sequence[str], quotes: Mapping[str, Iterable[str]]) -> list[SafeString]:
    """The lines as safe HTML: `mark_lines(["Số:   12"], {"number": ["Số: 12"]})` marks the whole of it.

    Shape: `quotes` by field; each is marked once, blanks count as one, and words that speak for two fields bear both
    names in `data-field`. Everything of the file is escaped.
    """
    lines = [nfc(line) for line in lines]
    places = _places(lines)
    plain = "".join(" " if at < 0 else lines[line][at] for line, at in places)
    folded = fold(plain)
    marks: dict[int, list[Mark]] = {}
    for name, each in quotes.items():
        for quote in each:
            for start, end in _found(quote, plain, folded):
                _keep(marks, name, places[start:end])
    return [_html(line, marks.get(number, [])) for number, line in enumerate(lines)]


def _places(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Line and position of each letter when every run of blanks is one, which stands nowhere (-1)."""
    places: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        for word in re.finditer(r"\S+", line):
            places.append((number, -1))
            places.extend((number, at) for at in range(*word.span()))
    return places


def _found(quote: str, plain: str, folded: str) -> list[tuple[int, int]]:
    """Where a quotation stands: as a whole, else each of its lines."""
    whole = " ".join(nfc(quote).split())
    if span := _search(whole, plain, folded):
        return [span]
    parts = (" ".join(nfc(part).split()) for part in _CUTS.split(quote))
    return [span for part in parts if (span := _search(part, plain, folded))]


def _search(words: str, plain: str, folded: str) -> tuple[int, int] | None:
    """The first place of some words, as they are written before any other spelling, whole words before parts."""
    if len(words) < _SHORTEST_QUOTE:
        return None
    for text, wanted in ((plain, words), (folded, fold(words))):
        pattern = re.escape(wanted)
        if match := re.search(rf"(?<!\w){pattern}(?!\w)", text) or re.search(pattern, text):
            return match.span()
    return None


def _keep(marks: dict[int, list[Mark]], name: str, places: list[tuple[int, int]]) -> None:
    ends: dict[int, tuple[int, int]] = {}
    for line, at in places:
        if at >= 0:
            ends[line] = (ends.get(line, (at, at))[0], at + 1)
    for line, (start, end) in ends.items():
        marks.setdefault(line, []).append((start, end, name))


def _html(line: str, marks: list[Mark]) -> SafeString:
    bounds = sorted({0, len(line), *(side for start, end, _ in marks for side in (start, end))})
    return mark_safe("".join(_piece(line[start:end], _names(marks, start)) for start, end in pairwise(bounds)))


def _names(marks: list[Mark], at: int) -> str:
    return " ".join(dict.fromkeys(name for start, end, name in marks if start <= at < end))


def _piece(text: str, names: str) -> str:
    return f'<mark data-field="{escape(names)}">{escape(text)}</mark>' if names else escape(text)
