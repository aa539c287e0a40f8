"""Owner, submitter, agent, helper; receiving, competent and supporting place. Law: ND61-2018 6; ND61-2018 16; BLDS-2015 135"""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.base.errors import Forbidden, Invalid
from motcua.dossiers.acts import handover, reception, submission
from motcua.dossiers.acts.intake import Owner
from motcua.dossiers.models import Dossier
from motcua.dossiers.persons import ALONE, Submitter, submitter_faults
from motcua.dossiers.tests.lives import MORNING, finished
from motcua.people.models import Account
from tests.cast import office
from tests.world import World, moment, reread

LAN, LAN_NO, BAY_NO = "Trần Thị Lan", "000190000001", "000150000007"
ON = date(2021, 11, 1)
AT = moment(MORNING)
AGENT = Submitter(
    "agent", "Nguyễn Văn Bảy", BAY_NO, "0900000007", authority_no="UQ 12/2021", authority_on=date(2021, 10, 20)
)
CHILD = Submitter("submitter", "Nguyễn Văn Bảy", BAY_NO, relation="con")
HELPER = Submitter("helper", "Nguyễn Văn Bảy")


def faults(told: Submitter, **more: str) -> dict[str, str]:
    return submitter_faults(told, owner_name=LAN, owner_id_no=LAN_NO, on=ON, **more)


@pytest.mark.parametrize(
    "told", [ALONE, AGENT, CHILD, HELPER, replace(ALONE, name=LAN), replace(CHILD, id_no="B 1234567")]
)
def test_who_may_bring_a_dossier(told: Submitter) -> None:
    assert faults(told) == {}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (replace(AGENT, authority_no=" "), "submitter_authority_no"),
        (replace(AGENT, authority_on=None), "submitter_authority_on"),
        (replace(AGENT, authority_on=date(2021, 11, 2)), "submitter_authority_on"),
        (replace(AGENT, id_no=""), "submitter_id_no"),
        (replace(AGENT, id_no="12345"), "submitter_id_no"),
        (replace(AGENT, id_no="0001 5000 0007 1"), "submitter_id_no"),
        (replace(AGENT, id_no=LAN_NO), "submitter_id_no"),
        (replace(AGENT, name="  "), "submitter_name"),
        (replace(AGENT, phone="gọi sau"), "submitter_phone"),
        (replace(AGENT, authority_no="x" * 101), "submitter_authority_no"),
        (replace(CHILD, relation=""), "submitter_relation"),
        (replace(CHILD, authority_no="UQ 12"), "submitter_authority_no"),
        (replace(HELPER, authority_no="UQ 12"), "submitter_authority_no"),
        (replace(HELPER, name=LAN), "submitter_name"),
        (replace(HELPER, id_no=LAN_NO), "submitter_id_no"),
        (replace(ALONE, name="Nguyễn Văn Bảy"), "submitter_role"),
        (replace(ALONE, id_no=BAY_NO), "submitter_role"),
        (replace(AGENT, role="notary"), "submitter_role"),
    ],
)  # fmt: skip
def test_each_thing_that_is_wrong_has_its_sentence(told: Submitter, field: str) -> None:
    assert set(faults(told)) == {field}


def test_an_account_speaks_for_its_own_person() -> None:
    """Whoever hands in for another says so; a helper uses the owner's account, never their own."""
    assert faults(ALONE, account_id_no=LAN_NO) == faults(CHILD, account_id_no=BAY_NO) == {}
    assert set(faults(ALONE, account_id_no=BAY_NO)) == {"submitter_role"}
    assert set(faults(HELPER, account_id_no=BAY_NO)) == {"submitter_role"}
    assert set(faults(AGENT, account_id_no="001190000009")) == {"submitter_id_no"}


@pytest.mark.django_db
def test_take_in_keeps_who_brought_it_tidied(world: World) -> None:
    told = replace(AGENT, name="  Nguyễn  Văn Bảy", id_no="000 150 000 007")
    dossier = reread(reception.take_in(world.intake(submitter=told), actor=world.actor("minh"), at=AT))
    assert dossier.submitter == AGENT
    assert (dossier.owner_name, dossier.owner_id_no) == (LAN, LAN_NO)
    alone = reception.take_in(world.intake(submitter=replace(ALONE, name=LAN)), actor=world.actor("minh"), at=AT)
    assert reread(alone).submitter == ALONE


@pytest.mark.django_db
def test_take_in_and_register_refuse_an_agent_without_authority(world: World) -> None:
    bad = world.intake(submitter=replace(AGENT, authority_no=""))
    with pytest.raises(Invalid) as error:
        reception.take_in(bad, actor=world.actor("minh"), at=AT)
    assert "submitter_authority_no" in error.value.fields
    with pytest.raises(Invalid):
        reception.register(replace(bad, channel=3), actor=world.actor("minh"), at=AT, parcel_no="EB1VN")
    assert not Dossier.objects.exists()


@pytest.mark.django_db
def test_the_database_itself_knows_no_agent_without_authority(world: World) -> None:
    dossier = reception.take_in(world.intake(submitter=AGENT), actor=world.actor("minh"), at=AT)
    for wrong in ({"submitter_authority_no": ""}, {"submitter_role": "owner"}, {"submitter_name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(**wrong)


@pytest.mark.django_db
def test_submit_for_a_parent_from_one_s_own_account(world: World) -> None:
    owner = Owner(LAN, id_no=LAN_NO, account_id=world.cast.bay.pk)
    intake = world.intake(channel=2, owner=owner)
    with pytest.raises(Invalid) as error:
        submission.submit(intake, actor=world.actor("bay"), at=AT)
    assert "submitter_role" in error.value.fields
    dossier = submission.submit(replace(intake, submitter=CHILD), actor=world.actor("bay"), at=AT)
    assert (reread(dossier).owner_name, dossier.submitter.relation) == (LAN, "con")
    with pytest.raises(Invalid) as error:
        submission.submit(replace(intake, submitter=CHILD, return_way="online"), actor=world.actor("bay"), at=AT)
    assert "return_way" in error.value.fields
    assert submission.submit(replace(intake, submitter=AGENT, return_way="online"), actor=world.actor("bay"), at=AT)


def ready(world: World, told: Submitter) -> Dossier:
    """Its result waits at the counter, and this person brought it."""
    dossier = finished(world)
    facts = {f"submitter_{name}": getattr(told, name) for name in ("role", "name", "id_no", "relation", "authority_no")}
    Dossier.objects.filter(pk=dossier.pk).update(**facts)
    return reread(dossier)


def collect(world: World, dossier: Dossier, *args: str) -> Dossier:
    name, id_no, authorisation = (*args, "", "", "")[:3]
    return handover.hand_over(
        dossier.pk,
        way="counter",
        taken_by=name,
        taken_by_id_no=id_no,
        authorisation=authorisation,
        actor=world.actor("minh"),
        at=moment("2021-11-04 08:00"),
    )


@pytest.mark.django_db
def test_the_agent_whom_the_dossier_names_collects_by_the_same_number(world: World) -> None:
    dossier = ready(world, AGENT)
    for number in ("", "000150000008"):
        with pytest.raises(Invalid) as error:
            collect(world, dossier, AGENT.name, number)
        assert set(error.value.fields) == {"taken_by_id_no"}
    collect(world, dossier, AGENT.name, BAY_NO)
    taken = reread(dossier).handovers.get()
    assert (taken.taken_by, taken.taken_by_id_no, taken.authorisation) == (AGENT.name, BAY_NO, "UQ 12/2021")
    assert reread(dossier).events.latest("seq").data["taken_as"] == "agent"


@pytest.mark.django_db
@pytest.mark.parametrize("told", [CHILD, HELPER])
def test_whoever_only_brought_it_or_helped_needs_an_authority_to_collect(world: World, told: Submitter) -> None:
    dossier = ready(world, told)
    with pytest.raises(Invalid) as error:
        collect(world, dossier, told.name, BAY_NO)
    assert set(error.value.fields) == {"authorisation"}
    collect(world, dossier, told.name, BAY_NO, "UQ 13/2021")
    assert reread(dossier).events.latest("seq").data["taken_as"] == "new_agent"


@pytest.mark.django_db
def test_somebody_of_the_owner_s_name_with_another_number_is_not_the_owner(world: World) -> None:
    dossier = ready(world, ALONE)
    with pytest.raises(Invalid) as error:
        collect(world, dossier, LAN, BAY_NO)
    assert set(error.value.fields) == {"taken_by_id_no"}
    collect(world, dossier, LAN, "000 190 000 001")
    assert reread(dossier).events.latest("seq").data["taken_as"] == "owner"


@pytest.mark.django_db
def test_online_a_result_goes_to_the_owner_or_who_stands_for_them(world: World) -> None:
    dossier = ready(world, CHILD)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.bay)
    with pytest.raises(Invalid) as error:
        handover.hand_over(dossier.pk, way="online", actor=world.actor("minh"), at=moment("2021-11-04 08:00"))
    assert "way" in error.value.fields
    dossier = ready(world, AGENT)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.bay)
    handover.hand_over(dossier.pk, way="online", actor=world.actor("minh"), at=moment("2021-11-04 08:00"))


@pytest.mark.django_db
def test_an_officer_has_no_hand_where_they_brought_it(world: World) -> None:
    Account.objects.filter(pk=world.cast.minh.pk).update(personal_id=BAY_NO)
    with pytest.raises(Forbidden, match="của bạn hoặc của người thân"):
        reception.take_in(world.intake(submitter=AGENT), actor=world.actor("minh"), at=AT)


@pytest.mark.django_db
def test_a_third_unit_is_named_as_having_helped(world: World) -> None:
    helped = world.cast.commune
    dossier = reception.take_in(world.intake(support_office_id=helped.pk), actor=world.actor("minh"), at=AT)
    assert reread(dossier).support_office == helped
    # It neither receives nor decides: nobody there sees the dossier by that.
    assert not Dossier.objects.visible_to(world.actor("hanh")).filter(pk=dossier.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["trung-tam-phuc-vu-hanh-chinh-cong-tinh", "so-tu-phap", ""])
def test_support_is_a_one_stop_unit_in_force_and_a_third_place(world: World, key: str) -> None:
    """Neither the unit that receives, nor a department, nor a unit that is closed by then."""
    named = office(key) if key else world.cast.commune
    if not key:
        type(named).objects.filter(pk=named.pk).update(valid_to=ON)
    with pytest.raises(Invalid) as error:
        reception.take_in(world.intake(support_office_id=named.pk), actor=world.actor("minh"), at=AT)
    assert set(error.value.fields) == {"support_office"}


@pytest.mark.django_db
def test_redirect_to_the_unit_that_helped_names_no_place_twice(world: World) -> None:
    helped = world.cast.commune
    dossier = submission.submit(world.online(support_office_id=helped.pk), actor=world.actor("lan"), at=AT)
    moved = reception.redirect(
        dossier.pk, to_office_id=helped.pk, reason="Đúng nơi", actor=world.actor("minh"), at=moment("2021-11-01 09:00")
    )
    assert (moved.receiving_office_id, reread(moved).support_office_id) == (helped.pk, None)
