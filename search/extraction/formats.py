"""Which file kinds exist and how their bytes look; the content decides, the name only gives a hint."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """One file kind: `FORMATS["docx"].label == "Word (.docx)"`."""

    name: str
    label: str
    magic: tuple[bytes, ...]
    magic_within: int = 0

    def matches(self, data: bytes) -> bool:
        """Whether the bytes begin as this kind does, as in `FORMATS["pdf"].matches(b"%PDF-1.7")`."""
        start = data[: self.magic_within + 16]
        if self.magic_within:
            return any(mark in start for mark in self.magic)
        return start.startswith(self.magic)


_ZIP = (b"PK\x03\x04",)
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)

# Real registers hold PDFs whose header begins after several hundred bytes of junk.
FORMATS = {
    kind.name: kind
    for kind in (
        Format("docx", "Word (.docx)", _ZIP),
        Format("doc", "Word 97-2003 (.doc)", (*_OLE, b"{\\rtf", b"<")),
        Format("pdf", "PDF", (b"%PDF-",), magic_within=1024),
        Format("odt", "OpenDocument (.odt)", _ZIP),
        Format("rtf", "RTF", (b"{\\rtf",)),
        Format("xlsx", "Excel (.xlsx)", _ZIP),
        Format("xls", "Excel 97-2003 (.xls)", _OLE),
        Format("ods", "bảng tính OpenDocument (.ods)", _ZIP),
        Format("png", "ảnh PNG", (b"\x89PNG\r\n\x1a\n",)),
        Format("jpg", "ảnh JPEG", (b"\xff\xd8\xff",)),
        Format("tiff", "ảnh TIFF", (b"II*\x00", b"MM\x00*")),
        Format("html", "trang HTML", ()),
        Format("txt", "văn bản thuần (.txt)", ()),
        Format("md", "Markdown (.md)", ()),
    )
}
ALIASES = {"jpeg": "jpg", "jpe": "jpg", "tif": "tiff", "htm": "html", "docm": "docx", "xlsm": "xlsx"}
IMAGES = frozenset({"png", "jpg", "tiff"})
SHEETS = frozenset({"xlsx", "xls", "ods"})
#: How many bytes `sniff` wants to see.
SNIFFED_BYTES = 4096

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|span|font)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"^\s*<(?:\?xml|svg|!doctype\s+svg)", re.IGNORECASE)
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
# Text holds no other control signs; 0x80..0x9f are letters of cp1252 and cp1258.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def format_of(name: str) -> Format | None:
    """The kind a file name claims, as in `format_of("cong-van.DOCX").name == "docx"`."""
    extension = name.rpartition(".")[2].casefold() if "." in name else ""
    return FORMATS.get(ALIASES.get(extension, extension))


def is_ole(data: bytes) -> bool:
    """Whether the bytes are an OLE container (old Office file, or a docx locked by a password)."""
    return data.startswith(_OLE)


def sniff(start: bytes, claimed: str) -> str:
    """The family of some content by its first bytes: `sniff(b"{\\\\rtf1", "doc") == "rtf"`; "" when no reader knows it.

    Shape: "zip" and "ole" hold several kinds, which only their tables of contents tell apart; `claimed` is the
    name of the kind that the file name claims, and only decides between kinds of plain text.
    """
    for name in ("png", "jpg", "tiff", "rtf"):
        if FORMATS[name].matches(start):
            return name
    if start.startswith(_ZIP):
        return "zip"
    if is_ole(start):
        return "ole"
    stripped = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if FORMATS["pdf"].matches(start):
        return "pdf"
    if stripped.startswith(b"{\\rtf"):
        return "rtf"
    return _sniff_text(start, stripped, claimed)


def _sniff_text(start: bytes, stripped: bytes, claimed: str) -> str:
    if _MARKUP.match(stripped) and not _HTML.search(start):
        return ""
    if stripped.startswith(b"<") and _HTML.search(start):
        return "" if b"<svg" in stripped[:200].lower() else "html"
    if claimed not in ("txt", "md", "html"):
        return ""
    if start.startswith(_BYTE_ORDER) or not _BINARY.search(start):
        return claimed
    return ""
