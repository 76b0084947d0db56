"""The text layer of a PDF page: its words, and where its lines stand."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from pypdfium2 import raw

from . import bounds
from .legacy_fonts import convert_pieces, encoding_of_font
from .legacy_guessing import convert_guessed
from .pages import Line
from .tidying import tidy

# Letters as the fonts of the 1990s leave them; Unicode Vietnamese holds few of them and none next to each other.
_LATIN_1 = re.compile(r"[\u00a1-\u00bf\u00d0\u00d7\u00de\u00df\u00f0\u00f7\u00fe\xad\u2212]")
_FEW = 5
_LINE_ENDS = "\r\n"
# Columns are parted by more than this many times the height of their letters.
_COLUMN_GAP = 1.6


@dataclass(slots=True)
class _Letter:
    """One sign of the page and its box, in points from the lower left corner; no box for spaces put in."""

    sign: str
    box: tuple[float, float, float, float] | None
    encoding: str = ""


def read_layer(page: pypdfium2.PdfPage) -> tuple[str, int]:
    """The text of a page and how many letters its layer has, as in `read_layer(page)[0]`."""
    layer = page.get_textpage()
    try:
        length = min(layer.count_chars(), bounds.MAX_CHARACTERS + 1)
        text = layer.get_text_range(0, length) if length > 0 else ""
        if len(_LATIN_1.findall(text)) > _FEW:
            text = "\n".join("".join(_converted(line)) for line in _rows(_letters(layer, length)))
            text = convert_guessed(text)
        return tidy(text), length
    finally:
        layer.close()


def read_lines(page: pypdfium2.PdfPage) -> tuple[Line, ...]:
    """The lines of the layer with their boxes, columns side by side apart."""
    layer = page.get_textpage()
    try:
        letters = _letters(layer, min(layer.count_chars(), bounds.MAX_CHARACTERS))
    finally:
        layer.close()
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1), max(top - bottom, 1)
    found = []
    for row in _rows(letters):
        for piece in _columns(row):
            boxes = [letter.box for letter in piece if letter.box]
            text = tidy(convert_guessed("".join(_converted(piece)))).replace("\n", " ")
            if not boxes or not text:
                continue
            box = (
                round((min(b[0] for b in boxes) - left) / width, 4),
                round((top - max(b[3] for b in boxes)) / height, 4),
                round((max(b[2] for b in boxes) - left) / width, 4),
                round((top - min(b[1] for b in boxes)) / height, 4),
            )
            found.append(Line(text, box))
    return tuple(found)


def _letters(layer: pypdfium2.PdfTextPage, count: int) -> list[_Letter]:
    sides = [ctypes.c_double() for _ in range(4)]
    places = [ctypes.byref(side) for side in sides]
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    letters, encodings = [], {}
    for index in range(count):
        code = raw.FPDFText_GetUnicode(layer, index)
        if not code or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        # The order of the sides is that of the call: left, right, bottom, top.
        placed = raw.FPDFText_GetCharBox(layer, index, *places)
        left, right, bottom, top = (side.value for side in sides)
        length = raw.FPDFText_GetFontInfo(layer, index, name, 128, flags)
        font = name.raw[: min(max(length - 1, 0), 128)]
        if font not in encodings:
            encodings[font] = encoding_of_font(font.decode("utf-8", "replace"))
        box = (left, bottom, right, top) if placed and right > left else None
        letters.append(_Letter(chr(code), box, encodings[font]))
    return letters


def _rows(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    for is_end, row in groupby(letters, key=lambda letter: letter.sign in _LINE_ENDS):
        if not is_end:
            yield list(row)


def _columns(row: list[_Letter]) -> list[list[_Letter]]:
    """The letters of a line, parted where a gap is as wide as only columns leave one."""
    pieces: list[list[_Letter]] = [[]]
    last = None
    for letter in row:
        if letter.box and last and letter.sign.strip():
            gap = max(letter.box[0] - last[2], last[0] - letter.box[2])
            if gap > _COLUMN_GAP * max(last[3] - last[1], letter.box[3] - letter.box[1], 4):
                pieces.append([])
        if letter.box and letter.sign.strip():
            last = letter.box
        pieces[-1].append(letter)
    return pieces


def _converted(letters: list[_Letter]) -> Iterator[str]:
    for encoding, group in groupby(letters, key=lambda letter: letter.encoding):
        text = "".join(letter.sign for letter in group)
        yield convert_pieces([text], encoding)[0] if encoding else text
