"""A turn in the hall is rated once, by whoever has its key, when it is over."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.petitions.models import Petition
from motcua.ratings.casting import Opinion, cast_for_ticket, vote_hash
from motcua.ratings.kinds import Level, Place
from motcua.ratings.models import Vote, VoteChain
from motcua.ratings.turns import votes_on_turns
from motcua.tickets import calling
from motcua.tickets.seats import sit
from motcua.tickets.tests.halls import hall
from tests.world import World, moment

pytestmark = pytest.mark.django_db
EIGHT, NINE = moment("2021-11-01 08:00"), moment("2021-11-01 09:00")


def test_once_after_the_service_and_a_bad_one_gets_a_case(world: World) -> None:
    centre, minh = hall(world.cast), world.actor("minh")
    ticket = centre.draw(EIGHT)
    bad = Opinion("not_satisfied", ("attitude",), "Chờ lâu")
    with pytest.raises(Refused, match="phục vụ xong"):
        cast_for_ticket(ticket.key, place=Place.HOME, opinion=bad, at=EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    calling.call_next(actor=minh, at=EIGHT)
    calling.start(ticket.pk, actor=minh, at=EIGHT)
    calling.finish(ticket.pk, actor=minh, at=NINE)
    with pytest.raises(NotThere):
        cast_for_ticket("ABCDEFGHJK", place=Place.HOME, opinion=bad, at=NINE)
    with pytest.raises(Invalid):
        cast_for_ticket(ticket.key, place=Place.HOME, opinion=Opinion("so so"), at=NINE)
    vote = cast_for_ticket(ticket.key, place=Place.HOME, opinion=bad, at=NINE)
    assert (vote.dossier_id, vote.ticket_id, vote.serial) == (None, ticket.pk, VoteChain.objects.get().last_serial)
    with pytest.raises(Refused, match="đã được đánh giá"):
        cast_for_ticket(ticket.key, place=Place.KIOSK, opinion=Opinion("satisfied"), at=NINE)
    assert votes_on_turns(centre.office.pk, EIGHT, NINE) == {"very_satisfied": 0, "satisfied": 0, "not_satisfied": 0}
    assert votes_on_turns(centre.office.pk, NINE, moment("2021-11-02 00:00"))[Level.NOT_SATISFIED] == 1
    case = Petition.objects.get()
    assert (case.owner_office_id, case.person_name) == (centre.office.pk, "Người giữ số A001 ngày 01/11/2021")
    assert case.concerned == [world.cast.minh.pk], "whoever served neither sees nor answers it"


def test_the_hash_says_which_ticket(world: World) -> None:
    test_once_after_the_service_and_a_bad_one_gets_a_case(world)
    vote = Vote.objects.get()
    before = vote_hash(vote)
    vote.ticket_id = (vote.ticket_id or 0) + 1
    assert vote_hash(vote) != before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ratings_vote WHERE dossier_id IS NULL AND ticket_id IS NULL")
        assert cursor.fetchone() == (0,)
