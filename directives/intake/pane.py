"""The document beside the form: pictures of its pages with frames, or its readable text with what was found marked."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString

from directives.intake.header_crop import Mark, head_marks, head_of
from directives.intake.marks import mark_lines
from directives.intake.page_pictures import PICTURED
from directives.intake.review_rows import SHOWN
from directives.intake.sheet import Sheet
from search.extraction.blocks import Block, Table, flatten_blocks
from search.extraction.pages import OCR, Box, FilePage

MOST_BLOCKS, MOST_LETTERS = 1_500, 200_000


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame over a picture in thousandths of its sides, for SVG: `Frame("number", False, 190, 560, 46, 210)`."""

    name: str
    is_read: bool
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PagePicture:
    number: int
    address: str
    frames: list[Frame] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the readable text, or the cells of a table's row, with marks as safe HTML."""

    html: SafeString | str = ""
    align: str = ""
    is_bold: bool = False
    rows: tuple = ()


@dataclass(frozen=True, slots=True)
class Pane:
    """Shape: `pages` and `head` for what is shown as pictures, `lines` for flowing text, `texts` for both."""

    pages: list[PagePicture]
    head: PagePicture | None
    caption: str
    lines: list[Line]
    texts: list[FilePage]
    is_read: bool
    is_cut: bool


def show_document(sheet: Sheet) -> Pane:
    """What stands left of the form, as in `show_document(sheet).pages[0].address`."""
    record, reading = sheet.record, sheet.reading
    is_pictured = (reading.format or record.format) in PICTURED and record.document_id is not None
    texts, is_cut = _texts(reading.pages)
    is_read = any(page.source == OCR for page in reading.pages)
    if not is_pictured:
        lines = _lines(sheet)
        return Pane([], None, "", lines, texts, is_read, len(lines) >= MOST_BLOCKS)
    head, caption = _head(sheet)
    return Pane(_pages(sheet), head, caption, [], texts, is_read, is_cut)


def _pages(sheet: Sheet) -> list[PagePicture]:
    numbers = {page.number for page in sheet.reading.pages} | set(range(1, sheet.record.page_count + 1)) | {1}
    marked: dict[int, list[Frame]] = {}
    for name, found in sheet.evidence.items():
        if found.box:
            marked.setdefault(found.page, []).append(_frame(name, True, found.box, (0.0, 0.0, 1.0, 1.0)))
    return [
        PagePicture(number, reverse("intake_page_image", args=[sheet.record.pk, number]), marked.get(number, []))
        for number in sorted(numbers - {0})
    ]


def _head(sheet: Sheet) -> tuple[PagePicture, str]:
    first = next((page for page in sheet.reading.pages if page.number == 1), None)
    day = sheet.page.issued_on
    marks = head_marks(first, bool(sheet.page.number), bool(day and day.precision == "day"))
    part = head_of(first)
    frames = [_frame(mark.name, mark.is_read, mark.box, part) for mark in marks]
    picture = PagePicture(1, reverse("intake_crop", args=[sheet.record.pk]), frames)
    return picture, _caption(marks)


def _caption(marks: list[Mark]) -> str:
    names = {"number": "số", "date": "ngày"}
    unread = [names[mark.name] for mark in marks if not mark.is_read]
    if not marks:
        return "Đầu trang 1, phóng to."
    if not unread:
        return "Đầu trang 1, phóng to. Khung xanh là nơi đọc được số và ngày."
    return f"Đầu trang 1, phóng to. Khung đỏ là nơi máy không đọc được {' và '.join(unread)}."


def _frame(name: str, is_read: bool, box: Box, part: Box) -> Frame:
    """The frame within a part of the page."""
    left, top, right, bottom = box
    x0, y0, x1, y1 = part
    x, width = (left - x0) / (x1 - x0), (right - left) / (x1 - x0)
    y, height = (top - y0) / (y1 - y0), (bottom - top) / (y1 - y0)
    return Frame(name, is_read, *(round(1000 * side) for side in (x, y - 0.1 * height, width, 1.2 * height)))


def _texts(pages: tuple[FilePage, ...]) -> tuple[list[FilePage], bool]:
    shown, left = [], MOST_LETTERS
    for page in pages:
        if left <= 0:
            return shown, True
        shown.append(page)
        left -= len(page.text)
    return shown, False


def _lines(sheet: Sheet) -> list[Line]:
    blocks = sheet.reading.blocks[:MOST_BLOCKS]
    marked = iter(mark_lines([text for block in blocks for text in _texts_of(block)], _quotes(sheet)))
    lines = []
    for block in blocks:
        if isinstance(block, Table):
            rows = [[[next(marked) for _ in flatten_blocks(cell)] for cell in row] for row in block.rows]
            lines.append(Line(rows=tuple(rows), is_bold=block.bordered))
        elif html := next(marked):
            lines.append(Line(html, block.align, block.is_bold))
    return lines


def _texts_of(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [part.line for row in block.rows for cell in row for part in flatten_blocks(cell)]
    return [block.line if block.text.strip() else ""]


def _quotes(sheet: Sheet) -> dict[str, list[str]]:
    """The words to be marked by the field they speak for: what the form shows, and every document that is cited."""
    quotes = {name: [found.quote] for name, found in sheet.evidence.items() if name in SHOWN}
    return quotes | {"cited": [row["text"] for row in sheet.recognition.value("citations", [])]}
