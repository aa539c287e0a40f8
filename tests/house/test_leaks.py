"""No page or answer shows more of a person than its reader may know, and every reading by an officer is noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import may_see_contacts
from motcua.readings.log import reason_to_read
from motcua.readings.models import Reading
from tests.house.access import EVERYBODY, QUESTIONS
from tests.house.stage import NOW, set_stage
from tests.house.test_access import ADDRESSES, API_TABLE, TABLE, browsers, clock
from tests.world import World, moment

__all__ = ["browsers", "clock"]
pytestmark = pytest.mark.django_db

NUMBER, PHONE, MAIL, PLACE = "000190000001", "0938271640", "lan.kin@vidu.vn", "Ngõ Kín 77"
# Where many dossiers stand in rows: numbers are masked for everybody, contacts are nobody's.
LISTS = {
    "counter:home",
    "counter:supplements",
    "counter:duties",
    "counter:results",
    "counter:find",
    "counter:fees",
    "counter:online_payments",
    "counter:post",
    "desk:home",
    "desk:corrections",
    "desk:parts_waiting",
    "oversight:dossiers",
    "oversight:late",
    "oversight:part_list",
    "oversight:readings",
    "oversight:consultations",
    "desk:consultations",
    "portal:dossiers",
    "v1:dossiers",
    "v1:inbox",
}
# Each opens one dossier of another person; whoever gets an answer from them is noted.
READINGS = {
    "desk:dossier", "desk:paper", "desk:result", "desk:forward", "desk:stop", "desk:extend", "desk:restrict",
    "desk:propose_correction", "desk:propose_date", "desk:correct_result", "desk:refuse_correction",
    "desk:proposed_result", "desk:former_result",
    "desk:consult", "desk:answer_consultation", "desk:drop_consultation", "desk:opinion", "desk:plan_verification",
    "desk:move_verification", "desk:record_verification", "desk:cancel_verification", "desk:minutes",
    "desk:part_file", "desk:take_part",
    "counter:slip", "counter:taken_in", "counter:withdraw", "counter:hand_over", "counter:receive_supplement",
    "counter:bill", "counter:record_financial_duty", "v1:dossier", "v1:download",
}  # fmt: skip


def hidden_from(name: str, route: str, world: World, dossier: Dossier) -> list[str]:
    """What this person may not find there."""
    actor = world.actor(name)
    if route in LISTS:
        return [NUMBER, PHONE, MAIL, PLACE]
    hidden = [] if may_see_contacts(actor, dossier) else [PHONE, MAIL, PLACE]
    return hidden if reason_to_read(actor, dossier, moment(NOW)) == "" else [*hidden, NUMBER]


@pytest.mark.parametrize(
    "goal",
    [
        "submitted", "handled", "asked", "supplement", "payment", "joined", "part_done", "finished", "to_correct",
        "corrected",
    ],
)  # fmt: skip
def test_nothing_unmasked_leaks_and_every_reading_is_noted(
    goal: str, world: World, browsers: Callable[[str], Client]
) -> None:
    stage = set_stage(world, goal)
    facts = {"owner_phone": PHONE, "owner_email": MAIL, "owner_address": PLACE}
    Dossier.objects.filter(pk=stage.dossier.pk).update(owner_id_no=NUMBER, **facts)
    dossier = Dossier.objects.get(pk=stage.dossier.pk)
    wrong = []
    for route in [*(route for route, row in TABLE.items() if row[0] == goal), *API_TABLE]:
        address = stage.address(ADDRESSES[route]) + QUESTIONS.get(route, "")
        if route == "counter:find":
            address += "?q=Lan"
        for name in EVERYBODY.split():
            before = Reading.objects.count()
            answer: Any = browsers(name).get(address)
            told = b"".join(answer.streaming_content) if answer.streaming else answer.content
            wrong += [
                f"{name} {route}: shows {secret}"
                for secret in hidden_from(name, route, world, dossier)
                if secret.encode() in told
            ]
            noted = Reading.objects.count() - before
            opens = answer.status_code == 200 and name != "lan" and "dossier_closed" not in _template(answer)
            if noted != (1 if route in READINGS and opens else 0) and route in READINGS:
                wrong.append(f"{name} {route}: {noted} readings noted")
    assert wrong == []


def _template(answer: Any) -> str:
    return " ".join(template.name or "" for template in getattr(answer, "templates", None) or ())
