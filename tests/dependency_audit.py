"""Asks the vulnerability services about every locked package: `.venv/bin/python tests/dependency_audit.py`.

Exit 0 when all were asked about and none is known to be vulnerable, 1 when one is, 3 when they could not be asked.
pip-audit itself exits 0 for a package it could not ask about; here that never counts as clean.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: All that is locked: what is served and what only tests use.
LOCKS = ("requirements-dev.txt",)
SERVICES = ("pypi", "osv")
CLEAN, VULNERABLE, NOT_ASKED = 0, 1, 3
SECONDS = 120


@dataclass(frozen=True, slots=True)
class Findings:
    """What the services said, e.g. `Findings(vulnerable={"django 5.2.1": ["CVE-2026-1"]}, unasked=[])`."""

    vulnerable: dict[str, list[str]] = field(default_factory=dict)
    unasked: list[str] = field(default_factory=list)
    asked: int = 0

    @property
    def outcome(self) -> int:
        if self.vulnerable:
            return VULNERABLE
        return NOT_ASKED if self.unasked or not self.asked else CLEAN

    @property
    def sentence(self) -> str:
        if self.vulnerable:
            lines = [f"{name}: {', '.join(ids)}" for name, ids in sorted(self.vulnerable.items())]
            return "Known to be vulnerable:\n" + "\n".join(lines)
        if self.outcome == NOT_ASKED:
            return f"NOT AUDITED: the services could not be asked about {len(self.unasked) or 'any'} of the packages."
        return f"{self.asked} packages asked about, none known to be vulnerable."


def read_report(text: str) -> Findings:
    """The findings in pip-audit's JSON; what is no report at all asked about nothing."""
    try:
        rows = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Findings()
    asked = [row for row in rows if "skip_reason" not in row]
    vulnerable = {
        f"{row['name']} {row['version']}": [each["id"] for each in row["vulns"]] for row in asked if row["vulns"]
    }
    return Findings(vulnerable, [row["name"] for row in rows if "skip_reason" in row], len(asked))


def audit() -> Findings:
    """The first complete answer of a service, else what was found out at all."""
    best = Findings()
    for service in SERVICES:
        command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--progress-spinner=off"]
        command += ["--format=json", f"--vulnerability-service={service}"]
        command += [part for lock in LOCKS for part in ("--requirement", str(ROOT / lock))]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            continue
        found = read_report(done.stdout)
        if found.outcome != NOT_ASKED:
            return found
        best = max(best, found, key=lambda findings: findings.asked)
    return best


def main() -> int:
    found = audit()
    print(found.sentence)
    return found.outcome


if __name__ == "__main__":
    sys.exit(main())
