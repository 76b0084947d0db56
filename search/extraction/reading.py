"""The text of any file, read by a bounded process; this process never opens the document."""

import hashlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from search.vietnamese.letters import clean

from . import bounded, bounds, formats
from .messages import Gathered, gather
from .opening import Wishes, unknown_kind
from .pages import Body, Ending, FilePage, FileText
from .refusals import ReadingFailed

logger = logging.getLogger(__name__)

#: The kinds of file that have a reader here.
READABLE = frozenset(formats.FORMATS)
#: Goes up when the same file would be read otherwise than before: what was read by a lower one is read anew.
READER_VERSION = 3
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class FileContent(FileText):
    """A `FileText` with the structure of the document: `read_file(path, "a.docx").blocks`."""

    body: Body = field(default=Body(()), compare=False)

    @property
    def blocks(self):
        """Paragraphs and tables in reading order."""
        return self.body.blocks


def read_file(source: Path | bytes, name: str, wishes: Wishes | None = None) -> FileContent:
    """What stands in a file, as in `read_file(data, "Kế hoạch số 5.pdf").pages[0].source == "ocr"`.

    Shape: `name` is what people call the file: sentences quote it, and it decides between kinds of plain
    text; the content decides everything else. `problem` says why nothing, or not all, was read.
    Errors: none for the file's sake. OSError when no process can be started.
    """
    called = shown(name)
    wishes = wishes or Wishes(with_blocks=True)
    try:
        with _opened(source) as descriptor:
            return _read(descriptor, called, wishes)
    except ReadingFailed as error:
        return FileContent("", (), error.message, is_failed=True)


def read_file_text(path: Path, name: str) -> FileText:
    """The text of a file for an index, as in `read_file_text(Path("a8f3.pdf"), "Kế hoạch.pdf").pages[0].number`.

    Shape: as `read_file`, without the structure; what only the second OCR engine read is part of the text.
    Errors: as `read_file`.
    """
    found = read_file(path, name, Wishes(max_ocr_pages=bounds.MAX_OCR_PAGES, thorough=True))
    pages = tuple(replace(page, text=f"{page.text}\n{page.also}".strip(), also="", lines=()) for page in found.pages)
    return FileText(
        found.format, pages, found.problem, found.is_cut, found.is_refused, found.sha256, found.warnings,
        found.is_failed,
    )  # fmt: skip


def shown(name: str) -> str:
    """A file name as sentences quote it, `shown("a\\n.pdf") == "a .pdf"`: one short line with its extension."""
    stem, dot, extension = clean(name).rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{extension[:_LONGEST_NAME]}"


@contextmanager
def _opened(source: Path | bytes) -> Iterator[int]:
    if isinstance(source, bytes):
        with bounded.in_memory(source) as descriptor:
            yield descriptor
        return
    try:
        file = source.open("rb")
    except OSError as error:
        raise ReadingFailed("Không mở được tệp trên máy chủ. Hãy tải tệp lên lại.") from error
    with file:
        yield file.fileno()


def _read(descriptor: int, name: str, wishes: Wishes) -> FileContent:
    digest = _digest(descriptor)
    size = os.fstat(descriptor).st_size
    if problem := unfit(size, os.pread(descriptor, formats.SNIFFED_BYTES, 0), name):
        return FileContent("", (), problem, is_refused=True, sha256=digest)
    argument = json.dumps({"name": name, **asdict(wishes)}, ensure_ascii=False)
    outcome = bounded.run("search.extraction.child", argument, descriptor, bounds.PROCESS)
    return content_of(gather(outcome.output.splitlines()), name, outcome, digest)


def unfit(size: int, start: bytes, name: str) -> str:
    """Why a file is not worth a process: `unfit(0, b"", "a.pdf")`; "" when it is.

    Units: `size` in bytes; `start` holds the first `formats.SNIFFED_BYTES` of it.
    """
    if not size:
        return f"Tệp “{name}” rỗng. Hãy tải tệp lên lại."
    if size > bounds.MAX_FILE_BYTES:
        most = bounds.MAX_FILE_BYTES // bounds.MEGABYTE
        return f"Tệp “{name}” lớn hơn {most} MB nên không đọc chữ. Hãy giảm dung lượng hoặc tách tệp."
    claimed = formats.format_of(name)
    return "" if formats.sniff(start, claimed.name if claimed else "") else unknown_kind(name)


def _digest(descriptor: int) -> str:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    os.lseek(descriptor, 0, os.SEEK_SET)
    return digest


def content_of(gathered: Gathered, name: str, outcome: bounded.Outcome, digest: str) -> FileContent:
    """What a process told of a file, with a sentence when it ended before it was done."""
    ending = gathered.ending
    if ending is None:
        kind, count = gathered.format, len(gathered.pages)
        logger.warning("reading a %s ended with code %s after %s pages", kind, outcome.code, count)
        ending = _broken_off(name, outcome, gathered.pages)
    return FileContent(
        gathered.format, gathered.ordered_pages(), ending.problem, ending.is_cut, ending.is_refused, digest,
        tuple(gathered.warnings), ending.is_failed, body=gathered.body,
    )  # fmt: skip


def _broken_off(name: str, outcome: bounded.Outcome, pages: list[FilePage]) -> Ending:
    if outcome.took_too_long:
        problem = f"Đọc tệp “{name}” quá lâu nên đã dừng. Hãy tách thành tệp nhỏ hơn."
    else:
        problem = f"Tệp “{name}” bị hỏng hoặc quá nặng nên không đọc được. Hãy lưu lại từ bản gốc hoặc tách tệp."
    if pages:
        problem += f" Vẫn tìm được trong {len(pages)} trang đọc được trước đó."
    return Ending(problem, is_cut=True, is_failed=not pages)
