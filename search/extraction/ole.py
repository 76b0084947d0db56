"""The OLE container of old Office files: which kind it holds, and its streams.

Source: [MS-CFB], Compound File Binary File Format.
"""

import struct
from dataclasses import dataclass

from . import formats
from .refusals import ReadingFailed, Refused

_END = 0xFFFFFFFE
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_ENTRY = 128
_HEAD = 512
_MAX_ENTRIES = 20_000
_MACROS = {"Macros", "_VBA_PROJECT_CUR", "VBA"}


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


class Compound:
    """The streams of one container: `Compound(data).stream("WordDocument")`.

    Errors: ValueError or struct.error when it is damaged.
    """

    def __init__(self, data: bytes):
        if not formats.is_ole(data) or len(data) < _HEAD:
            raise ValueError("no compound file")
        self._data = data
        self._sector = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._sector not in (512, 4096):
            raise ValueError("unknown size of sectors")
        directory, self._cutoff, small = struct.unpack_from("<I4xII", data, 48)
        self._table = self._read_table()
        self._small_table = self._numbers(self._chain(small, self._table, len(data)))
        self.entries = self._read_directory(directory)
        root = next((entry for entry in self.entries.values() if entry.kind == _ROOT), None)
        self._small = self._chain(root.start, self._table, root.size) if root else b""

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; none when there is no such stream."""
        entry = self.entries.get(name)
        if entry is None or entry.kind != _STREAM:
            return b""
        if entry.size < self._cutoff:
            return self._small_chain(entry.start, entry.size)
        return self._chain(entry.start, self._table, entry.size)

    def _read_table(self) -> list[int]:
        sectors = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _END]
        following, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._sector)):
            if following >= _END:
                break
            numbers = self._numbers(self._sector_at(following))
            sectors += [n for n in numbers[:-1] if n < _END]
            following = numbers[-1] if numbers else _END
        sectors = sectors[: len(self._data) // self._sector + 1]
        return [number for sector in sectors for number in self._numbers(self._sector_at(sector))]

    def _read_directory(self, start: int) -> dict[str, _Entry]:
        raw = self._chain(start, self._table, _MAX_ENTRIES * _ENTRY)
        found: dict[str, _Entry] = {}
        for at in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", raw, at + 64)
            name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", raw, at + 116)
            if kind in (_STORAGE, _STREAM, _ROOT):
                found.setdefault(name, _Entry(kind, first, size))
        return found

    def _sector_at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, number: int, table: list[int], size: int) -> bytes:
        pieces, length, left = [], 0, len(table) + 1
        while number < _END and length < size and left:
            piece = self._sector_at(number)
            pieces.append(piece)
            length, left = length + len(piece), left - 1
            number = table[number] if number < len(table) else _END
        return b"".join(pieces)[:size]

    def _small_chain(self, number: int, size: int) -> bytes:
        pieces, left = [], size // 64 + 1
        while number < _END and left:
            pieces.append(self._small[number * 64 : number * 64 + 64])
            left -= 1
            number = self._small_table[number] if number < len(self._small_table) else _END
        return b"".join(pieces)[:size]

    @staticmethod
    def _numbers(raw: bytes) -> list[int]:
        return list(struct.unpack_from(f"<{len(raw) // 4}I", raw))


def kind_of(name: str, data: bytes) -> str:
    """The kind an OLE file holds, "doc" or "xls".

    Errors: Refused when it is damaged, locked, holds macros or something else.
    """
    try:
        entries = Compound(data).entries
    except (ValueError, struct.error, IndexError) as error:
        raise Refused(damaged(name)) from error
    if "EncryptedPackage" in entries:
        raise Refused(f"Tệp “{name}” có mật khẩu. Hãy bỏ mật khẩu rồi tải lên.")
    if _MACROS & entries.keys():
        raise Refused(
            f"Tệp “{name}” có chứa macro nên không được nhận. Hãy lưu lại thành .docx hoặc .xlsx không kèm macro."
        )
    if "WordDocument" in entries:
        return "doc"
    if {"Workbook", "Book"} & entries.keys():
        return "xls"
    raise Refused(f"Tệp “{name}” không phải là văn bản Word hay bảng tính. Hãy lưu thành .docx hoặc PDF rồi tải lên.")


def open_compound(data: bytes, name: str) -> Compound:
    """The container, with a sentence when it is damaged.

    Errors: ReadingFailed.
    """
    try:
        return Compound(data)
    except (ValueError, struct.error, IndexError) as error:
        raise ReadingFailed(damaged(name)) from error


def damaged(name: str) -> str:
    """What is said of a file whose inside does not hold together."""
    return (
        f"Tệp “{name}” bị hỏng hoặc có mật khẩu nên không đọc được. "
        "Hãy mở bằng Word, bỏ mật khẩu, lưu lại thành .docx rồi tải lên."
    )
