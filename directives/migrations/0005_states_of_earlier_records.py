"""Records from before files had states; apart from the change of the table, which PostgreSQL wants so."""

from django.db import migrations


def keep_states(apps, editor):
    """What came in before became a draft at once."""
    records = apps.get_model("directives", "IntakeRecord")
    for record in records.objects.select_related("document").iterator():
        record.state, record.name = "drafted", record.document.title[:255]
        record.format, record.confirmed_by_id, record.confirmed_at = "docx", record.created_by_id, record.created_at
        record.save()


class Migration(migrations.Migration):
    dependencies = [("directives", "0004_intake_states")]
    operations = [migrations.RunPython(keep_states, migrations.RunPython.noop)]
