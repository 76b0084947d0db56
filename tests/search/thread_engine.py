"""An engine whose every call is made in one other thread: on a connection of its own, which no test's transaction
holds."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


class ThreadEngine:
    """The engine that `make` gives, e.g. `ThreadEngine(PostgresEngine().aside)`; what it writes is committed."""

    def __init__(self, make: Callable[[], Any]):
        self._thread = ThreadPoolExecutor(1)
        self._engine = self.run(make)

    def run(self, work: Callable[..., Any], *args: Any, **others: Any) -> Any:
        def whole() -> Any:
            given = work(*args, **others)
            return list(given) if isinstance(given, Iterator) else given

        return self._thread.submit(whole).result()

    def __getattr__(self, name: str) -> Any:
        held = getattr(self._engine, name)
        return (lambda *args, **others: self.run(held, *args, **others)) if callable(held) else held

    def close(self) -> None:
        self.run(connections.close_all)
        self._thread.shutdown()
