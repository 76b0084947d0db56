"""Words in a frame, which engines take for a drawing: the stamp "HỎA TỐC" under the number of a document."""

from collections.abc import Iterator

import numpy
from PIL import Image

from .pages import Box

# Where the stamps of urgency and secrecy stand, and how large they are, in parts of the page.
_DEPTH, _WIDTH = 0.42, 0.5
_NARROW, _WIDE = 0.05, 0.32
_LOW, _HIGH = 0.012, 0.06
_DARK = 150
# A line drawn by hand or by a stamp has gaps, and is as thick as a few dots.
_GAP, _THICK = 6, 8


def framed(page: Image.Image) -> list[Box]:
    """The insides of the frames at the left of the head: `[(0.2, 0.2, 0.33, 0.22)]`, none on most pages."""
    width, height = page.size
    grey = numpy.asarray(page.convert("L").crop((0, 0, round(width * _WIDTH), round(height * _DEPTH))))
    rules = list(_rules(grey < _DARK, width * _NARROW, width * _WIDE))
    found = []
    for at, (top, left, right) in enumerate(rules):
        for bottom, other_left, other_right in rules[at + 1 :]:
            is_frame = abs(left - other_left) < _THICK and abs(right - other_right) < _THICK
            if is_frame and _LOW < (bottom - top) / height < _HIGH:
                inside = (left + _THICK, top + _THICK, right - _THICK, bottom - _THICK + 2)
                found.append(tuple(part / size for part, size in zip(inside, page.size * 2, strict=True)))
                break
    return found


def _rules(dark: numpy.ndarray, least: float, most: float) -> Iterator[tuple[int, int, int]]:
    """The straight rules across some dots, each by its lowest row: where it lies, begins and ends."""
    last: tuple[int, int, int] | None = None
    for row in range(dark.shape[0]):
        if dark[row].sum() < least * 0.7:
            continue
        for left, right in _runs(dark[row]):
            if least <= right - left <= most:
                if last and (row - last[0] > _THICK or abs(left - last[1]) > 2 * _THICK):
                    yield last
                last = (row, left, right)
    if last:
        yield last


def _runs(row: numpy.ndarray) -> Iterator[tuple[int, int]]:
    """The unbroken stretches of dark dots in a row, small gaps closed."""
    dots = numpy.flatnonzero(row)
    if len(dots):
        breaks = numpy.flatnonzero(numpy.diff(dots) > _GAP)
        starts, ends = numpy.r_[0, breaks + 1], numpy.r_[breaks, len(dots) - 1]
        yield from ((int(dots[a]), int(dots[b])) for a, b in zip(starts, ends, strict=True))
