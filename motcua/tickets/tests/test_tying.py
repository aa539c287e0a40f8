"""A dossier belongs to the number that was served when it came in."""

from __future__ import annotations

import pytest

from motcua.base.errors import NotThere, Refused
from motcua.dossiers.acts import reception
from motcua.tickets import calling
from motcua.tickets.models import TicketDossier
from motcua.tickets.seats import sit
from motcua.tickets.tests.halls import hall
from motcua.tickets.tying import tie
from tests.world import World, moment

pytestmark = pytest.mark.django_db
EIGHT = moment("2021-11-01 08:00")


def test_only_by_whoever_serves_it_and_with_one_number(world: World) -> None:
    centre, minh, dung = hall(world.cast), world.actor("minh"), world.actor("dung")
    one, two = centre.draw(EIGHT), centre.draw(EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    dossier = reception.take_in(world.intake(), actor=minh, at=EIGHT)
    with pytest.raises(NotThere):
        tie(one.pk, dossier.pk, actor=minh, at=EIGHT)
    calling.call_next(actor=minh, at=EIGHT)
    calling.start(one.pk, actor=minh, at=EIGHT)
    for actor, when in ((dung, EIGHT), (minh, moment("2021-11-02 08:00"))):
        with pytest.raises(NotThere):
            tie(one.pk, dossier.pk, actor=actor, at=when)
    assert tie(one.pk, dossier.pk, actor=minh, at=EIGHT).pk == tie(one.pk, dossier.pk, actor=minh, at=EIGHT).pk
    calling.call_next(actor=minh, at=moment("2021-11-01 08:10"))
    with pytest.raises(Refused):
        tie(two.pk, dossier.pk, actor=minh, at=moment("2021-11-01 08:11"))
    assert list(TicketDossier.objects.values_list("ticket", "dossier")) == [(one.pk, dossier.pk)]
