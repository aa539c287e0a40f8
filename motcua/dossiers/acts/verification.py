"""What the papers say is checked on the spot: planned, held and recorded, or called off. Each has its own file.

Law: ND61-2018 19(3)
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import VIETNAM, day_of
from motcua.calendar.working_days import CalendarGap
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.models import Dossier, Verification
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor
from motcua.offices.models import Office

Outcome = Verification.Outcome


def plan_verification(
    dossier_id: Key,
    *,
    place: str,
    begins_at: datetime,
    ends_at: datetime,
    participants: str,
    content: str,
    needs_applicant: bool,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Plan a verification; an applicant who must be present reads place, time, participants and content.

    Both instants are aware, in the future and in order. Outside office hours is allowed, because people are at home
    then, and is marked. Law: ND61-2018 19(3)
    """
    with performing(Act.PLAN_VERIFICATION, dossier_id, actor=actor, at=at, seen=seen) as performance:
        one = Verification(
            dossier_id=performance.dossier.pk,
            participants=_words(participants, "participants", _("Cần ghi thành phần tham gia.")),
            content=_words(content, "content", _("Cần ghi nội dung thẩm tra, xác minh.")),
            needs_applicant=needs_applicant,
            planned_by_id=performance.person,
            planned_at=performance.at,
        )
        _appoint(one, place, begins_at, ends_at, performance)
        one.save()
        performance.dossier.being_verified = True
        performance.acted_in = performance.dossier.competent_office_id
        performance.say(verification=told(one))
    return performance.dossier


def move_verification(
    dossier_id: Key,
    *,
    verification_id: int,
    place: str,
    begins_at: datetime,
    ends_at: datetime,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Another time or place, with the reason; who must be present is told both. Law: ND61-2018 19(3)"""
    with performing(Act.MOVE_VERIFICATION, dossier_id, actor=actor, at=at, seen=seen) as performance:
        one = _open_one(performance, verification_id)
        before = told(one)
        _appoint(one, place, begins_at, ends_at, performance)
        one.save(update_fields=["place", "begins_at", "ends_at", "outside_hours"])
        performance.say(reason, verification=told(one), before=before)
    return performance.dossier


def record_verification(
    dossier_id: Key,
    *,
    verification_id: int,
    minutes: str,
    attended: str,
    file_id: int | None = None,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Write down what was found and who was there, once it has begun. Law: ND61-2018 19(3)"""
    with performing(Act.RECORD_VERIFICATION, dossier_id, actor=actor, at=at, seen=seen) as performance:
        one = _open_one(performance, verification_id)
        if performance.at < one.begins_at:
            sentence = _("Buổi này chưa bắt đầu: %(begins)s. Hãy đổi lịch nếu đã làm sớm hơn.") % {
                "begins": f"{one.begins_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
            }
            raise Invalid(sentence, fields={"verification": sentence}, code="not_begun")
        one.minutes = _words(minutes, "minutes", _("Cần ghi kết quả thẩm tra, xác minh."))
        one.attended = _words(attended, "attended", _("Cần ghi người có mặt."))
        one.file_id = file_id
        _close(performance, [one], Outcome.RECORDED)
    return performance.dossier


def cancel_verification(
    dossier_id: Key, *, verification_id: int, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Call a planned verification off, with the reason."""
    with performing(Act.CANCEL_VERIFICATION, dossier_id, actor=actor, at=at, seen=seen) as performance:
        one = _open_one(performance, verification_id)
        one.reason = reason.strip()
        performance.say(reason)
        _close(performance, [one], Outcome.CANCELLED)
    return performance.dossier


def overtake_verifications(performance: Performance) -> None:
    """The dossier ends: what was planned will not take place."""
    if performance.dossier.being_verified:
        rows = Verification.objects.open().filter(dossier=performance.dossier).order_by("id")
        _close(performance, list(rows), Outcome.OVERTAKEN)


def told(one: Verification) -> dict[str, Any]:
    """A verification as the events of its planning and moving keep it for ever."""
    return {
        "id": one.pk,
        "place": one.place,
        "begins_at": one.begins_at.isoformat(),
        "ends_at": one.ends_at.isoformat(),
        "participants": one.participants,
        "content": one.content,
        "needs_applicant": one.needs_applicant,
    }


def told_at_the_end(one: Verification) -> dict[str, Any]:
    """A verification as the event that closed it keeps it for ever."""
    return {
        "id": one.pk,
        "outcome": one.outcome,
        "needs_applicant": one.needs_applicant,
        "minutes": one.minutes,
        "attended": one.attended,
        "file": one.file_id,
    }


def _close(performance: Performance, rows: list[Verification], outcome: Outcome) -> None:
    for one in rows:
        one.outcome, one.closed_at, one.closed_by_id = outcome, performance.at, performance.actor.account_id
    fields = ["outcome", "closed_at", "closed_by_id", "minutes", "attended", "reason", "file_id"]
    Verification.objects.bulk_update(rows, fields)
    dossier = performance.dossier
    dossier.being_verified = Verification.objects.open().filter(dossier=dossier).exists()
    performance.say(verified=[told_at_the_end(one) for one in rows])


def _open_one(performance: Performance, verification_id: int) -> Verification:
    performance.to(performance.from_state)
    performance.acted_in = performance.dossier.competent_office_id
    found = Verification.objects.open().filter(dossier=performance.dossier, pk=verification_id).first()
    if found is None:
        sentence = _("Buổi thẩm tra, xác minh này không có hoặc đã kết thúc.")
        raise Invalid(sentence, fields={"verification": sentence}, code="not_open")
    return found


def _appoint(one: Verification, place: str, begins_at: datetime, ends_at: datetime, performance: Performance) -> None:
    one.place = _words(place, "place", _("Cần ghi địa điểm."))
    if begins_at <= performance.at:
        sentence = _("Thời điểm bắt đầu đã qua.")
        raise Invalid(sentence, fields={"begins_at": sentence}, code="past")
    if ends_at <= begins_at:
        sentence = _("Thời điểm kết thúc phải sau thời điểm bắt đầu.")
        raise Invalid(sentence, fields={"ends_at": sentence}, code="ends_before")
    one.begins_at, one.ends_at = begins_at, ends_at
    one.outside_hours = _is_outside_hours(begins_at, ends_at, performance)


def _is_outside_hours(begins_at: datetime, ends_at: datetime, performance: Performance) -> bool:
    """By the calendar of the lead agency; a day of which the calendar does not know yet is refused."""
    schedule = Office.objects.values_list("schedule", flat=True).get(pk=performance.dossier.competent_office_id)
    calendar = performance.rulebook.calendar(schedule)
    try:
        is_working = calendar.is_working(day_of(begins_at)) and calendar.is_working(day_of(ends_at))
        return not is_working or (
            begins_at < calendar.opening(day_of(begins_at)) or ends_at > calendar.end_of_office(day_of(ends_at))
        )
    except CalendarGap as gap:
        raise Invalid(str(gap), fields={"begins_at": str(gap)}, code="calendar_gap") from gap


def _words(text: str, name: str, missing: str) -> str:
    if not text.strip():
        raise Invalid(missing, fields={name: missing}, code="words_needed")
    return text.strip()
