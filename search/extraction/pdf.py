"""The PDF reader: the text layer of each page where it can be believed, else the words in its picture.

Annotations (comments), attachments and metadata are not part of a page's text layer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

import pypdfium2

from . import bounds, ocr
from .bounded import extend_time
from .layout import blocks_of_pages
from .pages import Body, Ending, FilePage, Line, Part, Progress, by_number
from .pdf_text import read_layer, read_lines
from .refusals import ReadingFailed
from .rendering import render
from .trust import LEAST_LETTERS, quality_of

_IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
_PASSWORD = pypdfium2.raw.FPDF_ERR_PASSWORD
_LEAST_COVER = 0.5
_LOOKED_AT = 200
_TOLD_EVERY = 10
# Tables and foreign words look bad by the count of syllables, in the layer as in the picture.
_MORE_WORDS, _BETTER_FORMED = 1.5, 0.1


@dataclass
class _Tally:
    """What became of the pages: how many are pictures, damaged, read from their picture or left unread."""

    name: str
    count: int
    most: int = bounds.MAX_PAGES
    scans: int = 0
    damaged: int = 0
    unread: int = 0
    doubtful: int = 0
    pages: list[FilePage] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many pages were looked at."""
        return min(self.count, self.most)


def read_pdf(data: bytes, name: str, wishes=None) -> Iterator[Part]:
    """The pages that have text, then how it ended: `[*read_pdf(data, "a.pdf")][0].number == 1`.

    Shape: pages read from their picture come after those with a text layer.
    Errors: ReadingFailed when the file cannot be opened.
    """
    with_blocks = wishes is not None and wishes.with_blocks
    document = _open(data, name)
    is_short = wishes is not None and wishes.first_page_only
    tally = _Tally(name, len(document), 1 if is_short else bounds.MAX_PAGES)
    pictures: list[tuple[int, str]] = []
    for index in range(tally.read):
        try:
            page, needs_ocr = _read_page(document, index, with_blocks)
        except (pypdfium2.PdfiumError, ReadingFailed):
            tally.damaged += 1
            continue
        if needs_ocr:
            pictures.append((index, page.text))
        elif page.text:
            tally.pages.append(page)
            yield page
        if index % _TOLD_EVERY == 0:
            yield Progress(index + 1 - len(pictures), tally.read)
    for done, page in enumerate(_read_pictures(document, pictures, wishes, tally), start=1):
        yield Progress(tally.read - len(pictures) + done, tally.read, from_pictures=True)
        if page is not None:
            tally.pages.append(page)
            yield page
    if with_blocks:
        yield Body(blocks_of_pages(sorted(tally.pages, key=by_number)))
    is_cut = tally.count > bounds.MAX_PAGES or tally.damaged > 0 or tally.unread > 0
    yield Ending(_judge(tally), is_cut, is_failed=tally.damaged == tally.read)


def _open(data: bytes, name: str) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise ReadingFailed(f"Tệp “{name}” có mật khẩu nên không đọc được. Hãy bỏ mật khẩu.") from error
        raise _damaged(name) from error
    if not len(document):
        raise _damaged(name)
    return document


def _damaged(name: str) -> ReadingFailed:
    return ReadingFailed(
        f"Tệp “{name}” bị hỏng hoặc quá nặng nên không đọc được. Hãy mở thử trên máy và xuất lại thành PDF từ bản gốc."
    )


def _read_page(document: pypdfium2.PdfDocument, index: int, with_lines: bool) -> tuple[FilePage, bool]:
    """The text layer of a page, and whether its picture has to be read instead."""
    page = document[index]
    try:
        if pypdfium2.raw.FPDFPage_CountObjects(page) > bounds.MAX_PAGE_OBJECTS:
            raise ReadingFailed("Trang có quá nhiều nét vẽ nên không đọc được.")
        text, length = read_layer(page)
        # A scan may carry a text layer that holds nothing but the stamp of a digital signature.
        needs_ocr = (length < LEAST_LETTERS and _is_picture(page, length)) or not quality_of(text).is_good
        lines = read_lines(page) if with_lines and not needs_ocr else ()
        return FilePage(index + 1, text, lines=lines), needs_ocr
    finally:
        page.close()


def _is_picture(page: pypdfium2.PdfPage, length: int) -> bool:
    """Whether a picture covers the page, or its letters are drawn as lines."""
    width, height = page.get_size()
    drawn = False
    for thing in islice(page.get_objects(max_depth=3), _LOOKED_AT):
        if thing.type == _IMAGE:
            left, bottom, right, top = thing.get_bounds()
            if (right - left) * (top - bottom) >= width * height * _LEAST_COVER:
                return True
        drawn = drawn or thing.type != pypdfium2.raw.FPDF_PAGEOBJ_TEXT
    return drawn and not length


def _read_pictures(document, pictures: list[tuple[int, str]], wishes, tally: _Tally) -> Iterator[FilePage | None]:
    """For each page whose layer cannot be believed what its picture says; None for one that gives no text."""
    engines, thorough = (None, True) if wishes is None else (wishes.engines, wishes.thorough)
    most = bounds.MAX_OCR_PAGES if wishes is None else wishes.max_ocr_pages
    can_read = bool(pictures) and bool(ocr.installed(engines))
    for position, (index, layer) in enumerate(pictures):
        if not can_read or position >= most:
            is_scan = len(layer) < LEAST_LETTERS
            tally.scans, tally.doubtful = tally.scans + is_scan, tally.doubtful + (not is_scan)
            tally.unread += can_read
            yield FilePage(index + 1, layer) if layer else None
            continue
        extend_time(bounds.SECONDS_PER_OCR_PAGE)
        try:
            page = ocr.read_page(render(document, index), index + 1, engines, thorough)
        except (pypdfium2.PdfiumError, ReadingFailed):
            tally.damaged += 1
            yield None
            continue
        if _is_better(page.text, layer):
            yield replace(page, also=f"{page.also}\n{layer}".strip())
        else:
            yield FilePage(index + 1, layer, lines=_lines_of(document, index)) if layer else None


def _is_better(read: str, layer: str) -> bool:
    """Whether the words read from a picture say clearly more than the layer, which is exact where it is good."""
    seen, typed = quality_of(read), quality_of(layer)
    return bool(read) and (seen.words > typed.words * _MORE_WORDS or seen.formed > typed.formed + _BETTER_FORMED)


def _lines_of(document: pypdfium2.PdfDocument, index: int) -> tuple[Line, ...]:
    page = document[index]
    try:
        return read_lines(page)
    finally:
        page.close()


def _judge(tally: _Tally) -> str:
    """What is to be said of a file whose pages were all looked at."""
    name, read = tally.name, tally.read
    if tally.damaged == read:
        return _damaged(name).message
    has_text = any(page.text for page in tally.pages)
    if tally.scans == read or (tally.scans and not has_text):
        return (
            f"Tệp “{name}” là ảnh quét, chưa đọc được chữ trong ảnh. "
            "Hãy đính kèm thêm bản .docx hoặc bản PDF xuất từ phần mềm soạn thảo."
        )
    if not has_text:
        return f"Tệp “{name}” không có chữ để tìm."
    said = []
    if tally.count > read == bounds.MAX_PAGES:
        said.append(f"Tệp “{name}” có {tally.count} trang; chỉ tìm được trong {read} trang đầu.")
    if tally.unread:
        said.append(f"Tệp “{name}” có nhiều trang ảnh quét; {tally.unread} trang chưa được đọc chữ trong ảnh.")
    elif tally.scans:
        said.append(f"{tally.scans} trong {read} trang của tệp “{name}” là ảnh quét nên không tìm được chữ ở đó.")
    if tally.doubtful:
        said.append(
            f"Chữ ở {tally.doubtful} trong {read} trang của tệp “{name}” có thể sai vì lớp chữ của tệp không tốt."
        )
    if tally.damaged:
        said.append(f"{tally.damaged} trong {read} trang của tệp “{name}” bị hỏng hoặc quá nặng nên không đọc được.")
    return " ".join(said)
