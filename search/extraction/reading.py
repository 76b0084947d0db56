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
from .blocks import block_from_json
from .opening import Wishes, unknown_kind
from .pages import Body, Ending, FilePage, FileText, by_number, page_from_json
from .refusals import ReadingFailed
from .tidying import without_running_lines

logger = logging.getLogger(__name__)

#: The kinds of file that have a reader here.
READABLE = frozenset(formats.FORMATS)
#: Goes up when the same file would be read otherwise than before: what was read by a lower one is read anew.
READER_VERSION = 2
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class FileContent(FileText):
    """A `FileText` with the structure of the document: `read_file(path, "a.docx").blocks`."""

    body: Body = field(default=Body(()), compare=False)

    @property
    def blocks(self):
        """Paragraphs and tables in reading order."""
        return self.body.blocks


@dataclass
class _Answer:
    """What the process wrote so far."""

    format: str = ""
    pages: list[FilePage] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    body: Body = field(default_factory=lambda: Body(()))
    ending: Ending | None = None


def read_file(source: Path | bytes, name: str, wishes: Wishes | None = None) -> FileContent:
    """What stands in a file, as in `read_file(data, "Kế hoạch số 5.pdf").pages[0].source == "ocr"`.

    Shape: `name` is what people call the file: sentences quote it, and it decides between kinds of plain
    text; the content decides everything else. `problem` says why nothing, or not all, was read.
    Errors: none for the file's sake. OSError when no process can be started.
    """
    shown = _shown(name)
    wishes = wishes or Wishes(with_blocks=True)
    try:
        with _opened(source) as descriptor:
            return _read(descriptor, shown, wishes)
    except ReadingFailed as error:
        return FileContent("", (), error.message)


def read_file_text(path: Path, name: str) -> FileText:
    """The text of a file for an index, as in `read_file_text(Path("a8f3.pdf"), "Kế hoạch.pdf").pages[0].number`.

    Shape: as `read_file`, without the structure; what only the second OCR engine read is part of the text.
    Errors: as `read_file`.
    """
    found = read_file(path, name, Wishes(max_ocr_pages=bounds.MAX_OCR_PAGES))
    pages = tuple(replace(page, text=f"{page.text}\n{page.also}".strip(), also="", lines=()) for page in found.pages)
    return FileText(found.format, pages, found.problem, found.is_cut, found.is_refused, found.sha256, found.warnings)


def _shown(name: str) -> str:
    """One line without invisible signs, short enough for a sentence, with its extension."""
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
    if problem := _refuse(descriptor, name):
        return FileContent("", (), problem, is_refused=True, sha256=digest)
    argument = json.dumps({"name": name, **asdict(wishes)}, ensure_ascii=False)
    outcome = bounded.run("search.extraction.child", argument, descriptor, bounds.PROCESS)
    answer = _parse(outcome.output)
    ending = answer.ending
    if ending is None:
        logger.warning("reading a %s ended with code %s after %s pages", answer.format, outcome.code, len(answer.pages))
        ending = _broken_off(name, outcome, answer.pages)
    pages = sorted(answer.pages, key=by_number)
    if answer.format == "pdf":
        pages = without_running_lines(pages)
    return FileContent(
        answer.format, tuple(pages), ending.problem, ending.is_cut, ending.is_refused, digest,
        tuple(answer.warnings), body=answer.body,
    )  # fmt: skip


def _refuse(descriptor: int, name: str) -> str:
    """Why the file is not worth a process; "" when it is."""
    size = os.fstat(descriptor).st_size
    if not size:
        return f"Tệp “{name}” rỗng. Hãy tải tệp lên lại."
    if size > bounds.MAX_FILE_BYTES:
        most = bounds.MAX_FILE_BYTES // bounds.MEGABYTE
        return f"Tệp “{name}” lớn hơn {most} MB nên không đọc chữ. Hãy giảm dung lượng hoặc tách tệp."
    claimed = formats.format_of(name)
    start = os.pread(descriptor, formats.SNIFFED_BYTES, 0)
    return "" if formats.sniff(start, claimed.name if claimed else "") else unknown_kind(name)


def _digest(descriptor: int) -> str:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    os.lseek(descriptor, 0, os.SEEK_SET)
    return digest


def _parse(output: bytes) -> _Answer:
    """What the process wrote, up to the line at which it was ended."""
    answer = _Answer()
    for line in output.splitlines():
        try:
            _take(answer, json.loads(line))
        except (ValueError, TypeError, KeyError):
            return answer
        if answer.ending is not None:
            return answer
    return answer


def _take(answer: _Answer, line) -> None:
    match line:
        case ["page", *page]:
            answer.pages.append(page_from_json(page))
        case ["body", list(blocks), list(margins)]:
            answer.body = Body(tuple(map(block_from_json, blocks)), tuple(margins))
        case ["found", str(kind), str(warning)]:
            answer.format = kind or answer.format
            answer.warnings += [warning] if warning else []
        case ["end", str(problem), bool(is_cut), bool(is_refused)]:
            answer.ending = Ending(problem, is_cut, is_refused)
        case ["crashed", str(place)]:
            logger.error("reading a file crashed: %s", clean(place))


def _broken_off(name: str, outcome: bounded.Outcome, pages: list[FilePage]) -> Ending:
    if outcome.took_too_long:
        problem = f"Đọc tệp “{name}” quá lâu nên đã dừng. Hãy tách thành tệp nhỏ hơn."
    else:
        problem = f"Tệp “{name}” bị hỏng hoặc quá nặng nên không đọc được. Hãy lưu lại từ bản gốc hoặc tách tệp."
    if pages:
        problem += f" Vẫn tìm được trong {len(pages)} trang đọc được trước đó."
    return Ending(problem, is_cut=True)
