"""Events that were recorded more than a day after their instant: hardly any, and each makes a count of the past stale."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0019_board_by_index_alone")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX event_dated_back ON dossiers_event (recorded_at)"
            " WHERE recorded_at - at > interval '24 hours'",
            "DROP INDEX event_dated_back",
        )
    ]
