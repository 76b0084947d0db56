"""A remote engine in memory for faults that no real server shows on demand; it keeps versions as servers do."""

from collections.abc import Mapping, Sequence
from threading import Lock

from search.contract import EngineUnavailable, IndexRecord
from search.engines.null import NullEngine
from search.engines.partly_written import PartlyWritten


class StandIn(NullEngine):
    """Holds records and tombstones with their versions; `fail` is asked before each write.

    `fail(keys)` raises what a write of these keys should raise, or returns the keys that do not arrive.
    """

    name = "stand-in"

    def __init__(self):
        self.records: dict[str, IndexRecord] = {}
        self.tombstones: dict[str, int] = {}
        self.kept: tuple[dict, dict] | None = None
        self.writes: list[str] = []
        self.lock = Lock()
        self.fail = lambda keys: ()

    def put(self, records: Sequence[IndexRecord]) -> None:
        failed = frozenset(self.fail([record.key for record in records]))
        with self.lock:
            for record in records:
                if record.key not in failed and record.version > self._held(record.key):
                    self.records[record.key] = record
                    self.tombstones.pop(record.key, None)
                    self.writes.append(record.key)
        if failed:
            raise PartlyWritten(failed, "refused")

    def remove(self, versions: Mapping[str, int]) -> None:
        failed = frozenset(self.fail(list(versions)))
        with self.lock:
            for key, version in versions.items():
                if key not in failed and version >= self._held(key):
                    self.records.pop(key, None)
                    self.tombstones[key] = version
                    self.writes.append(key)
        if failed:
            raise PartlyWritten(failed, "refused")

    def _held(self, key: str) -> int:
        return max(self.records[key].version if key in self.records else 0, self.tombstones.get(key, 0))

    def versions(self):
        return iter(sorted((key, record.version) for key, record in self.records.items()))

    def aside(self) -> "StandIn":
        return StandIn()

    def swap(self, built: "StandIn") -> None:
        self.kept = (self.records, self.tombstones)
        self.records, self.tombstones = built.records, built.tombstones

    def roll_back(self) -> None:
        if self.kept is None:
            raise EngineUnavailable("nothing is kept")
        now = (self.records, self.tombstones)
        (self.records, self.tombstones), self.kept = self.kept, now
