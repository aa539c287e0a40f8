"""An error of the offices is corrected under four eyes, and nothing of what was is lost. Law: ND61-2018 21"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, MotcuaError, NotThere, Refused
from motcua.dossiers.acts import correction, decision, ending, handover, processing
from motcua.dossiers.acts.correction import Again, NewResult
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.kinds import Fault
from motcua.dossiers.models import Correction, Dossier, Event
from motcua.dossiers.permissions import has_signed
from motcua.dossiers.states import Act, State
from motcua.dossiers.tests.lives import at_approval, finished, handled
from motcua.dossiers.tests.wrongs import (
    APPROVED,
    GROUNDS,
    NEW,
    PROPOSED,
    corrected,
    proposed,
    redated,
    reopened,
    returned,
)  # fmt: skip
from motcua.files.store import store
from motcua.offices import granting
from motcua.people.models import Account
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
DAY = date(2021, 12, 6)


def approve(world: World, dossier: Dossier, by: str = "tuan", act: Any = correction.correct_result) -> Dossier:
    return act(dossier.pk, actor=world.actor(by, DAY), at=moment(APPROVED))


def test_a_proposal_changes_nothing_but_that_it_waits(world: World) -> None:
    dossier = returned(world)
    before = reread(dossier)
    proposal = proposed(world, dossier)
    after = reread(dossier)
    assert (after.state, after.due_at, after.result.number) == (before.state, before.due_at, "12/GP-STP")
    assert (after.correction_waits, proposal.number, proposal.proposed_by_id) == ("result", 1, world.cast.thanh.pk)


def test_correct_result_keeps_the_old_version_and_has_the_new_one_handed_over_again(world: World) -> None:
    dossier = returned(world)
    first = reread(dossier)
    corrected(world, dossier)
    now = reread(dossier)
    assert (now.state, now.correction_waits, now.at_office_id) == (State.FINISHED, "", world.cast.center.pk)
    assert (now.result.number, now.result.decided_by_id) == ("12a/GP-STP", world.cast.tuan.pk)
    kept = now.former_results.get()
    assert (kept.version, kept.number, kept.decided_by_id) == (1, "12/GP-STP", world.cast.tuan.pk)
    assert (now.finished_at, now.returned_at, now.due_at) == (first.finished_at, first.returned_at, first.due_at)
    handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment("2021-12-07 08:00"))
    assert reread(dossier).handovers.count() == 2
    assert reread(dossier).returned_at == first.returned_at


def test_what_is_lost_is_issued_once_more_without_a_change(world: World) -> None:
    dossier = returned(world)
    with pytest.raises(Invalid) as refused:
        proposed(world, dossier, NewResult())
    assert "number" in refused.value.fields
    proposed(world, dossier, NewResult(), grounds=replace(GROUNDS, fault=Fault.LOSS))
    approve(world, dossier)
    assert reread(dossier).result.number == "12/GP-STP"


def test_reopen_goes_back_to_the_chosen_step_and_keeps_the_promise(world: World) -> None:
    dossier = returned(world)
    before = reread(dossier)
    reopened(world, dossier)
    again = reread(dossier)
    assert (again.state, again.step, again.at_office_id) == (State.PROCESSING, 3, world.cast.justice.pk)
    assert (again.due_at, again.original_due_at) == (before.due_at, before.original_due_at)
    assert not hasattr(again, "result")
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-12-07 09:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-12-07 10:00"))
    decision.finish(dossier.pk, number="13/GP-STP", actor=world.actor("nga"), at=moment("2021-12-07 11:00"))
    handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment("2021-12-08 08:00"))
    done = reread(dossier)
    assert (done.finished_at, done.returned_at) == (before.finished_at, before.returned_at)
    assert (done.result.number, done.former_results.get().number) == ("13/GP-STP", "12/GP-STP")


def test_reopen_with_a_new_limit_counts_it_from_the_reopening(world: World) -> None:
    dossier = finished(world)
    original = reread(dossier).original_due_at
    proposed(world, dossier, Again(3, 3))
    correction.reopen(dossier.pk, actor=world.actor("tuan"), at=moment(APPROVED))
    assert (reread(dossier).due_at, reread(dossier).original_due_at) == (moment("2021-12-09 17:00"), original)


def test_what_is_handled_again_is_neither_withdrawn_nor_stopped(world: World) -> None:
    dossier = reopened(world, finished(world))
    for refused in (
        lambda: ending.withdraw(dossier.pk, reason="x", actor=world.actor("minh"), at=moment(APPROVED)),
        lambda: ending.stop(dossier.pk, reason="x", basis="y", actor=world.actor("tuan"), at=moment(APPROVED)),
    ):
        with pytest.raises(Refused, match="phải có kết quả mới"):
            refused()


def test_correct_date_keeps_the_first_promise_and_what_was_late_stays_counted(world: World) -> None:
    dossier = handled(world)
    original = reread(dossier).due_at
    redated(world, dossier, date(2021, 11, 15), at="2021-11-02 09:00")
    approve(
        world,
        dossier,
        act=lambda *args, **more: correction.correct_date(*args, **{**more, "at": moment("2021-11-02 10:00")}),
    )
    now = reread(dossier)
    assert (now.due_at, now.original_due_at, now.state) == (moment("2021-11-15 17:00"), original, State.PROCESSING)
    event = now.events.get(act=Act.CORRECT_DATE)
    assert event.clock and event.clock["kind"] == "correct" and event.data["basis"] == "46/BB-STP ngày 01/11/2021"


def test_correct_date_after_the_result_moves_no_stay_of_the_past(world: World) -> None:
    dossier = finished(world)
    due = reread(dossier).due_at
    redated(world, dossier, date(2021, 11, 2), at=PROPOSED)
    correction.correct_date(dossier.pk, actor=world.actor("tuan"), at=moment(APPROVED))
    stays = list(reread(dossier).stays.filter(state=State.FINISHED).order_by("seq"))
    assert [stay.due_at for stay in stays] == [due, moment("2021-11-02 17:00")]


def test_refuse_correction_leaves_everything_and_says_why(world: World) -> None:
    dossier = returned(world)
    proposed(world, dossier)
    with pytest.raises(Invalid, match="Cần nêu lý do"):
        correction.refuse_correction(dossier.pk, reason=" ", actor=world.actor("tuan"), at=moment(APPROVED))
    correction.refuse_correction(dossier.pk, reason="Không sai", actor=world.actor("tuan"), at=moment(APPROVED))
    now = reread(dossier)
    assert (now.state, now.result.number, now.correction_waits) == (State.RETURNED, "12/GP-STP", "")
    refused = now.corrections.get()
    assert (refused.is_approved, refused.answer, refused.decided_by_id) == (False, "Không sai", world.cast.tuan.pk)


def test_whoever_proposed_takes_it_back(world: World) -> None:
    dossier = returned(world)
    proposed(world, dossier)
    correction.refuse_correction(dossier.pk, reason="Nhầm", actor=world.actor("thanh"), at=moment(APPROVED))
    assert reread(dossier).correction_waits == ""


@pytest.mark.parametrize(("has_new_file", "signed"), [(True, False), (False, True)])
def test_a_new_file_is_signed_anew(
    has_new_file: bool, signed: bool, world: World, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_ROOT = tmp_path
    at, tuan = moment("2021-11-03 10:00"), world.actor("tuan")
    first, right = (store(f"{name}.pdf", [f"%PDF-1.4 {name} %%EOF".encode()], at, tuan.account_id) for name in "ab")
    dossier = at_approval(world)
    decision.approve(dossier.pk, actor=tuan, at=at, file_id=first.pk, signed_with="f" * 64)
    decision.finish(dossier.pk, number="1", actor=world.actor("nga"), at=moment("2021-11-03 15:00"))
    assert has_signed(tuan, reread(dossier))
    proposed(world, dossier, replace(NEW, file_id=right.pk if has_new_file else None))
    approve(world, dossier)
    assert has_signed(tuan, reread(dossier)) is signed
    assert reread(dossier).result.file == (right if has_new_file else first)
    assert reread(dossier).former_results.get().file == first


# --- four eyes ----------------------------------------------------------------------------------------------------


def test_the_same_person_never_approves(world: World) -> None:
    dossier = returned(world)
    proposed(world, dossier, by="tuan")
    with pytest.raises(Forbidden, match="hai người"):
        approve(world, dossier)
    assert Act.CORRECT_RESULT not in acts_open_to(reread(dossier), world.actor("tuan"), moment(APPROVED))
    assert reread(dossier).correction_waits == "result"


def delegated(world: World, taker: str) -> None:
    granting.delegate(
        from_account_id=world.cast.tuan.pk,
        to_account_id=getattr(world.cast, taker).pk,
        office_id=world.cast.justice.pk,
        valid_from=date(2021, 11, 1),
        valid_to=date(2022, 1, 1),
        document="Giấy ủy quyền 01",
        actor=world.actor("tuan"),
        at=moment("2021-11-01 08:00"),
    )


def test_a_delegate_does_not_approve_for_whoever_proposed(world: World) -> None:
    """Tuấn proposes; Thành holds Tuấn's power: that would be Tuấn twice."""
    dossier = returned(world)
    proposed(world, dossier, by="tuan")
    delegated(world, "thanh")
    with pytest.raises(Forbidden, match="hai người"):
        approve(world, dossier, by="thanh")


def test_whoever_proposed_does_not_approve_with_another_s_power(world: World) -> None:
    """Thành proposes as head, and would approve by Tuấn's delegation: one pair of eyes."""
    dossier = returned(world)
    delegated(world, "thanh")
    proposed(world, dossier, by="thanh")
    with pytest.raises(Forbidden, match="hai người"):
        approve(world, dossier, by="thanh")


def test_whoever_was_stood_in_for_does_not_approve(world: World) -> None:
    """Khang, of another office, proposes in Tuấn's place; back again, Tuấn would approve his own."""
    dossier = returned(world)
    delegated(world, "khang")
    proposal = correction.propose_correction(
        dossier.pk, grounds=GROUNDS, remedy=NEW, actor=world.actor("khang", DAY), at=moment(PROPOSED)
    )
    assert proposal.proposed_for_id == world.cast.tuan.pk
    with pytest.raises(Forbidden, match="hai người"):
        approve(world, dossier)


def test_a_second_account_of_the_same_person_does_not_approve(world: World) -> None:
    dossier = returned(world)
    Account.objects.filter(pk__in=(world.cast.thanh.pk, world.cast.tuan.pk)).update(personal_id="034070000009")
    proposed(world, dossier)
    with pytest.raises(Forbidden, match="hai người"):
        approve(world, dossier)


def test_the_database_asks_for_four_eyes_too(world: World) -> None:
    dossier = returned(world)
    proposed(world, dossier)
    row = Correction.objects.filter(dossier=dossier)
    with pytest.raises(IntegrityError, match="correction_under_four_eyes"), transaction.atomic():
        row.update(is_approved=True, decided_by=world.cast.thanh, decided_at=moment(APPROVED))


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("nobody", NotThere), ("lan", Forbidden), ("bay", NotThere), ("company", NotThere), ("minh", Forbidden),
        ("quang", Forbidden), ("yen", NotThere), ("khang", NotThere),
        ("hien", NotThere), ("hanh", NotThere), ("son", NotThere),
    ],
)  # fmt: skip
def test_nobody_else_proposes_or_approves(name: str, error: type[MotcuaError], world: World) -> None:
    dossier = returned(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    with pytest.raises(error):
        proposed(world, dossier, by=name)
    proposed(world, dossier)
    for act in (Act.CORRECT_RESULT, Act.REFUSE_CORRECTION):
        with pytest.raises(error):
            _ACTS[act](world, dossier, name)


@pytest.mark.parametrize("name", ["dung", "hoa", "thanh", "nga"])
def test_who_found_it_proposes_and_does_not_approve(name: str, world: World) -> None:
    dossier = returned(world)
    proposed(world, dossier, by=name)
    with pytest.raises(Forbidden):
        approve(world, dossier, by=name)
    approve(world, dossier)


_ACTS: dict[Act, Callable[[World, Dossier, str], Any]] = {
    Act.CORRECT_RESULT: approve,
    Act.REFUSE_CORRECTION: lambda world, dossier, by: correction.refuse_correction(
        dossier.pk, reason="Không", actor=world.actor(by), at=moment(APPROVED)
    ),
}


# --- what is asked of a proposal ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wrong": " "}, "wrong"),
        ({"reason": ""}, "reason"),
        ({"document_no": " "}, "document_no"),
        ({"document_on": None}, "document_on"),
        ({"document_on": date(2021, 12, 7)}, "document_on"),
        ({"fault": "applicant"}, "fault"),
    ],
)
def test_a_proposal_needs_its_grounds(changes: dict[str, Any], field: str, world: World) -> None:
    dossier = returned(world)
    before = Event.objects.count()
    with pytest.raises(Invalid) as refused:
        proposed(world, dossier, grounds=replace(GROUNDS, **changes))
    assert set(refused.value.fields) == {field}
    assert (Event.objects.count(), Correction.objects.count()) == (before, 0)


@pytest.mark.parametrize("again", [Again(1), Again(5), Again(None), Again(3, 0), Again(3, 400)])
def test_reopening_needs_a_step_of_the_authority_and_a_sane_limit(again: Again, world: World) -> None:
    with pytest.raises(Invalid):
        proposed(world, returned(world), again)


@pytest.mark.parametrize("day", [date(2021, 10, 29), date(2021, 11, 6), date(2021, 11, 8)])
def test_the_right_day_is_another_working_day_after_acceptance(day: date, world: World) -> None:
    dossier, thanh = handled(world), world.actor("thanh")
    grounds = replace(GROUNDS, document_on=date(2021, 11, 1))
    with pytest.raises(Invalid) as refused:
        correction.propose_date(dossier.pk, grounds=grounds, new_day=day, actor=thanh, at=moment("2021-11-02 09:00"))
    assert "new_day" in refused.value.fields


def test_in_a_wrong_state_nothing_is_proposed(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Refused) as refused:
        proposed(world, dossier)
    assert refused.value.code == "wrong_state"
    stopped = ending.stop(dossier.pk, reason="x", basis="y", actor=world.actor("tuan"), at=moment("2021-11-02 09:00"))
    with pytest.raises(Refused):
        redated(world, stopped, date(2021, 11, 15), at="2021-11-02 09:30")


def test_one_proposal_at_a_time_and_only_of_its_own_kind(world: World) -> None:
    dossier = returned(world)
    proposed(world, dossier)
    for refused in (
        lambda: proposed(world, dossier),
        lambda: redated(world, dossier, date(2021, 11, 15), at=APPROVED),
        lambda: approve(world, dossier, act=correction.reopen),
        lambda: approve(world, dossier, act=correction.correct_date),
    ):
        with pytest.raises(Refused) as error:
            refused()
        assert error.value.code == "guarded"


def test_a_disputed_result_is_not_handed_over(world: World) -> None:
    dossier = finished(world)
    proposed(world, dossier)
    with pytest.raises(Refused, match="chưa thể ký hoặc trả"):
        handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment(APPROVED))
    corrected_one = correction.correct_result(dossier.pk, actor=world.actor("tuan"), at=moment(APPROVED))
    handover.hand_over(corrected_one.pk, way="counter", actor=world.actor("minh"), at=moment(APPROVED))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_formerresult SET number = 'khác'",
        "DELETE FROM dossiers_formerresult",
        "UPDATE dossiers_correction SET wrong = 'khác'",
        "UPDATE dossiers_correction SET decided_at = decided_at + interval '1 day'",
        "DELETE FROM dossiers_correction",
    ],
)
def test_versions_and_decisions_are_never_changed(statement: str, world: World) -> None:
    corrected(world, returned(world))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
