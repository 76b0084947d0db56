"""The parts that a reader gives of a document whose text flows: its blocks and its pages as far as they are known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .blocks import Block, text_of
from .docx import OLD_FONT
from .legacy_guessing import convert_blocks
from .pages import Body, Ending, FilePage, Found, Part
from .tidying import tidy


def parts_of_blocks(
    blocks: Sequence[Block], name: str, margins: Iterable[str] = (), is_converted=False
) -> Iterator[Part]:
    """The parts of a document that knows no pages: all its text has number 0."""
    blocks, guessed = convert_blocks(blocks)
    if guessed or is_converted:
        yield Found(warning=OLD_FONT)
    margins = [line for line in dict.fromkeys(margins) if line.strip()]
    yield Body(tuple(blocks), tuple(margins))
    yield from pages_of_lines({0: [text_of(blocks), *margins]}, name)


def pages_of_lines(lines: Mapping[int, list[str]], name: str) -> Iterator[FilePage | Ending]:
    """A page for each number with text, 0 last, and the ending."""
    has_text = False
    for number in [*sorted(filter(None, lines)), 0]:
        if text := tidy("\n".join(lines.get(number, ()))):
            has_text = True
            yield FilePage(number, text)
    yield Ending("" if has_text else f"Tệp “{name}” không có chữ để tìm.")
