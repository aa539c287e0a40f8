"""The same form sent twice is one petition; a question about a dossier is none; a dated table says who answers for what."""

import django.db.models.deletion
from django.db import migrations, models

KIND = [
    ("conduct", "Hành vi, chậm trễ của cán bộ, cơ quan"),
    ("regulation", "Quy định hành chính"),
    ("both", "Cả hành vi và quy định"),
    ("dissatisfied", "Đánh giá không hài lòng"),
    ("complaint", "Khiếu nại, tố cáo"),
    ("question", "Câu hỏi về hồ sơ"),
]
LEVEL = [("province", "cấp tỉnh"), ("district", "cấp huyện"), ("commune", "cấp xã")]
FORWARD = """
CREATE TRIGGER route_append_only BEFORE UPDATE OR DELETE ON petitions_route
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
"""
BACKWARD = "DROP TRIGGER route_append_only ON petitions_route;"
OFFICE = models.ForeignKey(
    db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
)


class Migration(migrations.Migration):
    dependencies = [("petitions", "0002_append_only"), ("offices", "0005_changes")]
    operations = [
        migrations.AddField("petition", "sent_as", models.CharField(max_length=64, null=True, unique=True)),
        migrations.AlterField("petition", "kind", models.CharField(choices=KIND, max_length=12)),
        migrations.AlterField("petitionevent", "kind", models.CharField(choices=KIND, max_length=12)),
        migrations.CreateModel(
            name="Route",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[row for row in KIND if row[0] in ("conduct", "regulation", "both", "complaint")],
                        max_length=12,
                    ),
                ),
                ("topic", models.CharField(blank=True, default="", max_length=200)),
                ("level", models.CharField(blank=True, choices=LEVEL, default="", max_length=10)),
                ("valid_from", models.DateField()),
                ("reason", models.CharField(max_length=300)),
                ("set_by_name", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
                ("office", OFFICE),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "topic", "level", "valid_from"), name="route_set_once_from_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="route_set_for_a_reason"),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
