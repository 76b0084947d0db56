"""A document as printed lines: with their place on the page where a reader knows it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.extraction.blocks import Block, Paragraph, Run
from search.extraction.pages import OCR, Box, FilePage
from search.vietnamese.letters import fold

from .lines import is_upper, lines_of, tidy

LEFT, RIGHT, WHOLE = "left", "right", "whole"
_MIDDLE = 0.44
_WIDE = 0.62
_HEAD_DEPTH = 0.36
# Two columns that a reader took for one line part where one of these begins.
_RIGHT_PART = re.compile(
    r"(?<=\S) (?=(?:cong hoa xa hoi|dang cong san viet nam|doc lap\W+tu do)\b)|"
    r"(?<=\S) (?=(?:tp\.? ?)?[^\W\d]+(?: [^\W\d]+){0,3}\s*,\s*ng\w?y\b)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER_LINE = re.compile(r"^\W{0,3}s[o06]\s?[:.]|^\W{0,3}so \d")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line: `PrintedLine("GIÁM ĐỐC", page=3, box=(0.66, 0.33, 0.78, 0.35), side="right")`.

    Shape: `box` is None where no place is known; `side` is "left" or "right" of a page in two columns, else
    "whole"; `is_read` marks a line read from a picture, with the reader's `confidence` (0 to 1).
    """

    text: str
    page: int = 1
    box: Box | None = None
    side: str = WHOLE
    confidence: float = 1.0
    is_read: bool = False
    is_bold: bool = False
    align: str = ""

    @property
    def key(self) -> str:
        """The line in lower case without marks: `"giam doc"`."""
        return fold(self.text)

    @property
    def is_upper(self) -> bool:
        """Whether it is printed in capitals."""
        return is_upper(self.text)

    @property
    def middle(self) -> float:
        """How far from the left edge its middle stands, 0 to 1."""
        left, _, right, _ = self.box or (0.0, 0.0, 1.0, 0.0)
        return (left + right) / 2


def lines_of_pages(pages: Iterable[FilePage]) -> list[PrintedLine]:
    """The lines of pages whose readers tell places, `[]` for files that know none."""
    found: list[PrintedLine] = []
    for page in pages:
        lines = [
            PrintedLine(tidy(line.text), page.number, line.box, _side(line.box), line.confidence, page.source == OCR)
            for line in page.lines
            if tidy(line.text)
        ]
        found += _joined_rows([part for line in lines for part in _parted(line)])
    return found


def lines_of_blocks(blocks: list[Block]) -> list[PrintedLine]:
    """The lines of a document whose text flows; columns become sides."""
    found = []
    for line in lines_of(blocks):
        if not line.is_rule:
            side = WHOLE if line.columns == 1 else RIGHT if line.column else LEFT
            found.append(PrintedLine(line.text, 0, side=side, is_bold=line.is_bold, align=line.align))
    return [part for line in found for part in _parted(line)]


def _side(box: Box) -> str:
    left, _, right, _ = box
    if right - left > _WIDE:
        return WHOLE
    return LEFT if (left + right) / 2 < _MIDDLE else RIGHT


def _parted(line: PrintedLine) -> list[PrintedLine]:
    """The line, or its two columns when it runs across both."""
    top = line.box[1] if line.box else 0
    if line.page > 1 or top > _HEAD_DEPTH or line.side == RIGHT or len(line.text) > 130:
        return [line]
    at = _RIGHT_PART.search(line.key)
    if at is None or not (_NUMBER_LINE.match(line.key) or line.text[: at.start()].isupper()):
        return [line]
    texts = line.text[: at.start()].strip(), line.text[at.end() :].strip()
    if line.box is None:
        return [replace(line, text=text, side=side) for text, side in zip(texts, (LEFT, RIGHT), strict=True)]
    left, upper, right, lower = line.box
    cut = left + (right - left) * at.start() / len(line.text)
    boxes = (left, upper, cut, lower), (cut, upper, right, lower)
    sides = (LEFT, RIGHT)
    return [replace(line, text=t, box=b, side=s) for t, b, s in zip(texts, boxes, sides, strict=True)]


def _joined_rows(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The head in reading order, the pieces of a row on one side as one line: "Số:" "/STNMT-VP"."""
    head = [line for line in lines if line.page == 1 and line.box and line.box[1] < _HEAD_DEPTH]
    if not head:
        return lines
    joined: list[PrintedLine] = []
    for line in sorted(head, key=_place):
        same = next((i for i, other in enumerate(joined) if _is_same_row(other, line)), None)
        if same is None:
            joined.append(line)
        else:
            joined[same] = _join(joined[same], line)
    return _with_years(joined) + [line for line in lines if line not in head]


def _with_years(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines, a year that ran over to the next line put back behind its "năm"."""
    found: list[PrintedLine] = []
    for line in lines:
        at = next((i for i in range(len(found) - 1, -1, -1) if found[i].side == line.side), None)
        if at is not None and _YEAR.fullmatch(line.text) and found[at].key.endswith(" nam"):
            found[at] = replace(found[at], text=f"{found[at].text} {line.text}")
        else:
            found.append(line)
    return found


def _place(line: PrintedLine) -> tuple[float, float]:
    left, top, _, bottom = line.box or (0.0, 0.0, 0.0, 0.0)
    return round((top + bottom) / 2, 2), left


def _is_same_row(line: PrintedLine, other: PrintedLine) -> bool:
    if line.side != other.side or line.side == WHOLE or not (line.box and other.box):
        return False
    overlap = min(line.box[3], other.box[3]) - max(line.box[1], other.box[1])
    height = min(line.box[3] - line.box[1], other.box[3] - other.box[1])
    apart = max(other.box[0] - line.box[2], line.box[0] - other.box[2])
    return overlap > 0.5 * height and apart < 0.12


def _join(line: PrintedLine, other: PrintedLine) -> PrintedLine:
    first, second = sorted((line, other), key=lambda part: part.box[0] if part.box else 0.0)
    assert first.box is not None and second.box is not None  # only placed lines stand on a row
    box = (first.box[0], min(first.box[1], second.box[1]), second.box[2], max(first.box[3], second.box[3]))
    confidence = min(first.confidence, second.confidence)
    return replace(first, text=f"{first.text} {second.text}", box=box, confidence=confidence)


def part_frames(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, a last recipient and the office beside it that a frame brought into one paragraph parted."""
    return [part for block in blocks for part in _parts_of(block)]


def _parts_of(block: Block) -> list[Block]:
    if not isinstance(block, Paragraph) or len(block.runs) < 2 or not re.match(r"\W*[Ll]ưu\b", block.text):
        return [block]
    bold = [index for index, run in enumerate(block.runs) if run.bold and is_upper(run.text)]
    if not bold or bold[0] == 0:
        return [block]
    runs: tuple[tuple[Run, ...], ...] = (block.runs[: bold[0]], block.runs[bold[0] :])
    return [replace(block, runs=part) for part in runs]


def without_asterisks(blocks: Iterable[Block]) -> list[Block]:
    """The paragraphs of a Markdown file without the marks of bold type: `"**GIÁM ĐỐC**"` is bold instead."""
    return [_bold(block) if isinstance(block, Paragraph) and "**" in block.text else block for block in blocks]


def _bold(paragraph: Paragraph) -> Paragraph:
    text = paragraph.text.strip()
    is_bold = text.startswith("**") and text.endswith("**")
    return replace(paragraph, runs=(Run(" ".join(text.replace("**", "").split()), bold=is_bold),))
