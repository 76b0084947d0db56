"""The HTML reader: words, paragraphs and tables, without scripts, styles or anything that lies elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from . import bounds
from .blocks import Block, Paragraph, Run, Table, joined_runs
from .flowing import parts_of_blocks
from .legacy_fonts import convert_pieces, encoding_of_font
from .pages import Part
from .plain_text import decode
from .refusals import ReadingFailed

_DROPPED = {"script", "style", "head", "title", "noscript", "template", "object", "iframe", "svg", "math"}
_INLINE = {
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "o:p", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
}  # fmt: skip
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w.-]{2,20})""", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.IGNORECASE)
_FAMILY = re.compile(r"""font-family\s*:\s*["']?([^;,"']+)""", re.IGNORECASE)
_BLANK = re.compile(r"[^\S\u00a0]+")
_MAX_DEPTH = 250


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    underline: bool = False
    encoding: str = ""
    align: str = ""


@dataclass
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    pieces: list[tuple[_Look, str]] = field(default_factory=list)
    converted: bool = False
    label: str = ""

    def walk(self, element, look: _Look, depth: int = 0) -> None:
        """Reads an element with all that is in it."""
        if depth > _MAX_DEPTH:
            raise ReadingFailed("Trang HTML lồng nhau quá sâu nên không đọc được. Hãy lưu lại thành .docx rồi tải lên.")
        tag = element.tag if isinstance(element.tag, str) else "script"
        if tag not in _DROPPED:
            self._read(element, tag, _look_of(element, tag, look), depth)
        self.add(element.tail, look)

    def _read(self, element, tag: str, look: _Look, depth: int) -> None:
        if tag == "br":
            self.pieces.append((look, "\n"))
        elif tag == "table":
            self.end_paragraph(look)
            self.blocks.append(self._table(element, look, depth))
        else:
            if tag not in _INLINE:
                self.end_paragraph(look)
                self.label = "-" if tag == "li" else ""
            self.add(element.text, look)
            for child in element:
                self.walk(child, look, depth + 1)
            if tag not in _INLINE:
                self.end_paragraph(look)

    def add(self, text: str | None, look: _Look) -> None:
        """Adds words to the paragraph at hand."""
        if text:
            self.pieces.append((look, _BLANK.sub(" ", text)))

    def end_paragraph(self, look: _Look) -> None:
        """Ends the paragraph at hand; one without words is nothing."""
        pieces, self.pieces = self.pieces, []
        if not any(text.strip() for _, text in pieces):
            return
        runs = []
        for piece, text in pieces:
            self.converted = self.converted or bool(piece.encoding)
            runs.append(Run(convert_pieces([text], piece.encoding)[0], piece.bold, piece.italic, piece.underline))
        if len(self.blocks) > bounds.MAX_PARAGRAPHS:
            raise ReadingFailed("Văn bản có quá nhiều đoạn nên không đọc được. Hãy tách phụ lục thành tệp riêng.")
        self.blocks.append(Paragraph(joined_runs(runs), align=pieces[0][0].align or look.align, label=self.label))
        self.label = ""

    def _table(self, element, look: _Look, depth: int) -> Table:
        rows = []
        for row in _rows(element):
            cells = []
            for cell in (child for child in row if child.tag in ("td", "th")):
                inner = _Reader()
                inner.walk(cell, look, depth + 3)
                inner.end_paragraph(look)
                self.converted = self.converted or inner.converted
                cells.append(tuple(inner.blocks))
            rows.append(tuple(cells))
        bordered = element.get("border", "0") not in ("", "0") or "border:" in element.get("style", "").lower()
        return Table(tuple(rows), bordered)


def read_html(data: bytes, name: str, wishes=None) -> Iterator[Part]:
    """The words of a page of HTML, as in `[*read_html(b"<p>B\\xc3\\xa1o c\\xc3\\xa1o</p>", "a.htm")][1].text`.

    Errors: ReadingFailed when it is too long, too deep or no HTML.
    """
    said = _CHARSET.search(data[:4096])
    text = decode(data, said[1].decode("ascii") if said else "")
    if len(text) > bounds.MAX_TEXT_BYTES:
        raise ReadingFailed(f"Tệp “{name}” quá dài nên không đọc được. Hãy tách thành tệp nhỏ hơn.")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ReadingFailed(f"Tệp “{name}” bị hỏng nên không đọc được. Hãy lưu lại thành .docx rồi tải lên.") from error
    reader = _Reader()
    if root is not None:
        reader.walk(root, _Look())
        reader.end_paragraph(_Look())
    yield from parts_of_blocks(reader.blocks, name, is_converted=reader.converted)


def _rows(table):
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _look_of(element, tag: str, look: _Look) -> _Look:
    style = element.get("style", "")
    changes: dict = {}
    if tag in ("b", "strong", "th", "h1", "h2", "h3") or re.search(r"font-weight\s*:\s*(bold|[6-9]00)", style):
        changes["bold"] = True
    if tag in ("i", "em") or "italic" in style:
        changes["italic"] = True
    if tag == "u":
        changes["underline"] = True
    if align := _ALIGN.search(style) or re.fullmatch("(left|center|right|justify)", element.get("align", "").lower()):
        changes["align"] = align[1].lower()
    if tag == "center":
        changes["align"] = "center"
    if font := element.get("face") or (_FAMILY.search(style) or ("", ""))[1]:
        changes["encoding"] = encoding_of_font(font)
    return replace(look, **changes) if changes else look
