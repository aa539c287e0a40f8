"""When nobody's telephone is to ring. Pure; the hours are parameters of the law's regime (`quiet_from`, `quiet_to`)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from motcua.base.times import VIETNAM, at_time

Hours = tuple[time, time]


def quiet_until(at: datetime, hours: Hours) -> datetime | None:
    """The end of the quiet hours that `at` lies in; None outside them.

    hours: from (inclusive), to (exclusive), Vietnamese clock; they may go over midnight; equal: there are none.
    """
    begins, ends = hours
    local = at.astimezone(VIETNAM)
    day, clock = local.date(), local.time()
    if begins < ends:
        return at_time(day, ends) if begins <= clock < ends else None
    if begins > ends:
        if clock >= begins:
            return at_time(day + timedelta(days=1), ends)
        if clock < ends:
            return at_time(day, ends)
    return None
