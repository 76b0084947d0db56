"""The database itself refuses to change or remove what is in the log, whoever asks.

Only what a checkpoint has closed may go; an invented checkpoint shows, because its signature is wrong.
"""

from django.db import connection, transaction

MESSAGE = "audit log: append only"
EVENTS, HEAD, CHECKPOINTS = "home_auditevent", "home_audithead", "home_auditcheckpoint"
_CLOSED = f"OLD.sequence > (SELECT COALESCE(MAX(through), 0) FROM {CHECKPOINTS})"
#: Name, moment, table, condition for refusing.
_RULES = (
    ("audit_no_update", "UPDATE", EVENTS, ""),
    ("audit_no_delete", "DELETE", EVENTS, _CLOSED),
    ("audit_head_forward", "UPDATE", HEAD, "OLD.id <> NEW.id OR (OLD.id = 1 AND NEW.sequence < OLD.sequence)"),
    ("audit_head_no_delete", "DELETE", HEAD, ""),
    ("audit_checkpoint_no_update", "UPDATE", CHECKPOINTS, ""),
    ("audit_checkpoint_no_delete", "DELETE", CHECKPOINTS, ""),
)
#: SQLite lets INSERT OR REPLACE remove the row that is in the way without asking what guards DELETE.
_SQLITE_RULES = (
    ("audit_no_replace", "INSERT", EVENTS, f"EXISTS (SELECT 1 FROM {EVENTS} WHERE sequence = NEW.sequence)"),
    ("audit_head_no_replace", "INSERT", HEAD, f"EXISTS (SELECT 1 FROM {HEAD} WHERE id = NEW.id)"),
    (
        "audit_checkpoint_no_replace",
        "INSERT",
        CHECKPOINTS,
        f"EXISTS (SELECT 1 FROM {CHECKPOINTS} WHERE id = NEW.id OR through = NEW.through)",
    ),
)
_TRUNCATE = ("audit_no_truncate", "TRUNCATE", EVENTS, "")


def _rules() -> tuple:
    """What this database is asked to refuse."""
    return (*_RULES, *_SQLITE_RULES) if connection.vendor == "sqlite" else (*_RULES, _TRUNCATE)


def install() -> None:
    """Put the triggers in place, after every migration: a table that SQLite remakes loses them."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgres():
            cursor.execute(statement)


def remove() -> None:
    """Take the triggers away, as before a test database is emptied."""
    with connection.cursor() as cursor:
        for name, _, table, _ in _rules():
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
    return [name for name, *_ in _rules() if name not in held]


def _sqlite():
    for name, moment, table, condition in _rules():
        when = f" WHEN {condition}" if condition else ""
        # A trigger from before may have asked for less.
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield (f"CREATE TRIGGER {name} BEFORE {moment} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END")


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
