"""The table of contents of an OOXML or OpenDocument file, judged before anything is unpacked."""

import io
import struct
import zipfile
import zlib

from . import bounds
from .refusals import Refused

_END_RECORD = b"PK\x05\x06"
_ENCRYPTED = 0x1
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_SCRIPTS = ("basic/", "scripts/")


def check_docx(name: str, data: bytes) -> None:
    """Nothing, when the archive is a Word document of bounded size.

    Errors: Refused when it is damaged, a bomb, locked, holds macros or is no Word document.
    """
    if kind_of(name, data) != "docx":
        raise _no_document(name)


def kind_of(name: str, data: bytes) -> str:
    """The kind an archive of bounded size holds: "docx", "xlsx", "odt" or "ods".

    Errors: Refused when it is damaged, a bomb, locked, holds macros or something else.
    """
    _check_directory(name, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_names(name, members)
            _check_sizes(name, members)
            _check_macros(name, members)
            return _kind_of(name, archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, zlib.error, EOFError) as error:
        raise _damaged(name) from error


def _check_directory(name: str, data: bytes) -> None:
    """Refuses a huge table of contents before zipfile would build an object for each row."""
    at = data.rfind(_END_RECORD, max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + 22:
        raise _damaged(name)
    entries, size = struct.unpack_from("<HI", data, at + 10)
    if entries > bounds.MAX_ENTRIES or size > bounds.MAX_DIRECTORY_BYTES:
        raise _too_big(name)


def _check_names(name: str, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ":" in path.split("/")[0] or ".." in path.split("/"):
            raise Refused(
                f"Tệp “{name}” có cấu trúc bất thường nên không được mở. "
                "Hãy mở bằng Word, lưu lại thành .docx rồi tải lên."
            )
        if member.flag_bits & _ENCRYPTED:
            raise Refused(f"Tệp “{name}” có mật khẩu. Hãy bỏ mật khẩu rồi tải lên.")


def _check_sizes(name: str, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > bounds.MAX_ENTRIES:
        raise _too_big(name)
    if sum(member.file_size for member in members) > bounds.MAX_UNPACKED_BYTES:
        raise _too_big(name)
    for member in members:
        is_xml = member.filename.casefold().endswith((".xml", ".rels"))
        if is_xml and member.file_size > bounds.MAX_XML_BYTES:
            raise _too_big(name)
        packed = max(member.compress_size, 1)
        if member.file_size > bounds.RATIO_FROM_BYTES and member.file_size / packed > bounds.MAX_RATIO:
            raise _too_big(name)


def _check_macros(name: str, members: list[zipfile.ZipInfo]) -> None:
    paths = [member.filename.casefold() for member in members]
    if any("vbaproject" in path or "vbadata" in path or path.startswith(_SCRIPTS) for path in paths):
        raise Refused(
            f"Tệp “{name}” có chứa macro nên không được nhận. "
            "Hãy lưu lại thành “Tài liệu Word (.docx)” không kèm macro rồi tải lên."
        )


def _kind_of(name: str, archive: zipfile.ZipFile) -> str:
    paths = {path.casefold() for path in archive.namelist()}
    if "mimetype" in paths:
        with archive.open("mimetype") as stream:
            said = stream.read(100).decode("ascii", "replace").strip().removesuffix("-template")
        if said in _OPEN_DOCUMENT:
            return _OPEN_DOCUMENT[said]
    if "[content_types].xml" in paths:
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx")):
            if any(path.startswith(folder) for path in paths):
                return kind
    raise _no_document(name)


def _no_document(name: str) -> Refused:
    return Refused(
        f"Tệp “{name}” không phải là văn bản Word. Hãy mở bằng phần mềm đã tạo ra nó, lưu thành .docx rồi tải lên."
    )


def _damaged(name: str) -> Refused:
    return Refused(
        f"Tệp “{name}” bị hỏng hoặc tải lên chưa trọn vẹn. "
        "Hãy mở thử trên máy, lưu lại thành .docx rồi tải lên lần nữa."
    )


def _too_big(name: str) -> Refused:
    return Refused(
        f"Tệp “{name}” quá lớn sau khi giải nén nên không được mở. "
        "Hãy kiểm tra nguồn của tệp, hoặc tách phụ lục thành tệp riêng rồi tải lên."
    )
