"""A leader asks once more than the law lets the others ask; it is marked, counted and told. Law: QD766-2022"""

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import supplement
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act, State
from motcua.dossiers.tests.lives import handled
from motcua.law.tests.settling import settle_value
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
ITEMS = [{"name": "Bản vẽ hoàn công", "why": "chưa có dấu"}]
WORDS: dict[str, Any] = {"items": ITEMS, "reason": "Thiếu bản vẽ", "basis": "Khoản 2 Điều 9 Luật chuyên ngành"}
AT = moment("2021-11-03 10:00")


@pytest.fixture
def leader_may(world: World) -> None:
    """The regime lets a leader ask once more."""
    settle_value("r1_2018", "supplement_override", "leader", on=date(2021, 11, 1))


def asked_once(world: World) -> Dossier:
    """Asked on the 2nd, complete on the 3rd."""
    dossier = handled(world)
    asked = moment("2021-11-02 09:00")
    supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Thiếu", actor=world.actor("hoa"), at=asked)
    supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("minh"), at=moment("2021-11-03 09:00"))
    return reread(dossier)


def test_ask_supplement_again_is_a_leader_s_and_stops_the_clock(world: World, leader_may: None) -> None:
    dossier = asked_once(world)
    assert dossier.due_at == moment("2021-11-10 17:00")
    with pytest.raises(Forbidden):
        supplement.ask_supplement_again(dossier.pk, **WORDS, actor=world.actor("hoa"), at=AT)
    request = supplement.ask_supplement_again(dossier.pk, **WORDS, actor=world.actor("thanh"), at=AT)
    assert (request.number, request.beyond) == (2, True)
    dossier = reread(dossier)
    assert (dossier.state, dossier.at_office_id) == (State.SUPPLEMENT, world.cast.center.pk)
    event = dossier.events.latest("seq")
    assert (event.act, event.data["basis"]) == (Act.ASK_SUPPLEMENT_AGAIN, WORDS["basis"])
    supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("minh"), at=moment("2021-11-05 09:00"))
    assert reread(dossier).due_at == moment("2021-11-12 17:00")
    assert reread(dossier).holder_id == world.cast.thanh.pk


def test_a_handler_is_told_that_a_leader_may(world: World, leader_may: None) -> None:
    dossier = asked_once(world)
    with pytest.raises(Refused, match=r"Chỉ được yêu cầu bổ sung 1 lần .* Lãnh đạo cơ quan giải quyết có thể"):
        supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Nữa", actor=world.actor("hoa"), at=AT)
    assert Act.ASK_SUPPLEMENT_AGAIN in acts_open_to(dossier, world.actor("thanh"), AT)
    assert Act.ASK_SUPPLEMENT_AGAIN not in acts_open_to(dossier, world.actor("hoa"), AT)


def test_it_needs_basis_reason_and_a_list(world: World, leader_may: None) -> None:
    dossier = asked_once(world)
    wrong: tuple[dict[str, Any], ...] = ({"basis": " "}, {"reason": " "}, {"items": []})
    for missing in wrong:
        with pytest.raises(Invalid):
            supplement.ask_supplement_again(dossier.pk, **{**WORDS, **missing}, actor=world.actor("thanh"), at=AT)
    assert reread(dossier).supplements == 1


def test_neither_before_the_others_asked_nor_a_second_time(world: World, leader_may: None) -> None:
    fresh = handled(world)
    with pytest.raises(Refused, match="chưa cần lãnh đạo"):
        supplement.ask_supplement_again(fresh.pk, **WORDS, actor=world.actor("thanh"), at=AT)
    dossier = asked_once(world)
    supplement.ask_supplement_again(dossier.pk, **WORDS, actor=world.actor("thanh"), at=AT)
    supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("minh"), at=moment("2021-11-05 09:00"))
    with pytest.raises(Refused, match="đã yêu cầu bổ sung thêm một lần"):
        supplement.ask_supplement_again(dossier.pk, **WORDS, actor=world.actor("thanh"), at=moment("2021-11-05 10:00"))


def test_where_the_law_lets_nobody_not_even_a_leader_asks(world: World) -> None:
    dossier = asked_once(world)
    with pytest.raises(Refused, match="không cho yêu cầu bổ sung quá số lần"):
        supplement.ask_supplement_again(dossier.pk, **WORDS, actor=world.actor("thanh"), at=AT)
    with pytest.raises(Refused) as error:
        supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Nữa", actor=world.actor("hoa"), at=AT)
    assert "Lãnh đạo" not in str(error.value)
