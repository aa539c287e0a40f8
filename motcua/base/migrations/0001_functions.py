"""The functions fold(text) and vi_key(text), generated from the tables of motcua.base.text."""

from django.db import migrations

from motcua.base.text import D_KEY, LETTER_KEYS, LETTER_MARKS, TONE_KEYS, TONE_MARKS

MARKS = r"'[\u0300-\u036f]'"
SPACES = r"'[ \t\n\r\f\v\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+'"

# Under the collation "C", lower() changes A to Z only: the same on every server.
FOLD = f"""
create function fold(t text) returns text language sql immutable parallel safe
return btrim(regexp_replace(
  translate(lower(regexp_replace(normalize(t, NFD), {MARKS}, '', 'g') collate "C"), 'đĐ', 'dd'), {SPACES}, ' ', 'g'), ' ');
"""
# translate() deletes the characters that have no counterpart: first the tones, then the marks of letters.
VI_KEY = f"""
create function vi_key(t text) returns text language sql immutable parallel safe
return (
  select replace(replace(translate(apart, '{LETTER_MARKS}{TONE_MARKS}', '{LETTER_KEYS}'), 'đ', '{D_KEY}'), 'Đ', '{D_KEY}')
    || chr(9) || translate(apart, '{TONE_MARKS}đĐ{LETTER_MARKS}', '{TONE_KEYS}dd')
  from (select lower(normalize(t, NFD) collate "C") as apart offset 0) as x
);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FOLD, "drop function fold(text)"),
        migrations.RunSQL(VI_KEY, "drop function vi_key(text)"),
    ]
