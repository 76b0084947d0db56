"""The database itself refuses to change or remove what is in the log, whoever asks.

Only what a checkpoint has closed may go; an invented checkpoint shows, because its signature is wrong.
"""

from django.db import connection

MESSAGE = "audit log: append only"
EVENTS, HEAD, CHECKPOINTS = "home_auditevent", "home_audithead", "home_auditcheckpoint"
NAMES = ("audit_no_update", "audit_no_delete", "audit_head_forward", "audit_checkpoint_no_update",
         "audit_checkpoint_no_delete", "audit_no_truncate")  # fmt: skip
_CLOSED = f"OLD.sequence > (SELECT COALESCE(MAX(through), 0) FROM {CHECKPOINTS})"
#: Name, moment, table, condition for refusing.
_RULES = (
    ("audit_no_update", "UPDATE", EVENTS, ""),
    ("audit_no_delete", "DELETE", EVENTS, _CLOSED),
    ("audit_head_forward", "UPDATE", HEAD, "NEW.sequence < OLD.sequence"),
    ("audit_checkpoint_no_update", "UPDATE", CHECKPOINTS, ""),
    ("audit_checkpoint_no_delete", "DELETE", CHECKPOINTS, ""),
)


def install() -> None:
    """Put the triggers in place, after every migration: a table that SQLite remakes loses them."""
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgres():
            cursor.execute(statement)


def remove() -> None:
    """Take the triggers away, as before a test database is emptied."""
    with connection.cursor() as cursor:
        for name, _, table, _ in (*_RULES, ("audit_no_truncate", "", EVENTS, "")):
            on = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing() -> list[str]:
    """The triggers that are not there, e.g. `["audit_no_delete"]`; a database without them changes rows silently."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND tgrelid::regclass::text LIKE 'home_audit%'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        held = {name for (name,) in cursor.fetchall()}
    wanted = [name for name in NAMES if connection.vendor != "sqlite" or name != "audit_no_truncate"]
    return [name for name in wanted if name not in held]


def _sqlite():
    for name, moment, table, condition in _RULES:
        when = f" WHEN {condition}" if condition else ""
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {moment} ON {table}{when} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def _postgres():
    """One function a rule: a condition of a trigger may not ask other tables."""
    for name, moment, table, condition in _RULES:
        kept = "OLD" if moment == "DELETE" else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition or 'TRUE'} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN {kept}; END $$"
        )
        yield (f"CREATE OR REPLACE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
    yield (
        f"CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {EVENTS} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION audit_no_update()"
    )
