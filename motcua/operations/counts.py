"""How many reminders were sent in a period, how many of them were answered, and in time.

Law: ND61-2018 8
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.numbers import percent
from motcua.base.text import sort_key
from motcua.base.times import VIETNAM
from motcua.offices.actors import Actor
from motcua.operations.models import Reason, Reminder, ReminderQuerySet
from motcua.reports.measures import Measure
from motcua.reports.periods import Period

LAW = "ND61-2018 8"
REMINDERS: dict[str, Measure] = {
    row.key: row
    for row in (
        Measure("sent", lazy("Đã gửi"), lazy("Đôn đốc đã gửi trong kỳ."), LAW, ("asked", "due_soon", "late", "long_late")),
        Measure("asked", lazy("Do người gửi"), lazy("Có lời và có ngày phải trả lời."), LAW,
                ("in_time", "answered_late", "expected", "unanswered")),
        Measure("due_soon", lazy("Tự động: sắp đến hạn"), lazy("Gửi người đang giữ hồ sơ trước ngày hẹn trả."), LAW),
        Measure("late", lazy("Tự động: quá hạn"), lazy("Gửi phụ trách Bộ phận Một cửa nơi tiếp nhận."), LAW),
        Measure("long_late", lazy("Tự động: quá hạn lâu"),
                lazy("Gửi người giám sát, khi quá hạn nhiều hơn số ngày làm việc đã đặt."), LAW),
        Measure("in_time", lazy("Trả lời đúng ngày"), lazy("Đôn đốc do người gửi, trả lời không sau ngày đã yêu cầu."), LAW),
        Measure("answered_late", lazy("Trả lời chậm"), lazy("Đôn đốc do người gửi, trả lời sau ngày đã yêu cầu."), LAW),
        Measure("expected", lazy("Chưa đến ngày trả lời"), lazy("Chưa trả lời, ngày phải trả lời chưa qua."), LAW),
        Measure("unanswered", lazy("Quá ngày, chưa trả lời"), lazy("Chưa trả lời, ngày phải trả lời đã qua."), LAW),
    )
}  # fmt: skip
_ANSWERED_ON = TruncDate("answer__answered_at", tzinfo=VIETNAM)

Figures = dict[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One reminded office."""

    key: int
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Counted:
    """Reminders of a period, as they stand today."""

    period: Period
    rows: tuple[Row, ...]
    total: Figures

    @property
    def in_time_rate(self) -> Decimal | None:
        """Answered in time, of those whose day is over or that are answered."""
        total = self.total
        return percent(total["in_time"], total["in_time"] + total["answered_late"] + total["unanswered"])


def _sets(today: date) -> dict[str, Q]:
    asked, answered = Q(reason=Reason.ASKED), Q(answer__isnull=False)
    return {
        "due_soon": Q(reason=Reason.DUE_SOON),
        "late": Q(reason=Reason.LATE),
        "long_late": Q(reason=Reason.LONG_LATE),
        "in_time": asked & answered & Q(answered_on__lte=F("answer_by")),
        "answered_late": asked & answered & Q(answered_on__gt=F("answer_by")),
        "expected": asked & ~answered & Q(answer_by__gte=today),
        "unanswered": asked & ~answered & Q(answer_by__lt=today),
    }


def reminders_counted(actor: Actor, period: Period, today: date) -> Counted:
    """By office that was reminded, those this person may see; one statement. Raises NotThere for who sees none."""
    wanted = {key: Count("id", filter=condition) for key, condition in _sets(today).items()}
    found = _of(actor, period, today).values("office_id", "office__name").annotate(**wanted)
    rows = [Row(row["office_id"], row["office__name"], _complete(row)) for row in found.order_by()]
    total = {key: sum(row.figures[key] for row in rows) for key in REMINDERS}
    return Counted(period, tuple(sorted(rows, key=lambda row: sort_key(row.name))), total)


def reminders_behind(
    actor: Actor, period: Period, today: date, measure: str, *, office: int | None = None
) -> ReminderQuerySet:
    """The reminders behind a figure. Raises NotThere for an unknown one."""
    if measure not in REMINDERS:
        raise NotThere(_("Không có chỉ tiêu này."))
    sets, wanted = _sets(today), Q(pk__in=())
    for leaf in _leaves(measure):
        wanted |= sets[leaf]
    rows = _of(actor, period, today).filter(wanted)
    return rows if office is None else rows.filter(office_id=office)


def _of(actor: Actor, period: Period, today: date) -> ReminderQuerySet:
    seen: ReminderQuerySet = Reminder.objects.seen_by(actor, today)
    return seen.filter(sent_at__gte=period.start, sent_at__lt=period.end).annotate(answered_on=_ANSWERED_ON)


def _complete(counted: dict[str, Any]) -> Figures:
    return {key: sum(counted[leaf] for leaf in _leaves(key)) for key in REMINDERS}


def _leaves(measure: str) -> list[str]:
    parts = REMINDERS[measure].parts
    return [leaf for part in parts for leaf in _leaves(part)] if parts else [measure]
