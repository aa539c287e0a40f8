"""Consent by a code that goes to the telephone of whoever is helped."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [('dossiers', '0024_instants_by_gist')]
    operations = [
        migrations.CreateModel(
            "ConsentCode",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone_digest", models.CharField(max_length=64)),
                ("code_digest", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("tries", models.SmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "draft",
                    models.ForeignKey(
                        "dossiers.draft", django.db.models.deletion.SET_NULL, null=True, related_name="consent_codes"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index("phone_digest", "sent_at", name="consent_code_of_phone")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("sent_at")),
                        name="consent_code_confirmed_after",
                    ),
                    models.CheckConstraint(condition=Q(tries__gte=0), name="consent_code_tries_are_counted"),
                ],
            },
        )
    ]
