"""The reader of old Word files (.doc): LibreOffice turns them into .docx, which is read like any other."""

import struct
from collections.abc import Iterator

from . import office, ole
from .docx_pages import read_docx_pages
from .pages import Ending, Part
from .refusals import ReadingFailed

_FLAGS_AT = 0x0A
_ENCRYPTED = 0x0100


def read_doc(data: bytes, name: str, wishes=None) -> Iterator[Part]:
    """The parts of an old Word file; without LibreOffice only a sentence that says so.

    Errors: ReadingFailed, with a sentence for the clerk.
    """
    if _is_locked(data, name):
        raise ReadingFailed(f"Tệp “{name}” có mật khẩu nên không đọc được. Hãy bỏ mật khẩu.")
    if not office.is_installed():
        yield Ending(
            f"Chưa đọc được nội dung của tệp “{name}” vì máy chủ chưa cài LibreOffice. "
            "Tệp vẫn được giữ; hãy đính kèm thêm bản .docx."
        )
        return
    yield from read_docx_pages(office.to_docx(data, "doc", name), name, wishes)


def _is_locked(data: bytes, name: str) -> bool:
    head = ole.open_compound(data, name).stream("WordDocument")
    if len(head) < _FLAGS_AT + 2:
        raise ReadingFailed(ole.damaged(name))
    return bool(struct.unpack_from("<H", head, _FLAGS_AT)[0] & _ENCRYPTED)
