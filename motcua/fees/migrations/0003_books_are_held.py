"""A book of receipts is held by an officer, or shared by its counter; who closed it is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

COUNTS_UP = """
CREATE OR REPLACE FUNCTION fees_book_counts_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - {free} = to_jsonb(OLD) - {free}
       AND NEW.given_no IN (OLD.given_no, OLD.given_no + 1) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'quyển biên lai %% chỉ đếm lên từng số', OLD.serial USING ERRCODE = 'restrict_violation';
END $$;
""".replace("%%", "%")
ACCOUNT = models.ForeignKey(
    null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
)


class Migration(migrations.Migration):
    dependencies = [("fees", "0002_append_only"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField("receiptbook", "holder", ACCOUNT),
        migrations.AddField("receiptbook", "closed_by", ACCOUNT.clone()),
        migrations.AddConstraint(
            "receiptbook",
            models.CheckConstraint(
                condition=models.Q(closed_by=None) | models.Q(closed_on__isnull=False), name="book_closed_by_somebody_on_a_day"
            ),
        ),
        migrations.RunSQL(
            COUNTS_UP.replace("{free}", "ARRAY['given_no', 'closed_on', 'closed_by_id']"),
            COUNTS_UP.replace("{free}", "ARRAY['given_no', 'closed_on']"),
        ),
    ]
