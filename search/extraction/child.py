"""The process that opens one file: the file on standard input, its parts as lines of JSON on standard output.

Each page is written as soon as it was read, so that the pages before a fatal one are not lost.
"""

import json
import os
import sys
from collections.abc import Iterator

from . import bounds
from .bounded import place_of
from .messages import line_of
from .opening import Wishes, open_parts
from .pages import Body, Ending, FilePage, Part
from .refusals import ReadingFailed, Refused


def main() -> None:
    """Writes a line for each part, the ending last, or ["crashed", place]."""
    bounds.PROCESS.bind()
    asked = json.loads(sys.argv[1])
    engines = asked.pop("engines")
    name, wishes = asked.pop("name"), Wishes(engines=None if engines is None else tuple(engines), **asked)
    with os.fdopen(1, "wb", buffering=0, closefd=False) as output:
        try:
            for part in read_parts(sys.stdin.buffer.read(bounds.MAX_FILE_BYTES + 1), name, wishes):
                output.write(to_bytes(line_of(part)))
        except Exception as error:
            output.write(to_bytes(["crashed", place_of(error)]))


def to_bytes(line: list) -> bytes:
    """One line of output: `to_bytes(["found", "pdf", ""])`."""
    return (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")


def read_parts(data: bytes, name: str, wishes: Wishes) -> Iterator[Part]:
    """The parts of a file, at last an `Ending` whatever the file is; call it under limits only."""
    try:
        for part in cut(open_parts(data, name, wishes), name):
            if not isinstance(part, Body) or wishes.with_blocks:
                yield part
    except Refused as error:
        yield Ending(error.message, is_refused=True)
    except ReadingFailed as error:
        yield Ending(error.message, is_failed=True)
    except (MemoryError, RecursionError):
        said = f"Tệp “{name}” quá nặng nên không đọc được. Hãy tách thành tệp nhỏ hơn."
        yield Ending(said, is_cut=True, is_failed=True)


def cut(parts: Iterator[Part], name: str) -> Iterator[Part]:
    """The same parts, ended where the text grows too long for an index."""
    left = bounds.MAX_CHARACTERS
    for part in parts:
        if isinstance(part, FilePage) and len(part.text) > left:
            yield FilePage(part.number, part.text[:left], part.source)
            said = f"{bounds.MAX_CHARACTERS:,}".replace(",", ".")
            yield Ending(f"Tệp “{name}” quá dài; chỉ tìm được trong {said} chữ cái đầu.", is_cut=True)
            return
        left -= len(part.text) if isinstance(part, FilePage) else 0
        yield part
