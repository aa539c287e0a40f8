"""Two equal postings of one person can't overlap. Ranges exclude ranges, so no extension is needed."""

from django.db import migrations

ADD = """
alter table offices_posting add constraint posting_once_at_a_time exclude using gist (
  int8range(account_id, account_id, '[]') with &&,
  int8range(office_id, office_id, '[]') with &&,
  int8range(hashtext(role)::bigint, hashtext(role)::bigint, '[]') with &&,
  daterange(valid_from, valid_to, '[)') with &&
)
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial")]
    operations = [migrations.RunSQL(ADD, "alter table offices_posting drop constraint posting_once_at_a_time")]
