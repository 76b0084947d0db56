"""An RTF file as a stream of its signs: groups, control words, bytes of text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z']))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
OPEN, CLOSE = "{", "}"


class Token(NamedTuple):
    """One sign: `Token("par", None, b"")`, `Token("u", 7875, b"")`, `Token("", None, b"text")`.

    Shape: `word` is a control word, a control sign such as "~", "{" or "}", or "" for bytes of text;
    `is_sign` tells a single byte written in hexadecimal.
    """

    word: str
    number: int | None
    text: bytes
    is_sign: bool = False


def tokens(data: bytes) -> Iterator[Token]:
    """The signs of a file one after the other; the bytes of pictures are left out."""
    at = max(data.find(b"{\\rtf"), 0)
    while match := _TOKEN.match(data, at):
        at = match.end()
        word, number, sign, control, brace, text = match.groups()
        if word is not None:
            value = None if number is None else int(number)
            if word == b"bin" and value and value > 0:
                at += value
                continue
            yield Token(word.decode("ascii"), value, b"")
        elif sign is not None:
            yield Token("", None, bytes([int(sign, 16)]), is_sign=True)
        elif brace is not None:
            yield Token(brace.decode("ascii"), None, b"")
        elif text is not None:
            yield Token("", None, text)
        elif control is not None:
            yield Token("par" if control in b"\r\n" else control.decode("latin-1"), None, b"")
