"""What the papers say is checked on the spot. Law: ND61-2018 19(3)"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.acts import decision, ending, supplement, verification
from motcua.dossiers.inquiries import appointments, verifications_of
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, Event, Verification
from motcua.dossiers.states import Act, State
from motcua.dossiers.telling import told_of
from motcua.dossiers.tests.lives import at_approval, handled
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
EVERYBODY = ("lan", "minh", "dung", "hoa", "thanh", "tuan", "nga", "quang", "yen", "khang", "nobody")
AT = moment("2021-11-02 10:30")
LATER = moment("2021-11-04 15:00")


def planned(world: World, dossier: Dossier | None = None, *, who: str = "hoa", **changes: Any) -> Verification:
    """Hoa goes to Lan's house on Thursday morning; Lan has to be there."""
    dossier = dossier or handled(world)
    facts: dict[str, Any] = {
        "place": "Số 5, xã Đông Các",
        "begins_at": moment("2021-11-04 08:00"),
        "ends_at": moment("2021-11-04 10:00"),
        "participants": "Sở Tư pháp; Công an xã",
        "content": "Nơi ở thực tế",
        "needs_applicant": True,
    }
    verification.plan_verification(dossier.pk, actor=world.actor(who), at=AT, **{**facts, **changes})
    return Verification.objects.latest("id")


def recorded(world: World, one: Verification, **changes: Any) -> Dossier:
    facts: dict[str, Any] = {"verification_id": one.pk, "minutes": "Có ở thật.", "attended": "Hoa, Lan", "at": LATER}
    return verification.record_verification(one.dossier_id, actor=world.actor("hoa"), **{**facts, **changes})


def moved(world: World, one: Verification, **changes: Any) -> Dossier:
    facts: dict[str, Any] = {
        "verification_id": one.pk,
        "place": "Trụ sở xã",
        "begins_at": moment("2021-11-05 14:00"),
        "ends_at": moment("2021-11-05 15:00"),
        "reason": "Mưa bão",
        "at": moment("2021-11-03 09:00"),
    }
    return verification.move_verification(one.dossier_id, actor=world.actor("hoa"), **{**facts, **changes})


def test_plan_verification_makes_its_own_file_and_moves_nothing(world: World) -> None:
    before = handled(world)
    one = planned(world, before)
    dossier = reread(before)
    assert dossier.being_verified and (dossier.state, dossier.due_at) == (before.state, before.due_at)
    assert dossier.stays.count() == before.stays.count()
    event = Event.objects.filter(dossier=dossier).latest("seq")
    assert (event.act, event.office_id, event.clock) == ("plan_verification", world.cast.justice.pk, None)
    assert event.data["verification"]["place"] == "Số 5, xã Đông Các"
    assert not one.outside_hours and not one.outcome


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"begins_at": AT}, "begins_at", "bắt đầu đã qua"),
        ({"ends_at": moment("2021-11-04 08:00")}, "ends_at", "phải sau thời điểm bắt đầu"),
        ({"place": " "}, "place", "Cần ghi địa điểm"),
        ({"participants": ""}, "participants", "thành phần"),
        ({"content": ""}, "content", "nội dung"),
        ({"begins_at": moment("2099-11-04 08:00"), "ends_at": moment("2099-11-04 09:00")}, "begins_at", "2099"),
    ],
)
def test_an_impossible_plan_is_refused_with_the_sentence(
    world: World, changes: dict[str, Any], field: str, words: str
) -> None:
    dossier = handled(world)
    with pytest.raises(Invalid, match=words) as error:
        planned(world, dossier, **changes)
    assert list(error.value.fields) == [field]
    assert reread(dossier).last_seq == dossier.last_seq and not Verification.objects.exists()


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("2021-11-06 08:00", "2021-11-06 09:00"),
        ("2021-11-04 06:00", "2021-11-04 08:00"),
        ("2021-11-04 16:00", "2021-11-04 19:00"),
    ],
)
def test_outside_office_hours_is_allowed_and_marked(world: World, begins: str, ends: str) -> None:
    assert planned(world, begins_at=moment(begins), ends_at=moment(ends)).outside_hours


def test_the_lead_agency_verifies_and_nobody_else(world: World) -> None:
    dossier = handled(world)
    for name in ("minh", "nga", "quang"):
        with pytest.raises(Forbidden):
            planned(world, dossier, who=name)
    with pytest.raises(NotThere):
        planned(world, dossier, who="khang")
    planned(world, dossier)
    ours = {Act.MOVE_VERIFICATION, Act.RECORD_VERIFICATION, Act.CANCEL_VERIFICATION}
    for name in EVERYBODY:
        opened = ours & set(acts_open_to(reread(dossier), world.actor(name), AT))
        assert opened == (ours if name in ("hoa", "thanh", "tuan") else set()), name


def test_record_verification_keeps_what_was_found_and_who_was_there(world: World) -> None:
    one = planned(world)
    for changes, words in (
        ({"minutes": " "}, "Cần ghi kết quả"),
        ({"attended": ""}, "Cần ghi người có mặt"),
        ({"at": moment("2021-11-04 07:59")}, "chưa bắt đầu: 08:00 04/11/2021"),
        ({"verification_id": 0}, "không có hoặc đã kết thúc"),
    ):
        with pytest.raises(Invalid, match=words):
            recorded(world, one, **changes)
    recorded(world, one)
    one.refresh_from_db()
    assert (one.outcome, one.minutes, one.attended, one.closed_at) == ("recorded", "Có ở thật.", "Hoa, Lan", LATER)
    assert not reread(one.dossier).being_verified
    with pytest.raises(Refused, match="Không có lịch"):
        recorded(world, one)


def test_move_verification_says_why_and_what_was_before(world: World) -> None:
    one = planned(world)
    with pytest.raises(Invalid, match="Cần nêu lý do"):
        moved(world, one, reason="")
    with pytest.raises(Invalid, match="đã qua"):
        moved(world, one, begins_at=moment("2021-11-03 08:00"))
    moved(world, one)
    one.refresh_from_db()
    assert (one.place, one.begins_at) == ("Trụ sở xã", moment("2021-11-05 14:00"))
    data = Event.objects.filter(dossier=one.dossier_id).latest("seq").data
    assert (data["before"]["place"], data["verification"]["place"]) == ("Số 5, xã Đông Các", "Trụ sở xã")
    assert reread(one.dossier).being_verified


def test_cancel_verification_leaves_the_others_planned(world: World) -> None:
    dossier = handled(world)
    one, other = planned(world, dossier), planned(world, dossier, place="Trường học")
    for row, is_left in ((one, True), (other, False)):
        hoa = world.actor("hoa")
        with pytest.raises(Invalid, match="Cần nêu lý do"):
            verification.cancel_verification(dossier.pk, verification_id=row.pk, reason="", actor=hoa, at=LATER)
        verification.cancel_verification(dossier.pk, verification_id=row.pk, reason="Đủ rồi", actor=hoa, at=LATER)
        row.refresh_from_db()
        assert (row.outcome, row.reason) == ("cancelled", "Đủ rồi")
        assert reread(dossier).being_verified is is_left


def test_while_papers_are_missing_what_was_planned_is_recorded(world: World) -> None:
    one = planned(world)
    items = [{"name": "Bản sao", "why": "mờ"}]
    supplement.ask_supplement(one.dossier_id, items=items, reason="Mờ", actor=world.actor("hoa"), at=AT)
    with pytest.raises(Refused):
        planned(world, reread(one.dossier))
    recorded(world, one)
    assert reread(one.dossier).state == State.SUPPLEMENT
    assert Event.objects.filter(dossier=one.dossier_id).latest("seq").office_id == world.cast.justice.pk


def test_what_is_planned_ends_with_the_dossier(world: World) -> None:
    approved, stopped = planned(world, at_approval(world)), planned(world, at_approval(world))
    decision.approve(approved.dossier_id, actor=world.actor("tuan"), at=LATER)
    ending.stop(stopped.dossier_id, reason="x", basis="y", actor=world.actor("tuan"), at=LATER)
    for one in (approved, stopped):
        one.refresh_from_db()
        assert (one.outcome, one.closed_at, one.minutes) == ("overtaken", LATER, "")
        assert not reread(one.dossier).being_verified


def test_its_end_is_written_once(world: World) -> None:
    one = planned(world)
    recorded(world, one)
    for change in (
        f"UPDATE dossiers_verification SET minutes = 'khác' WHERE id = {one.pk}",
        f"DELETE FROM dossiers_verification WHERE id = {one.pk}",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.parametrize(("needs_applicant", "told"), [(True, "Mưa bão"), (False, "")])
def test_the_applicant_reads_why_it_moved_where_they_must_come(world: World, needs_applicant: bool, told: str) -> None:
    one = planned(world, needs_applicant=needs_applicant)
    moved(world, one)
    event = told_of(one.dossier_id)[-1]
    assert (event.reason_for(applicant=True), event.reason_for(applicant=False)) == (told, "Mưa bão")


def test_the_applicant_is_told_where_and_when_to_come_until_it_is_over(world: World) -> None:
    one = planned(world)
    planned(world, one.dossier, needs_applicant=False, place="Kín")

    def coming(at: str = "2021-11-03 10:00", state: str = "processing") -> list[tuple[str, object]]:
        return [(row.place, row.begins_at) for row in appointments(told_of(one.dossier_id), state, moment(at))]

    assert coming() == [("Số 5, xã Đông Các", moment("2021-11-04 08:00"))]
    assert coming("2021-11-04 10:00") == [] == coming(state="withdrawn")
    moved(world, one)
    assert coming() == [("Trụ sở xã", moment("2021-11-05 14:00"))]
    hoa = world.actor("hoa")
    verification.cancel_verification(one.dossier_id, verification_id=one.pk, reason="Đủ", actor=hoa, at=LATER)
    assert coming() == []


def test_what_offices_write_to_each_other_is_not_for_whoever_the_matter_is_their_own(world: World) -> None:
    one = planned(world)
    events, hoa = told_of(one.dossier_id), world.actor("hoa")
    assert verifications_of(one.dossier, events, hoa) == [one]
    assert verifications_of(one.dossier, [], hoa) == []
    Dossier.objects.filter(pk=one.dossier_id).update(owner_account=world.cast.hoa)
    assert verifications_of(reread(one.dossier), events, hoa) == []
