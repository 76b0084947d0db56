"""The process that draws one page of one file: bytes on standard input, a small JPEG on standard output."""

import io
import json
import os
import sys
import warnings

from search.extraction import bounds

_KINDS = ("PNG", "JPEG", "TIFF")
_DPI = 200
_QUALITY = 60


def main() -> None:
    """Writes the picture asked for by `{"page": 1, "width": 1240, "part": [0, 0, 1, 0.2]}`; nothing when it cannot."""
    bounds.PROCESS.bind()
    asked = json.loads(sys.argv[1])
    picture = draw(sys.stdin.buffer.read(bounds.MAX_FILE_BYTES + 1), asked["page"], asked["width"], asked["part"])
    with os.fdopen(1, "wb", closefd=False) as output:
        output.write(picture)


def draw(data: bytes, number: int, width: int, part: list[float]) -> bytes:
    """A part of a page as JPEG, at most so many pixels wide.

    Errors: ReadingFailed, pypdfium2.PdfiumError, OSError or ValueError for what cannot be drawn.
    """
    picture = _picture(data, number)
    left, top, right, bottom = part
    whole, height = picture.size
    picture = picture.crop((round(left * whole), round(top * height), round(right * whole), round(bottom * height)))
    if picture.width > width:
        picture = picture.resize((width, max(1, round(picture.height * width / picture.width))))
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=_QUALITY, optimize=True)
    return output.getvalue()


def _picture(data: bytes, number: int):
    import pypdfium2
    from PIL import Image, ImageOps

    from search.extraction.rendering import render

    if b"%PDF-" in data[:1040]:
        return render(pypdfium2.PdfDocument(data), number - 1, _DPI)
    # The size is judged below, from the head of the file.
    Image.MAX_IMAGE_PIXELS = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = Image.open(io.BytesIO(data), formats=_KINDS)
    picture.seek(number - 1)
    if picture.width * picture.height > bounds.MAX_PIXELS:
        raise ValueError("picture too large")
    upright = ImageOps.exif_transpose(picture) or picture
    if upright.mode in ("LA", "PA", "RGBA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    return upright.convert("L")
