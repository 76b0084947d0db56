"""What a picture says beside itself of the people who made it and of the place: read from its head, never decoded."""

import io
import re
from collections.abc import Iterator

ARTIST, COPYRIGHT, CAMERA, OWNER, GPS = 0x013B, 0x8298, 0x8769, 0xA430, 0x8825
WINDOWS_AUTHOR = 0x9C9D
SOUTH_LATITUDE, LATITUDE, WEST_LONGITUDE, LONGITUDE = 1, 2, 3, 4
EXIF_START = b"Exif\0\0"
LONGEST_EXIF = 0x10000
MOST_PICTURES = 50


def picture_traces(data: bytes) -> Iterator[tuple[str, str]]:
    """`("person", "Nguyễn Văn A")` and `("place", "14.35000, 108.00000")` of a JPEG, PNG, WebP or TIFF."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            yield from _exif_traces(picture.getexif())
            packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        return
    yield from (("person", name) for name in xmp_people(packet.encode() if isinstance(packet, str) else packet))


def embedded_traces(data: bytes) -> Iterator[tuple[str, str]]:
    """The same of photos that lie as they are in another file, as in a PDF."""
    from PIL import Image

    place = data.find(EXIF_START)
    for _ in range(MOST_PICTURES):
        if place < 0:
            return
        exif = Image.Exif()
        try:
            exif.load(data[place : place + LONGEST_EXIF])
            yield from list(_exif_traces(exif))
        except (OSError, ValueError, SyntaxError, TypeError, KeyError):
            pass  # words that merely look like it
        place = data.find(EXIF_START, place + 1)


def _exif_traces(exif) -> Iterator[tuple[str, str]]:
    for tag in (ARTIST, COPYRIGHT):
        yield "person", _words(exif.get(tag, ""))
    yield "person", _words(exif.get_ifd(CAMERA).get(OWNER, ""))
    author = exif.get(WINDOWS_AUTHOR, b"")
    yield "person", (author.decode("utf-16-le", "replace") if isinstance(author, bytes) else str(author)).strip("\0 ")
    where = exif.get_ifd(GPS)
    if LATITUDE in where and LONGITUDE in where:
        north = _degrees(where[LATITUDE]) * (-1 if where.get(SOUTH_LATITUDE) == "S" else 1)
        east = _degrees(where[LONGITUDE]) * (-1 if where.get(WEST_LONGITUDE) == "W" else 1)
        yield "place", f"{north:.5f}, {east:.5f}"


def _words(value) -> str:
    """Pillow reads bytes of these entries as Latin-1; programs write UTF-8."""
    text = str(value).strip("\0 ")
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _degrees(parts) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def xmp_people(packet: bytes) -> list[str]:
    """The names in an XMP packet, e.g. `["Nguyễn Văn A"]` for its creators."""
    from lxml import etree

    start = re.search(rb"<(\w+:)?RDF\b", packet)
    end = packet.rfind(b"RDF>")
    if not start or end < 0:
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(packet[start.start() : end + 4], parser)
    if root is None:
        return []
    names = []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname.lower()
        if name in ("creator", "author", "artist", "captionwriter", "ownername"):
            names += [text.strip() for text in element.itertext() if text.strip()]
        for key, value in element.attrib.items():
            if etree.QName(key).localname.lower() in ("creator", "author", "artist", "captionwriter", "ownername"):
                names.append(value)
    return list(dict.fromkeys(names))
