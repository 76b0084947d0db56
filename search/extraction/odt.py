"""The .odt reader: runs with their style, tables, lists and text boxes, in reading order."""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from . import bounds
from .blocks import Block, Paragraph, Run, Table, joined_runs
from .docx_package import parse_xml
from .flowing import parts_of_blocks
from .legacy_fonts import convert_pieces, encoding_of_font
from .odt_styles import OFFICE, STYLE, TABLE, TEXT, Look, Styles, read_styles
from .pages import Part
from .refusals import ReadingFailed

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
# Deleted text, comments and marks of the index are not part of the document.
_DROPPED = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}sequence-decls", f"{TEXT}note-citation",
            f"{OFFICE}forms", f"{TEXT}ruby-text"}  # fmt: skip
_PARAGRAPHS = {f"{TEXT}p", f"{TEXT}h"}
_SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_MANIFEST = "META-INF/manifest.xml"


@dataclass
class _Reader:
    styles: Styles
    notes: list[Block] = field(default_factory=list)
    count: int = 0
    converted: bool = False

    def blocks(self, parent, depth: int = 0, label: str = "") -> list[Block]:
        """The paragraphs and tables under an element."""
        if depth > bounds.MAX_NESTED_TABLES * 3:
            raise ReadingFailed("Văn bản có quá nhiều bảng lồng nhau. Hãy bỏ bớt bảng lồng rồi tải lên lại.")
        found: list[Block] = []
        for child in parent:
            if child.tag in _PARAGRAPHS:
                found += self._boxes(child, depth)
                found.append(self.paragraph(child, label))
                label = ""
            elif child.tag == f"{TABLE}table":
                found.append(self._table(child, depth))
            elif child.tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                found += self.blocks(child, depth + 1, "-")
            elif child.tag not in _DROPPED:
                found += self.blocks(child, depth + 1, label)
        return found

    def paragraph(self, element, label: str = "") -> Paragraph:
        """One paragraph with its runs."""
        self.count += 1
        if self.count > bounds.MAX_PARAGRAPHS:
            raise ReadingFailed("Văn bản có quá nhiều đoạn nên không đọc được. Hãy tách phụ lục thành tệp riêng.")
        look = self.styles.look(element.get(f"{TEXT}style-name"))
        pieces: list[tuple[Look, str]] = []
        self._collect(element, look, pieces, 0)
        runs = joined_runs(Run(text, *seen.marks) for seen, text in self._convert(pieces))
        level = element.get(f"{TEXT}outline-level", "0") if element.tag == f"{TEXT}h" else "0"
        heading = int(level) if level.isdigit() and len(level) == 1 else 0
        has_text = any(run.text.strip() for run in runs)
        return Paragraph(runs, align=look.align or "", label=label if has_text else "", heading=heading)

    def _collect(self, element, look: Look, pieces: list[tuple[Look, str]], depth: int) -> None:
        if depth > bounds.MAX_NESTED_GROUPS:
            raise ReadingFailed("Văn bản lồng nhau quá sâu nên không đọc được. Hãy lưu lại thành .docx rồi tải lên.")
        _add(pieces, look, element.text)
        for child in element:
            if child.tag in _SIGNS:
                pieces.append((look, _SIGNS[child.tag]))
            elif child.tag == f"{TEXT}s":
                count = child.get(f"{TEXT}c", "1")
                pieces.append((look, " " * (min(int(count), 200) if count.isdigit() else 1)))
            elif child.tag == f"{TEXT}note":
                self._note(child)
            elif isinstance(child.tag, str) and not child.tag.startswith(_DRAW) and child.tag not in _DROPPED:
                inner = look
                if child.tag == f"{TEXT}span":
                    inner = self.styles.own_look(child.get(f"{TEXT}style-name")).over(look)
                self._collect(child, inner, pieces, depth + 1)
            _add(pieces, look, child.tail)

    def _convert(self, pieces: list[tuple[Look, str]]) -> Iterator[tuple[Look, str]]:
        start = 0
        while start < len(pieces):
            encoding = encoding_of_font(pieces[start][0].font or "")
            end = start
            while end < len(pieces) and encoding_of_font(pieces[end][0].font or "") == encoding:
                end += 1
            texts = convert_pieces([text for _, text in pieces[start:end]], encoding)
            self.converted = self.converted or bool(encoding)
            for (look, _), text in zip(pieces[start:end], texts, strict=True):
                yield look, unicodedata.normalize("NFC", text)
            start = end

    def _table(self, element, depth: int) -> Table:
        rows, bordered = [], False
        for row in _rows(element):
            cells = [cell for cell in row if cell.tag == f"{TABLE}table-cell"]
            bordered = bordered or any(self.styles.is_bordered(cell.get(f"{TABLE}style-name")) for cell in cells)
            rows.append(tuple(tuple(self.blocks(cell, depth + 3)) for cell in cells))
        return Table(tuple(rows), bordered)

    def _boxes(self, element, depth: int) -> list[Block]:
        """Text boxes, where stamps such as "HỎA TỐC" live, before the paragraph they hang on."""
        outer = {f"{_DRAW}text-box"}
        found: list[Block] = []
        for box in element.iter(f"{_DRAW}text-box"):
            if not any(above.tag in outer for above in box.iterancestors()):
                found += self.blocks(box, depth + 1)
        return found

    def _note(self, element) -> None:
        body = element.find(f"{TEXT}note-body")
        for paragraph in [] if body is None else body.iter(f"{TEXT}p"):
            read = self.paragraph(paragraph)
            label = f"({len(self.notes) + 1})"
            self.notes.append(replace(read, label=label, role="note"))


def read_odt(data: bytes, name: str, wishes=None) -> Iterator[Part]:
    """The parts of an OpenDocument text, as in `[*read_odt(data, "ke-hoach.odt")][0].blocks`.

    Errors: ReadingFailed, with a sentence for the clerk.
    """
    members = _unpack(data, name)
    content = parse_xml(members["content.xml"])
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise ReadingFailed(f"Tệp “{name}” không có nội dung văn bản. Hãy kiểm tra lại tệp rồi tải lên.")
    sheets = [content] + ([parse_xml(members["styles.xml"])] if "styles.xml" in members else [])
    reader = _Reader(read_styles(sheets))
    blocks = reader.blocks(body)
    margins = []
    for sheet in sheets[1:]:
        for kind in ("header", "footer", "header-first", "footer-first"):
            for margin in sheet.iter(f"{STYLE}{kind}"):
                margins += [reader.paragraph(p).text.strip() for p in margin.iter(f"{TEXT}p")]
    yield from parts_of_blocks(blocks + reader.notes, name, margins, reader.converted)


def _unpack(data: bytes, name: str) -> dict[str, bytes]:
    """The parts of the archive that hold words and styles."""
    members = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for path in ("content.xml", "styles.xml", _MANIFEST):
                if path in archive.namelist():
                    with archive.open(path) as stream:
                        members[path] = stream.read(bounds.MAX_XML_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(name) from error
    if b"encryption-data" in members.get(_MANIFEST, b""):
        raise ReadingFailed(f"Tệp “{name}” có mật khẩu nên không đọc được. Hãy bỏ mật khẩu.")
    if "content.xml" not in members:
        raise _damaged(name)
    return members


def _rows(table):
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child)


def _add(pieces: list[tuple[Look, str]], look: Look, text: str | None) -> None:
    """Adds words; line ends in the file are blanks, as everywhere in OpenDocument."""
    if text and not look.hidden:
        pieces.append((look, " ".join(text.split("\n"))))


def _damaged(name: str) -> ReadingFailed:
    return ReadingFailed(f"Tệp “{name}” bị hỏng nên không đọc được. Hãy mở bằng phần mềm đã tạo ra nó và lưu lại.")
