"""Who brought a dossier and who helped, through the API; an attempt during an outage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.api.tests.conftest import Caller
from motcua.dossiers.models import Dossier
from tests.world import World

pytestmark = pytest.mark.django_db
Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]
AGENT: dict[str, Any] = {
    "role": "agent",
    "name": "Nguyễn Văn Bảy",
    "id_no": "000150000007",
    "phone": "0900000007",
    "authority_no": "UQ 12/2021",
    "authority_on": "2021-10-20",
}


def test_an_agent_and_a_third_unit_are_told_to_who_may_know(world: World, call: Call, intake: Intake) -> None:
    body = intake(submitter=AGENT, support_office=world.cast.commune.code)
    founded = call("minh").post("/dossiers", body)
    assert founded.status_code == 201, founded.json()
    ref = founded.json()["code"]
    told = call("minh").get(f"/dossiers/{ref}").json()
    assert told["submitter"] == {**AGENT, "relation": "", "role_label": "Người được ủy quyền, đại diện"}
    assert told["support_office"] == {"code": world.cast.commune.code, "name": world.cast.commune.name}
    assert call("tuan").get(f"/dossiers/{ref}").json()["submitter"]["phone"] == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"authority_no": ""}, "submitter_authority_no"),
        ({"authority_on": "2099-01-01"}, "submitter_authority_on"),
        ({"id_no": "1"}, "submitter_id_no"),
        ({"role": "helper"}, "submitter_authority_no"),
        ({"role": "owner"}, "submitter_role"),
    ],
)
def test_a_wrong_statement_is_refused_by_field(call: Call, intake: Intake, change: dict[str, Any], field: str) -> None:
    answer = call("minh").post("/dossiers", intake(submitter={**AGENT, **change}))
    assert answer.status_code == 422
    assert field in str(answer.json())
    assert not Dossier.objects.exists()


def test_support_is_a_third_place(world: World, call: Call, intake: Intake) -> None:
    answer = call("minh").post("/dossiers", intake(support_office=world.cast.justice.code))
    assert answer.status_code == 422 and "support_office" in str(answer.json())


def test_submit_from_an_account_that_is_not_the_owner_s(call: Call, intake: Intake) -> None:
    body = intake(act="submit")
    body["owner"] = {"name": "Trần Văn Ba", "id_no": "000060000003"}
    refused = call("lan").post("/dossiers", body)
    assert refused.status_code == 422 and "submitter_role" in str(refused.json())
    body["submitter"] = {"role": "submitter", "name": "Trần Thị Lan", "id_no": "000190000001", "relation": "con"}
    assert call("lan").post("/dossiers", body).status_code == 201
