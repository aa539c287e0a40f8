"""A member of an organisation is told beside it, outside the portal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

COLUMNS = "key, kind, dossier_id, event_id, account_id, facts, made_at"
KEPT = """
DROP TRIGGER notice_words_kept ON notices_notice;
CREATE TRIGGER notice_words_kept BEFORE UPDATE OF {} ON notices_notice
FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0023_draft_owner_account"),
        ("notices", "0002_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "notice",
            "member",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                django.db.models.deletion.PROTECT,
                null=True,
                related_name="+",
                db_index=False,
            ),
        ),
        migrations.AddIndex(
            "notice", models.Index("member", "id", name="notice_of_member", condition=Q(member__isnull=False))
        ),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=Q(member=None) | Q(account=None, dossier__isnull=False),
                name="notice_of_member_is_beside_owner",
            ),
        ),
        migrations.RunSQL(KEPT.format(f"{COLUMNS}, member_id"), KEPT.format(COLUMNS)),
    ]
