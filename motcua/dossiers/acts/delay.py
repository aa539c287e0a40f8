"""It will be late: say sorry in time, with the reason and a new date. Law: ND61-2018 19(9)"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.journal import Key, performing
from motcua.dossiers.models import Extension
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor


def extend(
    dossier_id: Key, *, new_day: date, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Extension:
    """Apologise and appoint a new day (form 04); the original promise is kept beside it.

    new_day: a working day after the promised one; due at the end of its office hours. Law: ND61-2018 19(9)
    """
    with performing(Act.EXTEND, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        old_due = dossier.due_at
        if old_due is None:
            raise AssertionError("the guard lets no dossier without a date through")
        calendar = performance.calendar
        if new_day <= day_of(old_due) or not calendar.is_working(new_day):
            sentence = _("Ngày hẹn lại phải là ngày làm việc sau ngày hẹn cũ.")
            raise Invalid(sentence, fields={"new_day": sentence})
        until = calendar.end_of_office(new_day)
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
