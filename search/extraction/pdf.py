"""The PDF reader: the text layer of each page, and a word about pages that are pictures.

Annotations (comments), attachments and metadata are not part of a page's text layer.
"""

from collections.abc import Iterator
from itertools import islice

import pypdfium2

from . import bounds
from .legacy_fonts import convert_guessed
from .pages import Ending, FilePage
from .refusals import ReadingFailed
from .tidying import tidy

_IMAGE = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
_PASSWORD = pypdfium2.raw.FPDF_ERR_PASSWORD
# A scan may carry a text layer that holds nothing but the stamp of a digital signature.
_LEAST_TEXT = 200
_LEAST_COVER = 0.5
_LOOKED_AT = 200


def read_pdf(data: bytes, name: str) -> Iterator[FilePage | Ending]:
    """The pages that have text, then how it ended: `[*read_pdf(data, "a.pdf")][0].number == 1`.

    Errors: ReadingFailed when the file cannot be opened.
    """
    document = _open(data, name)
    count, scans, damaged, has_text = len(document), 0, 0, False
    for index in range(min(count, bounds.MAX_PAGES)):
        try:
            text, is_scan = _read_page(document[index])
        except pypdfium2.PdfiumError:
            damaged += 1
            continue
        scans += is_scan
        if text:
            has_text = True
            yield FilePage(index + 1, text)
    yield Ending(_judge(name, count, scans, damaged, has_text), is_cut=count > bounds.MAX_PAGES or damaged > 0)


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
        f"Tệp “{name}” bị hỏng nên không đọc được. Hãy mở thử trên máy và xuất lại thành PDF từ bản gốc."
    )


def _read_page(page: pypdfium2.PdfPage) -> tuple[str, bool]:
    """The text of a page, and whether the page is a picture without a text of its own."""
    layer = page.get_textpage()
    try:
        length = min(layer.count_chars(), bounds.MAX_CHARACTERS + 1)
        text = layer.get_text_range(0, length) if length > 0 else ""
        return tidy(convert_guessed(text)), length < _LEAST_TEXT and _is_picture(page)
    finally:
        layer.close()
        page.close()


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    width, height = page.get_size()
    for image in islice(page.get_objects(filter=[_IMAGE], max_depth=3), _LOOKED_AT):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) >= width * height * _LEAST_COVER:
            return True
    return False


def _judge(name: str, count: int, scans: int, damaged: int, has_text: bool) -> str:
    """What is to be said of a file whose pages were all looked at."""
    read = min(count, bounds.MAX_PAGES)
    if damaged == read:
        return _damaged(name).message
    if scans == read or (scans and not has_text):
        return (
            f"Tệp “{name}” là ảnh quét, không có chữ để tìm. "
            "Hãy đính kèm thêm bản .docx hoặc bản PDF xuất từ phần mềm soạn thảo."
        )
    if not has_text:
        return f"Tệp “{name}” không có chữ để tìm."
    said = []
    if count > read:
        said.append(f"Tệp “{name}” có {count} trang; chỉ tìm được trong {read} trang đầu.")
    if scans:
        said.append(f"{scans} trong {read} trang của tệp “{name}” là ảnh quét nên không tìm được chữ ở đó.")
    if damaged:
        said.append(f"{damaged} trong {read} trang của tệp “{name}” bị hỏng nên không đọc được.")
    return " ".join(said)
