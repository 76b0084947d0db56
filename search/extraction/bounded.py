"""One module of ours run in a short-lived process of bounded size, time and reach.

The process has no environment, no network where the system allows that, an empty folder to work in, and
is killed with everything it started. Input and output lie in memory, and the folder goes with the process.
"""

import contextlib
import ctypes
import functools
import importlib.util
import json
import logging
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .nursery import AFTERWARDS, Birth

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = "portal-doc-"
#: The modules whose `main` a nursery is ready for, with what it loads for them before a file comes.
NURSED: dict[str, tuple[str, ...]] = {
    "search.extraction.child": (
        "search.extraction.child", "search.extraction.docx_pages", "search.extraction.pdf", "search.extraction.reading",
    ),
}  # fmt: skip
#: What reading scans takes longest to load, where it is installed; the engine itself begins threads when loaded.
_FOR_SCANS = ("numpy", "cv2")
_nursing = threading.Lock()
_nurseries: dict[int, socket.socket] = {}
_LOOK_SECONDS = 0.3
_NEWS_BYTES = 1 << 20
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_START = (
    "import sys; sys.path.insert(0, {root!r}); from search.extraction.bounded import follow; follow({parent}); "
    "from {entry} import main; main()"
)
_NURSE = "import sys; sys.path.insert(0, {root!r}); from search.extraction import nursery; nursery.serve()"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take: `Limits(address_space_bytes=1 << 30, cpu_seconds=60, wall_seconds=120, …)`."""

    address_space_bytes: int
    cpu_seconds: int
    wall_seconds: float
    output_bytes: int
    open_files: int = 64
    more_seconds: int = 0

    @property
    def longest_wall_seconds(self) -> float:
        """How long the parent waits, whatever the process asks for."""
        return self.wall_seconds + self.more_seconds

    def bind(self) -> None:
        """Binds the calling process, for good.

        Called by the child itself before it touches the file: a `preexec_fn` in the parent would run
        Python between fork and exec, which can deadlock in a threaded web server.
        """
        for kind, soft, hard in (
            (resource.RLIMIT_AS, self.address_space_bytes, self.address_space_bytes),
            (resource.RLIMIT_CPU, self.cpu_seconds, self.cpu_seconds + self.more_seconds + 5),
            (resource.RLIMIT_FSIZE, self.output_bytes, self.output_bytes),
            (resource.RLIMIT_NOFILE, self.open_files, self.open_files),
            (resource.RLIMIT_CORE, 0, 0),
        ):
            resource.setrlimit(kind, (soft, hard))
        if self.more_seconds:
            signal.setitimer(signal.ITIMER_REAL, self.wall_seconds)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process ended and what it wrote: `Outcome(0, b"{}")`; `code` is None when time ran out.

    Units: `cpu_seconds` of it and what it started, `peak_bytes` of memory; 0 where that is not known.
    """

    code: int | None
    output: bytes
    cpu_seconds: float = field(default=0.0, compare=False)
    peak_bytes: int = field(default=0, compare=False)

    @property
    def took_too_long(self) -> bool:
        """Whether the wall clock or the processor time ended it."""
        return self.code in (None, -signal.SIGXCPU, -signal.SIGALRM)


def follow(parent: int) -> None:
    """End this process as soon as the one that started it ends, so that a killed server leaves no readers behind."""
    with contextlib.suppress(OSError, AttributeError):  # where the call is missing the limits end it
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def extend_time(seconds: float) -> None:
    """Give this process so much longer, within what its parent waits, as in `extend_time(2.5)` for a scanned page."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (min(hard, soft + max(1, round(seconds))), hard))
    left, _ = signal.getitimer(signal.ITIMER_REAL)
    if left:
        signal.setitimer(signal.ITIMER_REAL, left + seconds)


def run(
    entry: str, argument: str, source: int, limits: Limits, on_output: Callable[[bytes], None] | None = None
) -> Outcome:
    """What `main()` of a module made of a file, as in `run("search.extraction.child", "a.pdf", fd, LIMITS)`.

    Shape: the module finds the open file `source` on its standard input, `argument` in `sys.argv[1]`, and
    writes to standard output; the first thing its `main` does is `limits.bind()`. What a process wrote
    before it was killed is in the outcome. `on_output` is given what was written since the last time, several
    times a second while the process runs; what it raises ends the process.
    """
    with in_memory() as target:
        with _folder() as place:
            for start in (_born, _started) if entry in NURSED else (_started,):
                try:
                    with start(entry, argument, source, target, place) as child:
                        code = _wait(child, limits.longest_wall_seconds, target, on_output)
                    break
                except EOFError:
                    logger.warning("the nursery ended before it took up a file; the file is read without it")
        size = min(os.fstat(target).st_size, limits.output_bytes)
        return Outcome(code, os.pread(target, size, 0), child.cpu_seconds, child.peak_bytes)


def _wait(child, seconds: float, target: int, on_output) -> int | None:
    """The code with which a process ended, None when it took longer than it may."""
    end, told = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        code = child.wait(left if on_output is None else min(left, _LOOK_SECONDS))
        if code is not None:
            return code
        if on_output is not None and (news := os.pread(target, _NEWS_BYTES, told)):
            told += len(news)
            on_output(news)
    return None


def place_of(error: Exception) -> str:
    """Where an error arose, "ValueError at docx.py:10": its message could quote the document into the log."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {os.path.basename(frame.filename)}:{frame.lineno}"


@contextlib.contextmanager
def in_memory(data: bytes = b"") -> Iterator[int]:
    """A file that lies in memory and is gone afterwards: `with in_memory(data) as descriptor: …`."""
    descriptor = os.memfd_create("bounded")
    try:
        with os.fdopen(os.dup(descriptor), "wb") as stream:
            stream.write(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


class _Started:
    """A process of its own: loads what it needs, for work that no nursery is ready for."""

    cpu_seconds, peak_bytes = 0.0, 0

    def __init__(self, process: subprocess.Popen):
        self._process = process

    def wait(self, seconds: float) -> int | None:
        try:
            return self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None


@contextlib.contextmanager
def _started(entry: str, argument: str, source: int, target: int, place: str) -> Iterator[_Started]:
    """The process, and the end of its whole group when the block is left."""
    start = _START.format(root=str(_ROOT), entry=entry, parent=os.getpid())
    child = subprocess.Popen(
        [*without_network(), sys.executable, "-I", "-B", "-c", start, argument],
        stdin=source, stdout=target, stderr=subprocess.DEVNULL, env={}, cwd=place,
        start_new_session=True, close_fds=True,
    )  # fmt: skip
    try:
        yield _Started(child)
    finally:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            logger.debug("the bounded process had already ended")
        child.wait()


@contextlib.contextmanager
def _born(entry: str, argument: str, source: int, target: int, place: str) -> Iterator[Birth]:
    """A process of the nursery, and the end of its whole group when the block is left."""
    ours, theirs = socket.socketpair()
    request = json.dumps({"entry": entry, "argument": argument, "folder": place}).encode()
    with ours, theirs:
        _ask_nursery(request, [source, target, theirs.fileno()])
        theirs.close()
        child = Birth(ours)
        try:
            yield child
        finally:
            child.end()


def _ask_nursery(request: bytes, descriptors: list[int]) -> None:
    """Hands a request to the nursery of this process, which is started when there is none or it went to rest."""
    with _nursing:
        for is_last in (False, True):
            if is_last or os.getpid() not in _nurseries:
                _nurseries[os.getpid()] = _start_nursery()
            try:
                socket.send_fds(_nurseries[os.getpid()], [request], descriptors)
                return
            except OSError:
                if is_last:
                    raise


def _start_nursery() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    start = _NURSE.format(root=str(_ROOT))
    ready = dict.fromkeys(name for names in NURSED.values() for name in names)
    for_scans = [name for name in _FOR_SCANS if importlib.util.find_spec(name)]
    with theirs:
        process = subprocess.Popen(
            [*without_network(), sys.executable, "-I", "-B", "-c", start, *ready, AFTERWARDS, *for_scans], stdin=theirs,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={}, cwd="/", start_new_session=True,
            close_fds=True,
        )  # fmt: skip
    threading.Thread(target=process.wait, daemon=True).start()
    return ours


@contextlib.contextmanager
def _folder() -> Iterator[str]:
    """An empty folder that is gone afterwards, whatever was left in it."""
    _sweep()
    place = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@functools.cache
def _sweep() -> None:
    """Removes the folders of servers that were killed in the middle of a file."""
    for path in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        owner = path.name.removeprefix(_FOLDER).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(path, ignore_errors=True)


@functools.cache
def without_network() -> tuple[str, ...]:
    """The command that starts a program without network, where the system lets us use it."""
    tool = shutil.which("unshare")
    if not tool:
        return ()
    tried = subprocess.run([tool, "-rn", "true"], capture_output=True, timeout=10, check=False)
    return (tool, "-rn") if tried.returncode == 0 else ()
