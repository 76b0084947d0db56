"""A remote engine in a file of its own, for processes that are killed: each record is there or not, never half."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from search.contract import EngineUnavailable, IndexRecord
from search.engines.null import NullEngine

_TABLES = """
CREATE TABLE IF NOT EXISTS held (
    generation INTEGER, key TEXT, version INTEGER, is_removed INTEGER, title TEXT, PRIMARY KEY (generation, key)
);
CREATE TABLE IF NOT EXISTS role (name TEXT PRIMARY KEY, generation INTEGER);
INSERT OR IGNORE INTO role VALUES ('current', 1), ('kept', 0), ('last', 1);
"""
_WRITE = """
INSERT INTO held VALUES (?, ?, ?, ?, ?) ON CONFLICT (generation, key) DO UPDATE
SET version = excluded.version, is_removed = excluded.is_removed, title = excluded.title
WHERE excluded.version > version
"""


class FileEngine(NullEngine):
    """Keeps versions and tombstones, e.g. `FileEngine(Path("remote.sqlite3")).put(records)`."""

    name = "file"

    def __init__(self, file: Path, generation: int | None = None):
        self.file, self.generation = file, generation
        with closing(self._open()) as database:
            database.executescript("PRAGMA journal_mode=WAL;" + _TABLES)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=20, isolation_level=None)

    def _ask(self, query: str, *values) -> list[tuple]:
        with closing(self._open()) as database:
            return database.execute(query, values).fetchall()

    @property
    def own(self) -> int:
        return self.generation or self._role("current")

    def _role(self, name: str) -> int:
        return self._ask("SELECT generation FROM role WHERE name = ?", name)[0][0]

    def put(self, records: Sequence[IndexRecord]) -> None:
        for record in records:
            self._ask(_WRITE, self.own, record.key, record.version, 0, record.title)

    def remove(self, versions: Mapping[str, int]) -> None:
        for key, version in versions.items():
            self._ask(_WRITE, self.own, key, version, 1, "")

    def versions(self):
        return iter(
            self._ask("SELECT key, version FROM held WHERE generation = ? AND NOT is_removed ORDER BY key", self.own)
        )

    def titles(self) -> dict[str, str]:
        return dict(self._ask("SELECT key, title FROM held WHERE generation = ? AND NOT is_removed", self.own))

    def generations(self) -> set[int]:
        return {generation for (generation,) in self._ask("SELECT DISTINCT generation FROM held")}

    def aside(self) -> "FileEngine":
        roles = (self._role("current"), self._role("kept"))
        self._ask("DELETE FROM held WHERE generation NOT IN (?, ?)", *roles)
        self._ask("UPDATE role SET generation = generation + 1 WHERE name = 'last'")
        return FileEngine(self.file, self._role("last"))

    def swap(self, built: "FileEngine") -> None:
        self._ask(
            "UPDATE role SET generation = CASE name WHEN 'current' THEN ?"
            " ELSE (SELECT generation FROM role WHERE name = 'current') END WHERE name IN ('current', 'kept')",
            built.own,
        )

    def roll_back(self) -> None:
        raise EngineUnavailable("not asked for here")

    def drop(self) -> None:
        self._ask("DELETE FROM held WHERE generation = ?", self.own)
