"""Twenty kills of worker and rebuild during a thousand events: nothing lost, nothing twice, nothing brought back."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections

from search import outbox, worker
from search.engines import chosen
from tests import databases
from tests.builders import Tree
from tests.search import elastic_server

ROOT = Path(__file__).resolve().parents[2]
PAGES = 40

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def run_and_kill(folder: Path, **environment: str) -> dict:
    """The site of this test, handed to processes that are killed; what they told at the end."""
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    own = {"PORTAL_VAR": str(folder), "SECRET_KEY": "only-for-tests"} | hand_over(folder) | environment
    command = [sys.executable, "-m", "tests.search.killing", "11"]
    done = subprocess.run(command, cwd=ROOT, env=known | own, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def hand_over(folder: Path) -> dict[str, str]:
    """A copy of the file, or the test's own database on the server."""
    if databases.is_sqlite():
        databases.copy_sqlite(databases.sqlite_connection(), folder / "portal.sqlite3")
        return {}
    held = connection.settings_dict
    who = f"{held['USER']}:{held['PASSWORD']}" if held["PASSWORD"] else held["USER"]
    connection.close()
    return {"DATABASE_URL": f"postgres://{who}@{held['HOST']}:{held['PORT']}/{held['NAME']}"}


def build_site() -> None:
    tree = Tree.build()
    for number in range(PAGES):
        tree.add_article(f"Tin {number}")


def assert_sound(told: dict) -> None:
    assert told["errors"] == [] and told["publisher"] == 0
    assert (told["kills"], told["pending"], told["drift_total"], told["unnoticed"]) == (21, 0, 0, 0)
    assert told["changes"] >= 1_000
    assert told["differences"] == [] and told["unlike"] == []
    # What killed rebuilds left behind is at most one index, and goes with the next.
    assert told["roles"].count("current") == 1 and told["roles"].count("kept") <= 1 and len(told["roles"]) <= 3
    assert told["seconds"] < 60


def test_kills_lose_and_double_nothing(tmp_path):
    build_site()
    assert_sound(run_and_kill(tmp_path))


@pytest.mark.services
def test_kills_lose_and_double_nothing_on_elasticsearch(tmp_path, require):
    build_site()
    address = elastic_server.address(require)
    assert_sound(run_and_kill(tmp_path, ELASTICSEARCH_URL=address, ELASTICSEARCH_PREFIX="portal-kills-"))


def test_two_workers_at_once_do_each_change_once(remote, monkeypatch):
    build_site()
    monkeypatch.setattr(outbox, "LOT", 3)
    remote.writes.clear()
    tallies = []

    def work():
        try:
            tallies.append(worker.work_off())
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert len(remote.writes) == len(set(remote.writes)) >= PAGES
    assert sum(tally.delivered for tally in tallies) == len(remote.writes)
    assert not outbox.pending().exists()
    assert dict(remote.versions()) == dict(chosen.database_engine().versions())
