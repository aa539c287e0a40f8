"""An administrator decides by the paper who represents an organisation, and never in an own matter."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.offices.actors import actor_of
from motcua.offices.deciding_organisations import decide_organisation, end_representation, representatives
from motcua.people.capacities import open_to
from motcua.people.mandate_rows import Organisation, OrganisationRequest
from motcua.people.models import Account
from motcua.people.relatives import declare
from motcua.people.tests.made import member, organisation, organisation_request
from tests.cast import Cast
from tests.world import moment

pytestmark = pytest.mark.django_db
WHEN = "2021-11-01 08:00"
NOW = moment(WHEN)


def decide(
    cast: Cast, request: OrganisationRequest, *, granted: bool, who: str = "yen", answer: str = "Đã đối chiếu"
) -> None:
    actor = cast.actor(who)
    decide_organisation(request.pk, is_granted=granted, answer=answer, actor=actor, at=NOW)


def test_granted_it_is_registered_and_the_person_represents_it(cast: Cast) -> None:
    decide(cast, organisation_request(cast, WHEN), granted=True)
    made = Organisation.objects.get()
    assert (made.proof, made.registered_by, made.number) == ("paper", cast.company, "0100109107")
    (one,) = open_to(cast.company.pk, NOW)
    assert (one.represents, one.paper) == (True, "GCN ĐKDN 7")
    assert cast.company.mandates_held.get().named_by == cast.yen


def test_refused_nothing_is_registered_and_the_answer_stays(cast: Cast) -> None:
    request = organisation_request(cast, WHEN)
    decide(cast, request, granted=False, answer="Giấy không còn hiệu lực")
    request.refresh_from_db()
    assert (request.is_granted, request.answer) == (False, "Giấy không còn hiệu lực")
    assert not Organisation.objects.exists()
    with pytest.raises(Refused):
        decide(cast, request, granted=True)


def test_an_answer_is_needed(cast: Cast) -> None:
    with pytest.raises(Invalid):
        decide(cast, organisation_request(cast, WHEN), granted=True, answer=" ")


@pytest.mark.parametrize("who", ["minh", "quang", "lan", "company"])
def test_for_everybody_else_it_does_not_exist(cast: Cast, who: str) -> None:
    with pytest.raises(NotThere):
        decide(cast, organisation_request(cast, WHEN), granted=True, who=who)
    assert not representatives(cast.actor(who)).exists()


def test_not_for_oneself_and_not_for_a_relative_s_organisation(cast: Cast) -> None:
    request = organisation_request(cast, WHEN)
    declare(cast.yen, full_name="Công ty của chồng", relation="chồng", id_no=request.number, at=NOW)
    with pytest.raises(Forbidden):
        decide(cast, request, granted=True)


def test_a_representation_ends_by_a_paper_and_the_members_stay(cast: Cast) -> None:
    made = organisation(cast, WHEN)
    member(made, cast.lan, cast.bay, WHEN)
    one = cast.bay.mandates_held.get()
    with pytest.raises(NotThere):
        end_representation(one.pk, why="Bãi nhiệm", actor=cast.actor("quang"), at=NOW)
    end_representation(one.pk, why="Bãi nhiệm, QĐ 5", actor=cast.actor("yen"), at=NOW)
    assert open_to(cast.bay.pk, NOW) == ()
    assert len(open_to(cast.lan.pk, NOW)) == 1


def test_an_officer_has_no_hand_in_the_dossiers_of_whom_they_act_for(cast: Cast) -> None:
    """Its number counts as their own, to the end of the day on which it ends."""
    made = organisation(cast, WHEN)
    member(made, cast.hoa, cast.bay, WHEN)
    assert made.number in cast.actor("hoa", NOW.date()).kin
    assert made.number not in cast.actor("thanh", NOW.date()).kin
    assert made.number not in actor_of(Account.objects.get(pk=cast.hoa.pk), date(2023, 10, 31)).kin
