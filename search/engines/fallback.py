"""Reading from servers that may be away, with the engine of the database behind them.

Nobody who searches meets a fault of the server: within its time it answers, or the database does.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from search.contract import EngineUnavailable, IndexRecord, SearchEngine, SearchQuery, SearchResult, Suggestion

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

MOST_FAILURES, REST_SECONDS = 5, 30.0


class Circuit:
    """Whether it is worth asking: after five failures in a row nobody asks for thirty seconds, then one tries.

    Shape: one for each process; safe to share among threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock, self._lock = clock, threading.Lock()
        self._failures, self._closed_until = 0, 0.0

    def may_ask(self) -> bool:
        """True when the server is believed to be there, or when it is this caller's turn to try it."""
        with self._lock:
            if self._failures < MOST_FAILURES:
                return True
            if self._clock() < self._closed_until:
                return False
            self._closed_until = self._clock() + REST_SECONDS
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= MOST_FAILURES:
                self._closed_until = self._clock() + REST_SECONDS


class FallbackEngine:
    """Answers of `first`, of `behind` when `first` is away, e.g. `FallbackEngine(elastic, SqliteEngine())`.

    Shape: the time that `first` may take is its own setting; its name is the name of both. Writing and
    rebuilding are not for readers: they go to `first` alone and raise what it raises.
    """

    def __init__(self, first: SearchEngine, behind: Callable[[], SearchEngine], circuit: Circuit | None = None):
        self.name = first.name
        self.first, self._behind, self.circuit = first, behind, circuit or Circuit()

    @property
    def behind(self) -> SearchEngine:
        return self._behind()

    def search(self, query: SearchQuery) -> SearchResult:
        """The answer of the first engine, or that of the one behind it, marked as reduced."""

        def stand_in() -> SearchResult:
            return replace(self.behind.search(query), is_reduced=True)

        return self._ask(lambda: self.first.search(query), stand_in)

    def suggest(self, text: str, query: SearchQuery, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._ask(
            lambda: self.first.suggest(text, query, limit), lambda: self.behind.suggest(text, query, limit)
        )

    def frequencies(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> dict[str, int]:
        wanted = list(words)
        return self._ask(
            lambda: self.first.frequencies(wanted, audiences, now),
            lambda: self.behind.frequencies(wanted, audiences, now),
        )

    def standing(self, words: Iterable[str], audiences: frozenset[str], now: datetime) -> frozenset[str]:
        wanted = list(words)
        return self._ask(
            lambda: self.first.standing(wanted, audiences, now),
            lambda: self.behind.standing(wanted, audiences, now),
        )

    def vocabulary(self) -> Mapping[str, int]:
        return self._ask(self.first.vocabulary, self.behind.vocabulary)

    def _ask(self, first: Callable[[], Answer], behind: Callable[[], Answer]) -> Answer:
        if not self.circuit.may_ask():
            return behind()
        try:
            answer = first()
        except EngineUnavailable as error:
            self.circuit.failed()
            logger.warning("The database answers instead: %s", error)
            return behind()
        self.circuit.succeeded()
        return answer

    def put(self, records: Sequence[IndexRecord]) -> None:
        self.first.put(records)

    def remove(self, versions: Mapping[str, int]) -> None:
        self.first.remove(versions)

    def versions(self) -> Iterable[tuple[str, int]]:
        return self.first.versions()

    def aside(self) -> SearchEngine:
        return self.first.aside()

    def swap(self, built: SearchEngine) -> None:
        self.first.swap(built)

    def roll_back(self) -> None:
        self.first.roll_back()

    def drop(self) -> None:
        self.first.drop()
