"""One file read by one short-lived child process; the parent never opens the document."""

import json
import logging
from pathlib import Path

from search.extraction import bounded
from search.extraction.refusals import ReadingFailed, Refused

from . import bounds, gate
from .reading import Reading

logger = logging.getLogger(__name__)


def read_file(path, file_name: str = "") -> Reading:
    """What stands in a file on disk, as in `read_file("ke-hoach.docx").recognition.fields`.

    Errors: Refused for a file that must not be taken in, ReadingFailed for one that cannot be
    read; both carry a Vietnamese sentence in `message`.
    """
    path = Path(path)
    if path.stat().st_size > bounds.MAX_FILE_BYTES:
        raise Refused(f"Tệp “{path.name}” vượt quá 20 MB. Hãy giảm dung lượng rồi tải lên lại.")
    return read_data(path.read_bytes(), file_name or path.name)


def read_data(data: bytes, file_name: str) -> Reading:
    """What stands in an uploaded file, before a byte of it is stored.

    Errors: as `read_file`.
    """
    checked = gate.check_upload(file_name, data)
    answer = _run_child(data, checked.name)
    if "reading" in answer:
        return Reading.from_json(answer["reading"])
    if "refused" in answer:
        raise Refused(answer["refused"])
    if "crashed" in answer:
        logger.error("reading a file crashed: %s", answer["crashed"])
    raise ReadingFailed(answer.get("failed", _UNREADABLE))


def _run_child(data: bytes, file_name: str) -> dict:
    """The answer of the child."""
    with bounded.in_memory(data) as source:
        outcome = bounded.run("directives.intake.child", file_name, source, bounds.PROCESS)
    if outcome.took_too_long:
        raise ReadingFailed("Đọc văn bản quá lâu nên đã dừng. Hãy tách văn bản thành tệp nhỏ hơn rồi tải lên lại.")
    if outcome.code != 0:
        logger.warning("the reading process ended with code %s", outcome.code)
        raise ReadingFailed(_UNREADABLE)
    try:
        answer = json.loads(outcome.output)
    except ValueError as error:
        raise ReadingFailed(_UNREADABLE) from error
    return answer if isinstance(answer, dict) else {}


_UNREADABLE = "Không đọc được nội dung của tệp. Hãy mở bằng Word, lưu lại thành .docx rồi tải lên lại."
