"""An alarm stays as it was raised, and a limit as it was set."""

from django.db import migrations

TABLES = ("alarm", "silencelimit")
FORWARD = "".join(
    f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON operations_{name} "
    "FOR EACH ROW EXECUTE FUNCTION motcua_append_only();"
    for name in TABLES
)
BACKWARD = "".join(f"DROP TRIGGER {name}_append_only ON operations_{name};" for name in TABLES)


class Migration(migrations.Migration):
    dependencies = [("operations", "0003_alarms"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
