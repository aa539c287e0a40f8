"""Open data of closed months, kept as they were published."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_late_causes")]
    operations = [
        migrations.CreateModel(
            name="OpenMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("threshold", models.SmallIntegerField(help_text="numbers below it are hidden")),
                ("csv", models.TextField()),
                ("json", models.TextField()),
                ("manifest", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "close",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="open_month",
                        to="reports.periodclose",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "CREATE TRIGGER openmonth_append_only BEFORE UPDATE OR DELETE ON reports_openmonth "
            "FOR EACH ROW EXECUTE FUNCTION motcua_append_only();",
            "DROP TRIGGER openmonth_append_only ON reports_openmonth;",
        ),
    ]
