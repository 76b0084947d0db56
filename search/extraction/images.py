"""Pictures as documents: each page of a photograph or a TIFF, read by OCR."""

import io
import math
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps

from . import bounds, ocr
from .bounded import extend_time
from .layout import blocks_of_pages
from .pages import Body, Ending, FilePage, Part, Progress
from .refusals import ReadingFailed, Refused

_KINDS = ("PNG", "JPEG", "TIFF")
_LONGEST_SIDE = 20_000
# A4 at 200 dpi is 1,654 by 2,339: more makes the engines slower and no better.
_READ_PIXELS = 6_000_000


def read_image(data: bytes, name: str, wishes) -> Iterator[Part]:
    """The words of each picture in the file: `[*read_image(data, "anh.png", wishes)][0].source == "ocr"`.

    Errors: Refused for more pixels than may be held, ReadingFailed for a picture that is damaged.
    """
    picture = _open(data, name)
    count = getattr(picture, "n_frames", 1)
    if not ocr.installed(wishes.engines):
        yield Ending(
            f"Chưa đọc được chữ trong ảnh “{name}” vì máy chủ chưa cài bộ đọc ảnh. "
            "Hãy đính kèm thêm bản .docx hoặc bản PDF xuất từ phần mềm soạn thảo."
        )
        return
    pages: list[FilePage] = []
    most = 1 if wishes.first_page_only else wishes.max_ocr_pages
    for index in range(min(count, most)):
        extend_time(bounds.SECONDS_PER_OCR_PAGE)
        page = ocr.read_page(_frame(picture, index, name), index + 1, wishes.engines, wishes.thorough)
        yield Progress(index + 1, min(count, most), from_pictures=True)
        if page.text:
            pages.append(page)
            yield page
    if wishes.with_blocks:
        yield Body(blocks_of_pages(pages))
    if not pages:
        yield Ending(f"Tệp “{name}” không có chữ để tìm.")
    elif count > most and not wishes.first_page_only:
        yield Ending(f"Tệp “{name}” có {count} ảnh; chỉ đọc {most} ảnh đầu.", is_cut=True)
    else:
        yield Ending()


def _open(data: bytes, name: str) -> Image.Image:
    # The size is judged below, from the head of the file.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(io.BytesIO(data), formats=_KINDS)
    except (OSError, ValueError, SyntaxError, OverflowError) as error:
        raise _damaged(name) from error


def _frame(picture: Image.Image, index: int, name: str) -> Image.Image:
    try:
        picture.seek(index)
        width, height = picture.size
        if width * height > bounds.MAX_PIXELS or max(width, height) > _LONGEST_SIDE:
            raise Refused(f"Ảnh “{name}” quá lớn nên không đọc được. Hãy giảm kích thước xuống dưới 25 triệu điểm ảnh.")
        upright = ImageOps.exif_transpose(picture) or picture
        grey = _on_white(upright).convert("L")
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError) as error:
        raise _damaged(name) from error
    if grey.width * grey.height > _READ_PIXELS:
        scale = math.sqrt(_READ_PIXELS / (grey.width * grey.height))
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.LANCZOS)
    return grey


def _on_white(picture: Image.Image) -> Image.Image:
    """A picture with transparent parts as it looks on paper."""
    if picture.mode not in ("LA", "PA", "RGBA") and "transparency" not in picture.info:
        return picture
    layer = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)


def _damaged(name: str) -> ReadingFailed:
    return ReadingFailed(f"Ảnh “{name}” bị hỏng nên không đọc được. Hãy quét hoặc chụp lại rồi tải lên.")
