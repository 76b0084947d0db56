"""The text of one attached file, read by a bounded process; this process never opens the document."""

import json
import logging
import os
from pathlib import Path
from typing import BinaryIO

from search.vietnamese.letters import clean

from . import bounded, bounds, formats
from .pages import Ending, FilePage, FileText
from .tidying import without_running_lines

logger = logging.getLogger(__name__)

#: The kinds of file that have a reader here.
READABLE = frozenset({"docx", "pdf"})
_LONGEST_NAME = 200


def read_file_text(path: Path, name: str) -> FileText:
    """The text of a file, as in `read_file_text(Path("a8f3.pdf"), "Kế hoạch số 5.pdf").pages[0].number`.

    Shape: `name` is what people call the file: its extension chooses the reader, sentences quote it.
    Errors: none for the file's sake; whatever is wrong with it is a sentence in `problem`. OSError when no
    process can be started.
    """
    shown = _shown(name)
    kind = formats.format_of(shown)
    if kind is None or kind.name not in READABLE:
        return FileText("", (), f"Chưa đọc được chữ trong định dạng của tệp “{shown}”. Chỉ đọc được .docx và PDF.")
    try:
        file = path.open("rb")
    except OSError:
        return FileText(kind.name, (), f"Không mở được tệp “{shown}” trên máy chủ. Hãy tải tệp lên lại.")
    with file:
        problem = _refuse(file, shown, kind)
        return FileText(kind.name, (), problem) if problem else _read(file, shown, kind.name)


def _shown(name: str) -> str:
    """One line without invisible signs, short enough for a sentence, with its extension."""
    stem, dot, extension = clean(name).rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{extension[:_LONGEST_NAME]}"


def _refuse(file: BinaryIO, name: str, kind: formats.Format) -> str:
    """Why the file is not worth a process; "" when it is."""
    size = os.fstat(file.fileno()).st_size
    if not size:
        return f"Tệp “{name}” rỗng. Hãy tải tệp lên lại."
    if size > bounds.MAX_FILE_BYTES:
        most = bounds.MAX_FILE_BYTES // bounds.MEGABYTE
        return f"Tệp “{name}” lớn hơn {most} MB nên không đọc chữ. Hãy giảm dung lượng hoặc tách tệp."
    start = os.pread(file.fileno(), kind.magic_within + 16, 0)
    # A locked .docx is no archive; its reader says so.
    if kind.matches(start) or (kind.name == "docx" and formats.is_ole(start)):
        return ""
    return f"Nội dung của tệp “{name}” không phải là {kind.label}. Hãy mở bằng đúng phần mềm và lưu lại."


def _read(file: BinaryIO, name: str, kind: str) -> FileText:
    outcome = bounded.run("search.extraction.child", name, file.fileno(), bounds.PROCESS)
    pages, ending = _parse(outcome.output)
    if ending is None:
        logger.warning("reading a %s ended with code %s after %s pages", kind, outcome.code, len(pages))
        ending = _broken_off(name, outcome, pages)
    if kind == "pdf":
        pages = without_running_lines(pages)
    return FileText(kind, tuple(pages), ending.problem, ending.is_cut)


def _parse(output: bytes) -> tuple[list[FilePage], Ending | None]:
    """The pages and the ending that the process wrote; no ending when it died before."""
    pages: list[FilePage] = []
    for line in output.splitlines():
        try:
            match json.loads(line):
                case ["page", int(number), str(text)]:
                    pages.append(FilePage(number, text))
                case ["end", str(problem), bool(is_cut)]:
                    return pages, Ending(problem, is_cut)
                case ["crashed", str(place)]:
                    logger.error("reading a file crashed: %s", clean(place))
        except ValueError:
            return pages, None  # the line at which the process was ended
    return pages, None


def _broken_off(name: str, outcome: bounded.Outcome, pages: list[FilePage]) -> Ending:
    if outcome.took_too_long:
        problem = f"Đọc tệp “{name}” quá lâu nên đã dừng. Hãy tách thành tệp nhỏ hơn."
    else:
        problem = f"Tệp “{name}” bị hỏng hoặc quá nặng nên không đọc được. Hãy lưu lại từ bản gốc hoặc tách tệp."
    if pages:
        problem += f" Vẫn tìm được trong {len(pages)} trang đọc được trước đó."
    return Ending(problem, is_cut=True)
