"""Why a due day is what it is, in the reader's language: day by day, and as two sentences. The only teller of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from motcua.base.times import VIETNAM
from motcua.calendar.limit_words import limit_words
from motcua.calendar.limits import Limit, Unit
from motcua.calendar.office_hours import SATURDAY, WEEKDAYS
from motcua.calendar.working_days import HOUR
from motcua.dossiers.clock import ClockReading
from motcua.dossiers.clock_days import ClockStory, DayCode, DayReason
from motcua.dossiers.clock_events import Cause, ClockKind
from motcua.dossiers.day_names import day_name

CAUSES = {
    Cause.SUPPLEMENT: lazy("chờ bổ sung hồ sơ"),
    Cause.FINANCIAL: lazy("chờ thực hiện nghĩa vụ tài chính"),
    Cause.OUTAGE: lazy("hệ thống của cơ quan ngừng hoạt động"),
}
FIRST_DAYS = {
    ClockKind.START: lazy("Ngày tiếp nhận hồ sơ, không tính"),
    ClockKind.RESTART: lazy("Ngày nhận đủ hồ sơ, không tính; thời hạn tính lại từ đầu"),
    ClockKind.REOPEN: lazy("Ngày mở lại hồ sơ, không tính"),
}
FIRST_DAYS_IN_SHORT = {
    ClockKind.START: lazy("ngày tiếp nhận không tính"),
    ClockKind.RESTART: lazy("ngày nhận đủ hồ sơ không tính"),
    ClockKind.REOPEN: lazy("ngày mở lại không tính"),
}
GIVEN_DAYS = {
    ClockKind.EXTEND: lazy("Gia hạn đến ngày %(day)s"),
    ClockKind.CORRECT: lazy("Ngày hẹn trả được đính chính là ngày %(day)s"),
}
WEEKEND = WEEKDAYS[SATURDAY:]


def day_words(row: DayReason) -> str:
    """`Ngày làm việc thứ 3`, `Ngày nghỉ: Quốc khánh`; says so when the year's calendar is not announced yet."""
    words = _TELL[row.code](row)
    if row.provisional:
        words += " (" + _("lịch năm %(year)s là dự kiến") % {"year": row.day.year} + ")"
    return words


def summary(story: ClockStory) -> str:
    """Two sentences: how long, counted from when, until when; and what was not counted. Empty before acceptance."""
    reading, limit, days = story
    if limit is None or not days:
        return ""
    if reading.due_at is None:
        return _("Thủ tục này không quy định thời hạn, vì vậy không có ngày hẹn trả.")
    first = next((row for row in reversed(days) if row.code is DayCode.FIRST), days[0])
    rows = [row for row in days if row.day > first.day]
    return f"{_counted(reading, limit, first, days)} {_not_counted(rows)}"


def show_due(due_at: datetime | None) -> str:
    """`17:00 ngày 09/09/2021`, or that there is no limit."""
    if due_at is None:
        return _("không quy định thời hạn")
    local = due_at.astimezone(VIETNAM)
    return _("%(clock)s ngày %(day)s") % {"clock": f"{local:%H:%M}", "day": f"{local:%d/%m/%Y}"}


# --- one day ------------------------------------------------------------------------------------------------------


def _first(row: DayReason) -> str:
    if row.after is not None:
        return _("Nhận sau %(clock)s: coi là ngày nhận") % {"clock": f"{row.after:%H:%M}"}
    return str(FIRST_DAYS[row.kind or ClockKind.START])


def _count(row: DayReason) -> str:
    name = f" ({day_name(row.name)})" if row.name else ""
    if row.unit is Unit.WORKING_DAY:
        return _("Ngày làm việc thứ %(n)s") % {"n": row.n} + name
    if row.unit is Unit.WORKING_HOUR:
        hours = f"{row.worked / HOUR:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        told = ngettext("Tính %(hours)s giờ làm việc", "Tính %(hours)s giờ làm việc", 1 if row.worked == HOUR else 2)
        return told % {"hours": hours} + name
    if row.unit is Unit.HOUR:
        return _("Tính theo giờ")
    return _("Ngày thứ %(n)s") % {"n": row.n} + name


def _off(row: DayReason) -> str:
    return _("Ngày nghỉ: %(name)s") % {"name": day_name(row.name)}


def _paused(row: DayReason) -> str:
    return _("Tạm dừng tính thời hạn: %(cause)s") % {"cause": _causes(row.waits_for)}


def _discarded(row: DayReason) -> str:
    return _("Không tính, vì thời hạn tính lại từ đầu ngày %(day)s") % {"day": _day(row.until)}


def _given(row: DayReason) -> str:
    return str(GIVEN_DAYS.get(row.kind or ClockKind.START, lazy("Ngày hẹn ấn định là ngày %(day)s"))) % {
        "day": _day(row.until)
    }


_TELL: dict[DayCode, Callable[[DayReason], str]] = {
    DayCode.FIRST: _first,
    DayCode.COUNTED: _count,
    DayCode.OFF: _off,
    DayCode.PAUSED: _paused,
    DayCode.DISCARDED: _discarded,
    DayCode.ROLLED: lambda row: _("Ngày cuối là ngày nghỉ, chuyển sang ngày làm việc tiếp theo"),
    DayCode.LATE: lambda row: _("Đã quá ngày hẹn trả"),
    DayCode.GIVEN: _given,
}


# --- two sentences ------------------------------------------------------------------------------------------------


def _counted(reading: ClockReading, limit: Limit, first: DayReason, days: Sequence[DayReason]) -> str:
    words = limit_words(limit)
    told = words[:1].upper() + words[1:]
    counted = next((row.day for row in days if row.counted and row.day >= first.day), None)
    if counted is not None:
        told += _(", đếm từ %(day)s") % {"day": _day(counted)}
        if first.code is DayCode.FIRST and first.day < counted:
            told += f" ({FIRST_DAYS_IN_SHORT[first.kind or ClockKind.START]})"
    if reading.extensions:
        told += _(", đã hẹn lại")
    if reading.paused_at:
        cause = _causes(reading.waits_for)
        return told + _("; đang tạm dừng (%(cause)s), ngày hẹn trả sẽ tính lại khi hết tạm dừng.") % {"cause": cause}
    return told + _(", hẹn trả %(due)s.") % {"due": show_due(reading.due_at)}


def _not_counted(rows: Sequence[DayReason]) -> str:
    off = [row for row in rows if row.code is DayCode.OFF]
    weekends = sum(row.name in WEEKEND for row in off)
    parts = [ngettext("%(n)s ngày cuối tuần", "%(n)s ngày cuối tuần", weekends) % {"n": weekends}] if weekends else []
    by_name: dict[str, list[str]] = {}
    for row in off:
        if row.name not in WEEKEND:
            by_name.setdefault(row.name, []).append(f"{row.day:%d/%m}")
    parts += [f"{', '.join(days)} ({day_name(name)})" for name, days in by_name.items()]
    by_cause: dict[tuple[Cause, ...], int] = {}
    for row in rows:
        if row.code is DayCode.PAUSED:
            by_cause[row.waits_for] = by_cause.get(row.waits_for, 0) + 1
    for causes, n in by_cause.items():
        paused = ngettext("%(n)s ngày tạm dừng (%(cause)s)", "%(n)s ngày tạm dừng (%(cause)s)", n)
        parts.append(paused % {"n": n, "cause": _causes(causes)})
    told = _("Không đếm %(days)s") % {"days": "; ".join(parts)} if parts else _("Không có ngày nghỉ nào ở giữa")
    if any(row.code is DayCode.ROLLED for row in rows):
        told += "; " + _("ngày cuối là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo")
    return told + "."


def _causes(causes: Sequence[Cause]) -> str:
    return ", ".join(str(CAUSES[cause]) for cause in causes)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"
