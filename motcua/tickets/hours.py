"""When a hall gives numbers: in its office hours, and a little before the doors open. Law: ND61-2018 13"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.times import VIETNAM, at_time, day_of
from motcua.calendar.store import calendar_for
from motcua.calendar.working_days import CalendarGap
from motcua.law.store import current_revision
from motcua.offices.models import Office

BEFORE_OPENING = timedelta(minutes=30)
SLOT = timedelta(minutes=30)


def sessions_of(office: Office, day: date) -> list[tuple[datetime, datetime]]:
    """The instants between which a hall is open on a day, the end exclusive; none on a day off or of unknown hours."""
    try:
        sessions = calendar_for(current_revision(), office.schedule).sessions(day)
    except CalendarGap:
        return []
    return [(at_time(day, one.start), at_time(day, one.end)) for one in sessions]


def opening_for(office: Office, at: datetime) -> datetime:
    """When the waiting of somebody who draws now begins to count: now, or when the doors open soon.

    Raises Refused outside the hours in which numbers are given, with when they are.
    """
    today = sessions_of(office, day_of(at))
    for start, end in today:
        if start - BEFORE_OPENING <= at < end:
            return max(at, start)
    if not today:
        raise Refused(_("Hôm nay nơi này không tiếp nhận trực tiếp, nên không phát số."), code="day_off")
    hours = ", ".join(f"{start.astimezone(VIETNAM):%H:%M}–{end.astimezone(VIETNAM):%H:%M}" for start, end in today)
    sentence = _("Ngoài giờ phát số. Giờ tiếp nhận hôm nay: %(hours)s; số được phát từ 30 phút trước giờ mở cửa.")
    raise Refused(sentence % {"hours": hours}, code="closed_hours")


def slots_of(office: Office, day: date) -> list[datetime]:
    """The half hours of a day that somebody can choose beforehand, by their start."""
    found = []
    for start, end in sessions_of(office, day):
        found += [start + number * SLOT for number in range((end - start) // SLOT)]
    return found
