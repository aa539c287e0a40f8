"""What happened to an article, and a vote, stay as they were."""

from django.db import migrations

TABLES = ("articleevent", "articlevote")
FORWARD = "".join(
    f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON news_{name} "
    "FOR EACH ROW EXECUTE FUNCTION motcua_append_only();"
    for name in TABLES
)
BACKWARD = "".join(f"DROP TRIGGER {name}_append_only ON news_{name};" for name in TABLES)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial"), ("dossiers", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
