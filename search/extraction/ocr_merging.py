"""Two readings of one picture as one: the better stands, the other mends and completes it."""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from search.vietnamese.letters import fold

from .pages import Box, Line
from .trust import is_known

_LETTERS = re.compile(r"[^\W\d_]+")
# A line of the other reading is the same as one of ours when so much of it lies there.
_SAME = 0.5


def merge(ours: tuple[Line, ...], theirs: tuple[Line, ...]) -> tuple[tuple[Line, ...], str]:
    """Our lines mended and completed by the other reading, and the words that only the other read.

    Shape: a word of ours that is no syllable in use gives way to one of theirs at the same place that is,
    when both have the same letters apart from their marks; noise gives way to words in use; lines that only
    the other saw are put in by their place.
    """
    lines, others, missed = list(ours), [], []
    for line in theirs:
        same = [i for i in range(len(ours)) if _shared(ours[i].box, line.box) >= _SAME]
        index = max(same, key=lambda i: _covered(ours[i].box, line.box), default=-1)
        if index < 0:
            missed.append(line)
            continue
        mended, left_over = _mend(lines[index].text, line.text)
        lines[index] = replace(lines[index], text=mended)
        others += left_over
    for line in missed:
        if any(map(is_known, _LETTERS.findall(line.text))) or any(map(str.isdigit, line.text)):
            lines.insert(_place(lines, line), line)
    return tuple(lines), " ".join(others)


def _mend(ours: str, theirs: str) -> tuple[str, list[str]]:
    mine, other = ours.split(), theirs.split()
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    mended, left_over = [], []
    for kind, start, end, from_, to in matcher.get_opcodes():
        here, there = mine[start:end], other[from_:to]
        if kind == "equal":
            mended += here
        elif len(here) == len(there):
            for word, choice in zip(here, there, strict=True):
                is_better = fold(word) == fold(choice) and not _is_in_use(word) and _is_in_use(choice)
                mended.append(choice if is_better else word)
                left_over.append(word if is_better else choice)
        else:
            is_better = _is_noise(here) and len(there) > 1 and all(map(_is_in_use, there))
            mended += there if is_better else here
            left_over += here if is_better else there
    return " ".join(mended), left_over


def _is_noise(words: list[str]) -> bool:
    """Whether most of some words are no syllables in use; digits are never noise."""
    if any(sign.isdigit() for word in words for sign in word):
        return False
    return sum(map(_is_in_use, words)) < len(words) / 2 or not words


def _is_in_use(word: str) -> bool:
    letters = _LETTERS.findall(word)
    return bool(letters) and all(map(is_known, letters))


def _shared(first: Box, second: Box) -> float:
    """The part of the smaller of two boxes that lies in the other."""
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (first, second)]
    return _covered(first, second) / max(min(areas), 1e-9)


def _covered(first: Box, second: Box) -> float:
    """The area that both boxes cover."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return width * height if width > 0 and height > 0 else 0.0


def _place(lines: list[Line], line: Line) -> int:
    """Where a line belongs by its height: before the first one that begins clearly below it."""
    for index, other in enumerate(lines):
        if other.box[1] >= line.box[3] - 0.002:
            return index
    return len(lines)
