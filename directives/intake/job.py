"""One file read by one short-lived child process; the parent never opens the document."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from search.extraction import bounded, formats
from search.extraction.messages import gather
from search.extraction.reading import FileContent, content_of, shown, unfit
from search.extraction.refusals import ReadingFailed, Refused
from search.vietnamese.letters import clean

from . import bounds
from .reading import Reading
from .secrecy import SECRET_MESSAGE

logger = logging.getLogger(__name__)

bounded.NURSED["directives.intake.child"] = ("directives.intake.child", "directives.intake.findings")
OnPage = Callable[[int, int], None]


@dataclass(frozen=True)
class Examination:
    """What came of a file: `examine(data, "a.pdf", Request()).reading.facts`.

    Shape: `refused` says why the file must not be taken in, `failed` why it cannot be read; then `reading` has
    no more than format, digest and warnings.
    """

    reading: Reading
    refused: str = ""
    failed: str = ""

    @property
    def is_secret(self) -> bool:
        """Whether it bears a mark of state secrecy."""
        return self.refused == SECRET_MESSAGE


def read_data(
    data: bytes,
    file_name: str,
    *,
    on_page: OnPage | None = None,
    max_ocr_pages: int = 60,
    first_page_only: bool = False,
    signers: Sequence[str] = (),
    organs: Sequence[str] = (),
    thorough: bool = False,
) -> Reading:
    """What stands in a file and what it says, as in `read_data(data, "131.pdf").facts["number"].value`.

    Shape: `on_page(done, total)` is called while pages are read; what it raises ends the reading.
    `first_page_only` looks for what must be refused on the first page and says nothing of fields. `signers` and
    `organs` are names that mend what was misread in a picture; `thorough` has every picture read by all OCR
    engines, which takes three times as long.
    Errors: Refused for a file that must not be taken in (secret, hostile, of no known kind), ReadingFailed for
    one that cannot be read (damaged, locked, too heavy); both carry a Vietnamese sentence in `message`. A scan
    that nothing here can read is no error: its reading has a `problem` and no pages.
    """
    found = examine(
        data,
        file_name,
        on_page=on_page,
        max_ocr_pages=max_ocr_pages,
        first_page_only=first_page_only,
        signers=signers,
        organs=organs,
        thorough=thorough,
    )
    if found.refused:
        raise Refused(found.refused)
    if found.failed:
        raise ReadingFailed(found.failed)
    return found.reading


def examine(data: bytes, file_name: str, *, on_page: OnPage | None = None, **wishes) -> Examination:
    """What came of a file, also of one that is refused or cannot be read; keywords as in `read_data`."""
    name, digest = shown(file_name), hashlib.sha256(data).hexdigest()
    if problem := unfit(len(data), data[: formats.SNIFFED_BYTES], name):
        return Examination(Reading(sha256=digest, warnings=(problem,)), refused=problem)
    request = {
        "name": name, "is_gathered": False, "max_ocr_pages": 60, "first_page_only": False, "thorough": False,
        "signers": [], "organs": [],
        **{key: list(value) if isinstance(value, tuple) else value for key, value in wishes.items()},
    }  # fmt: skip
    progress = _Progress(on_page) if on_page else None
    try:
        content, findings = _asked(data, request, digest, progress)
    except ReadingFailed as error:
        return Examination(Reading(sha256=digest, warnings=(error.message,)), failed=error.message)
    if on_page is not None and progress is not None and content.pages:
        count = max(progress.total, len(content.pages))
        on_page(count, count)
    return _judged(content, findings, digest)


def _judged(content: FileContent, findings: Reading | None, digest: str) -> Examination:
    if findings is None:
        return Examination(Reading(format=content.format, sha256=digest), refused=SECRET_MESSAGE)
    warnings = (*content.warnings, *([content.problem] if content.problem else []), *findings.warnings)
    bare = Reading(format=content.format, sha256=digest, warnings=warnings, problem=content.problem)
    if content.is_refused:
        return Examination(bare, refused=content.problem)
    if content.is_failed:
        return Examination(bare, failed=content.problem)
    return Examination(
        replace(
            findings, format=content.format, sha256=digest, pages=content.pages, blocks=content.blocks,
            warnings=warnings, problem=content.problem,
        )
    )  # fmt: skip


def _asked(data: bytes, request: dict, digest: str, progress: "_Progress | None") -> tuple[FileContent, Reading | None]:
    """The content of a file and what it says; None for a secret.

    A process that was ended in the middle of a file has told pages, but not what they say: a second one is
    asked for that.
    """
    outcome = _run(data, request, progress)
    gathered = gather(outcome.output.splitlines())
    content = content_of(gathered, request["name"], outcome, digest)
    findings, is_done = _findings_in(outcome.output)
    if not is_done and gathered.ending is None and gathered.pages:
        rest = b"\n".join(line for line in outcome.output.splitlines() if not line.startswith(b'["progress'))
        second = _run(rest, request | {"is_gathered": True}, None)
        findings, is_done = _findings_in(second.output)
    if not is_done and not content.is_failed:
        raise ReadingFailed(_TOO_LONG if outcome.took_too_long else _UNREADABLE)
    return content, findings


def _run(data: bytes, request: dict, on_output) -> bounded.Outcome:
    first = json.dumps(request, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    with bounded.in_memory(first + data) as source:
        outcome = bounded.run("directives.intake.child", "", source, bounds.PROCESS, on_output)
    if outcome.code != 0:
        logger.warning("the reading process ended with code %s", outcome.code)
    return outcome


def _findings_in(output: bytes) -> tuple[Reading | None, bool]:
    """What the last line of a process says, None for a secret, and whether it is there at all."""
    last = output.rstrip(b"\n").rpartition(b"\n")[2]
    try:
        line = json.loads(last)
    except ValueError:
        return Reading(), False
    match line:
        case ["secret"]:
            return None, True
        case ["findings", None, []]:
            return Reading(), True
        case ["findings", dict(found), list(signatures)]:
            empty = Reading().to_json()
            return Reading.from_json(empty | found | {"signatures": signatures}), True
        case ["crashed", str(place)]:
            logger.error("reading a file crashed: %s", clean(place))
    return Reading(), False


class _Progress:
    """Calls `on_page` for each line of progress in what a process writes, which comes in pieces."""

    def __init__(self, on_page: OnPage):
        self._on_page = on_page
        self._rest = b""
        self.total = 0

    def __call__(self, news: bytes) -> None:
        *lines, self._rest = (self._rest + news).split(b"\n")
        told = [line for line in lines if line.startswith(b'["progress",')]
        if told:
            _, done, self.total, _ = json.loads(told[-1])
            self._on_page(done, self.total)


_UNREADABLE = "Không đọc được nội dung của tệp. Hãy mở bằng Word, lưu lại thành .docx rồi tải lên lại."
_TOO_LONG = "Đọc văn bản quá lâu nên đã dừng. Hãy tách văn bản thành tệp nhỏ hơn rồi tải lên lại."
