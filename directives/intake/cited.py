"""The documents that the pages of a file cite, with their places in its text."""

import bisect
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Any

from directives.citations import Citation, find_citations
from search.extraction.pages import FilePage

from .facts import Fact, kind_name
from .recognition import join_numbers

_HEAD_LINES = 15
_BEGINS = re.compile(
    r"^\s*(?:[-–+•]\s|\d{1,2}[.)]\s|[a-zđ]\)|[IVX]{1,4}\.\s|Điều \d|ĐIỀU \d|Chương [IVXLC\d]|CHƯƠNG [IVXLC\d]|Mục \d|"
    r"MỤC \d|Khoản \d|Căn cứ\b|Nơi nhận|Phụ lục|PHỤ LỤC)"
)


def cited_in(pages: Sequence[FilePage], facts: Mapping[str, Fact]) -> list[dict[str, Any]]:
    """The documents that the pages cite, in order, without the number of the document itself.

    Shape: a dict for each, as `read_document` prints it; `start` and `end` are places in the texts of the pages
    joined by line ends.
    """
    text = "\n".join(page.text for page in pages)
    flowing = "\n".join(flowing_text(page) for page in pages)
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page.text) + 1
    head = _head_end(text)
    own = tuple(facts[name].value if name in facts else "" for name in ("number", "notation"))
    found = []
    for citation in join_numbers(find_citations(flowing), flowing):
        number = citation.number
        is_own = number and (number.number or "", number.notation) == own
        if is_own or _is_head_number(citation, text, head):
            continue
        page = pages[bisect.bisect_right(starts, citation.start) - 1].number
        found.append(_citation(citation, text[citation.start : citation.end], page or None))
    return found


def flowing_text(page: FilePage, least: float = 0.7) -> str:
    """The text of a page with a space for each line end inside a paragraph, of the same length.

    Shape: a line that is shorter than `least` of the longest one ends its paragraph.
    """
    if not page.lines:
        return page.text
    lines = page.text.split("\n")
    full = least * max(map(len, lines))
    ends = ["\n" if len(a) < full or _BEGINS.match(b) or a.endswith((";", ":")) else " " for a, b in pairwise(lines)]
    return "".join(part for pair in zip_longest(lines, ends, fillvalue="") for part in pair)


def _head_end(text: str) -> int:
    return len("\n".join(text.split("\n", _HEAD_LINES)[:_HEAD_LINES]))


def _is_head_number(citation: Citation, text: str, head: int) -> bool:
    """Whether a number stands on the line "Số: …" of the head."""
    line = text[text.rfind("\n", 0, citation.start) + 1 : citation.end]
    return citation.start < head and bool(re.match(r"\W*S[ốỐôÔóÓ]\b", line))


def _citation(citation: Citation, printed: str, page: int | None) -> dict[str, Any]:
    number = citation.number
    slug = citation.doc_kind or ("tieu_chuan" if citation.kind == "tieu_chuan" else "")
    return {
        "text": printed,
        "start": citation.start,
        "end": citation.end,
        "page": page,
        "kind": kind_name(slug) if slug else "",
        "number": (number.number or "") if number else "",
        "notation": number.notation if number else "",
        "issued_on": citation.issued_on.iso() if citation.issued_on else "",
    }
