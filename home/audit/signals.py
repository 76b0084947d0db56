"""Everything that is told to the log of itself."""

from django.db import connection
from django.db.models.signals import post_migrate

from home.audit import accounts, file_changes, page_changes, sign_ins, triggers


def on_migrated(using: str, **kwargs) -> None:
    """A migration on its way back has no log any more."""
    if using == "default" and triggers.EVENTS in connection.introspection.table_names():
        triggers.install()


def connect(app) -> None:
    post_migrate.connect(on_migrated, sender=app, dispatch_uid="audit_triggers")
    for each in (accounts, file_changes, page_changes, sign_ins):
        each.connect()
