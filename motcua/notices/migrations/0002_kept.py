"""What was told stays as it was told; the journal is read from where it ends now."""

from django.db import migrations

# A database from before notices has told its people otherwise: they are not told of the past.
BEGIN = """
INSERT INTO notices_horizon (id, taken_to, seen_to, seen_before)
SELECT 1, last, last, 0 FROM (SELECT coalesce(max(id), 0) AS last FROM dossiers_event) e
"""
TRIGGERS = (
    ("notice", "notice_kept", "BEFORE DELETE"),
    ("notice", "notice_words_kept", "BEFORE UPDATE OF key, kind, dossier_id, event_id, account_id, facts, made_at"),
    ("delivery", "delivery_kept", "BEFORE DELETE"),
    ("waychoice", "way_choice_append_only", "BEFORE UPDATE OR DELETE"),
    ("waysetting", "way_setting_append_only", "BEFORE UPDATE OR DELETE"),
    ("wording", "wording_append_only", "BEFORE UPDATE OR DELETE"),
)
RUN = "FOR EACH ROW {} EXECUTE FUNCTION motcua_append_only();"
FORWARD = "".join(f"CREATE TRIGGER {name} {when} ON notices_{table} {RUN.format('')}" for table, name, when in TRIGGERS)
FORWARD += (
    "CREATE TRIGGER delivery_sent_kept BEFORE UPDATE ON notices_delivery " + RUN.format("WHEN (OLD.state = 'sent')")
)
BACKWARD = "".join(f"DROP TRIGGER {name} ON notices_{table};" for table, name, _when in TRIGGERS)
BACKWARD += "DROP TRIGGER delivery_sent_kept ON notices_delivery;"


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_notices"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(BEGIN, "DELETE FROM notices_horizon"), migrations.RunSQL(FORWARD, BACKWARD)]
