"""What a newcomer reads when the first command cannot work: one Vietnamese sentence and exit code 1."""

import ast
import fcntl
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYTHON = os.path.realpath(sys.executable)  # outside .venv, as a newcomer starts
MODULE_HIDER = """
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: None if name in {hidden!r} else found(name, package)
"""


@pytest.fixture
def clone(tmp_path):
    """A folder with what the first command needs, and nothing else."""
    for name in ("manage.py", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def newcomers(**environment):
    """The environment without what a developer may have set in it."""
    foreign = ("PIP_", "PYTHON", "PORTAL_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {"PYTHONUTF8": "1"} | environment


def manage(folder, *arguments, python=PYTHON, **environment):
    return subprocess.run(
        [python, "manage.py", *arguments],
        cwd=folder,
        env=newcomers(**environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
    )


def without_network(**environment):
    return {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_CACHE_DIR": "1",
        "PIP_RETRIES": "0",
    } | environment


def assert_refused(done, *sentences):
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    for sentence in sentences:
        assert sentence in done.stderr


def hide(tmp_path, *modules) -> str:
    folder = tmp_path / "hider"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(MODULE_HIDER.format(hidden=modules))
    return str(folder)


@pytest.mark.parametrize("hidden", ["venv", "ensurepip"])
def test_without_the_venv_module(clone, hidden):
    done = manage(clone, "demo", PYTHONPATH=hide(clone, hidden))
    assert_refused(done, "thiếu mô-đun venv", "apt install python3-venv")
    assert not (clone / ".venv").exists()


LOCKS = [("demo", "requirements.txt"), ("test", "requirements-dev.txt")]


@pytest.mark.parametrize(("command", "lock"), LOCKS)
def test_without_network(clone, command, lock):
    done = manage(clone, command, **without_network())
    assert_refused(done, f"Chưa cài được các gói trong {lock}", "kiểm tra kết nối mạng", "Những dòng cuối:")
    assert "No matching distribution" in done.stderr
    assert not (clone / ".venv" / "bin").exists()


def test_a_second_try_starts_afresh(clone):
    """A killed first run left an unfinished folder; nothing of it is trusted."""
    half_made = clone / ".venv"
    (half_made / "bin").mkdir(parents=True)
    (half_made / "bin" / "python").symlink_to(PYTHON)
    (half_made / "pyvenv.cfg").write_text("home = /nowhere\n")
    (half_made / "requirements.sha256").write_text("unfinished")
    done = manage(clone, "demo", **without_network())
    assert_refused(done, "Đang tạo môi trường .venv", "Chưa cài được các gói")
    assert not (half_made / "pyvenv.cfg").exists()


def make_finished_venv(clone, stamp: str) -> Path:
    """A `.venv` made in full some time ago, whose pip now finds no source of packages."""
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", clone / ".venv"], check=True)
    (packages,) = (clone / ".venv").glob("lib/python*/site-packages")
    (packages / "pip").mkdir()
    (packages / "pip" / "__init__.py").touch()
    (packages / "pip" / "__main__.py").write_text("raise SystemExit('nguồn gói không trả lời')")
    file = clone / ".venv" / "requirements.sha256"
    file.write_text(stamp)
    return file


def test_a_failed_update_keeps_what_worked(clone):
    stamp = make_finished_venv(clone, "of-an-older-lock")
    done = manage(clone, "demo")
    assert_refused(done, "Chưa cài được các gói", "nguồn gói không trả lời")
    assert stamp.read_text() == "of-an-older-lock"
    assert (clone / ".venv" / "bin" / "python").exists()


def test_a_read_only_folder(clone):
    """As root nothing is read-only, so a file stands where the folder should be made."""
    (clone / ".venv").write_text("")
    assert_refused(manage(clone, "demo"), "Không ghi được vào", "quyền ghi")


def test_an_older_python(clone):
    script = (
        "import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['manage.py', 'demo']; "
        "runpy.run_path('manage.py', run_name='__main__')"
    )
    done = subprocess.run([PYTHON, "-c", script], cwd=clone, capture_output=True, text=True)
    assert_refused(done, "Cần Python 3.11 trở lên; đang chạy Python 3.9")


def test_an_old_python_can_read_the_file():
    ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 7))
    with pytest.raises(SyntaxError):
        ast.parse("if (name := 1): pass", feature_version=(3, 7))


def test_a_second_run_at_the_same_moment_waits(clone):
    (clone / ".venv").mkdir()
    with (clone / ".venv" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [PYTHON, "manage.py", "demo"]
        with subprocess.Popen(command, cwd=clone, env=newcomers(**without_network()), stderr=subprocess.PIPE) as second:
            told = second.stderr.readline().decode()
            is_waiting = second.poll() is None
            second.kill()
    assert "đang chờ lệnh đó xong" in told and is_waiting


def test_containers_need_no_venv(clone):
    done = manage(clone, "version", python=sys.executable, PORTAL_NO_VENV="1")
    assert done.returncode == 0, done.stderr
    assert not (clone / ".venv").exists()


def test_an_occupied_port(tmp_path):
    """Refused before anything is built."""
    with socket.create_server(("127.0.0.1", 0)) as occupied:
        port = str(occupied.getsockname()[1])
        done = manage(ROOT, "demo", "--port", port, python=sys.executable, PORTAL_NO_VENV="1", PORTAL_VAR=str(tmp_path))
    assert_refused(done, f"Cổng {port} đang có chương trình khác dùng", "manage.py demo --port 8080")
    assert not (tmp_path / "portal.sqlite3").exists()


@pytest.mark.parametrize("address", ["mysqlx://a:bimat@b/c", "bimat"])
def test_an_address_of_no_database_is_refused_without_its_password(tmp_path, address):
    settings = {"PORTAL_NO_VENV": "1", "PORTAL_VAR": str(tmp_path), "DATABASE_URL": address}
    done = manage(ROOT, "check", python=sys.executable, **settings)
    assert_refused(done, "DATABASE_URL phải có dạng postgres://")
    assert "bimat" not in done.stderr + done.stdout


def test_an_empty_address_means_the_database_of_this_machine(tmp_path):
    settings = {"PORTAL_NO_VENV": "1", "PORTAL_VAR": str(tmp_path), "DATABASE_URL": ""}
    assert manage(ROOT, "check", python=sys.executable, **settings).returncode == 0
