"""A folder taken in while the command is killed again and again: every file ends once, and no file is left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import databases
from tests.builders import Tree, make_person

ROOT = Path(__file__).resolve().parents[3]
FILES, KILLS = 100, 8
MANY = 160

# It works on a copy of the test's file.
pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def portal(tmp_path) -> dict[str, str]:
    """The environment of a portal with its sections and one account."""
    Tree.build()
    make_person("van-phong", is_superuser=True)
    databases.copy_sqlite(databases.sqlite_connection(), tmp_path / "portal.sqlite3")
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return known | {"PORTAL_VAR": str(tmp_path), "SECRET_KEY": "only-for-tests", "PORTAL_NO_VENV": "1"}


def test_every_file_ends_once_whatever_is_killed(portal):
    command = [sys.executable, "bench/bulk_intake.py", "--var", portal["PORTAL_VAR"], "--jitter"]
    command += ["--files", str(FILES), "--every", "1.5", "--most-kills", str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, env=portal, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["faults"] == {} and told["files"] == FILES == sum(told["states"].values())
    assert told["kills"] >= 3


def test_ctrl_c_says_how_to_go_on_and_leaves_no_process(portal, tmp_path):
    folder = tmp_path / "vao"
    folder.mkdir()
    for number in range(MANY):
        (folder / f"{number:03}.txt").write_text(f"Công văn số {number} về việc họp", encoding="utf-8")
    command = [sys.executable, "manage.py", "intake", str(folder), "--workers", "2", "--json"]
    # Who was started in the background of a shell ignores Ctrl-C, and so would all that it starts.
    run = subprocess.Popen(
        command,
        cwd=ROOT,
        env=portal,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    wait_until(lambda: len(workers_of(run.pid)) == 2, 120)
    workers = workers_of(run.pid)
    # Python swallows what is raised in the very moment of a fork.
    time.sleep(0.3)
    # Ctrl-C on a terminal goes to the whole group.
    os.killpg(run.pid, signal.SIGINT)
    out, error = run.communicate(timeout=60)
    assert run.returncode == 130 and "--resume" in error
    assert json.loads(out)["interrupted"] is True
    wait_until(lambda: not [pid for pid in workers if Path(f"/proc/{pid}").exists()], 20)
    done = subprocess.run([*command, "--resume"], cwd=ROOT, env=portal, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["states"] == {"review": MANY}


def workers_of(pid: int) -> list[int]:
    """The processes that a process started and that have not ended."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def wait_until(is_so, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)
