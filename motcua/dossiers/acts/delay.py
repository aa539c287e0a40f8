"""It will be late: say sorry in time, with the reason and a new date. Law: ND61-2018 19(9)"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.journal import Key, performing
from motcua.dossiers.models import Extension
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor


def check_new_day(new_day: date, old_due: datetime, calendar: WorkingCalendar, longest: int | None) -> datetime:
    """The end of office hours of the new day. longest: working days after the old one; None: as many as it takes.

    Raises Invalid beside the field for a day off, one not after the old one, or one too long after it.
    """
    if new_day <= day_of(old_due) or not calendar.is_working(new_day):
        sentence = _("Ngày hẹn lại phải là ngày làm việc sau ngày hẹn cũ.")
        raise Invalid(sentence, fields={"new_day": sentence})
    if longest is not None and new_day > (last := calendar.add_working_days(day_of(old_due), longest)):
        sentence = _("Mỗi lần hẹn lại thêm nhiều nhất %(days)s ngày làm việc: đến %(last)s.") % {
            "days": longest,
            "last": f"{last:%d/%m/%Y}",
        }
        raise Invalid(sentence, fields={"new_day": sentence}, code="too_long")
    return calendar.end_of_office(new_day)


def extend(
    dossier_id: Key, *, new_day: date, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Extension:
    """Apologise and appoint a new day (form 04); the original promise is kept beside it.

    new_day: a working day after the promised one, at most the regime's working days after it; due at the end of its
    office hours. Law: ND61-2018 19(9)
    """
    with performing(Act.EXTEND, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        old_due = dossier.due_at
        if old_due is None:
            raise AssertionError("the guard lets no dossier without a date through")
        calendar = performance.calendar
        until = check_new_day(new_day, old_due, calendar, performance.regime.max_extension_days)
        # The state stays what it was: a decided dossier waits for its seal until the new day.
        performance.to(performance.from_state)
        law = performance.regime.article("19(9)")
        performance.clock(ClockEvent(ClockKind.EXTEND, performance.at, calendar, until=until, law=law))
        dossier.extensions += 1
        performance.say(reason, old_due=old_due.isoformat(), new_due=until.isoformat(), number=dossier.extensions)
        return Extension.objects.create(
            dossier_id=performance.dossier.pk,
            number=dossier.extensions,
            reason=reason.strip(),
            old_due_at=old_due,
            new_due_at=until,
            signed_by_id=performance.person,
            signed_at=performance.at,
        )
