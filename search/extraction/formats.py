"""Which file kinds exist and how their first bytes look."""

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
        Format("png", "ảnh PNG", (b"\x89PNG\r\n\x1a\n",)),
        Format("jpg", "ảnh JPEG", (b"\xff\xd8\xff",)),
    )
}
ALIASES = {"jpeg": "jpg", "jpe": "jpg"}


def format_of(name: str) -> Format | None:
    """The kind a file name claims, as in `format_of("cong-van.DOCX").name == "docx"`."""
    extension = name.rpartition(".")[2].casefold() if "." in name else ""
    return FORMATS.get(ALIASES.get(extension, extension))


def is_ole(data: bytes) -> bool:
    """Whether the bytes are an OLE container (old Office file, or a docx locked by a password)."""
    return data.startswith(_OLE)
