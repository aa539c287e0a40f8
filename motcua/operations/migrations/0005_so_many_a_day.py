"""How many others waited when a reminder was sent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("operations", "0004_alarms_append_only")]
    operations = [
        migrations.AddField("reminder", "waiting", models.IntegerField(default=0, db_default=0)),
    ]
