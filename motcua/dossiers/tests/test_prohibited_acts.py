"""What nobody may do in handling a dossier, and the control that keeps them from it, row by row.

Harassment has its petitions and unfair rating its verified ratings in rooms of their own. Law: ND61-2018 5
"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import decision, ending, handover, processing, reception, submission, supplement
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.journal import event_hash
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.permissions import may_see_contacts
from motcua.dossiers.states import TRANSITIONS, Act
from motcua.dossiers.tests.lives import accepted, assigned, decided, handled, submitted
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
AT = moment("2021-11-02 09:00")
LATER = moment("2021-11-03 09:00")
AFTER = moment("2021-11-04 09:00")


def test_the_choice_of_channel_is_not_hindered(world: World) -> None:
    """Control: the channels are those of the procedure, each taken as it is said; none stands in by default."""
    minh = world.actor("minh")
    in_person = reception.take_in(world.intake(channel=1), actor=minh, at=AT)
    online = submission.submit(world.online(), actor=world.actor("lan"), at=AT)
    by_post = reception.register(world.intake(channel=3), actor=minh, at=AT, parcel_no="EA123456789VN")
    assert [reread(one).channel for one in (in_person, online, by_post)] == [1, 2, 3]
    with pytest.raises(TypeError):
        world.intake().__class__(case_id=1, receiving_office_id=1, owner=world.intake().owner)  # type: ignore[call-arg]
    with pytest.raises(Invalid) as refused:
        reception.take_in(world.intake(channel=7), actor=world.actor("minh"), at=AT)
    assert "channel" in refused.value.fields


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_event SET at = at - interval '1 day'",
        "DELETE FROM dossiers_event",
        "DELETE FROM dossiers_stay",
    ],
)
def test_data_are_not_altered_or_deleted(world: World, statement: str) -> None:
    """Control: the journal is append-only in the database itself."""
    handled(world)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_data_are_not_forged(world: World) -> None:
    """Control: each event's hash covers it and the one before, and all are sealed; whoever bends one breaks the chain."""
    dossier = handled(world)
    events = list(dossier.events.order_by("seq"))
    assert [bytes(event.previous_hash) for event in events[1:]] == [bytes(event.hash) for event in events[:-1]]
    for event in events:
        assert event_hash(dossier.submission_no, event) == bytes(event.hash)
        event.reason += " khác"
        assert event_hash(dossier.submission_no, event) != bytes(event.hash)


def test_personal_data_are_not_disclosed(world: World) -> None:
    """Control: outsiders and administrators see no dossier, and those above it say why (`readings`)."""
    dossier = handled(world)
    for name in ("khang", "yen", "hien", "bay", "nobody"):
        assert not Dossier.objects.visible_to(world.actor(name)).filter(pk=dossier.pk).exists(), name


def test_nothing_is_demanded_beyond_the_list(world: World) -> None:
    """Control: what is handed in belongs to the procedure's components; another procedure's paper is not taken for one."""
    foreign = world.commune.components.first()
    assert foreign is not None
    with pytest.raises(Invalid, match="thiếu hoặc chưa đúng"):
        submission.submit(world.online(papers=[Paper(foreign.pk)]), actor=world.actor("lan"), at=AT)


def test_nothing_is_demanded_more_than_once(world: World) -> None:
    """Control: a counter on the dossier, asked by the guard."""
    dossier, items = handled(world), [{"name": "Bản sao", "why": "mờ"}]
    hoa, minh = world.actor("hoa"), world.actor("minh")
    supplement.ask_supplement(dossier.pk, items=items, reason="Mờ", actor=hoa, at=AT)
    supplement.receive_supplement(dossier.pk, papers=[], actor=minh, at=AT)
    with pytest.raises(Refused, match="Chỉ được yêu cầu bổ sung"):
        supplement.ask_supplement(dossier.pk, items=items, reason="Mờ", actor=hoa, at=LATER)


def test_nothing_is_refused_prolonged_or_stopped_without_a_reason(world: World) -> None:
    """Control: acts that turn a dossier away or hold it up need a reason; the frame refuses them without."""
    needing = {act for act, row in TRANSITIONS.items() if row.needs_reason}
    assert needing >= {
        Act.ASK_AT_INTAKE, Act.REFUSE_INTAKE, Act.REDIRECT, Act.SEND_BACK, Act.ASK_SUPPLEMENT, Act.EXTEND,
        Act.REFUSE_RESULT, Act.WITHDRAW, Act.STOP, Act.RESTRICT,
    }  # fmt: skip
    new, taken = submitted(world), handled(world)
    before = Event.objects.count()
    for refused in (
        lambda: reception.refuse_intake(new.pk, reason=" ", basis="Điều 17", actor=world.actor("minh"), at=AT),
        lambda: processing.send_back(taken.pk, reason="", actor=world.actor("hoa"), at=AT),
        lambda: ending.stop(taken.pk, reason="", basis="Điều 19", actor=world.actor("thanh"), at=AT),
    ):
        with pytest.raises(Invalid):
            refused()
    assert Event.objects.count() == before


def test_the_applicant_is_not_dealt_with_outside_the_unit(world: World) -> None:
    """Control: contact facts are for the unit alone, and only the unit takes in, receives and hands over."""
    dossier = handled(world)
    for name in ("hoa", "thanh", "tuan", "nga", "quang"):
        assert not may_see_contacts(world.actor(name), dossier), name
    assert may_see_contacts(world.actor("minh"), dossier)
    done = decided(world)
    decision.finish(done.pk, number="1", actor=world.actor("nga"), at=AFTER)
    for name in ("hoa", "tuan", "nga"):
        with pytest.raises(Forbidden):
            handover.hand_over(done.pk, way="counter", taken_by="Lan", actor=world.actor(name), at=AFTER)
        with pytest.raises(Forbidden):
            reception.take_in(world.intake(), actor=world.actor(name), at=LATER)


def test_responsibility_is_not_pushed_around(world: World) -> None:
    """Control: the catalogue names the authority, and a dossier is never where nobody answers for it."""
    chosen = world.intake(competent_office_id=world.cast.industry.pk)
    taken = reception.take_in(chosen, actor=world.actor("minh"), at=AT)
    assert reread(taken).competent_office_id == world.cast.justice.pk
    waiting = assigned(world)
    assert Dossier.objects.inbox_of(world.actor("thanh")).filter(pk=waiting.pk).exists()
    with pytest.raises(Invalid, match="không làm việc tại nơi nhận"):
        processing.forward(waiting.pk, to_account_id=world.cast.khang.pk, actor=world.actor("thanh"), at=AT)


def test_a_false_matter_of_one_s_own_has_no_way_through(world: World) -> None:
    """Control: an officer has no hand in a dossier of their own or of declared relatives (see test_permissions)."""
    dossier = accepted(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.minh)
    with pytest.raises(Forbidden, match="của bạn hoặc của người thân"):
        processing.forward(dossier.pk, actor=world.actor("minh"), at=AT)
