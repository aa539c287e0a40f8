"""What was closed stays as it was closed."""

from django.db import migrations

TABLES = ("periodclose", "frozenfigure")
FORWARD = "".join(
    f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON reports_{name} "
    "FOR EACH ROW EXECUTE FUNCTION motcua_append_only();"
    for name in TABLES
)
BACKWARD = "".join(f"DROP TRIGGER {name}_append_only ON reports_{name};" for name in TABLES)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_closes"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
