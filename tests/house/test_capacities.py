"""Every page of an owner's dossier, for whoever acts for the owner: there within their days, for nobody else, never after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.people.mandates import Naming, authorise, end_mandate
from motcua.people.models import Account
from motcua.people.tests.made import member, organisation
from tests.house.access import QUESTIONS
from tests.house.stage import NOW, Stage, set_stage
from tests.house.test_access import ADDRESSES, TABLE, browsers, clock
from tests.world import World, moment

__all__ = ["browsers", "clock"]
pytestmark = pytest.mark.django_db
SWITCH = "/tai-khoan/tu-cach/"
# What an owner alone reaches on the portal, where their dossier then is; drafts are whose typed them.
OWNERS = {
    route: goal
    for route, (goal, gets, _told) in TABLE.items()
    if route.startswith("portal:") and gets.split() == ["lan"]
}
DRAFTS = {"portal:draft_owner", "portal:draft_papers", "portal:draft_vault", "portal:draft_review"}
# Pages of an act that a role without it is not shown.
OF_ROLES = {"portal:answer", "portal:note_attempt"}
GOALS = sorted(set(OWNERS.values()))


def statuses(client: Client, stage: Stage, goal: str) -> dict[str, int]:
    """What each of the owner's pages answers this browser."""
    return {
        route: client.get(stage.address(ADDRESSES[route]) + QUESTIONS.get(route, "")).status_code
        for route, at in OWNERS.items()
        if at == goal
    }


def act_for(client: Client, account: Account | None) -> None:
    client.post(SWITCH, {"principal": account.pk if account else ""})


@pytest.mark.parametrize("goal", GOALS)
def test_who_is_authorised_to_look_looks_as_long_as_it_holds(
    goal: str, world: World, browsers: Callable[[str], Client]
) -> None:
    stage, lan = set_stage(world, goal), world.cast.lan
    paper: dict[str, Any] = {"paper": "UQ 1", "paper_on": date(2021, 10, 1), "valid_from": date(2021, 11, 4)}
    one = authorise(Naming("0900000007", "Nguyễn Văn Bảy", **paper), by=lan, at=moment(NOW))
    bay = browsers("bay")
    nothing = dict.fromkeys(statuses(bay, stage, goal), 404)
    assert statuses(bay, stage, goal) == nothing
    act_for(bay, lan)
    seen = statuses(bay, stage, goal)
    assert {route for route, status in seen.items() if status != 200} <= OF_ROLES | DRAFTS
    assert {status for route, status in seen.items() if route in DRAFTS} <= {404}
    act_for(bay, None)
    assert statuses(bay, stage, goal) == nothing
    act_for(bay, lan)
    end_mandate(one.pk, why="Xong việc", by=lan, at=moment(NOW))
    assert statuses(bay, stage, goal) == nothing


@pytest.mark.parametrize("goal", GOALS)
def test_a_member_of_two_organisations_sees_each_apart(
    goal: str, world: World, browsers: Callable[[str], Client]
) -> None:
    stage, cast = set_stage(world, goal), world.cast
    pottery = organisation(cast, NOW)
    weaving = organisation(cast, NOW, "0100109108", "Hợp tác xã Dệt Phương La")
    for one in (pottery, weaving):
        member(one, cast.khang, cast.bay, NOW, may_file=True, may_pay=True)
    # The stage's dossier is the pottery's from here on; its drafts stay Lan's.
    Dossier.objects.filter(pk=stage.dossier.pk).update(owner_account=pottery.account)
    khang = browsers("khang")
    nothing = dict.fromkeys(statuses(khang, stage, goal), 404)
    act_for(khang, weaving.account)
    assert statuses(khang, stage, goal) == nothing
    act_for(khang, pottery.account)
    seen = statuses(khang, stage, goal)
    assert {route for route, status in seen.items() if status != 200} <= DRAFTS
    act_for(khang, None)
    assert statuses(khang, stage, goal) == nothing
    assert stage.dossier.submission_no.encode() not in khang.get("/ho-so/").content


def test_the_api_speaks_for_the_account_alone(world: World, browsers: Callable[[str], Client]) -> None:
    """For whom a person acts is chosen on the pages; a program's request never goes in another's name."""
    stage, lan = set_stage(world, "handled"), world.cast.lan
    paper: dict[str, Any] = {"paper": "UQ 1", "paper_on": date(2021, 10, 1), "valid_from": date(2021, 11, 4)}
    authorise(Naming("0900000007", "Nguyễn Văn Bảy", **paper), by=lan, at=moment(NOW))
    bay = browsers("bay")
    act_for(bay, lan)
    assert bay.get(stage.address(ADDRESSES["v1:dossier"])).status_code == 404
    assert stage.dossier.submission_no.encode() not in bay.get(stage.address(ADDRESSES["v1:dossiers"])).content
