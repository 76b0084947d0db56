"""Pictures as bytes: the same picture without what was written beside it (place, owner, device, thumbnail, words).

Pure: nothing is decoded. Each format keeps a list of what makes the picture; whatever else there is goes.
"""

import re
import struct
import zlib

from home.colour_profile import LARGEST, bare_profile

JPEG_START, PNG_START = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP acTL fcTL fdAT".split(),
)
WEBP_KEPT = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
#: Extensions of a GIF that say how often it repeats.
GIF_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
START_OF_SCAN, END_OF_PICTURE, FILL = 0xDA, 0xD9, 0xFF
ICC_START, ICC_PIECE = b"ICC_PROFILE\0", 65_519
STANDALONE = frozenset((0x01, *range(0xD0, 0xD8)))


class Damaged(ValueError):
    """The bytes end or turn into something else in the middle of the picture."""


def strip_picture(data: bytes) -> bytes | None:
    """The bare picture, e.g. a JPEG without Exif, whose compressed part is untouched; None of another format.

    Errors: Damaged. Colour profiles stay without their words.
    """
    for matches, strip in (
        (data.startswith(JPEG_START), strip_jpeg),
        (data.startswith(PNG_START), strip_png),
        (data.startswith((b"GIF87a", b"GIF89a")), strip_gif),
        (data[:4] == b"RIFF" and data[8:12] == b"WEBP", strip_webp),
    ):
        if matches:
            try:
                return strip(data)
            except (IndexError, struct.error) as error:
                raise Damaged from error
    return None


def strip_jpeg(data: bytes) -> bytes:
    """What follows the end of the picture goes too: telephones keep a second one there, with its own Exif."""
    kept, place = [data[:2]], 2
    while True:
        if data[place] != 0xFF:
            raise Damaged
        marker = data[place + 1]
        if marker == FILL:
            place += 1
            continue
        if marker == END_OF_PICTURE:
            return b"".join(_with_bare_profile(kept)) + data[place : place + 2]
        length = 0 if marker in STANDALONE else struct.unpack_from(">H", data, place + 2)[0]
        segment = data[place : place + 2 + length]
        kept.append(_kept_of(marker, segment))
        place += len(segment)
        if marker == START_OF_SCAN:
            found = NEXT_MARKER.search(data, place)
            if not found:
                raise Damaged
            kept.append(data[place : found.start()])
            place = found.start()


def _kept_of(marker: int, segment: bytes) -> bytes:
    """The segment itself, its part that is needed to show the picture, or nothing."""
    content = segment[4:]
    if marker == 0xE0 and content.startswith(b"JFIF\0"):
        return b"\xff\xe0\x00\x10" + content[:12] + b"\0\0"  # without its thumbnail
    if marker == 0xE2 and content.startswith(ICC_START):
        return segment
    if marker == 0xEE and content.startswith(b"Adobe"):
        return segment
    return b"" if marker >= 0xE0 else segment


def _with_bare_profile(segments: list[bytes]) -> list[bytes]:
    """A profile is cut into numbered segments; the bare one takes the place of the first."""
    pieces = [each for each in segments if each.startswith(b"\xff\xe2") and each[4:].startswith(ICC_START)]
    if not pieces:
        return segments
    whole = b"".join(each[18:] for each in sorted(pieces, key=lambda each: each[16]))
    bare = bare_profile(whole)
    parts = [bare[place : place + ICC_PIECE] for place in range(0, len(bare), ICC_PIECE)]
    made = b"".join(
        b"\xff\xe2" + struct.pack(">H", len(part) + 16) + ICC_START + bytes((number, len(parts))) + part
        for number, part in enumerate(parts, 1)
    )
    first = segments.index(pieces[0])
    return [made if place == first else b"" if each in pieces else each for place, each in enumerate(segments)]


def _bare_png_profile(chunk: bytes) -> bytes:
    """The name of the profile is free, so it goes as well; a bare one stays byte for byte."""
    name, _, packed = chunk[8:-4].partition(b"\0")
    try:
        profile = zlib.decompressobj().decompress(packed[1:], LARGEST + 1)
    except zlib.error:
        return b""
    bare = bare_profile(profile)
    if bare == profile and name == b"icc":
        return chunk
    content = b"icc\0\0" + zlib.compress(bare, 9)
    named = b"iCCP" + content
    return struct.pack(">I", len(content)) + named + struct.pack(">I", zlib.crc32(named)) if bare else b""


def strip_png(data: bytes) -> bytes:
    kept, place = [data[:8]], 8
    while True:
        length = struct.unpack_from(">I", data, place)[0]
        name = data[place + 4 : place + 8]
        if name in PNG_KEPT:
            chunk = data[place : place + 12 + length]
            kept.append(_bare_png_profile(chunk) if name == b"iCCP" else chunk)
        place += 12 + length
        if name == b"IEND":
            return b"".join(kept)


def strip_webp(data: bytes) -> bytes:
    chunks, place = [], 12
    end = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    while place + 8 <= end:
        length = struct.unpack_from("<I", data, place + 4)[0]
        chunk = data[place : place + 8 + length + length % 2]
        if chunk[:4] == b"ICCP":
            bare = bare_profile(chunk[8 : 8 + length])
            chunks.append(b"ICCP" + struct.pack("<I", len(bare)) + bare + bytes(len(bare) % 2) if bare else b"")
        elif chunk[:4] in WEBP_KEPT:
            chunks.append(chunk)
        place += 8 + length + length % 2
    held = 0x20 if any(each[:4] == b"ICCP" for each in chunks) else 0
    # It announced Exif and XMP, and a profile.
    chunks = [each[:8] + bytes([each[8] & ~0x2C | held]) + each[9:] if each[:4] == b"VP8X" else each for each in chunks]
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def strip_gif(data: bytes) -> bytes:
    place = 13 + _colours(data[10])
    kept = [data[:place]]
    while (kind := data[place]) != 0x3B:
        if kind == 0x2C:
            end = _end_of_blocks(data, place + 11 + _colours(data[place + 9]))
            is_kept = True
        elif kind == 0x21:
            end = _end_of_blocks(data, place + 2)
            label = data[place + 1]
            is_kept = label == 0xF9 or (label == 0xFF and data[place + 3 : place + 14] in GIF_KEPT)
        else:
            raise Damaged
        if is_kept:
            kept.append(data[place:end])
        place = end
    return b"".join(kept) + b";"


def _colours(flags: int) -> int:
    """The length of a table of colours."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, place: int) -> int:
    while data[place]:
        place += 1 + data[place]
    return place + 1
