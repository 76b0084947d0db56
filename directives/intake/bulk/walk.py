"""The files below a folder, and what was left out with the reason; nothing outside the folder is ever opened."""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HIDDEN = "tệp ẩn"
TEMPORARY = "tệp tạm của chương trình soạn thảo"
OF_THE_SYSTEM = "tệp của hệ điều hành"
LINK_OUT = "liên kết ra ngoài thư mục"
LINK_IN = "liên kết tới một tệp khác trong thư mục, tệp ấy đã được nhận"
NO_FILE = "không phải tệp thường"
CLOSED = "không có quyền đọc"
_OF_THE_SYSTEM = {"thumbs.db", "desktop.ini", "icon\r"}
_TEMPORARY_STARTS, _TEMPORARY_ENDS = ("~$", "~wrl", ".~lock"), (".tmp", ".crdownload", ".part", "~")


class NotOpened(Exception):
    """A file that is there but cannot be read now: `NotOpened("không có quyền đọc").reason`."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class LeftOut:
    """What is not taken in: `LeftOut("2019/~$qd 131.docx", "tệp tạm của chương trình soạn thảo")`."""

    path: str
    reason: str


def walk(root: Path) -> tuple[list[str], list[LeftOut]]:
    """The paths below a folder in order, and what was left out: `walk(root)[0] == ["2019/qd 131.pdf"]`.

    Shape: paths relative to the root, with "/"; `surrogateescape` for names that are no UTF-8.
    """
    files: list[str] = []
    left_out: list[LeftOut] = []
    for path, entry in _entries(root):
        if reason := _reason(root, path, entry):
            left_out.append(LeftOut(path, reason))
        elif entry is not None:
            files.append(path)
    return sorted(files), sorted(left_out, key=lambda one: one.path)


def place_of(path: str) -> str:
    """The digest that stands for a path in the database: a path may tell what must not be told."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()


def read_bytes(root: Path, path: str, most: int) -> bytes:
    """The bytes of a file below the root, at most one more than `most`.

    Errors: NotOpened when it is away, is a link by now, or may not be read.
    """
    try:
        descriptor = os.open(root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise NotOpened("tệp không còn ở chỗ cũ") from error
    except OSError as error:
        raise NotOpened(CLOSED) from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotOpened(NO_FILE)
        try:
            return file.read(most + 1)
        except OSError as error:
            raise NotOpened("ổ đĩa báo lỗi khi đọc") from error


def _entries(root: Path) -> Iterator[tuple[str, os.DirEntry | None]]:
    """Every entry that is no folder to go into; None for a folder that cannot be read."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            yield folder, None
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                waiting.append(path)
            else:
                yield path, entry


def _reason(root: Path, path: str, entry: os.DirEntry | None) -> str:
    if entry is None:
        return CLOSED
    name = entry.name.casefold()
    if name.startswith(_TEMPORARY_STARTS) or name.endswith(_TEMPORARY_ENDS):
        return TEMPORARY
    if name.startswith("."):
        return HIDDEN
    if name in _OF_THE_SYSTEM:
        return OF_THE_SYSTEM
    if entry.is_symlink():
        return LINK_IN if _leads_inside(root, path) else LINK_OUT
    return "" if entry.is_file(follow_symlinks=False) else NO_FILE


def _leads_inside(root: Path, path: str) -> bool:
    try:
        return (root / path).resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False
