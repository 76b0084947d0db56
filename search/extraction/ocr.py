"""Words out of the picture of a page, by the default engine, and by the others where that is unsure.

An engine is a class with `name`, `is_installed()` and `read(picture)`; `ENGINES` lists them, the default first.
"""

import importlib
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from .ocr_merging import merge
from .ocr_rereading import reread
from .pages import OCR, FilePage, Line
from .tidying import tidy
from .trust import quality_of

if TYPE_CHECKING:
    from PIL.Image import Image

#: Where each engine lives; its module is loaded only when it is used.
ENGINES = {"trueocr": "ocr_trueocr", "tesseract": "ocr_tesseract"}

# Below these a page is read a second time: clean scans have 0.95 syllables in use and lines surer than 0.94.
_FEW_WORDS, _LEAST_KNOWN = 15, 0.85
_DOUBTFUL, _MOST_DOUBTFUL = 0.85, 0.15


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine read: lines placed on the picture it turned upright.

    Shape: `turns` counts the quarter turns, clockwise, that made `upright` out of the picture given.
    """

    lines: tuple[Line, ...]
    upright: "Image"
    turns: int = 0

    @property
    def text(self) -> str:
        """Its lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


class OcrEngine(Protocol):
    """Reads the words of one grey picture: `engine.read(picture).lines[0].text`."""

    name: str

    @staticmethod
    def is_installed() -> bool:
        """Whether all that it needs is on this machine; loads nothing heavy."""
        ...

    def read(self, picture: "Image", is_upright: bool = False) -> Reading:
        """The lines of a picture; `is_upright` says that it was straightened already."""
        ...


def installed(wanted: tuple[str, ...] | None = None) -> list[str]:
    """The engines on this machine in their order, as in `installed() == ["trueocr", "tesseract"]`."""
    return [name for name in ENGINES if (wanted is None or name in wanted) and _engine_class(name).is_installed()]


def read_page(picture: "Image", number: int, engines: tuple[str, ...] | None = None, thorough: bool = True) -> FilePage:
    """One page read from its picture: `read_page(picture, 3).source == "ocr"`.

    Shape: the lines stand on the picture as it was given, also when it was turned to be read; a page that the
    first engine is unsure of is read by the second too, and the better one shown; with `thorough`, or when the
    engines are named, every page is. The lines that tell what a document is are read by both on any page.
    Errors: ValueError when no engine is installed.
    """
    names = installed(engines)
    if not names:
        raise ValueError("no OCR engine is installed")
    picture = picture.convert("L")
    first = engine(names[0]).read(picture)
    lines, also = first.lines, ""
    if len(names) > 1 and (thorough or engines is not None or is_unsure(first)):
        second = engine(names[1]).read(first.upright, is_upright=True)
        lines, also = merge(*_better_first(first, second))
    read_rows = getattr(engine(names[1]), "read_rows", None) if len(names) > 1 else None
    if read_rows is not None:
        lines = reread(lines, first.upright, read_rows)
    lines = tuple(replace(line, text=tidy(line.text).replace("\n", " ")) for line in lines)
    # Specks, stamps and rules are read as lone signs.
    lines = tuple(line for line in lines if any(map(str.isalnum, line.text)))
    placed = tuple(replace(line, box=turned_back(line.box, first.turns)) for line in lines)
    return FilePage(number, tidy("\n".join(line.text for line in placed)), OCR, placed, also)


def is_unsure(reading: Reading) -> bool:
    """Whether another engine may read a page better: few words, syllables not in use, or lines read with doubt."""
    quality = quality_of(reading.text)
    if quality.words < _FEW_WORDS or quality.known < _LEAST_KNOWN or not quality.is_good:
        return True
    letters = sum(len(line.text) for line in reading.lines)
    doubtful = sum(len(line.text) for line in reading.lines if line.confidence < _DOUBTFUL)
    return doubtful > letters * _MOST_DOUBTFUL


@cache
def engine(name: str) -> OcrEngine:
    """The engine of that name, its models loaded once a process."""
    return _engine_class(name)()


def turned_back(box, turns: int):
    """A box on an upright picture as it lies on the picture before it was turned clockwise so many quarters."""
    for _ in range(turns % 4):
        left, top, right, bottom = box
        box = (top, 1 - right, bottom, 1 - left)
    return box


def _better_first(first: Reading, second: Reading) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of both readings, those first that hold more words in use."""
    scores = [quality.known * quality.words for quality in map(quality_of, (first.text, second.text))]
    return (first.lines, second.lines) if scores[0] >= scores[1] else (second.lines, first.lines)


def _engine_class(name: str):
    return importlib.import_module(f".{ENGINES[name]}", __package__).Engine
