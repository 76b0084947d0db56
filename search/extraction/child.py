"""The process that opens one file: the file on standard input, its pages as lines of JSON on standard output.

Each page is written as soon as it was read, so that the pages before a fatal one are not lost.
"""

import json
import os
import sys
from collections.abc import Iterator

from . import bounds, formats
from .bounded import place_of
from .pages import Ending, FilePage
from .refusals import ReadingFailed, Refused


def main() -> None:
    """Writes lines ["page", number, text] and at last ["end", problem, is_cut] or ["crashed", place]."""
    bounds.PROCESS.bind()
    name = sys.argv[1]
    with os.fdopen(1, "wb", buffering=0, closefd=False) as output:
        for line in _lines(sys.stdin.buffer.read(bounds.MAX_FILE_BYTES + 1), name):
            data = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
            output.write(data.encode("utf-8", "replace"))


def _lines(data: bytes, name: str) -> Iterator[list]:
    try:
        for part in cut(_read(data, name), name):
            if isinstance(part, FilePage):
                yield ["page", part.number, part.text]
            else:
                yield ["end", part.problem, part.is_cut]
    except (Refused, ReadingFailed) as error:
        yield ["end", error.message, False]
    except (MemoryError, RecursionError):
        yield ["end", f"Tệp “{name}” quá nặng nên không đọc được. Hãy tách thành tệp nhỏ hơn.", True]
    except Exception as error:
        yield ["crashed", place_of(error)]


def _read(data: bytes, name: str) -> Iterator[FilePage | Ending]:
    # The libraries are loaded here, under the limits, and never in the web process.
    kind = formats.format_of(name)
    if kind is not None and kind.name == "docx":
        from .docx_pages import read_docx_pages

        return read_docx_pages(data, name)
    from .pdf import read_pdf

    return read_pdf(data, name)


def cut(parts: Iterator[FilePage | Ending], name: str) -> Iterator[FilePage | Ending]:
    """The same parts, ended where the text grows too long for an index."""
    left = bounds.MAX_CHARACTERS
    for part in parts:
        if isinstance(part, FilePage) and len(part.text) > left:
            yield FilePage(part.number, part.text[:left])
            said = f"{bounds.MAX_CHARACTERS:,}".replace(",", ".")
            yield Ending(f"Tệp “{name}” quá dài; chỉ tìm được trong {said} chữ cái đầu.", is_cut=True)
            return
        left -= len(part.text) if isinstance(part, FilePage) else 0
        yield part
