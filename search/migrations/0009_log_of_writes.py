"""Indexes in PostgreSQL that stand already get the log by which processes that remember rows follow the writes."""

from django.db import migrations


def add_logs(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('search_generation') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        cursor.execute("SELECT name FROM search_generation WHERE engine = 'postgres'")
        for (name,) in cursor.fetchall():
            table = f"search_{name}_writes"
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {table} (id bigint GENERATED ALWAYS AS IDENTITY,"
                " writer xid8 NOT NULL DEFAULT pg_current_xact_id(), came bigint[] NOT NULL, went bigint[] NOT NULL)"
            )
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_writer ON {table} (writer)")


class Migration(migrations.Migration):
    dependencies = [("search", "0008_open_entries_indexed")]

    operations = [migrations.RunPython(add_logs, migrations.RunPython.noop)]
