"""What was recorded about a procedure's life is only ever added to: the database itself refuses the rest."""

from django.db import migrations

TABLES = (
    "legalact",
    "lifeevent",
    "servicelevel",
    "commitment",
    "review",
    "proposal",
    "proposalstep",
    "onsitelist",
    "onsiteentry",
)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_life")]

    operations = [
        migrations.RunSQL(
            f"create trigger catalogue_{table}_stays before update or delete on catalogue_{table}"
            " for each row execute function catalogue_is_append_only();",
            f"drop trigger catalogue_{table}_stays on catalogue_{table};",
        )
        for table in TABLES
    ]
