"""No locked package is known to be vulnerable, where the services that know can be asked.

Without a way to them the last test passes with a warning that nothing was audited: it cannot know better, and says so.
"""

import json
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests import dependency_audit
from tests.dependency_audit import CLEAN, NOT_ASKED, VULNERABLE, audit, read_report


def report(*rows: dict) -> str:
    return json.dumps({"dependencies": list(rows), "fixes": []})


CLEAN_ROW = {"name": "django", "version": "5.2.19", "vulns": []}
BAD_ROW = {"name": "pillow", "version": "1.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.0"]}]}
SKIPPED_ROW = {"name": "wagtail", "skip_reason": "Dependency not found on PyPI and could not be audited"}


def test_a_package_nobody_could_be_asked_about_is_not_clean():
    assert read_report(report(CLEAN_ROW)).outcome == CLEAN
    assert read_report(report(CLEAN_ROW, SKIPPED_ROW)).outcome == NOT_ASKED
    assert read_report(report(BAD_ROW, SKIPPED_ROW)).outcome == VULNERABLE
    assert "PYSEC-2026-1" in read_report(report(BAD_ROW)).sentence
    for nothing in ("", "Traceback …", "{}", "[]", report()):
        assert read_report(nothing).outcome == NOT_ASKED
        assert read_report(nothing).sentence.startswith("NOT AUDITED")


def locked_in(path) -> set[str]:
    return {line.split("==")[0] for line in path.read_text().splitlines() if "==" in line}


def test_all_that_is_locked_is_asked_about():
    locked = dependency_audit.ROOT.glob("requirements*.txt")
    names = {
        path.name: {line.split("==")[0] for line in path.read_text().splitlines() if "==" in line} for path in locked
    }
    asked = set().union(*(names[lock] for lock in dependency_audit.LOCKS))
    assert {lock: sorted(held - asked) for lock, held in names.items() if held - asked} == {}


@pytest.fixture
def service(monkeypatch):
    """A vulnerability service of our own: `service.bad` is the package it knows to be vulnerable, `service.asked`
    what it was asked about.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        server.bad, server.asked = None, set()
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(dependency_audit, "SERVICES", ("osv",))
        monkeypatch.setenv("PIP_AUDIT_OSV_URL", f"http://127.0.0.1:{server.server_port}/v1/query")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, "127.0.0.1")
        yield server
        server.shutdown()


class Answer(BaseHTTPRequestHandler):
    """One question of pip-audit, answered as osv.dev does."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]["name"]
        self.server.asked.add(asked)
        fixed = {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}
        package = {"name": asked, "ecosystem": "PyPI"}
        found = {"id": "GHSA-xxxx", "summary": "", "details": "", "affected": [{"package": package, "ranges": [fixed]}]}
        body = json.dumps({"vulns": [found]} if asked == self.server.bad else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Quiet."""


@pytest.mark.slow
def test_a_service_is_truly_asked_and_what_it_finds_fails(service):
    found = audit()
    assert found.outcome == CLEAN, found.sentence
    assert {"django", "wagtail", "pillow", "lxml", "django-allauth", "trueocr", "pytest"} <= service.asked
    assert found.asked == len(service.asked) > 100
    service.bad = "lxml"
    found = audit()
    assert found.outcome == VULNERABLE and "GHSA-xxxx" in found.sentence and "lxml" in found.sentence


@pytest.mark.slow
def test_no_locked_package_is_known_to_be_vulnerable():
    found = audit()
    assert found.outcome != VULNERABLE, found.sentence
    if found.outcome == NOT_ASKED:
        warnings.warn(found.sentence, stacklevel=1)
