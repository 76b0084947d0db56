"""The process that has loaded the readers and gives birth to one bounded process for each file.

Loading the readers takes three times as long as reading an ordinary file. The nursery itself never sees a file:
it hands the open descriptors on to a process of its own making, which binds itself to the limits, works and ends.
It has no environment and no network, ends with the process that started it, and when nothing is asked for a while.

Beside each reader stands a keeper: it tells how the reader ended and holds the group until the parent killed it.
"""

import contextlib
import ctypes
import importlib
import json
import os
import select
import signal
import socket
import sys
import time

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_IDLE_SECONDS = 120
_BIRTH_SECONDS = 5
_LONGEST_REQUEST = 64 * 1024
#: On the command line before the modules that are loaded once the first file is being read.
AFTERWARDS = "--"


def serve() -> None:
    """Loads the modules named on the command line, then waits on standard input, a socket, for requests."""
    named = " ".join(sys.argv[1:]).partition(AFTERWARDS)
    _load(named[0].split())
    afterwards = named[2].split()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    asked = socket.socket(fileno=os.dup(0))
    while True:
        if not select.select([asked], [], [], _IDLE_SECONDS)[0]:
            if _has_children():
                continue  # they would end with it
            return
        message, descriptors, _, _ = socket.recv_fds(asked, _LONGEST_REQUEST, 3)
        if not message:
            return
        nursery = os.getpid()
        if os.fork() == 0:
            _keep(json.loads(message), descriptors, nursery)
        for descriptor in descriptors:
            os.close(descriptor)
        _load(afterwards)
        afterwards = []


def _load(names: list[str]) -> None:
    """Loads modules, none of which may begin a thread: it would not live on in what is born here."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for name in names:
        importlib.import_module(name)
    del os.environ["OPENBLAS_NUM_THREADS"]


def _has_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def _keep(request: dict, descriptors: list[int], nursery: int) -> None:
    """Has the request done by a process of its own, tells how that ended, and waits to be killed."""
    source, target, line = descriptors
    try:
        os.setsid()
        _die_with(nursery)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.write(line, b"%d\n" % os.getpid())
        keeper = os.getpid()
        reader = os.fork()
        if reader == 0:
            _read(request, source, target, keeper)
        _, status, used = os.wait4(reader, 0)
        code = os.waitstatus_to_exitcode(status)
        told = [code, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024]
        os.write(line, json.dumps(told).encode() + b"\n")
        os.read(line, 1)
        os.killpg(0, signal.SIGKILL)
    finally:
        os._exit(0)


def _read(request: dict, source: int, target: int, keeper: int) -> None:
    code = 1
    try:
        _die_with(keeper)
        for place, descriptor in enumerate((source, target, os.open(os.devnull, os.O_WRONLY))):
            os.dup2(descriptor, place)
        os.closerange(3, 1024)
        os.chdir(request["folder"])
        sys.argv = ["-c", request["argument"]]
        sys.stdin = os.fdopen(0, "r", closefd=False)
        importlib.import_module(request["entry"]).main()
        sys.stdout.flush()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        os._exit(code)


def _die_with(parent: int) -> None:
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


class Birth:
    """A process that was asked for: `birth.wait(1.0)`; None as long as it works."""

    def __init__(self, line: socket.socket):
        self._line = line
        self._told = b""
        self.group = 0
        self.code: int | None = None
        self.cpu_seconds, self.peak_bytes = 0.0, 0

    def wait(self, seconds: float) -> int | None:
        """The code with which it ended, None when it still works after so many seconds.

        Errors: EOFError when the nursery ended before it gave birth.
        """
        end = time.monotonic() + seconds
        while self.code is None and select.select([self._line], [], [], max(0.0, end - time.monotonic()))[0]:
            news = self._line.recv(200)
            if not news and not self.group:
                raise EOFError("the nursery ended")
            if not news:
                self.code = -signal.SIGKILL
            self._told += news
            *lines, self._told = self._told.split(b"\n")
            for line in lines:
                self._take(line)
        return self.code

    def _take(self, line: bytes) -> None:
        if not self.group:
            self.group = int(line)
        else:
            self.code, self.cpu_seconds, self.peak_bytes = json.loads(line)

    def end(self) -> None:
        """Kills it with everything it started."""
        with contextlib.suppress(EOFError, ProcessLookupError):  # then nothing of it is left
            if not self.group:
                self.wait(_BIRTH_SECONDS)
            if self.group:
                os.killpg(self.group, signal.SIGKILL)
        self._line.close()
