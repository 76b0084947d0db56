from django.db import migrations


def forget(apps, schema_editor):
    """Files are read again when somebody next looks: more kinds of traces are known."""
    apps.get_model("home", "PortalDocument").objects.filter(traces__isnull=False).update(traces=None)


class Migration(migrations.Migration):
    dependencies = [("home", "0007_document_name_index")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
