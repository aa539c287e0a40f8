"""A reminder and its answer stay as they were sent."""

from django.db import migrations

TABLES = ("reminder", "reminderanswer")
FORWARD = "".join(
    f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON operations_{name} "
    "FOR EACH ROW EXECUTE FUNCTION motcua_append_only();"
    for name in TABLES
)
BACKWARD = "".join(f"DROP TRIGGER {name}_append_only ON operations_{name};" for name in TABLES)


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_reminders"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
