"""No locked package is known to be vulnerable, where the services that know can be asked.

Without a way to them the last test passes with a warning that nothing was audited: it cannot know better, and says so.
"""

import json
import warnings

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


@pytest.mark.slow
def test_no_locked_package_is_known_to_be_vulnerable():
    found = audit()
    assert found.outcome != VULNERABLE, found.sentence
    if found.outcome == NOT_ASKED:
        warnings.warn(found.sentence, stacklevel=1)
