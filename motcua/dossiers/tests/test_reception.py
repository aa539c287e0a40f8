"""What the one-stop unit does with what comes in. Law: ND61-2018 17"""

from datetime import date

import pytest

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.acts import reception
from motcua.dossiers.acts.intake import Owner, Paper
from motcua.dossiers.kinds import Channel
from motcua.dossiers.models import Dossier
from motcua.dossiers.numbering import next_code
from motcua.dossiers.states import State
from motcua.dossiers.tests.lives import accepted, submitted
from motcua.law.store import regime_on
from motcua.law.tests.settling import settle_value
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
NINE = moment("2021-11-01 09:00")


def test_take_in_numbers_the_dossier_and_promises_the_fifth_working_day(world: World) -> None:
    dossier = reread(accepted(world, "2021-11-01 08:00"))
    assert dossier.state == State.ACCEPTED
    assert dossier.code == f"{world.cast.center.code}-211101-0001"
    assert dossier.regime == "r1_2018"
    # Monday 1 November 2021; five working days later is Monday the 8th, at the end of office hours.
    assert dossier.due_at == moment("2021-11-08 17:00") == dossier.original_due_at
    assert dossier.holder_id == world.cast.minh.pk


def test_take_in_after_fifteen_hours_still_starts_the_clock_that_day(world: World) -> None:
    dossier = accepted(world, "2021-11-01 16:10")
    assert dossier.due_at == moment("2021-11-08 17:00")


def test_numbers_of_one_office_and_day_run_on(world: World) -> None:
    codes = [accepted(world).code for _ in range(3)]
    assert [code[-4:] for code in codes if code] == ["0001", "0002", "0003"]


def test_the_agency_s_notation_is_that_of_the_regime(world: World) -> None:
    center = world.cast.center
    for day, agency in ((date(2025, 6, 30), center.code), (date(2026, 8, 5), center.code_qd20)):
        assert next_code(center.pk, day, regime_on(day)) == f"{agency}-{day:%y%m%d}-0001"


def test_take_in_of_an_incomplete_dossier_names_what_is_missing_and_writes_nothing(world: World) -> None:
    with pytest.raises(Invalid) as error:
        reception.take_in(world.intake(papers=[]), actor=world.actor("minh"), at=NINE)
    assert "Tờ khai theo mẫu" in str(error.value.fields["papers"])
    assert not Dossier.objects.exists()


def test_take_in_without_a_name_is_refused(world: World) -> None:
    with pytest.raises(Invalid) as error:
        reception.take_in(world.intake(owner=Owner("  ")), actor=world.actor("minh"), at=NINE)
    assert "owner_name" in error.value.fields


def test_a_limit_that_waits_for_a_person_starts_no_clock(world: World) -> None:
    with pytest.raises(Invalid) as error:
        reception.take_in(world.intake(world.doubtful), actor=world.actor("minh"), at=NINE)
    assert error.value.code == "limit_needs_person"
    assert not Dossier.objects.exists()


def test_take_in_is_for_the_receiver_of_the_unit_only(world: World) -> None:
    for name in ("khang", "hoa", "tuan", "quang", "yen", "hien", "lan"):
        with pytest.raises(Forbidden):
            reception.take_in(world.intake(), actor=world.actor(name), at=NINE)


def test_a_commune_decides_its_own_procedures(world: World) -> None:
    intake = world.intake(world.commune, receiving_office_id=world.cast.commune.pk)
    dossier = reception.take_in(intake, actor=world.actor("hanh"), at=NINE)
    assert dossier.competent_office_id == world.cast.commune.pk


def test_accept_starts_the_clock_of_an_online_dossier(world: World) -> None:
    dossier = submitted(world)
    dossier = reception.accept(dossier.pk, actor=world.actor("minh"), at=NINE)
    assert dossier.state == State.ACCEPTED
    assert dossier.accepted_at == NINE
    assert dossier.due_at == moment("2021-11-08 17:00")


def test_accept_twice_is_refused_and_says_what_is_possible(world: World) -> None:
    dossier = submitted(world)
    reception.accept(dossier.pk, actor=world.actor("minh"), at=NINE)
    with pytest.raises(Refused) as error:
        reception.accept(dossier.pk, actor=world.actor("minh"), at=NINE)
    assert error.value.code == "wrong_state"
    assert "forward" in error.value.possible


def test_accept_by_an_outsider_finds_nothing(world: World) -> None:
    dossier = submitted(world)
    with pytest.raises(NotThere):
        reception.accept(dossier.pk, actor=world.actor("khang"), at=NINE)


def test_register_notes_a_parcel_once(world: World) -> None:
    intake = world.intake(channel=Channel.POST, papers=[])
    dossier = reception.register(intake, parcel_no="EA123456789VN", actor=world.actor("minh"), at=NINE)
    assert str(reread(dossier).parcel_in) == "EA123456789VN"
    assert dossier.state == State.SUBMITTED
    assert dossier.code is None
    with pytest.raises(Invalid) as error:
        reception.register(intake, parcel_no="EA123456789VN", actor=world.actor("minh"), at=NINE)
    assert error.value.code == "parcel_known"


def test_register_by_post_needs_the_item_number(world: World) -> None:
    with pytest.raises(Invalid) as error:
        reception.register(world.intake(channel=Channel.POST), actor=world.actor("minh"), at=NINE)
    assert "parcel_no" in error.value.fields


def test_ask_at_intake_sends_back_once_with_one_list(world: World) -> None:
    dossier = submitted(world)
    items = [{"name": "Tờ khai", "why": "chưa ký"}]
    reception.ask_at_intake(dossier.pk, items=items, reason="Thiếu chữ ký", actor=world.actor("minh"), at=NINE)
    assert reread(dossier).state == State.PRE_SUPPLEMENT
    papers = [Paper(None, name="Tờ khai đã ký", originals=1)]
    reception.answer_at_intake(dossier.pk, papers=papers, actor=world.actor("lan"), at=moment("2021-11-01 10:00"))
    assert reread(dossier).state == State.SUBMITTED
    with pytest.raises(Refused) as error:
        reception.ask_at_intake(
            dossier.pk, items=items, reason="Nữa", actor=world.actor("minh"), at=moment("2021-11-01 11:00")
        )
    assert error.value.code == "guarded"


def test_ask_at_intake_as_often_as_the_province_allows(world: World) -> None:
    settle_value("r1_2018", "max_supplements_intake", 2, on=date(2021, 10, 1))
    dossier, minh, lan = submitted(world), world.actor("minh"), world.actor("lan")
    items, papers = [{"name": "Tờ khai", "why": "chưa ký"}], [Paper(None, name="Tờ khai đã ký", originals=1)]
    for hour in (9, 10):
        at = moment(f"2021-11-01 {hour:02d}:00")
        reception.ask_at_intake(dossier.pk, items=items, reason="Thiếu", actor=minh, at=at)
        reception.answer_at_intake(dossier.pk, papers=papers, actor=lan, at=at)
    assert list(dossier.supplement_requests.values_list("number", flat=True).order_by("id")) == [1, 2]
    with pytest.raises(Refused, match="2 lần"):
        reception.ask_at_intake(dossier.pk, items=items, reason="Nữa", actor=minh, at=moment("2021-11-01 11:00"))


def test_answer_at_intake_keeps_the_new_papers(world: World) -> None:
    dossier = submitted(world)
    reception.ask_at_intake(
        dossier.pk, items=[{"name": "x", "why": "y"}], reason="Thiếu", actor=world.actor("minh"), at=NINE
    )
    reception.answer_at_intake(
        dossier.pk, papers=[Paper(None, name="Mới", copies=1)], actor=world.actor("lan"), at=moment("2021-11-02 09:00")
    )
    assert dossier.papers.filter(name="Mới").count() == 1


def test_refuse_intake_needs_reason_and_basis(world: World) -> None:
    dossier = submitted(world)
    with pytest.raises(Invalid):
        reception.refuse_intake(dossier.pk, reason="Sai", basis=" ", actor=world.actor("minh"), at=NINE)
    with pytest.raises(Invalid):
        reception.refuse_intake(dossier.pk, reason=" ", basis="Luật Hộ tịch", actor=world.actor("minh"), at=NINE)
    assert reread(dossier).state == State.SUBMITTED
    reception.refuse_intake(dossier.pk, reason="Sai", basis="Luật Hộ tịch", actor=world.actor("minh"), at=NINE)
    assert reread(dossier).state == State.REFUSED
    assert reread(dossier).code is None


def test_redirect_moves_the_dossier_to_the_right_unit_before_its_clock(world: World) -> None:
    dossier = submitted(world)
    commune = world.cast.commune
    reception.redirect(
        dossier.pk, to_office_id=commune.pk, reason="Thuộc thẩm quyền xã", actor=world.actor("minh"), at=NINE
    )
    dossier = reread(dossier)
    assert dossier.receiving_office_id == commune.pk == dossier.at_office_id
    assert dossier.state == State.SUBMITTED
    reception.accept(dossier.pk, actor=world.actor("hanh"), at=moment("2021-11-01 10:00"))


def test_redirect_to_the_same_unit_is_refused(world: World) -> None:
    dossier = submitted(world)
    with pytest.raises(Invalid):
        reception.redirect(
            dossier.pk, to_office_id=world.cast.center.pk, reason="x", actor=world.actor("minh"), at=NINE
        )


def test_what_is_asked_at_intake_says_on_which_provision(world: World) -> None:
    dossier = submitted(world)
    basis = " Điều 15 Luật Hộ tịch "
    asked = reception.ask_at_intake(
        dossier.pk, items=[{"name": "Ảnh", "why": "Mờ"}], reason="Mờ", basis=basis, actor=world.actor("minh"), at=NINE
    )
    assert asked.basis == "Điều 15 Luật Hộ tịch"
    assert dossier.events.get(act="ask_at_intake").data["basis"] == asked.basis
