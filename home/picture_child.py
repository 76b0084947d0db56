"""The process that opens one picture: bytes on standard input, a line of JSON and the cleaned bytes out.

It binds itself to limits before it touches the bytes. Cleaning drops what a camera writes beside the picture
(place, owner, device) and turns it upright.
"""

import io
import json
import sys

from PIL import Image, ImageOps

from home.picture_bytes import strip_picture
from search.extraction.bounded import Limits

MEGABYTE = 1024 * 1024
LIMITS = Limits(
    address_space_bytes=700 * MEGABYTE, cpu_seconds=10, wall_seconds=20, output_bytes=120 * MEGABYTE, open_files=64
)
FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
#: A JPEG of a telephone that carries a second picture behind its end: only the first one is kept.
TWO_IN_ONE = "MPO"
ORIENTATION = 0x0112
UPRIGHT = 1


def turn_upright(picture: Image.Image, kind: str) -> bytes:
    """A new encoding of a picture that the camera had turned."""
    upright = ImageOps.exif_transpose(picture)
    output = io.BytesIO()
    options = {"quality": 92} if kind in ("JPEG", "WEBP") else {}
    upright.save(output, kind, icc_profile=picture.info.get("icc_profile"), exif=b"", **options)
    return output.getvalue()


def inspect(data: bytes, extension: str, most_pixels: int) -> tuple[dict, bytes]:
    """`({"width": 800, …}, cleaned bytes)`, or `({"refused": "damaged"}, b"")`."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and is looked at before anything is decoded
    try:
        picture = Image.open(io.BytesIO(data), formats=sorted(set(FORMATS.values())))
    except MemoryError:
        return {"refused": "too_heavy"}, b""
    except Exception:
        return {"refused": "no_picture"}, b""
    kind = "JPEG" if picture.format == TWO_IN_ONE else picture.format
    frames = 1 if picture.format == TWO_IN_ONE else getattr(picture, "n_frames", 1)
    facts = {"width": picture.width, "height": picture.height, "format": kind}
    if kind != FORMATS.get(extension):
        return facts | {"refused": "wrong_type"}, b""
    if picture.width * picture.height * frames > most_pixels:
        return facts | {"refused": "too_many_pixels"}, b""
    try:
        return facts, clean(picture, kind, data)
    except MemoryError:
        return facts | {"refused": "too_heavy"}, b""
    except Exception:
        return facts | {"refused": "damaged"}, b""


def clean(picture: Image.Image, kind: str, data: bytes) -> bytes:
    is_turned = picture.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT and kind != "GIF"
    picture.load()
    # What is encoded anew is stripped too: comments would go along.
    cleaned = strip_picture(turn_upright(picture, kind) if is_turned else data)
    Image.open(io.BytesIO(cleaned), formats=[kind]).load()
    return cleaned


def main() -> None:
    LIMITS.bind()
    extension, most_pixels = sys.argv[1].split()
    facts, cleaned = inspect(sys.stdin.buffer.read(), extension, int(most_pixels))
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + cleaned)
