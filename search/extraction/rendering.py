"""The picture of a PDF page, large enough to read and small enough to hold."""

import math

import pypdfium2
from PIL.Image import Image

from . import bounds
from .refusals import ReadingFailed

_POINTS_PER_INCH = 72
_LEAST_SIDE = 8


def render(document: pypdfium2.PdfDocument, index: int, dpi: int = bounds.MAX_DPI) -> Image:
    """A page in grey, as in `render(document, 0).size`; never more than `bounds.MAX_PIXELS`.

    Errors: ReadingFailed when the page has no area; pypdfium2.PdfiumError when it cannot be drawn.
    """
    page = document[index]
    try:
        width, height = page.get_size()
        if min(width, height) <= 0 or not math.isfinite(width * height):
            raise ReadingFailed("Trang không có kích thước nên không đọc được.")
        scale = min(dpi / _POINTS_PER_INCH, math.sqrt(bounds.MAX_PIXELS / (width * height)) * 0.999)
        if min(width, height) * scale < _LEAST_SIDE:
            raise ReadingFailed("Trang quá hẹp nên không đọc được.")
        return page.render(scale=scale, grayscale=True).to_pil()
    finally:
        page.close()
