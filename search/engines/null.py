"""The engine that holds nothing: for sites and tests in which search is off."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from search.contract import IndexRecord, SearchQuery, SearchResult, Suggestion


class NullEngine:
    """Takes every write and finds nothing, e.g. `NullEngine().search(query).total` is 0."""

    name = "null"

    def put(self, records: Sequence[IndexRecord]) -> None:
        """Nothing is kept."""

    def remove(self, versions: Mapping[str, int]) -> None:
        """Nothing was kept."""

    def search(self, query: SearchQuery) -> SearchResult:
        return SearchResult()

    def suggest(self, text: str, query: SearchQuery, limit: int = 8) -> tuple[Suggestion, ...]:
        return ()

    def frequencies(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
        return dict.fromkeys(words, 0)

    def standing(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> frozenset[str]:
        return frozenset()

    def vocabulary(self) -> Mapping[str, int]:
        return {}

    def versions(self) -> Iterable[tuple[str, int]]:
        return ()

    def aside(self) -> "NullEngine":
        return NullEngine()

    def swap(self, built: "NullEngine") -> None:
        """There is nothing to read before or after."""

    def roll_back(self) -> None:
        """There is nothing to go back to, and nothing lost."""

    def drop(self) -> None:
        """There is nothing to remove."""
