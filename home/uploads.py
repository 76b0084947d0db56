"""Which files may be taken in: name, first bytes and size agree; archives stay small when unpacked.

Pure: nothing is unpacked or decoded here.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable
from typing import BinaryIO

MEGABYTE = 1024 * 1024
LARGEST_FILE = 50 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
MOST_ENTRIES = 2_000
LARGEST_DIRECTORY = 1 * MEGABYTE
LONGEST_NAME = 120
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
END_OF_ARCHIVE = b"PK\x05\x06"
PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!")
PROGRAMS = re.compile(
    r"\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|msi|jar|lnk|apk|sh|html?|svg)$", re.IGNORECASE
)


class Refused(Exception):
    """The file is not taken in; its text is a sentence for the person who sent it."""


def clean_file_name(name: str) -> str:
    """The name without folders and invisible signs, e.g. `clean_file_name("C:\\\\tam\\\\Kế hoạch.pdf")`
    is "Kế hoạch.pdf". A sign that turns the reading direction can make "exe.pdf" of "fdp.exe".
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in INVISIBLE)
    plain = re.sub(r'[<>:"|?*]+', "-", re.sub(r"\s+", " ", seen)).strip(" .-")
    stem, dot, extension = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}" if dot and stem else plain[:LONGEST_NAME] or "tep"


def extension_of(name: str) -> str:
    """The extension in small letters, e.g. `extension_of("Anh.JPG")` is "jpg"; "" without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _is_text(start: bytes) -> bool:
    return b"\x00" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff"))


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda start: start.startswith(marks)


_OLE = _starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_RTF = _starts(b"{\\rtf")
_ZIP = _starts(b"PK\x03\x04")
# What the first bytes of each kind must look like, and a part that an archive of this kind must hold.
KINDS: dict[str, tuple[str, Callable[[bytes], bool], str]] = {
    "pdf": ("PDF", lambda start: b"%PDF-" in start and not start.startswith(PROGRAM_STARTS), ""),
    "docx": ("Word (.docx)", _ZIP, "word/document.xml"),
    "xlsx": ("Excel (.xlsx)", _ZIP, "xl/workbook.xml"),
    "odt": ("OpenDocument (.odt)", _ZIP, "content.xml"),
    "ods": ("OpenDocument (.ods)", _ZIP, "content.xml"),
    "doc": ("Word 97-2003 (.doc)", lambda start: _OLE(start) or _RTF(start), ""),
    "xls": ("Excel 97-2003 (.xls)", _OLE, ""),
    "rtf": ("RTF", _RTF, ""),
    "txt": ("văn bản thuần (.txt)", _is_text, ""),
    "zip": ("ZIP", _ZIP, "*"),
}


def check_file(name: str, size: int, file: BinaryIO) -> None:
    """Nothing when the file may be kept; the file is left at its start.

    Errors: Refused with a sentence that says what is wrong and what to do.
    """
    extension = extension_of(name)
    if extension not in KINDS:
        allowed = ", ".join(f".{kind}" for kind in KINDS)
        raise Refused(f"Không nhận tệp “{name}”. Chỉ nhận các định dạng: {allowed}.")
    if size > LARGEST_FILE:
        raise Refused(f"Tệp “{name}” lớn hơn {LARGEST_FILE // MEGABYTE} MB. Hãy giảm dung lượng hoặc tách tệp.")
    file.seek(0)
    start = file.read(1024)
    label, matches, part = KINDS[extension]
    if not matches(start):
        raise Refused(
            f"Nội dung của tệp “{name}” không phải là {label} như tên tệp. Hãy mở tệp bằng đúng phần mềm và lưu lại."
        )
    if part:
        _check_archive(name, label, part, file)
    elif extension == "pdf" and b"%%EOF" not in _tail(file):
        raise Refused(f"Tệp “{name}” bị hỏng hoặc tải lên chưa trọn vẹn. Hãy thử lại với bản gốc.")
    file.seek(0)


def _tail(file: BinaryIO) -> bytes:
    """The last 66,000 bytes: enough for an end record with its longest comment, or for junk behind the end."""
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - 66_000))
    return file.read()


def _check_archive(name: str, label: str, part: str, file: BinaryIO) -> None:
    """Counts come from the end record first: reading a directory of 300,000 entries is itself the attack."""
    _check_directory(name, file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused(f"Tệp “{name}” bị hỏng hoặc tải lên chưa trọn vẹn. Hãy thử lại với bản gốc.") from error
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused(f"Tệp “{name}” giải nén ra quá lớn nên không nhận. Hãy kiểm tra lại nguồn của tệp.")
    names = {entry.filename for entry in entries}
    if part != "*" and part not in names:
        raise Refused(f"Nội dung của tệp “{name}” không phải là {label} như tên tệp. Hãy mở tệp và lưu lại.")
    if any("vbaproject" in entry.lower() for entry in names):
        raise Refused(f"Tệp “{name}” có macro nên không nhận. Hãy lưu lại không kèm macro.")
    if part == "*" and any(PROGRAMS.search(entry) for entry in names):
        raise Refused(f"Tệp nén “{name}” chứa chương trình hoặc trang web nên không nhận.")


def _check_directory(name: str, file: BinaryIO) -> None:
    tail = _tail(file)
    place = tail.rfind(END_OF_ARCHIVE)
    if place < 0 or place + 16 > len(tail):
        raise Refused(f"Tệp “{name}” bị hỏng hoặc tải lên chưa trọn vẹn. Hãy thử lại với bản gốc.")
    count = int.from_bytes(tail[place + 10 : place + 12], "little")
    directory_bytes = int.from_bytes(tail[place + 12 : place + 16], "little")
    file.seek(0)
    if count > MOST_ENTRIES or directory_bytes > LARGEST_DIRECTORY:
        raise Refused(f"Tệp “{name}” chứa quá nhiều tệp con nên không nhận. Hãy kiểm tra lại nguồn của tệp.")
