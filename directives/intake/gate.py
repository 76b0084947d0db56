"""The first stage: is this upload a file we may open at all? Nothing is unpacked here."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from search.extraction import archive, formats
from search.extraction.bounds import MEGABYTE
from search.extraction.refusals import Refused

from . import bounds

# Invisible and direction-changing characters can make "exe" look like "docx".
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
MAX_NAME = 150
READABLE = frozenset(formats.FORMATS)
# Real registers hold letters named .doc that are RTF or HTML, and .pdf that are HTML: those are read as what they are.
# A picture named .docx or a spreadsheet named .pdf is a mistake that the clerk should see.
_WORDS = frozenset({"docx", "doc", "odt", "rtf", "pdf", "html", "txt", "md"})
_CLOSE = (_WORDS, formats.SHEETS | {"html"}, formats.IMAGES)


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed the gate: `CheckedFile("ke-hoach.docx", "docx", 39464, "9f2c…")`.

    Units: `size` in bytes; `sha256` as 64 hexadecimal digits.
    """

    name: str
    format: str
    size: int
    sha256: str


def check_upload(name: str, data: bytes) -> CheckedFile:
    """The checked file, as in `check_upload("Kế hoạch.docx", data).format == "docx"`.

    Shape: `format` is the kind that the content has, whatever the name says.
    Errors: Refused with a sentence for the clerk when the file must not be opened.
    """
    clean = clean_name(name)
    _check_size(clean, data)
    kind = _check_format(clean, data)
    return CheckedFile(clean, kind, len(data), hashlib.sha256(data).hexdigest())


def clean_name(name: str) -> str:
    """The file name without folders and invisible characters: `"C:\\\\a\\\\b.docx"` → `"b.docx"`."""
    text = unicodedata.normalize("NFC", name or "")
    text = re.split(r"[/\\]", text)[-1]
    text = "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)
    text = re.sub(r'[<>:"|?*]+', "-", re.sub(r"\s+", " ", text)).strip(" .-")
    stem, dot, extension = text.rpartition(".")
    if len(text) > MAX_NAME and dot:
        text = stem[: MAX_NAME - len(extension) - 1] + dot + extension
    return text[:MAX_NAME] or "van-ban"


def _check_size(name: str, data: bytes) -> None:
    if not data:
        raise Refused(f"Tệp “{name}” rỗng. Hãy kiểm tra lại tệp trên máy rồi tải lên lần nữa.")
    if len(data) > bounds.MAX_FILE_BYTES:
        size = f"{len(data) / MEGABYTE:.1f}".replace(".", ",")
        raise Refused(
            f"Tệp “{name}” nặng {size} MB, vượt quá 20 MB. "
            "Hãy giảm dung lượng ảnh trong văn bản hoặc tách phụ lục thành tệp riêng."
        )


def _check_format(name: str, data: bytes) -> str:
    claimed = formats.format_of(name)
    if claimed is None:
        raise Refused(
            f"Không nhận tệp “{name}”. Các định dạng được nhận: {', '.join(f'.{kind}' for kind in formats.FORMATS)}. "
            "Hãy lưu văn bản thành .docx hoặc PDF rồi tải lên."
        )
    if claimed.name == "docx" and formats.is_ole(data):
        raise Refused(
            f"Tệp “{name}” có mật khẩu hoặc là tệp Word cũ được đổi tên. "
            "Hãy mở bằng Word, bỏ mật khẩu, lưu lại thành .docx rồi tải lên."
        )
    kind = _content_kind(name, data, claimed.name)
    if kind != claimed.name and not any({kind, claimed.name} <= group for group in _CLOSE):
        is_what = f"mà là {formats.FORMATS[kind].label}" if kind else "như phần mở rộng của tên"
        raise Refused(
            f"Nội dung của tệp “{name}” không phải là {claimed.label} {is_what}. "
            "Hãy mở tệp bằng phần mềm đã tạo ra nó và lưu lại đúng định dạng."
        )
    return kind


def _content_kind(name: str, data: bytes, claimed: str) -> str:
    """The kind of some content by its first bytes and, of an archive, its table of contents; "" when unknown."""
    family = formats.sniff(data[: formats.SNIFFED_BYTES], claimed)
    if family == "zip":
        return archive.kind_of(name, data)
    if family == "ole":
        # Which of the two it is stands deep inside; the reader finds out in its own process.
        return "xls" if claimed in formats.SHEETS else "doc"
    return family
