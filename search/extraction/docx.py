"""The .docx reader: runs with their style, tables, lists and text boxes, in reading order."""

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile
from unicodedata import normalize

from . import bounds
from .blocks import Block, Paragraph, Run, Table
from .docx_lists import Lists, read_lists
from .docx_package import Package
from .docx_styles import Look, Styles, W, has_borders, read_look, read_styles
from .legacy_fonts import convert_pieces, encoding_of_font
from .legacy_guessing import convert_blocks
from .refusals import ReadingFailed

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted and moved-away text is not part of the document; a fallback repeats what precedes it.
_DROPPED = {f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}txbxContent"}
_CONTAINERS = {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"}
# Zero-width and direction marks come from web pages and break every comparison.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
OLD_FONT = "Văn bản dùng phông chữ cũ (TCVN3 hoặc VNI), đã chuyển sang Unicode; hãy đọc lại."
# What marks a new page in the text when it is asked for: as Word drew it, and as the author wanted it.
# XML allows neither sign, so no document holds them.
PAGE_DRAWN, PAGE_ASKED = "\f", "\v"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
          f"{W}softHyphen": "\xad"}  # fmt: skip


@dataclass
class Docx:
    """What a .docx holds: its blocks, and the lines of its page headers and footers."""

    blocks: list[Block] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class _Reader:
    styles: Styles
    lists: Lists
    paragraphs: int = 0
    bytes: int = 0
    converted: bool = False
    marks_pages: bool = False

    def blocks(self, parent, depth: int = 0) -> list[Block]:
        """The paragraphs and tables under an element."""
        found: list[Block] = []
        for child in parent:
            if child.tag == f"{W}p":
                found += self._boxes(child, depth)
                found.append(self.paragraph(child))
            elif child.tag == f"{W}tbl":
                found.append(self._table(child, depth + 1))
            elif child.tag in _CONTAINERS:
                found += self.blocks(child, depth)
        return found

    def paragraph(self, element) -> Paragraph:
        """One paragraph with its runs."""
        properties = element.find(f"{W}pPr")
        own = read_look(properties)
        look = own.over(self.styles.look(_style(properties, "pStyle") or self.styles.default_paragraph))
        runs = self._runs(element, look)
        self._count(runs)
        label = self.lists.next_label(look.list_id, look.list_level or 0) if _has_text(runs) else ""
        heading = 0 if look.outline is None or look.outline > 8 else look.outline + 1
        return Paragraph(runs, look.align or "", label, look.list_level or 0, heading)

    def _runs(self, element, base: Look) -> tuple[Run, ...]:
        pieces: list[tuple[Look, str]] = []
        for run in _runs_of(element):
            properties = run.find(f"{W}rPr")
            look = read_look(properties)
            if style := _style(properties, "rStyle"):
                look = look.over(self.styles.look(style)) if style in self.styles.looks else look
            look = look.over(base)
            text = "".join(self._text_of(child) for child in run)
            if text and not look.hidden:
                pieces.append((look, text))
        return tuple(self._converted(pieces))

    def _text_of(self, element) -> str:
        if element.tag == f"{W}t":
            return element.text or ""
        if self.marks_pages and element.tag == f"{W}lastRenderedPageBreak":
            return PAGE_DRAWN
        if self.marks_pages and element.tag == f"{W}br" and element.get(f"{W}type") == "page":
            return PAGE_ASKED
        return _SIGNS.get(element.tag, "")

    def _converted(self, pieces: list[tuple[Look, str]]) -> list[Run]:
        runs, start = [], 0
        while start < len(pieces):
            encoding = encoding_of_font(pieces[start][0].font or "")
            end = start
            while end < len(pieces) and encoding_of_font(pieces[end][0].font or "") == encoding:
                end += 1
            texts = convert_pieces([text for _, text in pieces[start:end]], encoding)
            self.converted = self.converted or bool(encoding)
            for (look, _), text in zip(pieces[start:end], texts, strict=True):
                text = text.upper() if look.caps else text
                _append(runs, Run(text, bool(look.bold), bool(look.italic), bool(look.underline)))
            start = end
        return runs

    def _table(self, element, depth: int) -> Table:
        if depth > bounds.MAX_NESTED_TABLES:
            raise ReadingFailed("Văn bản có quá nhiều bảng lồng nhau. Hãy bỏ bớt bảng lồng rồi tải lên lại.")
        rows = tuple(
            tuple(tuple(self.blocks(cell, depth)) for cell in _within(row, "tc"))
            for row in _within(element, "tr")
            if not _is_dropped(row)
        )
        properties = element.find(f"{W}tblPr")
        own = None if properties is None else properties.find(f"{W}tblBorders")
        if own is not None:
            return Table(rows, has_borders(own))
        bordered = self.styles.is_bordered(_style(properties, "tblStyle"))
        return Table(rows, bordered or any(map(has_borders, element.iter(f"{W}tcBorders"))))

    def _boxes(self, element, depth: int) -> list[Block]:
        """Text boxes, where stamps such as "HỎA TỐC" live, before the paragraph they hang on."""
        found: list[Block] = []
        for box in element.iter(f"{W}txbxContent"):
            between = takewhile(lambda outer: outer is not element, box.iterancestors())
            if not _DROPPED & {outer.tag for outer in between}:
                found += self.blocks(box, depth + 1)
        return found

    def _count(self, runs: tuple[Run, ...]) -> None:
        self.paragraphs += 1
        self.bytes += sum(len(run.text.encode("utf-8", "replace")) for run in runs)
        if self.paragraphs > bounds.MAX_PARAGRAPHS or self.bytes > bounds.MAX_TEXT_BYTES:
            raise ReadingFailed("Văn bản quá dài nên không đọc được. Hãy tách phụ lục thành tệp riêng rồi tải lên.")


def read_docx(file, marks_pages: bool = False) -> Docx:
    """The blocks of a .docx, as in `read_docx(open("ke-hoach.docx", "rb")).blocks`.

    Shape: footnotes and endnotes stand at the end with the role "note"; with `marks_pages` the text holds
    `PAGE_DRAWN` and `PAGE_ASKED` where pages begin.
    Errors: ReadingFailed, with a sentence for the clerk.
    """
    package = Package(file)
    root = package.document()
    body = root.find(f"{W}body")
    if body is None:
        raise ReadingFailed("Tệp không có nội dung văn bản. Hãy kiểm tra lại tệp rồi tải lên.")
    if sum(1 for _ in root.iter(f"{W}p")) > bounds.MAX_PARAGRAPHS:
        raise ReadingFailed("Văn bản có quá nhiều đoạn nên không đọc được. Hãy tách phụ lục thành tệp riêng.")
    reader = _Reader(
        read_styles(package.related("styles.xml")),
        read_lists(package.related("numbering.xml")),
        marks_pages=marks_pages,
    )
    found = Docx(reader.blocks(body))
    found.blocks += _notes(package, reader)
    for margin in package.margins():
        found.margins += [_runs_text(reader.paragraph(p)) for p in margin.iter(f"{W}p")]
    found.blocks, guessed = convert_blocks(found.blocks)
    if reader.converted or guessed:
        found.warnings.append(OLD_FONT)
    return found


def _notes(package: Package, reader: _Reader) -> list[Block]:
    roots = (package.related("footnotes.xml"), package.related("endnotes.xml"))
    notes = [n for root in roots if root is not None for n in root if n.get(f"{W}type") in (None, "normal")]
    found: list[Block] = []
    for index, note in enumerate(notes, start=1):
        for paragraph in (reader.paragraph(p) for p in note.iter(f"{W}p")):
            if paragraph.text.strip():
                found.append(Paragraph(paragraph.runs, label=f"({index})", role="note"))
    return found


def _runs_of(element):
    """The runs of a paragraph that are printed, those inside links and insertions included."""
    for child in element:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in _DROPPED and isinstance(child.tag, str):
            yield from _runs_of(child)


def _within(element, name: str):
    """The rows of a table or cells of a row, also when content controls wrap them."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _within(child, name)


def _is_dropped(row) -> bool:
    """Whether a row of a table is hidden or deleted."""
    properties = row.find(f"{W}trPr")
    return properties is not None and any(properties.find(f"{W}{name}") is not None for name in ("hidden", "del"))


def _style(properties, name: str) -> str | None:
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _append(runs: list[Run], run: Run) -> None:
    """Adds a run, joined to the one before when both look the same."""
    run = replace(run, text=normalize("NFC", _INVISIBLE.sub("", run.text)))
    last = runs[-1] if runs else None
    if last and (last.bold, last.italic, last.underline) == (run.bold, run.italic, run.underline):
        runs[-1] = Run(last.text + run.text, run.bold, run.italic, run.underline)
    elif run.text:
        runs.append(run)


def _has_text(runs: tuple[Run, ...]) -> bool:
    return any(run.text.strip() for run in runs)


def _runs_text(paragraph: Paragraph) -> str:
    return paragraph.text.strip()
