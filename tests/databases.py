"""Snapshots of the test database: migrated once for many runs, put back after each test that commits.

`save("migrated")`, `restore("migrated")`. SQLite keeps a snapshot in a file, PostgreSQL in a second database.
"""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent
MIGRATED = "migrated"


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def database_file() -> Path:
    return Path(connection.settings_dict["TEST"]["NAME"])


def count_rows() -> None:
    """Tells the planner what a test wrote at one stroke, as the server finds out by itself within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def save(name: str) -> None:
    """Keeps the whole database as it is now under a name, for this process."""
    if is_sqlite():
        copy_sqlite(sqlite_connection(), snapshot_file(name))
    else:
        copy_postgres(connection.settings_dict["NAME"], snapshot_database(name))


def restore(name: str) -> None:
    """Puts the whole database back as it was when saved; other threads see the change at once."""
    if is_sqlite():
        with sqlite3.connect(snapshot_file(name)) as snapshot:
            snapshot.backup(sqlite_connection())
        snapshot.close()
    else:
        copy_postgres(snapshot_database(name), connection.settings_dict["NAME"])
    cache.clear()
    ContentType.objects.clear_cache()


def sqlite_connection() -> sqlite3.Connection:
    connection.ensure_connection()
    return connection.connection


def snapshot_file(name: str) -> Path:
    return database_file().with_name(f"{name}.snapshot.sqlite3")


def copy_sqlite(source: sqlite3.Connection, target: Path) -> None:
    with sqlite3.connect(target) as copy:
        source.backup(copy)
    copy.close()


def snapshot_database(name: str) -> str:
    return f"{connection.settings_dict['NAME']}_{name}"


def copy_postgres(source: str, target: str) -> None:
    """Replaces the target, which is why only Django's test databases are let through."""
    assert target.startswith("test_"), target
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop_snapshots() -> None:
    """PostgreSQL's would stay in the server; SQLite's go with their folder."""
    if is_sqlite():
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{snapshot_database('%')}"])
        for (snapshot,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{snapshot}"')


def migrated_file() -> Path:
    """A migrated SQLite file kept between runs; another name for other migrations, catalogues or packages."""
    digest = hashlib.sha256((ROOT / "requirements-dev.txt").read_bytes())
    for folder in ("migrations", "catalogues"):
        for path in sorted(ROOT.glob(f"[a-z]*/{folder}/*.*")):
            digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return ROOT / ".pytest_cache" / "databases" / f"{digest.hexdigest()[:16]}.sqlite3"


def start_from_migrated_file() -> None:
    """Spares the migrations when an earlier run went through the same ones."""
    if is_sqlite() and migrated_file().is_file():
        shutil.copy(migrated_file(), database_file())


def keep_migrated_file() -> None:
    """Leaves the migrated file to later runs; another worker may be doing the same."""
    if is_sqlite() and not migrated_file().is_file():
        migrated_file().parent.mkdir(parents=True, exist_ok=True)
        part = migrated_file().with_suffix(f".{os.getpid()}")
        shutil.copy(snapshot_file(MIGRATED), part)
        part.replace(migrated_file())
        for older in migrated_file().parent.glob("*.sqlite3"):
            if older != migrated_file():
                older.unlink(missing_ok=True)
