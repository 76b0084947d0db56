"""One file read by one short-lived child process; the parent never opens the document."""

import functools
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from . import bounds, gate
from .reading import Reading
from .refusals import ReadingFailed, Refused

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, {root!r}); from directives.intake.child import main; main()"


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
    """The answer of the child; input and output lie in memory, so that nothing is left on disk."""
    source, target = os.memfd_create("intake-in"), os.memfd_create("intake-out")
    try:
        _write_all(source, data)
        code = _wait_for(_start_child(source, target, file_name))
        if code != 0:
            logger.warning("the reading process ended with code %s", code)
            raise ReadingFailed(_UNREADABLE)
        return _parse_answer(target)
    finally:
        os.close(source)
        os.close(target)


def _start_child(source: int, target: int, file_name: str) -> subprocess.Popen:
    start = _START.format(root=str(_ROOT))
    return subprocess.Popen(
        [*_without_network(), sys.executable, "-I", "-B", "-c", start, file_name],
        stdin=source, stdout=target, stderr=subprocess.DEVNULL, env={}, cwd="/",
        start_new_session=True, close_fds=True,
    )  # fmt: skip


def _wait_for(child: subprocess.Popen) -> int:
    """The exit code; the whole group is killed when it is over or takes too long."""
    try:
        return child.wait(timeout=bounds.WALL_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadingFailed(
            "Đọc văn bản quá lâu nên đã dừng. Hãy tách văn bản thành tệp nhỏ hơn rồi tải lên lại."
        ) from error
    finally:
        _kill_group(child)


def _kill_group(child: subprocess.Popen) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        logger.debug("the reading process had already ended")
    child.wait()


def _parse_answer(target: int) -> dict:
    size = os.fstat(target).st_size
    if not 0 < size <= bounds.OUTPUT_BYTES:
        raise ReadingFailed(_UNREADABLE)
    try:
        answer = json.loads(os.pread(target, size, 0))
    except ValueError as error:
        raise ReadingFailed(_UNREADABLE) from error
    return answer if isinstance(answer, dict) else {}


def _write_all(descriptor: int, data: bytes) -> None:
    with os.fdopen(os.dup(descriptor), "wb") as stream:
        stream.write(data)
    os.lseek(descriptor, 0, os.SEEK_SET)


@functools.cache
def _without_network() -> tuple[str, ...]:
    """The command that starts a program without network, where the system lets us use it."""
    tool = shutil.which("unshare")
    if not tool:
        return ()
    tried = subprocess.run([tool, "-rn", "true"], capture_output=True, timeout=10, check=False)
    return (tool, "-rn") if tried.returncode == 0 else ()


_UNREADABLE = "Không đọc được nội dung của tệp. Hãy mở bằng Word, lưu lại thành .docx rồi tải lên lại."
