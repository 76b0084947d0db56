"""Which of several complete indexes in one database is read: the current one, one kept, any being built.

Shape: a generation is a short name like "a3f09c12" from which an engine names its tables.
"""

import os
import secrets
import socket
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from search.contract import EngineUnavailable

CURRENT, KEPT, BUILDING = "current", "kept", "building"
#: A build by another machine is given up after so long; one by this machine as soon as its process has gone.
ABANDONED_SECONDS = 24 * 3600
_TABLE = (
    "CREATE TABLE IF NOT EXISTS search_generation (engine varchar(16) NOT NULL, name varchar(16) NOT NULL,"
    " role varchar(16) NOT NULL, builder varchar(120) NOT NULL, made_at double precision NOT NULL,"
    " PRIMARY KEY (engine, name))"
)


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete index, e.g. `Generation("a3f09c12", "current", "server:812", 1710000000.0)`."""

    name: str
    role: str
    builder: str
    made_at: float

    @property
    def is_abandoned(self) -> bool:
        """Whether it is a build that nobody will finish."""
        host, _, process = self.builder.rpartition(":")
        if self.role != BUILDING:
            return False
        if host != socket.gethostname():
            return time.time() - self.made_at > ABANDONED_SECONDS
        return not _runs(int(process))


class Generations:
    """The generations of one engine, e.g. `Generations("sqlite", create, drop).current()`.

    `create` and `drop` make and remove the tables of a generation by its name.
    """

    def __init__(self, engine: str, create: Callable[[str], None], drop: Callable[[str], None]):
        self.engine, self.create, self.drop = engine, create, drop

    def ensure(self) -> str:
        """The current generation; it is created, empty, when there is none."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_TABLE)
            held = self._with_role(CURRENT)
            return held[0] if held else self._add(CURRENT)

    def current(self) -> str:
        """The generation that is read now."""
        held = self._with_role(CURRENT)
        return held[0] if held else self.ensure()

    def written(self) -> list[str]:
        """The current generation first, then the one kept and those being built: a change goes into all."""
        current = self.current()
        return [current, *(row.name for row in self._rows() if row.name != current)]

    def begin(self) -> str:
        """A new, empty generation being built; builds whose process has gone are thrown away."""
        self.ensure()
        with transaction.atomic():
            for row in self._rows():
                if row.is_abandoned:
                    self.forget(row.name)
            return self._add(BUILDING)

    def switch(self, built: str) -> None:
        """Read `built` from now on; what was read is kept, what was kept before is dropped."""
        with transaction.atomic():
            if built not in self._with_role(BUILDING):
                raise EngineUnavailable(f"no index {built} is being built")
            for name in self._with_role(KEPT):
                self.forget(name)
            self._set(self.current(), KEPT)
            self._set(built, CURRENT)

    def return_to_kept(self) -> None:
        """Read the kept generation again. Errors: `EngineUnavailable` when none is kept."""
        with transaction.atomic():
            kept = self._with_role(KEPT)
            if not kept:
                raise EngineUnavailable("no earlier index is kept")
            self._set(self.current(), KEPT)
            self._set(kept[0], CURRENT)

    def forget(self, name: str) -> None:
        """Drop a generation with all its tables."""
        with transaction.atomic(), connection.cursor() as cursor:
            self.drop(name)
            cursor.execute("DELETE FROM search_generation WHERE engine = %s AND name = %s", [self.engine, name])

    def _rows(self) -> list[Generation]:
        sql = "SELECT name, role, builder, made_at FROM search_generation WHERE engine = %s ORDER BY made_at"
        try:
            with _savepoint(), connection.cursor() as cursor:
                cursor.execute(sql, [self.engine])
                return [Generation(*row) for row in cursor.fetchall()]
        except DatabaseError:
            if "search_generation" in connection.introspection.table_names():
                raise
            return []

    def _with_role(self, role: str) -> list[str]:
        return [row.name for row in self._rows() if row.role == role]

    def _add(self, role: str) -> str:
        name = secrets.token_hex(4)
        self.create(name)
        builder = f"{socket.gethostname()[:100]}:{os.getpid()}"
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_generation (engine, name, role, builder, made_at) VALUES (%s, %s, %s, %s, %s)",
                [self.engine, name, role, builder, time.time()],
            )
        return name

    def _set(self, name: str, role: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_generation SET role = %s WHERE engine = %s AND name = %s", [role, self.engine, name]
            )


def _savepoint() -> AbstractContextManager:
    """A read that may fail must not spoil the transaction around it, nor take a lock where there is none."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
