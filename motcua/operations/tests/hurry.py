"""A reminder that is there, for tests of others."""

from __future__ import annotations

from datetime import date

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import OPEN
from motcua.operations.reminding import remind_of_dossier
from tests.world import World, moment


def reminded(world: World, dossier: Dossier, at: str) -> int:
    """Quang reminds whoever has the dossier, while it is open; its number, else 0."""
    if dossier.state not in OPEN:
        return 0
    words, by, quang = "Trả lời người dân ngay", date(2021, 11, 8), world.actor("quang")
    return remind_of_dossier(dossier.pk, words=words, answer_by=by, actor=quang, at=moment(at)).pk
