"""Other offices are asked for their opinion, each by a day; the dossier stays where it is and its clock runs.

Whoever does not answer by then does not hold the lead agency up: it may go on and decide. Law: ND61-2018 19(5)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid
from motcua.base.times import day_of
from motcua.calendar.working_days import CalendarGap, WorkingCalendar
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.permissions import capacity, denial
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor
from motcua.offices.models import Office

LONGEST_DAYS = 250  # about a year of working days
Outcome = Consultation.Outcome


@dataclass(frozen=True, slots=True)
class Question:
    """What one office is asked, and until when: so many working days of that office, or the end of one of its days."""

    office_id: int
    question: str
    days: int | None = None
    due_on: date | None = None


def consult(
    dossier_id: Key, *, questions: Sequence[Question], actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Ask one or several offices, each its own question with its own last day, counted by that office's calendar.

    Raises Invalid beside `q<place>_<field>` (places from 1) for an office that can't be asked or an impossible day.
    Law: ND61-2018 19(5)
    """
    if not questions:
        raise Invalid(_("Cần hỏi ít nhất một cơ quan."), code="nobody_asked")
    with performing(Act.CONSULT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        offices = _offices_to_ask(questions, performance)
        asked = Consultation.objects.bulk_create(
            Consultation(
                dossier_id=dossier.pk,
                office=offices[one.office_id],
                question=_words(one.question, f"q{place}_question", _("Cần nêu nội dung cần lấy ý kiến.")),
                asked_by_id=performance.person,
                asked_at=performance.at,
                due_at=_due(one, place, performance.rulebook.calendar(offices[one.office_id].schedule), performance.at),
            )
            for place, one in enumerate(questions, 1)
        )
        dossier.asked_offices = sorted({*(dossier.asked_offices or ()), *offices})
        performance.acted_in = dossier.competent_office_id
        performance.say(asked=[told(one) for one in asked])
    return dossier


def answer_consultation(
    dossier_id: Key,
    *,
    consultation_id: int,
    answer: str,
    file_id: int | None = None,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Answer for the office that was asked, late or not; with that its view of the dossier ends.

    Law: ND61-2018 19(5)
    """
    with performing(Act.ANSWER_CONSULTATION, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        one = _open_one(performance.dossier, consultation_id)
        one.answer = _words(answer, "answer", _("Cần ghi ý kiến trả lời."))
        one.file_id = file_id
        performance.power = _power_for(one.office_id, performance)
        performance.acted_in = one.office_id
        _close(performance, [one], Outcome.ANSWERED)
    return performance.dossier


def drop_consultation(
    dossier_id: Key, *, consultation_id: int, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Ask no longer: the question was wrong, or its answer is not needed any more."""
    with performing(Act.DROP_CONSULTATION, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        performance.acted_in = performance.dossier.competent_office_id
        one = _open_one(performance.dossier, consultation_id)
        one.reason = reason.strip()
        performance.say(reason)
        _close(performance, [one], Outcome.DROPPED)
    return performance.dossier


def overtake_consultations(performance: Performance) -> None:
    """The dossier ends: whoever has not answered is not waited for, and no longer sees it."""
    if performance.dossier.asked_offices is not None:
        rows = Consultation.objects.open().filter(dossier=performance.dossier).select_related("office").order_by("id")
        _close(performance, list(rows), Outcome.OVERTAKEN)


def told(one: Consultation) -> dict[str, Any]:
    """A consultation as the event of its asking keeps it for ever."""
    return {
        "id": one.pk,
        "office_id": one.office_id,
        "office": one.office.name,
        "question": one.question,
        "due_at": one.due_at.isoformat(),
    }


def told_at_the_end(one: Consultation) -> dict[str, Any]:
    """A consultation as the event that closed it keeps it for ever."""
    return {
        "id": one.pk,
        "office": one.office.name,
        "outcome": one.outcome,
        "late": day_of(one.closed_at or one.due_at) > day_of(one.due_at),
        "answer": one.answer,
        "file": one.file_id,
    }


def _close(performance: Performance, rows: list[Consultation], outcome: Outcome) -> None:
    for one in rows:
        one.outcome, one.closed_at, one.closed_by_id = outcome, performance.at, performance.actor.account_id
    Consultation.objects.bulk_update(rows, ["outcome", "closed_at", "closed_by_id", "answer", "reason", "file_id"])
    dossier = performance.dossier
    left = set(dossier.asked_offices or ()) - {one.office_id for one in rows}
    dossier.asked_offices = sorted(left) or None
    performance.say(opinions=[told_at_the_end(one) for one in rows])


def _open_one(dossier: Dossier, consultation_id: int) -> Consultation:
    found = Consultation.objects.open().filter(dossier=dossier, pk=consultation_id).select_related("office").first()
    if found is None:
        sentence = _("Việc lấy ý kiến này không có hoặc đã kết thúc.")
        raise Invalid(sentence, fields={"consultation": sentence}, code="not_open")
    return found


def _power_for(office_id: int, performance: Performance) -> Any:
    """By which power the person answers for this very office; None in their own right."""
    dossier, act, actor = performance.dossier, performance.act, performance.actor
    everybody, dossier.asked_offices = dossier.asked_offices, [office_id]
    able = capacity(act, actor, dossier)
    dossier.asked_offices = everybody
    if able is None:
        raise Forbidden(denial(act, actor, dossier))
    return able.acting_by


def _offices_to_ask(questions: Sequence[Question], performance: Performance) -> dict[int, Office]:
    dossier, on = performance.dossier, day_of(performance.at)
    wanted = [one.office_id for one in questions]
    offices = Office.objects.on(on).in_bulk(wanted)
    for place, office_id in enumerate(wanted, 1):
        if office_id not in offices:
            sentence = _("Không có cơ quan này vào ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"}
        elif office_id == dossier.competent_office_id:
            sentence = _("Đây chính là cơ quan giải quyết hồ sơ: hãy chọn cơ quan khác.")
        elif office_id in wanted[: place - 1]:
            sentence = _("Cơ quan này đã có ở dòng trên.")
        elif office_id in (dossier.asked_offices or ()):
            sentence = _("Đang chờ ý kiến của cơ quan này.")
        else:
            continue
        raise Invalid(sentence, fields={f"q{place}_office": sentence}, code="office_not_to_ask")
    return offices


def _words(text: str, name: str, missing: str) -> str:
    if not text.strip():
        raise Invalid(missing, fields={name: missing}, code="words_needed")
    return text.strip()


def _due(one: Question, place: int, calendar: WorkingCalendar, at: datetime) -> datetime:
    """The end of office hours of the last day, by the calendar of the office that is asked; after `at`."""
    days, last_day, today = one.days, one.due_on, day_of(at)
    name, sentence = "due_on", ""
    try:
        if (days is None) == (last_day is None):
            name, sentence = "days", _("Hãy ghi hạn trả lời: hoặc số ngày làm việc, hoặc ngày cuối.")
        elif days is not None:
            name = "days"
            if not 1 <= days <= LONGEST_DAYS:
                sentence = _("Số ngày làm việc từ 1 đến %(most)s.") % {"most": LONGEST_DAYS}
            else:
                last_day = calendar.add_working_days(today, days)
        elif last_day is not None and last_day < today:
            sentence = _("Ngày cuối đã qua.")
        elif last_day is not None and not calendar.is_working(last_day):
            why = {"day": f"{last_day:%d/%m/%Y}", "why": calendar.reason(last_day)}
            sentence = _("Ngày %(day)s cơ quan được hỏi nghỉ (%(why)s): hãy chọn ngày làm việc.") % why
        elif last_day == today and calendar.end_of_office(today) <= at:
            sentence = _("Hôm nay cơ quan được hỏi đã hết giờ làm việc.")
    except CalendarGap as gap:
        sentence = str(gap)
    if sentence or last_day is None:
        raise Invalid(sentence, fields={f"q{place}_{name}": sentence}, code="impossible_day")
    return calendar.end_of_office(last_day)
