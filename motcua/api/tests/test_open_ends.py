"""What a channel demands, and who decides where the catalogue doesn't say, over the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.api.tests.conftest import Caller
from motcua.catalogue.models import Procedure
from motcua.catalogue.offers import forget_offers
from motcua.dossiers.models import Dossier
from tests.world import World

pytestmark = pytest.mark.django_db
Call = Callable[[str], Caller]
Body = Callable[..., dict[str, Any]]


@pytest.mark.parametrize("channel", [1, 2, 3])
def test_the_offer_is_asked_for_by_channel(world: World, call: Call, channel: int) -> None:
    offer = call("nobody").get(f"/procedures/cases/{world.passport.pk}", channel=channel)
    assert offer.status_code == 200
    terms = offer.json()
    assert terms["channel"] == channel
    assert [(one["kind"], one["needs_person"]) for one in terms["components"]] == [("hand_in", False)] * 2
    assert terms["to_show"] == terms["notes"] == []


def test_an_open_authority_is_named_at_acceptance(world: World, call: Call, intake: Body) -> None:
    Procedure.objects.filter(code="9.000001").update(competent_key=None)
    forget_offers()
    made = call("lan").post("/dossiers", intake(act="submit"))
    assert made.status_code == 201
    ref = made.json()["submission_no"]
    assert call("lan").get(f"/dossiers/{ref}").json()["authority_open"]
    answer = call("minh").post(f"/dossiers/{ref}/accept", {})
    assert answer.status_code == 422
    assert answer.json()["code"] == "competent_office_needed"
    assert "competent_office" in answer.json()["fields"]
    answer = call("minh").post(f"/dossiers/{ref}/accept", {"competent_office": world.cast.justice.code})
    assert answer.status_code == 200
    dossier = Dossier.objects.get()
    assert (dossier.competent_office_id, dossier.authority_open) == (world.cast.justice.pk, False)
