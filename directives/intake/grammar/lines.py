"""A document as lines with their place on the page."""

import re
from dataclasses import dataclass, replace

from search.extraction.blocks import Block, Paragraph, Table
from search.vietnamese.letters import canonical_tones, fold, plain_signs

_COLUMN_GAP = re.compile(r"\s*\t\s*|(?<=\S) {4,}(?=\S)")
_NUMBER_HEAD = re.compile(r"^\s*Số\s*:?[\s.…_\d]*[/-]\s*", re.IGNORECASE)
_DATE_LINE = re.compile(r"[^\t]{0,60}?\bngày[\s.…_\d]*tháng[\s.…_\d]*năm")
_RULE = re.compile(r"^[\s\-_=*–—―~.•]*$")


@dataclass(frozen=True)
class Line:
    """One printed line: `Line("GIÁM ĐỐC", index=31, column=1, columns=2)`.

    Shape: `index` is the position of its block in the document; `column` counts from 0.
    """

    text: str
    index: int
    column: int = 0
    columns: int = 1
    align: str = ""
    is_bold: bool = False

    @property
    def key(self) -> str:
        """The line in lower case without marks, for comparing: `"giam doc"`."""
        return fold(self.text)

    @property
    def is_upper(self) -> bool:
        """Whether it is printed in capitals."""
        return is_upper(self.text)

    @property
    def is_rule(self) -> bool:
        """Whether it only draws a line, as "-------" or "*" does."""
        return bool(_RULE.match(self.text))


def lines_of(blocks: list[Block]) -> list[Line]:
    """The lines of the blocks in reading order, without blank ones; columns typed with tabs or
    many spaces are taken apart."""
    lines: list[Line] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            lines += _table_lines(block, index)
        else:
            lines += _paragraph_lines(block, index)
    return lines


def tidy(text: str) -> str:
    """The text on one line with single spaces, otherwise as typed."""
    return " ".join(text.split())


def matching(text: str) -> str:
    """The text for matching: one tone placement, plain dashes and spaces, same length."""
    return canonical_tones(plain_signs(text))


def is_upper(text: str) -> bool:
    """Whether the words are in capitals: `"SỞ Y TẾ"`, not `"Sở Y tế"`."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and sum(letter.isupper() for letter in letters) > 0.85 * len(letters)


def _table_lines(table: Table, index: int) -> list[Line]:
    lines = []
    for row in table.rows:
        for column, cell in enumerate(row):
            for line in lines_of(list(cell)):
                inner = line.column if line.columns > 1 and len(row) == 1 else column
                columns = max(len(row), line.columns if len(row) == 1 else 1)
                lines.append(replace(line, index=index, column=inner, columns=columns))
    return lines


def _paragraph_lines(paragraph: Paragraph, index: int) -> list[Line]:
    lines = []
    for piece in paragraph.line.replace("\u00a0", " ").split("\n"):
        columns = split_columns(piece)
        for column, text in enumerate(columns):
            if tidy(text):
                line = Line(tidy(text), index, column, len(columns), paragraph.align, paragraph.is_bold)
                lines.append(line)
    return lines


def split_columns(text: str) -> list[str]:
    """The columns of one typed line: `"Nơi nhận:\\t\\tGIÁM ĐỐC"` → `["Nơi nhận:", "GIÁM ĐỐC"]`.

    Long lines are running text, where a tab is only a wide space.
    """
    if len(text) > 160:
        return [text]
    head = _NUMBER_HEAD.match(text)
    if head:
        # The blank left for the number, "Số:        /STNMT-VP", is no gap between columns.
        first, *rest = split_columns(text[head.end() :])
        return [head.group() + first, *rest]
    date = _DATE_LINE.search(text)
    if date:
        left = text[: date.start()].rstrip()
        return [left, text[date.start() :].strip()] if left else [text]
    parts = _COLUMN_GAP.split(text)
    if len(parts) > 1 and not parts[0].strip() and sum(bool(part.strip()) for part in parts) == 1:
        return ["", parts[-1]] if text.startswith("\t") else [parts[-1]]
    return parts
