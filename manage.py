#!/usr/bin/env python3
"""Django's command line, which makes its own `.venv` on first use: `python3 manage.py demo`.

Only the standard library may be imported before `.venv` stands, and nothing newer than Python 3.6's
grammar may be written here, so that an old Python still reaches the sentence that says what to do.
PORTAL_NO_VENV=1 uses the running Python as it is (containers).
"""

import collections
import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "requirements.sha256"
LOCK = VENV / ".lock"
OLDEST_PYTHON = (3, 11)
UNFINISHED = "unfinished"
TAIL_LINES = 12
PIP_OPTIONS = ["--disable-pip-version-check", "--no-input", "--progress-bar=off"]


class CannotPrepareError(Exception):
    """The environment could not be made; the message says, in Vietnamese, what to do about it."""


def say(message):
    print(message, file=sys.stderr, flush=True)


def require_python():
    if sys.version_info < OLDEST_PYTHON:
        raise CannotPrepareError(
            f"Cần Python 3.11 trở lên; đang chạy Python {sys.version_info[0]}.{sys.version_info[1]}. Hãy cài "
            "Python mới hơn (trên Debian 12: apt install python3 python3-venv) rồi chạy lại."
        )


def require_venv_module():
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise CannotPrepareError(
            "Python này thiếu mô-đun venv nên chưa tạo được môi trường .venv. "
            "Hãy cài: apt install python3-venv (với quyền quản trị), rồi chạy lại lệnh vừa rồi."
        )


def fingerprint(requirements):
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def satisfying_fingerprints(command):
    """The stamps that will do for a command; the development lock holds all of the ordinary one."""
    development = fingerprint(ROOT / "requirements-dev.txt")
    return {development} if command == "test" else {development, fingerprint(ROOT / "requirements.txt")}


def read_stamp():
    return STAMP.read_text(encoding="ascii").strip() if STAMP.is_file() else ""


def venv_python():
    """`.venv/bin/python`, or None when it is missing or the Python it links to was removed."""
    python = VENV / "bin" / "python"
    return python if python.exists() and (VENV / "pyvenv.cfg").is_file() else None


def is_inside_venv():
    return Path(sys.prefix).resolve() == VENV.resolve()


@contextlib.contextmanager
def exclusive_venv():
    """Holds `.venv` against a second run that starts at the same moment.

    pip inherits the lock: should this run be killed, the next one still waits until its pip has ended.
    """
    import fcntl

    VENV.mkdir(exist_ok=True)
    with LOCK.open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Một lệnh khác đang chuẩn bị môi trường .venv; đang chờ lệnh đó xong…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def empty_venv():
    for child in VENV.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(str(child))
        elif child != LOCK:
            child.unlink()


def run_quietly(command, failure):
    """Runs a command unseen; when it fails, its last lines go into the message."""
    tail = collections.deque(maxlen=TAIL_LINES)
    with subprocess.Popen(
        [str(part) for part in command],
        close_fds=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        tail.extend(line.rstrip() for line in process.stdout)
    if process.returncode:
        raise CannotPrepareError(failure + "\nNhững dòng cuối:\n  " + "\n  ".join(tail))


def has_pip(python):
    probe = [str(python), "-c", "import pip"]
    return subprocess.run(probe, capture_output=True).returncode == 0


def create_venv():
    """Makes an empty `.venv`, by Python's real path: this very `.venv` may be what runs us."""
    empty_venv()
    STAMP.write_text(UNFINISHED, encoding="ascii")
    say("Đang tạo môi trường .venv…")
    run_quietly(
        [os.path.realpath(sys.executable), "-m", "venv", VENV],
        "Chưa tạo được môi trường .venv. Trên Debian, hãy cài: apt install python3-venv, rồi chạy lại.",
    )


def install(requirements):
    say(f"Đang cài các gói trong {requirements.name} (khoảng một đến ba phút)…")
    run_quietly(
        [venv_python(), "-m", "pip", "install", *PIP_OPTIONS, "--require-hashes", "-r", requirements],
        f"Chưa cài được các gói trong {requirements.name}. Hãy kiểm tra kết nối mạng (hoặc nguồn gói nội bộ "
        "đặt bằng PIP_INDEX_URL), rồi chạy lại đúng lệnh vừa rồi.",
    )


def fill_venv(requirements):
    """Installs into `.venv`; a failure removes what this run made and keeps what worked before.

    The stamp reads "unfinished" meanwhile, so that a run killed half-way is started afresh.
    """
    before = read_stamp()
    is_new = before == UNFINISHED or not (venv_python() and has_pip(venv_python()))
    try:
        if is_new:
            create_venv()
        STAMP.write_text(UNFINISHED, encoding="ascii")
        install(requirements)
    except CannotPrepareError:
        if is_new:
            empty_venv()
        else:
            STAMP.write_text(before, encoding="ascii")
        raise
    STAMP.write_text(fingerprint(requirements) + "\n", encoding="ascii")


def prepare_venv(command):
    """Makes `.venv` hold what the command needs, at no cost when it already does."""
    wanted = satisfying_fingerprints(command)
    if venv_python() and read_stamp() in wanted:
        return
    require_venv_module()
    try:
        with exclusive_venv():
            if not (venv_python() and read_stamp() in wanted):
                fill_venv(ROOT / ("requirements-dev.txt" if command == "test" else "requirements.txt"))
    except OSError as error:
        raise CannotPrepareError(
            f"Không ghi được vào {error.filename or ROOT}: {error.strerror}. Hãy chép dự án sang một thư mục "
            "mà ông/bà có quyền ghi và còn chỗ trống, rồi chạy lại."
        ) from error


def enter_venv(arguments):
    prepare_venv(arguments[0] if arguments else "")
    if not is_inside_venv():
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, str(ROOT / "manage.py"), *arguments])


def run_tests(arguments):
    """Hands over to pytest; the whole suite, asked for without arguments, runs on two processes."""
    os.chdir(str(ROOT))
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *(arguments or ["-n", "2"])])


def run_django(arguments):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(["manage.py", *arguments])
    except ImproperlyConfigured as problem:
        say(f"Cấu hình chưa dùng được: {problem}")
        return 1
    except DatabaseError:
        if not are_tables_missing():
            raise
        say(
            "Cơ sở dữ liệu chưa có đủ bảng của bản này. Hãy chạy: python3 manage.py migrate, rồi chạy lại lệnh "
            "vừa rồi. (python3 manage.py demo dựng cổng thông tin với dữ liệu ví dụ.)"
        )
        return 1


def are_tables_missing():
    """Whether the database answers and is older than the program."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        connection.close()
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False


def main(arguments):
    try:
        require_python()
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")
        if os.environ.get("PORTAL_NO_VENV") != "1":
            enter_venv(arguments)
    except CannotPrepareError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        say("Đã dừng khi chưa chuẩn bị xong; chạy lại lệnh để làm tiếp.")
        return 1
    if arguments[:1] == ["test"]:
        return run_tests(arguments[1:])
    return run_django(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
