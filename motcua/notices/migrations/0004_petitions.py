"""Whoever sent a petition is told what became of it; sorry is said for what is late."""

import django.db.models.deletion
from django.db import migrations, models

KIND = [
    ("submitted", "Đã nhận được hồ sơ nộp"),
    ("accepted", "Hồ sơ được tiếp nhận"),
    ("to_complete", "Cần hoàn thiện hồ sơ"),
    ("supplement", "Cần bổ sung hồ sơ"),
    ("supplemented", "Đã nhận đủ phần bổ sung"),
    ("refused", "Hồ sơ không được tiếp nhận"),
    ("redirected", "Hồ sơ được chuyển đúng nơi"),
    ("duty", "Cần thực hiện nghĩa vụ tài chính"),
    ("duty_done", "Đã xác nhận nghĩa vụ tài chính"),
    ("fee", "Phí, lệ phí được xác định"),
    ("fee_paid", "Đã nhận phí, lệ phí"),
    ("fee_back", "Đã hoàn phí, lệ phí"),
    ("visit", "Lịch thẩm tra, xác minh"),
    ("visit_off", "Huỷ lịch thẩm tra, xác minh"),
    ("later", "Xin lỗi, hẹn lại ngày trả"),
    ("late", "Xin lỗi vì quá ngày hẹn"),
    ("outage", "Hạn được lùi do hệ thống gián đoạn"),
    ("ready", "Đã có kết quả"),
    ("returned", "Đã trả kết quả"),
    ("withdrawn", "Đã rút hồ sơ"),
    ("stopped", "Dừng giải quyết hồ sơ"),
    ("corrected", "Cơ quan đính chính"),
    ("still_open", "Hồ sơ vẫn đang được giải quyết"),
    ("still_waiting", "Hồ sơ đang chờ người nộp"),
    ("petition_in", "Đã nhận phản ánh, câu hỏi"),
    ("petition_more", "Cần nói rõ thêm phản ánh, câu hỏi"),
    ("petition_answer", "Đã trả lời phản ánh, câu hỏi"),
    ("petition_refuse", "Không tiếp nhận phản ánh, câu hỏi"),
    ("petition_passed", "Đã chuyển phản ánh đến cơ quan khác"),
    ("petition_due", "Phản ánh sắp đến hạn trả lời"),
    ("petition_late", "Phản ánh quá hạn trả lời"),
    ("petition_out", "Chuyển phản ánh về hệ thống của tỉnh"),
    ("silent", "Hồ sơ im lặng trong tay"),
    ("silent_office", "Hồ sơ im lặng ở cơ quan"),
    ("silent_unit", "Hồ sơ im lặng cần Trung tâm can thiệp"),
]
WAY = [
    ("email", "Thư điện tử"),
    ("sms", "Tin nhắn SMS"),
    ("zalo", "Zalo"),
    ("pakn", "Hệ thống phản ánh, kiến nghị của tỉnh"),
]
FORWARD = """
CREATE TRIGGER notice_petition_kept BEFORE UPDATE OF petition_id ON notices_notice
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
"""
BACKWARD = "DROP TRIGGER notice_petition_kept ON notices_notice;"
NOBODYS = models.Q(("dossier__isnull", False), ("account__isnull", False), ("petition__isnull", False), _connector="OR")
BOTH = models.Q(("dossier__isnull", True), ("petition__isnull", True), _connector="OR")


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_members"), ("petitions", "0003_sent_once")]
    operations = [
        migrations.AddField(
            "notice",
            "petition",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="petitions.petition",
            ),
        ),
        migrations.AlterField("notice", "kind", models.CharField(choices=KIND, max_length=16)),
        migrations.AlterField("wording", "kind", models.CharField(choices=KIND, max_length=16)),
        migrations.AlterField("delivery", "way", models.CharField(choices=WAY, max_length=6)),
        migrations.AlterField("waysetting", "way", models.CharField(choices=WAY, max_length=6)),
        migrations.AlterField("waychoice", "way", models.CharField(choices=WAY, max_length=6)),
        migrations.RemoveConstraint("notice", "notice_is_for_somebody"),
        migrations.AddConstraint("notice", models.CheckConstraint(condition=NOBODYS, name="notice_is_for_somebody")),
        migrations.AddConstraint(
            "notice", models.CheckConstraint(condition=BOTH, name="notice_of_a_petition_names_no_dossier")
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
