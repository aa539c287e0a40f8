"""What a decision about a procedure obliges to, until when: announcing it, and making it public.

Days are working days of the calendar. Announcing comes so many of them before the legal text takes effect, by the
shortened way so many after its signing; entering and making public so many after the decision to announce.
Law: ND63-2010 15; ND63-2010 24
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.base.numbers import percent
from motcua.calendar.store import calendar_for, current_edition
from motcua.calendar.working_days import CalendarGap, WorkingCalendar
from motcua.catalogue.life.rows import LegalAct, LifeEvent

Kind, Issuer = LifeEvent.Kind, LegalAct.Issuer

ANNOUNCED_BEFORE_EFFECT = {Issuer.MINISTER: 20, Issuer.CHAIRMAN: 5}
ANNOUNCED_AFTER_SIGNING = 3  # by the shortened way
PUBLIC_AFTER_DECISION = {Issuer.MINISTER: 10, Issuer.CHAIRMAN: 5}
PUBLIC_AFTER_SHORTENED = 2


class Duty(models.TextChoices):
    """What is watched."""

    ANNOUNCE = "announce", _("Công bố thủ tục")
    PUBLISH = "publish", _("Nhập, công khai trên Cơ sở dữ liệu quốc gia")


class Outcome(models.TextChoices):
    """How a duty stands on a day."""

    OVERDUE = "overdue", _("Quá hạn, chưa thực hiện")
    DUE = "due", _("Chưa đến hạn")
    DONE_LATE = "done_late", _("Đã thực hiện, trễ hạn")
    DONE = "done", _("Đã thực hiện đúng hạn")
    UNKNOWN = "unknown", _("Chưa có lịch làm việc để tính")


# What a legal text does to a procedure is announced; what was announced is made public.
TO_ANNOUNCE = frozenset({Kind.DECIDED, Kind.AMENDED, Kind.REPLACED, Kind.ABOLISHED})


@dataclass(frozen=True, slots=True)
class Watched:
    """One duty that follows from one event. days: working days left until the last day, or late by (negative)."""

    event: LifeEvent
    duty: Duty
    last_day: date | None
    done_on: date | None
    outcome: Outcome
    days: int

    @property
    def late(self) -> int:
        """Working days past the last day; 0 when it is not."""
        return max(-self.days, 0)


def watched(on: date) -> list[Watched]:
    """Every duty as it stands on a day: overdue first, then by last day; two statements and the calendar's."""
    calendar = calendar_for(current_edition())
    events = LifeEvent.objects.standing(on).select_related("act", "procedure")
    by_procedure: dict[int, list[LifeEvent]] = defaultdict(list)
    for event in events:
        by_procedure[event.procedure_id].append(event)
    found = [one for happened in by_procedure.values() for one in _duties(happened, on, calendar)]
    rank = list(Outcome)
    return sorted(
        found, key=lambda one: (rank.index(one.outcome), one.last_day or date.max, one.event.procedure.code, one.duty)
    )


def in_time(duties: Iterable[Watched]) -> Decimal | None:
    """The share of duties that are done in time, of those whose day is over or that are done; None where there are none."""
    judged = [one for one in duties if one.outcome in (Outcome.DONE, Outcome.DONE_LATE, Outcome.OVERDUE)]
    return percent(sum(one.outcome == Outcome.DONE for one in judged), len(judged))


def last_day_to_announce(act: LegalAct, calendar: WorkingCalendar) -> date | None:
    """The last day to announce what a legal text regulates; None where the text sets no such day.

    Raises CalendarGap when a year has no calendar. Law: ND63-2010 15
    """
    if act.shortened:
        return calendar.add_working_days(act.signed_on, ANNOUNCED_AFTER_SIGNING)
    days = ANNOUNCED_BEFORE_EFFECT.get(Issuer(act.issuer))
    if days is None or act.effective_on is None:
        return None
    return working_days_before(act.effective_on, days, calendar)


def last_day_to_publish(act: LegalAct, calendar: WorkingCalendar) -> date | None:
    """The last day to enter and make public what a decision announces. Raises CalendarGap. Law: ND63-2010 24"""
    days = PUBLIC_AFTER_SHORTENED if act.shortened else PUBLIC_AFTER_DECISION.get(Issuer(act.issuer))
    return None if days is None else calendar.add_working_days(act.signed_on, days)


def working_days_before(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The last day that has at least `count` working days between itself (not counted) and `day` (counted)."""
    before = day
    while calendar.count_working_days(before, day) < count:
        before -= timedelta(days=1)
    return before


def _duties(happened: list[LifeEvent], on: date, calendar: WorkingCalendar) -> list[Watched]:
    found = []
    for place, event in enumerate(happened):
        if event.act is None:
            continue
        if event.kind in TO_ANNOUNCE:
            duty, until, done_by = Duty.ANNOUNCE, last_day_to_announce, Kind.ANNOUNCED
        elif event.kind == Kind.ANNOUNCED:
            duty, until, done_by = Duty.PUBLISH, last_day_to_publish, Kind.MADE_PUBLIC
        else:
            continue
        done_on = next((later.on for later in happened[place + 1 :] if later.kind == done_by), None)
        try:
            last = until(event.act, calendar)
        except CalendarGap:
            found.append(Watched(event, duty, None, done_on, Outcome.UNKNOWN, 0))
            continue
        if last is not None:
            found.append(_judge(event, duty, last, done_on, on, calendar))
    return found


def _judge(
    event: LifeEvent, duty: Duty, last: date, done_on: date | None, on: date, calendar: WorkingCalendar
) -> Watched:
    judged_on = done_on or on
    try:
        days = calendar.count_working_days(judged_on, last) - calendar.count_working_days(last, judged_on)
    except CalendarGap:
        return Watched(event, duty, last, done_on, Outcome.UNKNOWN, 0)
    if judged_on > last:
        outcome = Outcome.DONE_LATE if done_on else Outcome.OVERDUE
    else:
        outcome = Outcome.DONE if done_on else Outcome.DUE
    return Watched(event, duty, last, done_on, outcome, days)
