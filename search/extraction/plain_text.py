"""Text files: letters out of bytes whose code table nobody wrote down."""

import codecs
import unicodedata
from collections.abc import Iterator

from . import bounds
from .blocks import Paragraph, Run
from .flowing import parts_of_blocks
from .pages import Part
from .refusals import ReadingFailed
from .trust import quality_of

_MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_JUDGED = 20_000


def read_plain_text(data: bytes, name: str, wishes=None) -> Iterator[Part]:
    """A paragraph for each line: `[*read_plain_text(b"Xin ch\\xc3\\xa0o", "a.txt")][1].text == "Xin chào"`.

    Errors: ReadingFailed when it is too long.
    """
    lines = decode(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(data) > bounds.MAX_TEXT_BYTES * 2 or len(lines) > bounds.MAX_PARAGRAPHS * 4:
        raise ReadingFailed(f"Tệp “{name}” quá dài nên không đọc được. Hãy tách thành tệp nhỏ hơn.")
    yield from parts_of_blocks([Paragraph((Run(line),)) for line in lines if line.strip()], name)


def decode(data: bytes, said: str = "") -> str:
    """Bytes as text, in NFC: by byte order mark, UTF-8, the table the file names, else cp1258 or Latin letters.

    Shape: text in TCVN3 or VNI comes out as the Latin-1 letters it is written with; its reader converts it.
    """
    for mark, table in _MARKED:
        if data.startswith(mark):
            return _composed(data.decode(table, "replace"))
    try:
        return _composed(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if said and _is_known_table(said):
        return _composed(data.decode(said, "replace"))
    # Both tables agree on plain letters; what the others become tells which one was meant.
    candidates = [data.decode("cp1258", "replace"), data.decode("latin-1")]
    best = max(candidates, key=lambda text: quality_of(_composed(text[:_JUDGED])).known)
    return _composed(best)


def _is_known_table(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-8", "ascii")
    except (LookupError, ValueError):
        return False


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
