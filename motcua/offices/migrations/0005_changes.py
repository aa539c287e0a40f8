"""Changes of offices as two people make them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offices", "0004_no_chain")]
    operations = [
        migrations.CreateModel(
            name="OfficeChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("merge", "sáp nhập"),
                            ("split", "chia tách"),
                            ("rename", "đổi tên"),
                            ("move", "chuyển về"),
                        ],
                        max_length=10,
                        verbose_name="hình thức",
                    ),
                ),
                ("on", models.DateField(verbose_name="từ ngày")),
                ("content", models.JSONField()),
                ("document", models.CharField(max_length=300, verbose_name="văn bản")),
                ("reason", models.TextField(verbose_name="lý do")),
                ("proposed_by", models.BigIntegerField()),
                ("proposer_name", models.CharField(max_length=200)),
                ("proposed_at", models.DateTimeField()),
                ("approved", models.BooleanField(null=True)),
                ("note", models.TextField(blank=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decider_name", models.CharField(blank=True, max_length=200)),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved", None), ("decided_at", None), ("decided_by", None)),
                            models.Q(
                                ("approved__isnull", False), ("decided_at__isnull", False), ("decided_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="office_change_is_decided_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="office_change_second_person",
                        violation_error_message="Người đề nghị không tự phê duyệt; cần một người khác.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="office_change_has_grounds",
                    ),
                ],
            },
        ),
    ]
