"""The process that opens one picture: bytes on standard input, a line of JSON and the cleaned bytes out.

Run by itself, with nothing of the project imported: it binds itself to limits before it touches the bytes.
Cleaning drops what a camera writes beside the picture (place, owner, device) and turns it upright.
"""

import io
import json
import resource
import struct
import sys

from PIL import Image, ImageOps

FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
MEMORY_BYTES = 700 * 1024 * 1024
CPU_SECONDS = 10
ORIENTATION = 0x0112
UPRIGHT = 1
# Segments and chunks that say something about the camera, the place or the author.
JPEG_PRIVATE = {0xE1, 0xED, 0xFE}
PNG_PRIVATE = {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"}
WEBP_PRIVATE = {b"EXIF", b"XMP "}


def limit_this_process():
    for kind, amount in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))


def strip_jpeg(data):
    """The same picture without private segments, e.g. Exif; the compressed picture is not touched."""
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        length = struct.unpack(">H", data[place + 2 : place + 4])[0]
        if data[place + 1] not in JPEG_PRIVATE:
            kept.append(data[place : place + 2 + length])
        place += 2 + length
    # What follows the end of the picture is not part of it.
    end = data.rfind(b"\xff\xd9")
    return b"".join(kept) + data[place : end + 2 if end > place else len(data)]


def strip_png(data):
    kept, place = [data[:8]], 8
    while place + 12 <= len(data):
        length = struct.unpack(">I", data[place : place + 4])[0]
        name = data[place + 4 : place + 8]
        if name not in PNG_PRIVATE:
            kept.append(data[place : place + 12 + length])
        place += 12 + length
        if name == b"IEND":
            break
    return b"".join(kept)


def strip_webp(data):
    chunks, place = [], 12
    while place + 8 <= len(data):
        length = struct.unpack("<I", data[place + 4 : place + 8])[0]
        chunk = data[place : place + 8 + length + length % 2]
        if chunk[:4] == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:]
        if chunk[:4] not in WEBP_PRIVATE:
            chunks.append(chunk)
        place += 8 + length + length % 2
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


STRIPPERS = {"JPEG": strip_jpeg, "PNG": strip_png, "WEBP": strip_webp}


def turn_upright(picture):
    """A new encoding of a picture that the camera had turned."""
    upright = ImageOps.exif_transpose(picture)
    output = io.BytesIO()
    options = {"quality": 92} if picture.format in ("JPEG", "WEBP") else {}
    upright.save(output, picture.format, icc_profile=picture.info.get("icc_profile"), exif=b"", **options)
    return output.getvalue()


def inspect(data, extension, most_pixels):
    """`({"width": 800, …}, cleaned bytes)`, or `({"refused": "damaged"}, b"")`."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and is looked at before anything is decoded
    try:
        picture = Image.open(io.BytesIO(data), formats=sorted(set(FORMATS.values())))
    except MemoryError:
        return {"refused": "too_heavy"}, b""
    except Exception:
        return {"refused": "no_picture"}, b""
    facts = {"width": picture.width, "height": picture.height, "format": picture.format}
    if picture.format != FORMATS.get(extension):
        return facts | {"refused": "wrong_type"}, b""
    if picture.width * picture.height > most_pixels:
        return facts | {"refused": "too_many_pixels"}, b""
    if picture.width * picture.height * getattr(picture, "n_frames", 1) > most_pixels:
        return facts | {"refused": "too_many_pixels"}, b""
    try:
        is_turned = picture.getexif().get(ORIENTATION, UPRIGHT) != UPRIGHT and picture.format != "GIF"
        picture.load()
        cleaned = turn_upright(picture) if is_turned else STRIPPERS.get(picture.format, bytes)(data)
        Image.open(io.BytesIO(cleaned), formats=[picture.format]).load()
    except MemoryError:
        return facts | {"refused": "too_heavy"}, b""
    except Exception:
        return facts | {"refused": "damaged"}, b""
    return facts, cleaned


def main():
    limit_this_process()
    facts, cleaned = inspect(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2]))
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + cleaned)


if __name__ == "__main__":
    main()
