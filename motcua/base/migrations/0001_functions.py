"""The functions fold(text) and vi_key(text), generated from the tables of motcua.base.text."""

from django.db import migrations

from motcua.base.text import BOTH_CASES, PLACES, TONES

SPACES = r"[ \t\n\r\f\v\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+"


def quoted(text: str) -> str:
    """An SQL literal."""
    return "'" + text.replace("'", "''") + "'"


ALPHABET = quoted("".join(BOTH_CASES))
COMPOSED = f"btrim(regexp_replace(normalize(t, NFC), {quoted(SPACES)}, ' ', 'g'), ' ')"

FOLD = rf"""
create function fold(t text) returns text language sql immutable parallel safe
return btrim(regexp_replace(translate(
    regexp_replace(normalize(t, NFD), '[\u0300-\u036f]', '', 'g'),
    'ABCDEFGHIJKLMNOPQRSTUVWXYZĐđ', 'abcdefghijklmnopqrstuvwxyzdd'), {quoted(SPACES)}, ' ', 'g'), ' ');
"""
VI_KEY = rf"""
create function vi_key(t text) returns text language sql immutable parallel safe
return translate({COMPOSED}, {ALPHABET}, {quoted(PLACES)}) || chr(9) || translate({COMPOSED}, {ALPHABET}, {quoted(TONES)});
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FOLD, "drop function fold(text)"),
        migrations.RunSQL(VI_KEY, "drop function vi_key(text)"),
    ]
