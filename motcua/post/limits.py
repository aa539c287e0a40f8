"""How many working days the post has, and when a result may come back. Law: TT17-2017 7; TT17-2017 5"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import ngettext

from motcua.base.times import day_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.calendar.working_days import CalendarGap
from motcua.post.chain import Step
from motcua.post.models import Custody, PostRule


def load_rules(folder: Path) -> int:
    """Add the bundled numbers that are not there yet; how many were new. Those that stand are left alone."""
    rows = json.loads((folder / "post" / "rules.json").read_text(encoding="utf-8"))["rules"]
    known = set(PostRule.objects.values_list("key", "valid_from"))
    new = [row for row in rows if (row["key"], date.fromisoformat(row["valid_from"])) not in known]
    PostRule.objects.bulk_create(PostRule(**row) for row in new)
    return len(new)


def rule_on(key: str, day: date) -> PostRule | None:
    """The number in force on a day; None where the law gives none."""
    return PostRule.objects.on(day).filter(key=key).order_by("-valid_from").first()


def due_on(handed_on: date, zone: str, with_slip: bool) -> date | None:
    """The last working day, inclusive, on which the post is in time (J+n, J the day of the hand-over).

    None where no number is in force, or the calendar does not reach. Law: TT17-2017 7
    """
    rule = rule_on(zone, handed_on)
    if rule is None:
        return None
    days = rule.days_with_slip if with_slip and rule.days_with_slip else rule.days
    try:
        return calendar_for(current_edition()).add_working_days(handed_on, days)
    except CalendarGap:
        return None


def may_come_back(links: Sequence[Custody], at: datetime) -> str | None:
    """Why the post may not bring a result back yet, or None: it invited often enough, far enough apart.

    Invitations count since the post took the parcel last. Law: TT17-2017 5
    """
    day = day_of(at)
    wanted, gap = rule_on(PostRule.Key.INVITATIONS, day), rule_on(PostRule.Key.INVITATION_GAP, day)
    if wanted is None or gap is None:
        return None
    invited: list[date] = []
    for link in links:
        if link.step == Step.INVITED:
            invited.append(day_of(link.at))
        elif link.from_holder != link.to_holder:
            invited = []
    calendar = calendar_for(current_edition())
    far_apart: list[date] = []
    for one in invited:
        if not far_apart or calendar.add_working_days(far_apart[-1], gap.days) <= one:
            far_apart.append(one)
    if len(far_apart) >= wanted.days:
        return None
    words = ngettext(
        "Phải mời nhận %(times)s lần, cách nhau ít nhất %(days)s ngày làm việc, rồi mới chuyển hoàn.",
        "Phải mời nhận %(times)s lần, cách nhau ít nhất %(days)s ngày làm việc, rồi mới chuyển hoàn.",
        wanted.days,
    )
    return words % {"times": wanted.days, "days": gap.days}


def is_late(due: date | None, today: date) -> bool:
    """Whether the last day of transit is over."""
    return due is not None and due < today
