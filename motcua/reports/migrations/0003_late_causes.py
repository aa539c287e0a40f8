"""Why dossiers are late, as leaders said; what was said stays."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = (
    "CREATE TRIGGER latecause_append_only BEFORE UPDATE OR DELETE ON reports_latecause "
    "FOR EACH ROW EXECUTE FUNCTION motcua_append_only();"
)
BACKWARD = "DROP TRIGGER latecause_append_only ON reports_latecause;"


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0017_reports_by_index_alone"),
        ("offices", "0004_no_chain"),
        ("reports", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LateCause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.SmallIntegerField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("handling", "Cơ quan giải quyết xử lý chậm"),
                            ("opinion", "Cơ quan phối hợp cho ý kiến chậm"),
                            ("workload", "Số lượng hồ sơ lớn, thiếu người"),
                            ("complex", "Hồ sơ phức tạp, phải kiểm tra, xác minh nhiều lần"),
                            ("regulation", "Quy định chưa rõ hoặc chồng chéo"),
                            ("applicant", "Tổ chức, cá nhân chậm phối hợp hoặc chậm thực hiện nghĩa vụ"),
                            ("system", "Sự cố hệ thống, đường truyền, kết nối"),
                            ("recording", "Đã giải quyết nhưng cập nhật chậm trên hệ thống"),
                            ("force_majeure", "Thiên tai, dịch bệnh, sự kiện bất khả kháng"),
                            ("other", "Nguyên nhân khác"),
                        ],
                        max_length=16,
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
                ("proposal", models.CharField(blank=True, max_length=1000)),
                ("said_by_name", models.CharField(max_length=200)),
                ("said_at", models.DateTimeField()),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                (
                    "said_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "number"), name="late_cause_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="late_cause_has_words",
                        violation_error_message="Cần nói rõ nguyên nhân.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
