"""No English is kept for a text that the reports and the oversight no longer say; what is missing the house finds."""

from pathlib import Path

import polib
import pytest

from tests.house.texts import texts_of_room

HOUSE = Path(__file__).resolve().parents[4]


@pytest.mark.parametrize("room", ["motcua/reports", "motcua/pages/oversight"])
def test_no_translation_is_left_over(room: str) -> None:
    catalogue = polib.pofile(str(HOUSE / room / "locale/en/LC_MESSAGES/django.po"))
    assert {entry.msgid for entry in catalogue} - texts_of_room(HOUSE / room) == set()
