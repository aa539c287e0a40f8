"""Saying sorry for what is past its promised day; what was said stays."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER apology_append_only BEFORE UPDATE OR DELETE ON operations_apology
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
"""
BACKWARD = "DROP TRIGGER apology_append_only ON operations_apology;"


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0023_draft_owner_account"),
        ("offices", "0005_changes"),
        ("operations", "0005_so_many_a_day"),
    ]
    operations = [
        migrations.CreateModel(
            name="Apology",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(help_text="the promised day that went by")),
                ("made_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apologies",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.office",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index("made_at", name="apology_made")],
                "constraints": [models.UniqueConstraint(fields=("dossier", "due_on"), name="apology_once_of_a_day")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
