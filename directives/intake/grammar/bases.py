"""Legal bases and addressees: the lines between the title and the text."""

import re

from search.extraction.blocks import Block, Paragraph
from search.vietnamese.letters import fold

from .found import Found
from .lines import Line, tidy

_BASIS = re.compile(r"^\W*(can cu|theo de nghi|xet de nghi|xet to trinh|xet|thuc hien|theo)\b")
_LEGAL = re.compile(r"^\W*can cu\b")
_ADDRESSEE = re.compile(r"^\W*Kính gửi\W*", re.IGNORECASE)
_MAX_BASES = 60


def read_bases(body: list[Block]) -> Found | None:
    """The lines "Căn cứ …" at the beginning of the text, as typed without their last mark."""
    found: list[str] = []
    for block in body[:_MAX_BASES]:
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        text, key = tidy(block.text), fold(tidy(block.text))
        if not _BASIS.match(key) or not (found or _LEGAL.match(key)):
            if found or len(text) > 200:
                break
            continue
        if not found or _LEGAL.match(key) or text.endswith((";", ".", ",")):
            found.append(text.rstrip(" ;,."))
    return Found(found, "typed", 0.92, found[0]) if found else None


def read_addressees(lines: list[Line]) -> Found | None:
    """Who a letter is for: `Found(["UBND các xã, phường", "Các đơn vị thuộc Sở"])`."""
    if not lines:
        return None
    first = _ADDRESSEE.sub("", lines[0].text)
    rest = [line.text for line in lines[1:]]
    joined: list[str] = [first] if first else []
    for text in rest:
        starts = re.match(r"^[-–+•*]\s*\S", text) or not joined or re.search(r"[;.]$", joined[-1])
        if starts:
            joined.append(re.sub(r"^[-–+•*]\s*", "", text))
        else:
            joined[-1] += f" {text}"
    parts = [part for text in joined for part in text.split(";")]
    values = [part.strip(" ;.,-") for part in parts if part.strip(" ;.,-")]
    return Found(values, "typed", 0.95, "\n".join(line.text for line in lines)) if values else None
