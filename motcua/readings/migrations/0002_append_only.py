"""A reading that was noted stays as it was noted."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER reading_append_only BEFORE UPDATE OR DELETE ON readings_reading
    FOR EACH ROW EXECUTE FUNCTION motcua_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("readings", "0001_initial"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, "DROP TRIGGER reading_append_only ON readings_reading")]
