"""What the database says an index should hold beside what it holds, by key and version, a part at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.models import IndexState

CHUNK = 2_000
MISSING, STALE, GHOST, AHEAD = "missing", "stale", "ghost", "ahead"


@dataclass(frozen=True, slots=True)
class Difference:
    """One page on which the two do not agree, e.g. `Difference("page:12", "stale", expected=3, held=2)`.

    Shape: `expected` is 0 for what should not be there, `held` is 0 for what is not.
    """

    key: str
    kind: str
    expected: int
    held: int
    is_pending: bool = False

    @property
    def page_id(self) -> int:
        return int(self.key.partition(":")[2])


def differences(versions: Iterable[tuple[str, int]]) -> Iterator[Difference]:
    """Where an index and the database differ; `versions` are those of the index, ordered by key.

    Both sides are walked together, so that a hundred thousand pages need no more memory than two thousand.
    """
    held = _Cursor(versions)
    for key, expected, is_pending in _expected():
        while held.key is not None and held.key < key:
            yield Difference(held.key, GHOST, 0, held.version)
            held.step()
        if held.key != key:
            if expected:
                yield Difference(key, MISSING, expected, 0, is_pending)
            continue
        if not expected:
            yield Difference(key, GHOST, 0, held.version, is_pending)
        elif held.version != expected:
            yield Difference(key, STALE if held.version < expected else AHEAD, expected, held.version, is_pending)
        held.step()
    while held.key is not None:
        yield Difference(held.key, GHOST, 0, held.version)
        held.step()


class _Cursor:
    """The versions of an index, one at a time; `key` is None past the last."""

    def __init__(self, versions: Iterable[tuple[str, int]]):
        self._rows = iter(versions)
        self.key: str | None = None
        self.version = 0
        self.step()

    def step(self) -> None:
        self.key, self.version = next(self._rows, (None, 0))


def _expected() -> Iterator[tuple[str, int, bool]]:
    """Every known key with the version an index should hold, 0 for none, and whether the outbox still has it."""
    after = ""
    while True:
        states = IndexState.objects.filter(key__gt=after, version__gt=0).order_by("key")
        columns = ("key", "version", "indexed_version", "is_removed")
        rows = list(states.values_list(*columns)[:CHUNK])
        if not rows:
            return
        for key, version, indexed, is_removed in rows:
            yield key, 0 if is_removed else version, version > indexed
        after = rows[-1][0]
