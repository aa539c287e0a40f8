"""Every text of the screens speaks English too, and no translation lost a placeholder."""

import re
from pathlib import Path

import polib
import pytest

from tests.house.texts import MOTCUA, rooms, texts_of_code, texts_of_room, texts_of_template

PLACEHOLDER = re.compile(r"%\(\w+\)s")
# Texts of one room may be translated in another: Django looks them up in all.
EVERYWHERE = {
    entry.msgid: entry
    for path in sorted(MOTCUA.rglob("locale/en/LC_MESSAGES/django.po"))
    for entry in polib.pofile(str(path))
}

# Rooms whose English is still being written; a room that is done leaves this list for ever.
STILL_WRITING: set[str] = set()


DONE = [room for room in rooms() if str(room.relative_to(MOTCUA)) not in STILL_WRITING]


@pytest.mark.parametrize("room", DONE, ids=lambda room: str(room.relative_to(MOTCUA)))
def test_every_text_has_its_english(room: Path) -> None:
    missing = [text for text in sorted(texts_of_room(room)) if text and not _is_translated(text)]
    assert missing == []


def _is_translated(text: str) -> bool:
    entry = EVERYWHERE.get(text)
    return entry is not None and bool(entry.msgstr or all(entry.msgstr_plural.values() or [""]))


def test_no_translation_loses_a_placeholder() -> None:
    wrong = []
    for entry in EVERYWHERE.values():
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            if said and set(PLACEHOLDER.findall(said)) != set(PLACEHOLDER.findall(entry.msgid)):
                wrong.append(entry.msgid)
    assert wrong == []


def test_texts_are_found_under_any_name() -> None:
    code = 'from django.utils.translation import gettext_lazy as lazy\nX = lazy("Nộp")\nY = other("Không")'
    assert texts_of_code(code) == {"Nộp"}


def test_texts_are_found_in_templates() -> None:
    template = '{% translate "Một" %}{% blocktranslate trimmed %}\n Hai\n {{ n }}\n{% plural %}x{% endblocktranslate %}'
    assert texts_of_template(template) == {"Một", "Hai %(n)s"}
