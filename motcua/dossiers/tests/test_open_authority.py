"""Where the catalogue doesn't say who decides, a citizen is not sent away: the accepting officer names the authority.

Law: ND61-2018 17
"""

import pytest
from django.db import IntegrityError, transaction

from motcua.base.errors import Invalid
from motcua.catalogue.models import Procedure, ProcedureCase
from motcua.catalogue.offers import forget_offers
from motcua.catalogue.pending import decide_competent
from motcua.dossiers.acts import reception
from motcua.dossiers.acts.submission import submit
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.states import State
from motcua.offices.models import Office
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
NINE, TEN = moment("2021-11-01 09:00"), moment("2021-11-01 10:00")


@pytest.fixture
def unnamed(world: World) -> ProcedureCase:
    """The passport, whose authority nobody has named."""
    Procedure.objects.filter(code="9.000001").update(competent_key=None)
    forget_offers()
    return world.passport


def handed_in(world: World) -> Dossier:
    return submit(world.online(), actor=world.actor("lan"), at=NINE)


def test_a_citizen_hands_in_though_nobody_is_named(world: World, unnamed: ProcedureCase) -> None:
    dossier = reread(handed_in(world))
    assert (dossier.state, dossier.authority_open) == (State.SUBMITTED, True)
    # The receiving unit stands in, and its hours to answer run.
    assert dossier.competent_office_id == dossier.receiving_office_id == world.cast.center.pk
    assert dossier.answer_due_at is not None
    assert Event.objects.get(dossier=dossier).data["authority"] == "open"


def test_accepting_asks_for_the_authority_and_the_event_keeps_it(world: World, unnamed: ProcedureCase) -> None:
    dossier = handed_in(world)
    with pytest.raises(Invalid) as error:
        reception.accept(dossier.pk, actor=world.actor("minh"), at=TEN)
    assert error.value.code == "competent_office_needed"
    assert reread(dossier).state == State.SUBMITTED
    justice = world.cast.justice
    reception.accept(dossier.pk, competent_office_id=justice.pk, actor=world.actor("minh"), at=TEN)
    after = reread(dossier)
    assert (after.state, after.competent_office_id, after.authority_open) == (State.ACCEPTED, justice.pk, False)
    event = Event.objects.get(dossier=dossier, act="accept")
    assert (event.data["competent_office"], event.data["authority"]) == (justice.pk, "officer")
    assert event.actor_id == world.cast.minh.pk


def test_an_office_that_decides_nothing_here_is_refused(world: World, unnamed: ProcedureCase) -> None:
    dossier = handed_in(world)
    elsewhere = Office.objects.filter(kind=Office.Kind.COMMUNE_UNIT).first()
    assert elsewhere is not None
    with pytest.raises(Invalid) as error:
        reception.accept(dossier.pk, competent_office_id=elsewhere.pk, actor=world.actor("minh"), at=TEN)
    assert error.value.code == "competent_office_wrong"
    with pytest.raises(Invalid):
        intake = world.intake(competent_office_id=elsewhere.pk)
        reception.take_in(intake, actor=world.actor("minh"), at=TEN)


def test_whom_the_catalogue_names_meanwhile_counts_before_the_officers_word(
    world: World, unnamed: ProcedureCase
) -> None:
    dossier = handed_in(world)
    decide_competent("9.000001", "so-tu-phap", world.cast.minh)
    forget_offers()
    reception.accept(dossier.pk, competent_office_id=world.cast.center.pk, actor=world.actor("minh"), at=TEN)
    assert reread(dossier).competent_office_id == world.cast.justice.pk
    assert Event.objects.get(dossier=dossier, act="accept").data["authority"] == "catalogue"


def test_where_the_catalogue_names_it_nobody_is_asked(world: World) -> None:
    dossier = handed_in(world)
    assert not reread(dossier).authority_open
    reception.accept(dossier.pk, competent_office_id=world.cast.center.pk, actor=world.actor("minh"), at=TEN)
    assert reread(dossier).competent_office_id == world.cast.justice.pk


def test_the_officer_at_the_counter_still_names_it_at_once(world: World, unnamed: ProcedureCase) -> None:
    with pytest.raises(Invalid) as error:
        reception.take_in(world.intake(), actor=world.actor("minh"), at=NINE)
    assert error.value.code == "competent_office_needed"
    intake = world.intake(competent_office_id=world.cast.justice.pk)
    assert reception.take_in(intake, actor=world.actor("minh"), at=NINE).competent_office_id == world.cast.justice.pk


def test_the_database_takes_no_accepted_dossier_without_authority(world: World, unnamed: ProcedureCase) -> None:
    dossier = handed_in(world)
    reception.accept(dossier.pk, competent_office_id=world.cast.justice.pk, actor=world.actor("minh"), at=TEN)
    with pytest.raises(IntegrityError, match="authority_named_at_acceptance"), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(authority_open=True)
