from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0005_drop_folded_texts'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('opens_at__isnull', False)), fields=['opens_at'], name='grant_opens'),
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(condition=models.Q(('closes_at__isnull', False)), fields=['closes_at'], name='grant_closes'),
        ),
    ]
