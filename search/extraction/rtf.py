"""The RTF reader: runs with their style, tables, notes and text boxes, in reading order.

Fonts matter as much as in .docx: files of the 1990s write TCVN3 and VNI letters as plain bytes.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from . import bounds
from .blocks import Block, Paragraph, Run, Table, flatten_blocks, joined_runs
from .flowing import parts_of_blocks
from .legacy_fonts import convert_pieces, encoding_of_font
from .pages import Part
from .refusals import ReadingFailed
from .rtf_tokens import CLOSE, OPEN, Token, tokens

_TABLES = {
    128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_SIGNS = {
    "tab": "\t", "line": "\n", "~": "\u00a0", "_": "-", "-": "\xad", "bullet": "•", "endash": "–", "emdash": "—",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
    "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip
# What these groups hold is not part of the text; `shpinst` hides all but the text box in it.
_SKIPPED = {
    "stylesheet", "colortbl", "info", "pict", "object", "fldinst", "themedata", "datastore", "shprslt", "annotation",
    "nonshppict", "bkmkstart", "bkmkend", "listtable", "rsidtbl", "xe", "tc", "filetbl", "private", "atnid",
    "atnauthor",
}  # fmt: skip
_MARGINS = {"header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"}
_ALIGN = {"ql": "left", "qc": "center", "qr": "right", "qj": "justify"}
_LINES = {"brdrs", "brdrth", "brdrdb", "brdrdot", "brdrdash", "brdrhair"}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: where its text goes and how it looks."""

    place: str = "body"  # body, note, margin, label, fonts, font, skip
    font: int = -1
    unicode_skip: int = 1
    bold: bool = False
    italic: bool = False
    underline: bool = False
    hidden: bool = False
    caps: bool = False


@dataclass
class _Flow:
    """Blocks that are being written: the body, the notes or the margins."""

    blocks: list[Block] = field(default_factory=list)
    cell: list[Block] = field(default_factory=list)
    row: list[tuple[Block, ...]] = field(default_factory=list)
    rows: list[tuple[tuple[Block, ...], ...]] = field(default_factory=list)
    pieces: list[tuple[_State, str]] = field(default_factory=list)
    bordered: bool = False


class _Reader:
    def __init__(self) -> None:
        self.flows = {place: _Flow() for place in ("body", "note", "margin")}
        self.fonts: dict[int, str] = {}
        self.tables: dict[int, str] = {}
        self.table, self.default_font = "cp1252", -1
        self.align, self.label, self.in_table, self.has_border = "", "", False, False
        self.state, self.stack = _State(), []
        self.to_skip = self.bytes = self.paragraphs = 0
        self.starts_group = self.is_optional = self.converted = False

    def read(self, data: bytes) -> None:
        """Reads a whole file."""
        for token in tokens(data):
            if token.word == OPEN and not token.text:
                if len(self.stack) >= bounds.MAX_NESTED_GROUPS:
                    raise ReadingFailed("Tệp RTF lồng nhau quá sâu nên không đọc được. Hãy lưu lại thành .docx.")
                self.stack.append(self.state)
                self.starts_group, self.is_optional = True, False
                continue
            if token.word == CLOSE:
                self._close()
            elif token.word:
                self._control(token)
            else:
                self._text(token)
            self.starts_group = token.word == "*"
        for flow in self.flows.values():
            self._end_paragraph(flow)
            self._end_table(flow)

    def _close(self) -> None:
        before, self.state = self.state, self.stack.pop() if self.stack else _State()
        if before.place == "note" != self.state.place:
            self._end_paragraph(self.flows["note"])
        if before.place == "margin" != self.state.place:
            self._end_paragraph(self.flows["margin"])
        self.to_skip = 0

    def _control(self, token: Token) -> None:
        word, number = token.word, token.number
        if word == "*":
            self.is_optional = True
        elif self.starts_group and self._open_place(word):
            pass
        elif self.state.place in ("fonts", "font"):
            self._font(word, number)
        elif word == "u" and number is not None:
            self._add(chr(number % 65536))
            self.to_skip = self.state.unicode_skip
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        else:
            self._format(word, number)

    def _open_place(self, word: str) -> bool:
        """Whether a control word at the start of a group tells where the text of the group goes."""
        place = self.state.place
        if word == "fonttbl":
            place = "fonts"
        elif word in ("shptxt", "result") or (word == "shpinst" and place != "skip"):
            place = "body" if word == "shptxt" else place if word == "result" else "skip"
        elif place == "skip":
            return True
        elif word in _SKIPPED:
            place = "skip"
        elif word in ("listtext", "pntext"):
            place = "label"
        elif word == "footnote":
            place = "note"
        elif word in _MARGINS:
            place = "margin"
        elif self.is_optional:
            place = "skip"
        else:
            return False
        self.state = replace(self.state, place=place)
        return True

    def _font(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self.state = replace(self.state, place="font", font=number)
            self.fonts[number] = ""
        elif word == "fcharset" and number in _TABLES:
            self.tables[self.state.font] = _TABLES[number]

    def _format(self, word: str, number: int | None) -> None:
        is_on = number != 0
        match word:
            case "f" if number is not None:
                self.state = replace(self.state, font=number)
            case "b":
                self.state = replace(self.state, bold=is_on)
            case "i":
                self.state = replace(self.state, italic=is_on)
            case "ul":
                self.state = replace(self.state, underline=is_on)
            case "ulnone":
                self.state = replace(self.state, underline=False)
            case "v":
                self.state = replace(self.state, hidden=is_on)
            case "caps":
                self.state = replace(self.state, caps=is_on)
            case "plain":
                self.state = _State(self.state.place, self.default_font, self.state.unicode_skip)
            case "uc" if number is not None:
                self.state = replace(self.state, unicode_skip=min(max(number, 0), 10))
            case "ansicpg" if number:
                self.table = f"cp{number}" if number not in (65001, 0) else "utf-8"
            case "deff" if number is not None:
                self.default_font = number
                self.state = replace(self.state, font=number)
            case _:
                self._structure(word)

    def _structure(self, word: str) -> None:
        flow = self.flows.get(self.state.place)
        if flow is None:
            return
        if word in _ALIGN:
            self.align = _ALIGN[word]
        elif word == "pard":
            self.align, self.in_table, self.has_border = "", False, False
        elif word == "intbl":
            self.in_table = True
        elif word.startswith(("clbrdr", "trbrdr")):
            self.has_border = True
        elif word in _LINES:
            flow.bordered = flow.bordered or self.has_border
        elif word in ("par", "sect", "page", "nestcell"):
            self._end_paragraph(flow)
        elif word == "cell":
            self.in_table = True
            self._end_paragraph(flow)
            flow.row.append(tuple(flow.cell))
            flow.cell = []
        elif word == "row":
            flow.rows.append(tuple(flow.row))
            flow.row, flow.cell = [], []

    def _text(self, token: Token) -> None:
        text = token.text
        if self.to_skip:
            count = min(self.to_skip, len(text))
            text, self.to_skip = text[count:], self.to_skip - count
        if not text or self.state.place == "skip":
            return
        if self.state.place == "font":
            name = self.fonts[self.state.font] + text.decode("latin-1")
            self.fonts[self.state.font] = name.split(";")[0][:100]
        elif self.state.place != "fonts":
            self._add(self._decode(text))

    def _decode(self, text: bytes) -> str:
        # Old fonts draw their letters over the codes of Latin-1, whatever table the file names.
        if encoding_of_font(self.fonts.get(self.state.font, "")):
            return text.decode("latin-1")
        try:
            return text.decode(self.tables.get(self.state.font, self.table), "replace")
        except LookupError:
            return text.decode("cp1252", "replace")

    def _add(self, text: str) -> None:
        place = self.state.place
        if self.state.hidden or place in ("skip", "fonts", "font"):
            return
        self.bytes += len(text) * 2
        if self.bytes > bounds.MAX_TEXT_BYTES:
            raise ReadingFailed("Văn bản quá dài nên không đọc được. Hãy tách phụ lục thành tệp riêng rồi tải lên.")
        if place == "label":
            self.label += text
            return
        pieces = self.flows[place].pieces
        if pieces and pieces[-1][0] == self.state:
            pieces[-1] = (self.state, pieces[-1][1] + text)
        else:
            pieces.append((self.state, text))

    def _end_paragraph(self, flow: _Flow) -> None:
        self.paragraphs += 1
        if self.paragraphs > bounds.MAX_PARAGRAPHS:
            raise ReadingFailed("Văn bản có quá nhiều đoạn nên không đọc được. Hãy tách phụ lục thành tệp riêng.")
        runs = joined_runs(self._runs(flow.pieces))
        role = "note" if flow is self.flows["note"] else ""
        label = " ".join(self.label.replace("\uf0b7", "-").split()) if any(run.text.strip() for run in runs) else ""
        block = Paragraph(runs, align=self.align, label=label, role=role)
        flow.pieces = []
        self.label = "" if runs else self.label
        if self.in_table and flow is self.flows["body"]:
            flow.cell.append(block)
            return
        self._end_table(flow)
        flow.blocks.append(block)

    def _end_table(self, flow: _Flow) -> None:
        if flow.row or flow.cell:
            flow.rows.append((*flow.row, tuple(flow.cell)) if flow.cell else tuple(flow.row))
        if flow.rows:
            flow.blocks.append(Table(tuple(flow.rows), flow.bordered))
        flow.rows, flow.row, flow.cell, flow.bordered = [], [], [], False

    def _runs(self, pieces: list[tuple[_State, str]]) -> Iterator[Run]:
        start = 0
        while start < len(pieces):
            encoding = encoding_of_font(self.fonts.get(pieces[start][0].font, ""))
            end = start
            while end < len(pieces) and encoding_of_font(self.fonts.get(pieces[end][0].font, "")) == encoding:
                end += 1
            texts = convert_pieces([text for _, text in pieces[start:end]], encoding)
            self.converted = self.converted or bool(encoding)
            for (state, _), text in zip(pieces[start:end], texts, strict=True):
                text = _whole(text.upper() if state.caps else text)
                yield Run(text, state.bold, state.italic, state.underline)
            start = end


def read_rtf(data: bytes, name: str, wishes=None) -> Iterator[Part]:
    """The parts of an RTF file, as in `[*read_rtf(data, "cong-van.rtf")][0].blocks`.

    Errors: ReadingFailed, with a sentence for the clerk.
    """
    reader = _Reader()
    reader.read(data)
    body, notes, margins = (reader.flows[place].blocks for place in ("body", "note", "margin"))
    notes = [replace(note, label=f"({n})") for n, note in enumerate((n for n in notes if n.text.strip()), start=1)]
    lines = [paragraph.text.strip() for paragraph in flatten_blocks(margins)]
    yield from parts_of_blocks([*body, *notes], name, lines, reader.converted)


def _whole(text: str) -> str:
    """Letters beyond the first plane, which RTF writes as two halves, put together."""
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", text)
