"""Handing in online for somebody that can't do it alone. Law: ND61-2018 16; LBVDLCN-2025"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from motcua.base.errors import Forbidden, Invalid
from motcua.dossiers.acts import confidence, ending, reception, submission
from motcua.dossiers.acts.intake import Intake, Owner, Paper
from motcua.dossiers.assistance import CONSENT_PAPER, Help
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.kinds import ConsentWay
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import is_evident, may_see_contacts
from motcua.dossiers.routing import helping_units
from motcua.dossiers.states import Act
from motcua.dossiers.tests.helping import BAY, consent_file, helped, helped_intake, village_helper
from motcua.dossiers.visibility import may_see
from motcua.offices.actors import Actor, actor_of
from motcua.offices.models import Posting
from motcua.people.relatives import declare
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db

AT = "2021-11-01 08:00"


def refused(world: World, intake: Intake, name: str = "minh") -> set[str]:
    """The fields that an act names when it hands nothing in."""
    with pytest.raises(Invalid) as error:
        submission.submit(intake, actor=world.actor(name), at=moment(AT))
    assert not Dossier.objects.exists()
    return set(error.value.fields)


def changed(intake: Intake, **changes: Any) -> Intake:
    assert intake.help is not None
    return replace(intake, help=replace(intake.help, **changes))


def test_an_officer_hands_in_for_somebody_and_the_dossier_says_so(world: World) -> None:
    dossier = reread(helped(world))
    assert (dossier.owner_name, dossier.owner_account_id) == ("Nguyễn Văn Bảy", None)
    assert (dossier.helper_id, dossier.helper_office_id) == (world.cast.minh.pk, world.cast.center.pk)
    assert (dossier.submitter_role, dossier.submitter_name) == ("helper", world.cast.minh.full_name)
    event = dossier.events.get(act=Act.SUBMIT)
    paper = dossier.papers.get(name=CONSENT_PAPER)
    said = {"account": world.cast.minh.pk, "office": world.cast.center.pk, "way": "paper", "paper": paper.file_id}
    assert event.data["help"] == said
    assert event.actor_id == world.cast.minh.pk


def test_a_witness_stands_in_the_event_with_name_and_number(world: World) -> None:
    told = {"way": ConsentWay.WITNESS, "witness_name": " Trần Văn  Tám ", "witness_id_no": "0000 9000 0077"}
    dossier = helped(world, **told)
    event = dossier.events.get(act=Act.SUBMIT)
    assert event.data["help"]["witness"] == "Trần Văn Tám"
    assert event.data["help"]["witness_id_no"] == "000090000077"
    assert "paper" not in event.data["help"]


def test_without_a_paper_or_a_witness_nothing_is_handed_in(world: World) -> None:
    intake = helped_intake(world)
    assert refused(world, changed(intake, paper_file_id=None)) == {"help_paper"}
    stranger = consent_file(world)
    assert refused(world, changed(intake, paper_file_id=stranger.pk)) == {"help_paper"}
    assert refused(world, changed(intake, read_aloud=False)) == {"read_aloud"}
    assert refused(world, changed(intake, way="sms")) == {"help_way"}
    by_witness = {"way": ConsentWay.WITNESS, "witness_name": "", "witness_id_no": ""}
    assert refused(world, changed(intake, **by_witness)) == {"help_witness_name", "help_witness_id_no"}


@pytest.mark.parametrize(
    ("name", "number"),
    [("Nguyễn Văn Bảy", "000090000077"), ("Trần Văn Tám", BAY)],
)
def test_the_owner_is_no_witness(world: World, name: str, number: str) -> None:
    told = {"way": ConsentWay.WITNESS, "witness_name": name, "witness_id_no": number}
    assert len(refused(world, changed(helped_intake(world), **told))) == 1


def test_the_helper_is_no_witness(world: World) -> None:
    told = {"way": ConsentWay.WITNESS, "witness_name": world.cast.minh.full_name, "witness_id_no": "000090000077"}
    assert refused(world, changed(helped_intake(world), **told)) == {"help_witness_id_no"}


def test_the_person_has_a_name_and_a_number_and_is_a_citizen(world: World) -> None:
    intake = helped_intake(world)
    assert refused(world, replace(intake, owner=replace(intake.owner, id_no=""))) == {"owner_id_no"}
    assert refused(world, replace(intake, owner=replace(intake.owner, kind=2))) == {"owner_kind"}
    assert refused(world, replace(intake, return_way="online")) == {"return_way"}
    assert refused(world, replace(intake, owner=replace(intake.owner, account_id=world.cast.lan.pk))) == {"channel"}


def test_nobody_helps_themselves_or_a_declared_relative(world: World) -> None:
    minh = world.cast.minh
    minh.personal_id = BAY
    minh.save(update_fields=["personal_id"])
    assert refused(world, helped_intake(world)) == {"owner_id_no"}
    minh.personal_id = ""
    minh.save(update_fields=["personal_id"])
    declare(minh, full_name="Nguyễn Văn Bảy", relation="bố", id_no=BAY, at=moment("2021-10-01 08:00"))
    with pytest.raises(Forbidden):
        submission.submit(helped_intake(world), actor=world.actor("minh"), at=moment(AT))


@pytest.mark.parametrize("name", ["lan", "hoa", "quang", "khang", "nobody"])
def test_who_helps_nowhere_hands_in_for_nobody(world: World, name: str) -> None:
    actor = world.actor(name)
    intake = changed(helped_intake(world), account_id=actor.account_id or 0)
    with pytest.raises(Forbidden):
        submission.submit(intake, actor=actor, at=moment(AT))
    assert helping_units(actor, date(2021, 11, 1)) == []


def test_nobody_helps_in_another_s_name_or_at_another_s_unit(world: World) -> None:
    with pytest.raises(Forbidden):
        submission.submit(helped_intake(world), actor=world.actor("dung"), at=moment(AT))
    elsewhere = changed(helped_intake(world), office_id=world.cast.commune.pk)
    with pytest.raises(Forbidden):
        submission.submit(elsewhere, actor=world.actor("minh"), at=moment(AT))


def test_a_helper_of_a_village_sees_what_they_handed_in_and_nothing_else(world: World) -> None:
    account = village_helper(world)
    tam = actor_of(account, date(2021, 11, 1))
    assert [unit.pk for unit in helping_units(tam, date(2021, 11, 1))] == [world.cast.commune.pk]
    theirs = helped(world, account=account, office=world.cast.commune)
    others, own = helped(world), submission.submit(world.online(), actor=world.actor("lan"), at=moment(AT))
    assert set(Dossier.objects.visible_to(tam)) == {theirs}
    assert [may_see(tam, one) for one in (theirs, others, own)] == [True, False, False]
    assert is_evident(tam, theirs)
    assert may_see_contacts(tam, theirs)
    # The unit where they help neither receives nor decides: it is the place of support.
    assert theirs.support_office_id == world.cast.commune.pk


def test_a_helper_whose_posting_ended_sees_nothing_more(world: World) -> None:
    account = village_helper(world)
    dossier = helped(world, account=account, office=world.cast.commune)
    Posting.objects.filter(account=account).update(valid_to=date(2021, 11, 2))
    tam = actor_of(account, date(2021, 11, 2))
    assert not may_see(tam, dossier)
    assert not Dossier.objects.visible_to(tam).exists()


def test_a_helper_does_not_see_what_was_made_confidential(world: World) -> None:
    account = village_helper(world)
    dossier = helped(world, account=account, office=world.cast.commune)
    tam = actor_of(account, date(2021, 11, 1))
    confidence.restrict(dossier.pk, reason="Riêng tư", actor=world.actor("dung"), at=moment("2021-11-01 09:00"))
    assert not may_see(tam, reread(dossier))
    assert not Dossier.objects.visible_to(tam).exists()


def test_a_helper_does_nothing_else_to_the_dossier(world: World) -> None:
    account = village_helper(world)
    dossier = helped(world, account=account, office=world.cast.commune)
    tam = actor_of(account, date(2021, 11, 1))
    with pytest.raises(Forbidden):
        reception.accept(dossier.pk, actor=tam, at=moment("2021-11-01 09:00"))
    with pytest.raises(Forbidden):
        ending.withdraw(dossier.pk, reason="Thôi", actor=tam, at=moment("2021-11-01 09:00"))
    assert acts_open_to(reread(dossier), tam, moment("2021-11-01 09:00")) == []
    assert reread(dossier).last_seq == 1


def test_the_unit_accepts_it_as_any_dossier_online(world: World) -> None:
    dossier = helped(world)
    reception.accept(dossier.pk, actor=world.actor("dung"), at=moment("2021-11-01 09:00"))
    assert reread(dossier).code is not None


def test_the_draft_of_a_helper_is_used_up_and_found_again(world: World) -> None:
    minh: Actor = world.actor("minh")
    draft = submission.save_draft(world.passport.pk, {}, actor=minh, at=moment(AT))
    dossier = submission.submit(helped_intake(world), actor=minh, at=moment(AT), draft_id=draft.pk)
    assert submission.handed_in_from(draft.pk, minh) == dossier.submission_no
    assert submission.handed_in_from(draft.pk, world.actor("dung")) is None


def test_the_database_wants_help_said_whole(world: World) -> None:
    dossier = helped(world)
    for words in ({"helper_office": None}, {"channel": 1}, {"owner_account": world.cast.lan.pk}):
        with pytest.raises(IntegrityError, match="help_is_said_whole"), transaction.atomic():
            Dossier.objects.filter(pk=dossier.pk).update(**words)


def test_a_namesake_may_help(world: World) -> None:
    """The helper is known by the account, so the same name says nothing."""
    intake = helped_intake(world)
    same = replace(intake, owner=Owner(world.cast.minh.full_name, id_no=BAY, phone="0912345678"))
    assert submission.submit(same, actor=world.actor("minh"), at=moment(AT)).helper_id == world.cast.minh.pk


def test_help_is_online_only(world: World) -> None:
    papers = [Paper(component.pk, originals=1) for component in world.passport.components.all()]
    told = Help(world.cast.minh.pk, "Minh", world.cast.center.pk, ConsentWay.WITNESS, None, "Tám", "000090000077", True)
    intake = world.intake(papers=papers, help=told)
    assert "channel" in refused(world, intake)
