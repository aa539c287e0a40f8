"""A paper is missing after acceptance. Law: ND61-2018 19(4)"""

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import supplement
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.dossiers.tests.lives import assigned, handled
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
ITEMS = [{"name": "Bản sao căn cước công dân", "why": "mờ, không đọc được"}]


def asked(world: World, at: str = "2021-11-02 09:00") -> Dossier:
    dossier = handled(world)
    supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Thiếu", actor=world.actor("hoa"), at=moment(at))
    return reread(dossier)


def test_ask_supplement_stops_the_clock_and_gives_the_dossier_to_the_unit(world: World) -> None:
    dossier = asked(world)
    assert dossier.state == State.SUPPLEMENT
    assert dossier.at_office_id == world.cast.center.pk
    assert dossier.supplements == 1


def test_receive_supplement_restarts_the_limit_under_decree_61(world: World) -> None:
    # The example of docs/law.md: accepted Tuesday 31/8/2021 16:10, five working days, holidays 2–3 September.
    dossier = assigned(world, "2021-08-31 16:10", "2021-09-01 07:30")
    assert dossier.due_at == moment("2021-09-09 17:00")
    supplement.ask_supplement(
        dossier.pk, items=ITEMS, reason="Thiếu", actor=world.actor("hoa"), at=moment("2021-09-01 09:00")
    )
    supplement.receive_supplement(
        dossier.pk, papers=[Paper(None, "Bản sao", copies=1)], actor=world.actor("minh"), at=moment("2021-09-08 09:00")
    )
    dossier = reread(dossier)
    assert dossier.due_at == moment("2021-09-15 17:00")
    assert dossier.original_due_at == moment("2021-09-09 17:00")
    assert dossier.state == State.PROCESSING
    assert dossier.holder_id == world.cast.hoa.pk


def test_a_second_request_is_refused(world: World) -> None:
    dossier = asked(world)
    supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("minh"), at=moment("2021-11-03 09:00"))
    with pytest.raises(Refused) as error:
        supplement.ask_supplement(
            dossier.pk, items=ITEMS, reason="Nữa", actor=world.actor("hoa"), at=moment("2021-11-03 10:00")
        )
    assert error.value.code == "guarded"


def test_after_three_working_days_a_request_needs_a_legal_basis(world: World) -> None:
    dossier = handled(world)
    late = moment("2021-11-05 09:00")  # accepted Monday the 1st; the last day is Thursday the 4th
    with pytest.raises(Invalid) as error:
        supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Thiếu", actor=world.actor("hoa"), at=late)
    assert error.value.code == "basis_needed"
    supplement.ask_supplement(
        dossier.pk, items=ITEMS, reason="Thiếu", basis="Luật chuyên ngành", actor=world.actor("hoa"), at=late
    )
    event = dossier.events.order_by("seq").last()
    assert event is not None and event.data["asked_late"] is True


def test_a_request_lists_at_least_one_paper_and_a_reason(world: World) -> None:
    dossier = handled(world)
    at = moment("2021-11-02 09:00")
    with pytest.raises(Invalid):
        supplement.ask_supplement(dossier.pk, items=[], reason="Thiếu", actor=world.actor("hoa"), at=at)
    with pytest.raises(Invalid):
        supplement.ask_supplement(dossier.pk, items=ITEMS, reason=" ", actor=world.actor("hoa"), at=at)
    assert reread(dossier).state == State.PROCESSING
    assert reread(dossier).supplements == 0
    assert not dossier.supplement_requests.exists()


def test_answer_supplement_is_the_owner_s_and_the_unit_checks_it(world: World) -> None:
    dossier = asked(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    papers = [Paper(None, "Bản sao rõ", copies=1)]
    with pytest.raises(Forbidden):
        supplement.answer_supplement(
            dossier.pk, papers=papers, actor=world.actor("minh"), at=moment("2021-11-03 08:00")
        )
    supplement.answer_supplement(dossier.pk, papers=papers, actor=world.actor("lan"), at=moment("2021-11-03 08:00"))
    assert reread(dossier).state == State.SUPPLEMENT
    with pytest.raises(Refused):
        supplement.answer_supplement(dossier.pk, papers=papers, actor=world.actor("lan"), at=moment("2021-11-03 09:00"))
    supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("minh"), at=moment("2021-11-03 10:00"))
    assert reread(dossier).state == State.PROCESSING


def test_receive_supplement_is_the_unit_s(world: World) -> None:
    dossier = asked(world)
    with pytest.raises(Forbidden):
        supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("hoa"), at=moment("2021-11-03 09:00"))
