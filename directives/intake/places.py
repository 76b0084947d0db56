"""Where on which page the words of a field stand."""

import re
from collections.abc import Iterable, Sequence

from search.extraction.pages import Box, FilePage, Line
from search.vietnamese.letters import fold

#: Number of the page, then left, top, right and bottom as parts of its width and height.
Spot = tuple[int, float, float, float, float]

_SHORTEST = 3
# Lines of one field follow each other; the next is not further below than this part of the page.
_NEAR = 0.06


def find_spot(words: str, pages: Sequence[FilePage], *, from_end: bool = False) -> Spot | None:
    """The place of some words, also over several lines: `find_spot("SỞ Y TẾ", pages) == (1, 0.1, 0.05, 0.4, 0.07)`.

    Shape: the first place on the pages, with `from_end` the last; None where no page knows places or no line
    holds the words.
    """
    wanted = _key(words)
    if len(wanted) < _SHORTEST:
        return None
    for page in reversed(pages) if from_end else pages:
        if found := _lines_with(wanted, page.lines, from_end):
            return (page.number, *_around(line.box for line in found))
    return None


def _lines_with(wanted: str, lines: Sequence[Line], from_end: bool) -> list[Line]:
    """The line that holds all the words, else those lines near each other that are made of them."""
    keyed = [(line, _key(line.text)) for line in (reversed(lines) if from_end else lines)]
    whole = next((line for line, key in keyed if wanted in key), None)
    if whole is not None:
        return [whole]
    pieces = [(line, key) for line, key in keyed if len(key) >= _SHORTEST and key in wanted]
    for start in range(len(pieces)):
        near = [pieces[start]]
        for line, key in pieces[start + 1 :]:
            if key not in (other for _, other in near) and _distance(near[-1][0].box, line.box) < _NEAR:
                near.append((line, key))
        if sum(len(key) for _, key in near) >= len(wanted) * 0.6:
            return [line for line, _ in near]
    return []


def _distance(one: Box, other: Box) -> float:
    """How much of the page lies between two lines from top to bottom."""
    return max(one[1], other[1]) - min(one[3], other[3])


def _around(boxes: Iterable[Box]) -> Box:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))
