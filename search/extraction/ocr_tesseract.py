"""The OCR engine tesseract with its Vietnamese model, run as a program of the system."""

import io
import re
import shutil
import subprocess
from collections import defaultdict
from functools import cache
from itertools import pairwise

from PIL import Image

from .ocr import Reading
from .pages import Line
from .trust import quality_of

_LANGUAGE = "vie"
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"}
_SECONDS = 120
_ROTATE = re.compile(rb"Rotate: (90|180|270)")
# Below this part of words in use the page may lie on its side.
_LEAST_KNOWN = 0.4
_SPECK_LETTERS, _SPECK_CONFIDENCE = 3, 0.4
# Columns are parted by more than this many times the height of their words.
_COLUMN_GAP = 1.8
_TURN = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


class Engine:
    """tesseract on one thread: files side by side use the other cores."""

    name = "tesseract"

    @staticmethod
    def is_installed() -> bool:
        """Whether the program and its Vietnamese model are there."""
        return _has_vietnamese()

    def read(self, picture: Image.Image, is_upright: bool = False) -> Reading:
        """The lines of a picture; one that gives no words is turned and read again."""
        lines = _lines(_run(picture, "--psm", "3", "tsv"), *picture.size)
        if not is_upright and quality_of(" ".join(line.text for line in lines)).known < _LEAST_KNOWN:
            turned = _ROTATE.search(_run(picture, "--psm", "0", language="osd"))
            if turned:
                turns = int(turned[1]) // 90
                upright = picture.transpose(_TURN[turns])
                return Reading(_lines(_run(upright, "--psm", "3", "tsv"), *upright.size), upright, turns)
        return Reading(lines, picture)

    @staticmethod
    def read_rows(picture: Image.Image) -> tuple[Line, ...]:
        """The rows of a picture that holds nothing but rows, one below the other."""
        return _lines(_run(picture, "--psm", "6", "tsv"), *picture.size)


@cache
def _has_vietnamese() -> bool:
    program = shutil.which("tesseract")
    if not program:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=False, env=_ENVIRONMENT)
    return _LANGUAGE in listed.stdout.decode("utf-8", "replace").split()


def _run(picture: Image.Image, *arguments: str, language: str = _LANGUAGE) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PPM")
    done = subprocess.run(
        ["tesseract", "-", "-", "--dpi", "200", "-l", language, *arguments],
        input=stream.getvalue(), capture_output=True, timeout=_SECONDS, check=False, env=_ENVIRONMENT,
    )  # fmt: skip
    return done.stdout


def _lines(table: bytes, width: int, height: int) -> tuple[Line, ...]:
    """The lines of tesseract's table: a row a word, with its place and how sure it is."""
    words = defaultdict(list)
    for row in table.decode("utf-8", "replace").splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            words[tuple(cells[1:5])].append((*map(int, cells[6:10]), float(cells[10]), cells[11]))
    lines = (_line(piece, width, height) for row in words.values() for piece in _columns(row))
    return tuple(line for line in lines if not _is_speck(line))


def _is_speck(line: Line) -> bool:
    """Whether a line is a spot of the paper rather than words."""
    return len(line.text) <= _SPECK_LETTERS and line.confidence < _SPECK_CONFIDENCE


def _columns(words: list[tuple]) -> list[list[tuple]]:
    """The words of a line, parted where a gap is as wide as only columns leave one."""
    height = max(word[3] for word in words)
    pieces = [[words[0]]]
    for before, word in pairwise(words):
        if word[0] - before[0] - before[2] > height * _COLUMN_GAP:
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _line(words: list[tuple], width: int, height: int) -> Line:
    left, top = min(word[0] for word in words), min(word[1] for word in words)
    right = max(word[0] + word[2] for word in words)
    bottom = max(word[1] + word[3] for word in words)
    box = (round(left / width, 4), round(top / height, 4), round(right / width, 4), round(bottom / height, 4))
    sure = sum(word[4] for word in words) / len(words) / 100
    return Line(" ".join(word[5] for word in words), box, round(max(0.0, sure), 3))
