"""The process that opens one file: the file on standard input, its parts as lines of JSON on standard output.

Each page is written as soon as it was read, so that the pages before a fatal one are not lost.
"""

import json
import os
import sys
from collections.abc import Iterator

from . import bounds
from .bounded import place_of
from .opening import Wishes, open_parts
from .pages import Body, Ending, FilePage, Found, Part, page_to_json
from .refusals import ReadingFailed, Refused


def main() -> None:
    """Writes a line for each part, at last ["end", problem, is_cut, is_refused] or ["crashed", place]."""
    bounds.PROCESS.bind()
    asked = json.loads(sys.argv[1])
    engines = asked.pop("engines")
    name, wishes = asked.pop("name"), Wishes(engines=None if engines is None else tuple(engines), **asked)
    with os.fdopen(1, "wb", buffering=0, closefd=False) as output:
        for line in _lines(sys.stdin.buffer.read(bounds.MAX_FILE_BYTES + 1), name, wishes):
            data = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
            output.write(data.encode("utf-8", "replace"))


def _lines(data: bytes, name: str, wishes: Wishes) -> Iterator[list]:
    try:
        for part in cut(open_parts(data, name, wishes), name):
            if not isinstance(part, Body) or wishes.with_blocks:
                yield _line(part)
    except Refused as error:
        yield ["end", error.message, False, True]
    except ReadingFailed as error:
        yield ["end", error.message, False, False]
    except (MemoryError, RecursionError):
        yield ["end", f"Tệp “{name}” quá nặng nên không đọc được. Hãy tách thành tệp nhỏ hơn.", True, False]
    except Exception as error:
        yield ["crashed", place_of(error)]


def _line(part: Part) -> list:
    match part:
        case FilePage():
            return ["page", *page_to_json(part)]
        case Body():
            return ["body", [block.to_json() for block in part.blocks], list(part.margins)]
        case Found():
            return ["found", part.format, part.warning]
        case Ending():
            return ["end", part.problem, part.is_cut, part.is_refused]


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
