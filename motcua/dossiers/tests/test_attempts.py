"""The applicant tried while a system was out of order: it is noted, and their last day moves. Law: BLDS-2015 156"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.calendar.store import calendar_for, current_edition
from motcua.dossiers.acts import ending, outage, reception, supplement
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, Outage
from motcua.dossiers.outages import decide, record
from motcua.dossiers.pauses import last_day_after_outage
from motcua.dossiers.states import Act
from motcua.dossiers.tests.lives import assigned, submitted
from motcua.files.store import store
from motcua.law.tests.settling import QUANG, YEN, settle_value
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
ITEMS = [{"name": "Bản sao căn cước công dân", "why": "mờ"}]
EVIDENCE = "Ảnh màn hình lỗi 503"
NOW = moment("2021-09-13 10:00")


def broken(began: str, ended: str, *, yes: bool | None = True) -> Outage:
    made = record(began_at=moment(began), ended_at=moment(ended), what="Hỏng", document="BB 3", by=YEN, at=NOW)
    return made if yes is None else decide(made.pk, approved=yes, by=QUANG, at=NOW, note="Không phải")


def waited_for(world: World) -> Dossier:
    """Asked on Wednesday 1 September 2021, waited for until Friday the 10th."""
    settle_value("r1_2018", "supplement_wait_days", 5, on=date(2021, 8, 31))
    dossier = assigned(world, "2021-08-31 16:10", "2021-09-01 07:30")
    hoa = world.actor("hoa")
    supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Mờ", actor=hoa, at=moment("2021-09-01 09:00"))
    return reread(dossier)


def note(world: World, dossier: Dossier, tried: str = "2021-09-10 15:00", name: str = "minh", **more: Any) -> Dossier:
    facts = {"tried_at": moment(tried), "evidence": EVIDENCE, "at": NOW, **more}
    return outage.note_attempt(dossier.pk, actor=world.actor(name), **facts)


def last_day(dossier: Dossier) -> date | None:
    return dossier.supplement_requests.get().last_day


def test_tried_on_the_last_day_in_vain_there_is_a_whole_day_more(world: World) -> None:
    dossier = waited_for(world)
    broken("2021-09-10 14:00", "2021-09-10 18:00")
    note(world, dossier)
    # Friday was the last day: Monday the 13th is.
    assert last_day(dossier) == date(2021, 9, 13)
    event = reread(dossier).events.latest("seq")
    assert (event.act, event.to_state, event.data["evidence"]) == (Act.NOTE_ATTEMPT, "supplement", EVIDENCE)
    assert (event.data["last_day_before"], event.data["last_day"]) == ("2021-09-10", "2021-09-13")
    with pytest.raises(Refused, match="13/09/2021"):
        ending.end_unanswered(dossier.pk, reason="x", basis="y", actor=world.actor("thanh"), at=NOW)


def test_the_promise_of_the_office_stays(world: World) -> None:
    dossier = waited_for(world)
    before = dossier.due_at
    broken("2021-09-10 14:00", "2021-09-10 18:00")
    assert note(world, dossier).due_at == before


@pytest.mark.parametrize(
    ("began", "ended", "moved"),
    [
        ("2021-09-06 10:00", "2021-09-06 11:00", "2021-09-10"),
        ("2021-09-06 10:00", "2021-09-08 11:00", "2021-09-14"),
        ("2021-09-10 10:00", "2021-09-13 11:00", "2021-09-14"),
        ("2021-09-11 10:00", "2021-09-13 11:00", "2021-09-10"),
    ],
)
def test_how_far_the_last_day_moves(began: str, ended: str, moved: str) -> None:
    """Friday 10 September, as a limit that is paused from the beginning to the end; never without a whole day after it."""
    calendar = calendar_for(current_edition())
    found = last_day_after_outage(date(2021, 9, 10), moment(began), moment(ended), calendar)
    assert found == date.fromisoformat(moved)


def test_once_for_each_outage(world: World) -> None:
    dossier = waited_for(world)
    broken("2021-09-10 14:00", "2021-09-10 18:00")
    note(world, dossier)
    with pytest.raises(Refused) as error:
        note(world, dossier, "2021-09-10 16:00")
    assert error.value.code == "attempt_noted"


def test_where_outages_are_charged_it_is_noted_and_moves_nothing(world: World) -> None:
    settle_value("r1_2018", "outage_charged_to_applicant", True, on=date(2021, 8, 31))
    dossier = waited_for(world)
    broken("2021-09-10 14:00", "2021-09-10 18:00")
    note(world, dossier)
    assert last_day(dossier) == date(2021, 9, 10)
    assert reread(dossier).events.latest("seq").act == Act.NOTE_ATTEMPT


def test_tried_after_the_last_day_it_moves_nothing(world: World) -> None:
    dossier = waited_for(world)
    broken("2021-09-11 14:00", "2021-09-11 18:00")
    note(world, dossier, "2021-09-11 15:00")
    assert last_day(dossier) == date(2021, 9, 10)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"tried_at": moment("2021-09-10 18:00")}, "tried_at"),
        ({"tried_at": moment("2021-09-14 15:00")}, "tried_at"),
        ({"tried_at": moment("2021-07-10 15:00")}, "tried_at"),
        ({"evidence": "  "}, "evidence"),
        ({"evidence": "x" * 2001}, "evidence"),
    ],
)
def test_what_is_wrong_has_its_sentence_and_nothing_moves(world: World, more: dict[str, Any], field: str) -> None:
    dossier = waited_for(world)
    broken("2021-09-10 14:00", "2021-09-10 18:00")
    with pytest.raises(Invalid) as error:
        note(world, dossier, **more)
    assert set(error.value.fields) == {field}
    assert last_day(dossier) == date(2021, 9, 10)


@pytest.mark.parametrize("yes", [None, False])
def test_only_an_outage_that_a_second_person_approved_counts(world: World, yes: bool | None) -> None:
    dossier = waited_for(world)
    broken("2021-09-10 14:00", "2021-09-10 18:00", yes=yes)
    assert Act.NOTE_ATTEMPT not in acts_open_to(dossier, world.actor("minh"), NOW)
    with pytest.raises(Refused):
        note(world, dossier)


def test_the_unit_and_the_owner_note_it_and_nobody_else(world: World) -> None:
    dossier = waited_for(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    broken("2021-09-10 14:00", "2021-09-10 18:00")
    for name in ("hoa", "thanh"):
        with pytest.raises(Forbidden):
            note(world, dossier, name=name)
    note(world, dossier, name="lan")


def test_what_was_tried_before_it_came_in_is_kept_with_its_file(world: World) -> None:
    dossier = submitted(world, "2021-09-13 08:00")
    broken("2021-09-10 14:00", "2021-09-10 18:00")
    file = store("loi.pdf", [b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"], NOW, world.cast.lan.pk)
    note(world, dossier, name="lan", file_id=file.pk)
    assert reread(dossier).state == "submitted"
    assert dossier.papers.latest("id").file == file
    reception.accept(dossier.pk, actor=world.actor("minh"), at=moment("2021-09-13 11:00"))
