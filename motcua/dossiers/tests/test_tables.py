"""The tables of states and rights are whole, and visibility is one rule in two languages."""

from pathlib import Path

import pytest

from motcua.dossiers import acts
from motcua.dossiers.guards import GUARDS
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import RIGHTS, RIGHTS_AFTER_THE_END
from motcua.dossiers.states import CLOSED, IN_HAND, NATIONAL_CODE, RESOLVED, TRANSITIONS, Act, State
from motcua.dossiers.tests.lives import accepted, assigned, finished, handled, submitted
from motcua.dossiers.visibility import may_see
from tests.world import World, moment

EVERYBODY = ("lan", "bay", "minh", "dung", "hoa", "tuan", "quang", "yen", "khang", "hien", "hanh", "nobody")


def test_every_act_has_one_row_a_right_and_a_test() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    code = "".join(path.read_text() for path in Path(acts.__file__).parent.glob("*.py"))
    for act in Act:
        assert TRANSITIONS[act].act is act
        assert RIGHTS.get(act) or RIGHTS_AFTER_THE_END[act]
        assert f"def {act.value}(" in code
        assert f".{act.value}(" in tests or f"{act.value}(world" in tests


def test_every_state_can_be_reached_and_only_closed_ones_have_no_way_out() -> None:
    reached = {target for row in TRANSITIONS.values() for target in row.targets}
    # Acts that move money leave the dossier where it is; an error of the offices brings back what was handed over.
    errors = (Act.CORRECT_RESULT, Act.REOPEN)
    rows = [row for row in TRANSITIONS.values() if row.sources != row.targets and row.act not in errors]
    left = {source for row in rows for source in row.sources}
    assert reached == set(State)
    assert set(State) - left == set(CLOSED)
    assert set(NATIONAL_CODE) == set(State)
    assert not set(IN_HAND) & set(RESOLVED)
    assert set(GUARDS) <= set(Act)


@pytest.mark.django_db
def test_what_a_person_sees_in_a_list_is_what_they_may_open(world: World) -> None:
    for dossier in (submitted(world), accepted(world), handled(world), finished(world)):
        for name in EVERYBODY:
            actor = world.actor(name)
            listed = Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists()
            assert listed == may_see(actor, Dossier.objects.get(pk=dossier.pk)), name


@pytest.mark.django_db
def test_outsiders_and_administrators_see_no_dossier(world: World) -> None:
    handled(world)
    for name in ("khang", "bay", "yen", "hien", "hanh", "nobody"):
        assert not Dossier.objects.visible_to(world.actor(name)).exists(), name
    assert Dossier.objects.visible_to(world.actor("quang")).count() == 1


@pytest.mark.django_db
def test_an_inbox_has_what_waits_for_one_s_own_step(world: World) -> None:
    dossier = assigned(world)  # at the head's step, in nobody's hand
    waiting = {name for name in EVERYBODY if Dossier.objects.inbox_of(world.actor(name)).exists()}
    assert waiting == set()
    assert Dossier.objects.inbox_of(world.actor("thanh")).get() == dossier
    handled(world)
    assert Dossier.objects.inbox_of(world.actor("hoa")).count() == 1
    finished(world)
    assert Dossier.objects.inbox_of(world.actor("minh")).count() == 1


@pytest.mark.django_db
def test_buttons_come_from_the_tables(world: World) -> None:
    dossier = submitted(world)
    at = moment("2021-11-01 09:00")
    assert set(acts_open_to(dossier, world.actor("minh"), at)) == {
        Act.ACCEPT,
        Act.ASK_AT_INTAKE,
        Act.REFUSE_INTAKE,
        Act.REDIRECT,
        Act.WITHDRAW,
    }
    assert acts_open_to(dossier, world.actor("lan"), at) == [Act.WITHDRAW]
    assert acts_open_to(dossier, world.actor("khang"), at) == []
