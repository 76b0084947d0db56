"""Several documents one after the other in one file: where each begins.

A document begins with the motto of the State or the Party and a number of its own. A regulation, an appendix
or a form that a document brings with it has no number, or says what it goes with.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from search.extraction.blocks import Block, text_of
from search.extraction.layout import blocks_of_pages
from search.extraction.reading import FileContent
from search.vietnamese.letters import fold

from .grammar.kinds import match_kind
from .grammar.lines import Line, lines_of
from .grammar.printed import PrintedLine, lines_of_blocks, lines_of_pages
from .grammar.printed_head import MOTTO, PARTY_MOTTO, read_printed_head
from .reading import Part

_HEAD_LINES = 16
_BROUGHT = re.compile(r"^\W*(?:phu luc|mau so|mau \d|bieu mau|bieu so|phu bieu)\b|\b(?:ban hanh )?kem theo\b")


@dataclass(frozen=True)
class _Head:
    """Where a document begins, a page or a block, and what names it."""

    at: int
    number: str
    title: str


def find_parts(content: FileContent) -> tuple[FileContent, tuple[Part, ...]]:
    """The first document of a file, and all of them when there are several: `find_parts(content)[1][1].first_page`."""
    if any(page.lines for page in content.pages):
        return _parts_of_pages(content)
    return _parts_of_blocks(content)


def said_of_parts(parts: Sequence[Part]) -> str:
    """Whose fields were read, e.g. "Tệp chứa 2 văn bản; các trường là của …"; "" for a file of one document."""
    return f"Tệp chứa {len(parts)} văn bản; các trường là của văn bản thứ nhất, {parts[0].title}." if parts else ""


def _parts_of_pages(content: FileContent) -> tuple[FileContent, tuple[Part, ...]]:
    # Only the first page of a file is looked at as a head.
    printed = (lines_of_pages([replace(page, number=1)]) for page in content.pages)
    heads = _distinct(_head(at, lines) for at, lines in enumerate(printed))
    if len(heads) < 2:
        return content, ()
    numbers = [page.number for page in content.pages]
    ends = [head.at - 1 for head in heads[1:]] + [len(numbers) - 1]
    starts = [0] + [head.at for head in heads[1:]]
    parts = tuple(
        Part(numbers[start], numbers[end], head.title) for start, end, head in zip(starts, ends, heads, strict=True)
    )
    pages = content.pages[: heads[1].at]
    return replace(content, pages=pages, body=replace(content.body, blocks=blocks_of_pages(pages))), parts


def _parts_of_blocks(content: FileContent) -> tuple[FileContent, tuple[Part, ...]]:
    blocks = list(content.blocks)
    mottos = dict.fromkeys(line.index for line in lines_of(blocks) if _is_motto(line.text))
    if len(mottos) < 2:
        return content, ()
    # The organ that issues may stand on a line above the motto.
    starts = [at - 1 if at and _is_upper_organ(blocks[at - 1]) else at for at in mottos]
    found = [_head(at, lines_of_blocks(blocks[at : at + 2 * _HEAD_LINES])) for at in starts]
    heads = _distinct(found)
    if len(heads) < 2:
        return content, ()
    cut = heads[1].at
    parts = tuple(Part(0, 0, head.title) for head in heads)
    first = tuple(blocks[:cut])
    return _cut_text(replace(content, body=replace(content.body, blocks=first)), first, blocks[cut]), parts


def _cut_text(content: FileContent, blocks: Sequence[Block], after: Block) -> FileContent:
    """The pages up to where the second document begins; all of them where that place is not found in the text."""
    first_line = next((line for line in text_of([after]).split("\n") if line.strip()), "")
    length = len(text_of(blocks)) // 2
    kept, seen = [], 0
    for page in content.pages:
        at = page.text.find(first_line, max(0, length - seen)) if first_line else -1
        if at >= 0:
            return replace(content, pages=(*kept, replace(page, text=page.text[:at].rstrip())))
        kept.append(page)
        seen += len(page.text)
    return content


def _is_upper_organ(block: Block) -> bool:
    text = text_of([block])
    return text.isupper() and len(text) < 90


def _is_motto(text: str) -> bool:
    key = fold(text)
    return bool(re.search(r"cong h\w?a x\w h\w?i|^\W*dang cong san viet nam\W*$", key)) and len(text) < 160


def _head(at: int, lines: Sequence[PrintedLine]) -> _Head | None:
    """What the head says that stands on some lines, None when it is not that of a document of its own."""
    head = list(lines[:_HEAD_LINES])
    if not any(MOTTO.search(line.key) or PARTY_MOTTO.match(line.key) for line in head):
        return None
    if at and any(_BROUGHT.search(line.key) for line in head):
        return None
    fields = read_printed_head(head, "")
    if "notation" not in fields:
        return None
    number, separator = (fields[name].value if name in fields else "" for name in ("number", "separator"))
    number = f"{number}{separator}{fields['notation'].value}"
    return _Head(at, number, _title(lines, number))


def _title(lines: Sequence[PrintedLine], number: str) -> str:
    """`"Quyết định số 131/QĐ-UBND"`"""
    kinds = (match_kind(Line(line.text, 0)) for line in lines[: 2 * _HEAD_LINES] if line.is_upper)
    kind = next((one.name for one in kinds if one), "Văn bản")
    return f"{kind} số {number}"


def _distinct(heads: Iterable[_Head | None]) -> list[_Head]:
    """The heads in order; one that repeats the number before it goes on with the same document."""
    found: list[_Head] = []
    for head in heads:
        if head and not (found and head.number == found[-1].number):
            found.append(head)
    return found
