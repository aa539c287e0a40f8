"""The demo's dossiers: something for every page, and never twice."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.offices.demo import make_synthetic_officers
from motcua.replays.demo import load_demo_dossiers
from tests.world import World, moment


@pytest.mark.django_db
def test_the_demo_has_work_in_every_state_and_is_made_once(world: World) -> None:
    at = moment("2026-11-22 09:00")  # a Sunday
    make_synthetic_officers(at)
    assert load_demo_dossiers(at) == 63
    states = set(Dossier.objects.values_list("state", flat=True))
    assert {State.SUBMITTED, State.ACCEPTED, State.PROCESSING, State.SUPPLEMENT, State.RETURNED} <= states
    assert Dossier.objects.overdue(at).exists()
    assert not Dossier.objects.filter(last_event_at__gt=at).exists()
    assert load_demo_dossiers(at) == 0
