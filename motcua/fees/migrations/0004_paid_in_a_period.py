"""What was paid in a period is read from one index, not from every entry there ever was."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("fees", "0003_books_are_held")]
    operations = [
        migrations.AddIndex(
            "entry",
            models.Index(
                "at",
                name="entry_paid",
                include=["bill", "seq", "way", "channel", "by"],
                condition=Q(kind="paid"),
            ),
        ),
    ]
