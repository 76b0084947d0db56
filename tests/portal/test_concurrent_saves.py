"""Four writers at once on one SQLite file: every save is kept, and two runs of the timetable publish once."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from directives.models import DirectiveIndexPage, DirectivePage
from tests import databases
from tests.office import draft, make_office, newest

ROOT = Path(__file__).resolve().parents[2]
WRITERS = ("dat", "nuoc", "vanphong", "lanhdao")
SAVES = 50

pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


class Rig:
    """The product's own settings on a copy of the test database: `rig.start("manage.py", "tick")`."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.file = folder / "portal.sqlite3"

    def hand_over(self) -> None:
        """The product's file as the test left it."""
        databases.copy_sqlite(databases.sqlite_connection(), self.file)

    def start(self, *arguments: str) -> subprocess.Popen:
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        own = {"PORTAL_VAR": str(self.folder), "SECRET_KEY": "only-for-tests", "ALLOWED_HOSTS": "testserver"}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=known | own, text=True, **pipes)

    def ask(self, query: str, *values) -> list[tuple]:
        """What the processes wrote."""
        with closing(sqlite3.connect(self.file)) as database:
            return database.execute(query, values).fetchall()


@pytest.fixture
def rig(tmp_path):
    return Rig(tmp_path)


def test_200_saves_by_four_writers_all_succeed(rig):
    office = make_office()
    units = {"dat": office.land, "nuoc": office.water}
    section = DirectiveIndexPage.objects.get()
    pages = {}
    for name in WRITERS:
        page = DirectivePage(title=f"Trang của {name}", unit=units.get(name, office.land), audience="public")
        pages[name] = draft(section, page, office.clerk)
    rig.hand_over()
    writers = {
        name: rig.start("-m", "tests.portal.writer", str(page.pk), name, str(SAVES)) for name, page in pages.items()
    }
    told = {}
    for name, writer in writers.items():
        output, errors = writer.communicate(timeout=600)
        assert writer.returncode == 0, errors[-3000:]
        told[name] = json.loads(output.splitlines()[-1])
    assert {code for answer in told.values() for code in answer["codes"]} == {302}
    assert sum(len(answer["codes"]) for answer in told.values()) == 200
    for name, page in pages.items():
        [(title,)] = rig.ask("SELECT draft_title FROM wagtailcore_page WHERE id = ?", page.pk)
        [(versions,)] = rig.ask("SELECT count(*) FROM wagtailcore_revision WHERE object_id = ?", str(page.pk))
        assert (title, versions) == (f"{name} lần {SAVES - 1}", SAVES + 1)


def test_two_timetables_at_once_publish_each_page_once(rig):
    office = make_office()
    section = DirectiveIndexPage.objects.get()
    due = []
    for number in range(5):
        page = draft(section, DirectivePage(title=f"Đến giờ {number}", unit=office.land), office.land_editor)
        page = newest(page)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        revision = page.save_revision()
        revision.publish()
        # Its hour comes.
        hour = timezone.now() - timedelta(minutes=1)
        revision.approved_go_live_at, revision.content["go_live_at"] = hour, hour.isoformat()
        revision.save()
        due.append(page)
    rig.hand_over()
    runs = [rig.start("manage.py", "tick") for _ in range(2)]
    said = []
    for run in runs:
        output, errors = run.communicate(timeout=300)
        assert run.returncode == 0, errors[-3000:]
        said += [line for line in output.splitlines() if line.startswith("Đã đăng")]
    assert len(said) == len(set(said)) == 5
    for page in due:
        assert rig.ask("SELECT live FROM wagtailcore_page WHERE id = ?", page.pk) == [(1,)]
        logged = "SELECT count(*) FROM wagtailcore_pagelogentry WHERE page_id = ? AND action = ?"
        assert rig.ask(logged, page.pk, "wagtail.publish.scheduled") == [(1,)]
