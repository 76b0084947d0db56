"""The text of a .docx by the pages that Word last drew, where the file tells them."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from . import archive
from .blocks import Block, Paragraph, Table
from .docx import PAGE_ASKED, PAGE_DRAWN, read_docx
from .docx_package import Package
from .flowing import pages_of_lines
from .pages import Body, Found, Part
from .tidying import is_page_number

_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
_MARKS = re.compile(f"[{PAGE_ASKED}{PAGE_DRAWN}]")
_PIECES = re.compile(f"([{PAGE_ASKED}{PAGE_DRAWN}])")


def read_docx_pages(data: bytes, name: str, wishes=None) -> Iterator[Part]:
    """The pages with text, then how it ended, as in `[*read_docx_pages(data, "a.docx")][0].text`.

    Shape: notes, and each line of the page headers once, come last with number 0; all of it has number 0
    when the file does not tell its pages for sure.
    Errors: Refused or ReadingFailed, with a Vietnamese sentence.
    """
    archive.check_docx(name, data)
    document = read_docx(io.BytesIO(data), marks_pages=True)
    yield from (Found(warning=warning) for warning in document.warnings)
    if wishes is not None and wishes.with_blocks:
        yield Body(tuple(map(without_page_marks, document.blocks)), tuple(document.margins))
    pager = Pager()
    pager.turn(block for block in document.blocks if not _is_note(block))
    beside = [block.line for block in document.blocks if _is_note(block)]
    beside += dict.fromkeys(line for line in document.margins if line and not is_page_number(line))
    lines: dict[int, list[str]] = pager.lines
    if not _are_known(pager, data):
        lines = {0: [line for page in pager.lines.values() for line in page]}
    lines[0] = [*lines.get(0, ()), *beside]
    yield from pages_of_lines(lines, name)


def without_page_marks(block: Block) -> Block:
    """The same block without the signs that part pages."""
    if isinstance(block, Table):
        rows = tuple(tuple(tuple(map(without_page_marks, cell)) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    runs = (replace(run, text=_MARKS.sub("", run.text)) for run in block.runs)
    return replace(block, runs=tuple(run for run in runs if run.text))


class Pager:
    """Deals lines out to pages: `pager.turn(blocks)`, then `pager.lines[2]` is the second page."""

    def __init__(self) -> None:
        self.page = 1
        self.is_drawn = False
        self.lines: dict[int, list[str]] = defaultdict(list)
        # Word marks the page that a break asked for once more when it has drawn it.
        self._was_asked = False

    def turn(self, blocks) -> None:
        """Goes through blocks in reading order."""
        for block in blocks:
            if isinstance(block, Table):
                self._turn_table(block)
            else:
                self._turn_paragraph(block)

    def _turn_table(self, table: Table) -> None:
        """The cells of a row stand side by side, so each begins on the page where the row begins."""
        for row in table.rows:
            start = end = self.page
            for cell in row:
                self.page = start
                self.turn(cell)
                end = max(end, self.page)
            self.page = end

    def _turn_paragraph(self, paragraph: Paragraph) -> None:
        label = f"{paragraph.label} " if paragraph.label else ""
        for piece in _PIECES.split(paragraph.text):
            if piece in (PAGE_ASKED, PAGE_DRAWN):
                self._turn_page(piece)
            elif piece.strip():
                self.lines[self.page].append(label + piece.strip())
                self._was_asked, label = False, ""

    def _turn_page(self, mark: str) -> None:
        self.is_drawn = self.is_drawn or mark == PAGE_DRAWN
        if mark == PAGE_ASKED or not self._was_asked:
            self.page += 1
        self._was_asked = mark == PAGE_ASKED


def _is_note(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role == "note"


def _are_known(pager: Pager, data: bytes) -> bool:
    """Whether the pages that were counted are those of the paper.

    Many programs mark no pages at all, or only the breaks the author asked for, between which any number
    of pages may lie: what was counted must be as many as the file says it has.
    """
    if pager.page == 1:
        return False
    properties = Package(io.BytesIO(data)).part("docProps/app.xml")
    said = "" if properties is None else properties.findtext(_PAGES, "")
    return int(said) == pager.page if said.isdigit() and len(said) < 9 else pager.is_drawn
