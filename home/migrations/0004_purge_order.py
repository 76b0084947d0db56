import django.utils.timezone
from django.db import migrations, models

import home.models.purge_order


def give_first_order(apps, schema_editor):
    """A version to begin with, so that copies can be kept before anything has changed."""
    apps.get_model("home", "PurgeOrder").objects.create(
        keys=["noi-dung", "tep"], delivered_at=django.utils.timezone.now()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('home', '0003_department_footer'),
    ]

    operations = [
        migrations.CreateModel(
            name='PurgeOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=home.models.purge_order.make_token, max_length=12)),
                ('keys', models.JSONField(default=list)),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('not_before', models.DateTimeField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('delivered_at', None)), fields=['ordered_at'], name='purge_order_pending')],
            },
        ),
        migrations.RunPython(give_first_order, migrations.RunPython.noop, elidable=False),
    ]
