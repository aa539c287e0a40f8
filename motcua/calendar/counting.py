"""Where a limit ends when it is counted from an instant, and where it ends after it stood still. Pure; no Django."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import NamedTuple

from motcua.base.errors import Refused
from motcua.base.times import at_time, day_of, start_of
from motcua.calendar.limits import Limit, LimitKind, Unit
from motcua.calendar.working_days import HOUR, MICROSECOND, WorkingCalendar

CALENDAR_UNITS = frozenset({Unit.DAY, Unit.MONTH, Unit.YEAR})


class Uncertain(Refused):
    """A limit that a person must confirm first can't be counted."""

    code = "limit_uncertain"

    def __init__(self) -> None:
        super().__init__("Thời hạn giải quyết cần cán bộ xác nhận trước khi tiếp nhận hồ sơ.")


class DatePassed(Refused):
    """A fixed date that lies before the day from which it would be promised."""

    code = "date_passed"


class Stage(NamedTuple):
    """One part of a limit, counted from `start`: its end as it falls, and its end moved off days off and nights."""

    unit: Unit
    start: datetime
    raw: datetime
    end: datetime


def stages(limit: Limit, at: datetime, calendar: WorkingCalendar) -> list[Stage]:
    """The parts of a limit one after the other; the last one ends where the limit ends. None without a limit.

    Units of days end with the office hours of the last day, hours inside office hours; in days, the first day is
    not counted. A limit for the same day is one stage in working days.
    Raises Uncertain for an unknown limit or a fixed date without its day, DatePassed for one that is over,
    CalendarGap when a year has no calendar.
    Law: BLDS-2015 147, 148
    """
    if limit.kind is not LimitKind.DURATION:
        return _of_other_kinds(limit, at, calendar)
    found, start = [], at
    for part in limit.parts:
        raw, end = _ADD[part.unit](part.value, start, calendar)
        found.append(Stage(part.unit, start, raw, end))
        start = raw
    return found


def _of_other_kinds(limit: Limit, at: datetime, calendar: WorkingCalendar) -> list[Stage]:
    if limit.kind is LimitKind.NONE:
        return []
    if limit.on is not None:
        if limit.on < day_of(at):
            raise DatePassed(f"Ngày ấn định {limit.on:%d/%m/%Y} đã qua vào lúc tính ({day_of(at):%d/%m/%Y}).")
        return [Stage(Unit.DAY, at, *_end_on(limit.on, calendar))]
    if limit.kind in (LimitKind.UNKNOWN, LimitKind.FIXED_DATE):
        raise Uncertain
    end = _same_day(limit, at, calendar)
    return [Stage(Unit.WORKING_DAY, at, end, end)]


def shift(
    *, unit: Unit, whole: bool, raw: datetime, due: datetime, promised_by: WorkingCalendar,
    stopped: datetime, resumed: datetime, calendar: WorkingCalendar,
) -> tuple[datetime, datetime]:  # fmt: skip
    """The end of a limit whose clock stood still: as it falls, and moved off days off and nights.

    What was left when it stopped is counted on from the day of resuming, in the unit of the limit (`whole`: whole
    days only). A limit that was over already stays over by as much.
    Law: ND61-2018 19
    """
    if unit is Unit.WORKING_DAY and whole:
        stopped_on, resumed_on, due_on = day_of(stopped), day_of(resumed), day_of(due)
        if due_on >= stopped_on:
            left, start = promised_by.count_working_days(stopped_on, due_on), resumed_on
        else:
            left, start = calendar.count_working_days(stopped_on, resumed_on), due_on
        end = calendar.end_of_office(calendar.add_working_days(start, left))
        return end, end
    if unit in CALENDAR_UNITS:
        return _end_on(day_of(raw) + (day_of(resumed) - day_of(stopped)), calendar)
    if unit is Unit.HOUR:
        moved = raw + (resumed - stopped)
        return moved, _settle(moved, calendar)
    if due >= stopped:
        end = calendar.add_working_time(resumed, promised_by.working_time(stopped, due))
    else:
        end = calendar.add_working_time(due, calendar.working_time(stopped, resumed))
    return end, end


def transfer_due(received: datetime, cutoff: time, calendar: WorkingCalendar) -> datetime:
    """Until when a paper dossier is passed on to the competent office: the end of office of the day of reception, or,
    received later than the cut-off or on a day off, the opening of the next working day.

    Law: ND61-2018 18
    """
    day = day_of(received)
    if calendar.is_working(day):
        if received <= at_time(day, cutoff) and received <= calendar.end_of_office(day):
            return calendar.end_of_office(day)
        day += timedelta(days=1)
    return calendar.opening(calendar.roll_forward(day))


def _same_day(limit: Limit, at: datetime, calendar: WorkingCalendar) -> datetime:
    """The end of office of the day, or of the next working day when received later than the cut-off or than the
    office hours."""
    day = calendar.roll_forward(day_of(at))
    latest = calendar.end_of_office(day)
    if limit.cutoff is not None:
        latest = min(latest, at_time(day, limit.cutoff))
    return calendar.end_of_office(calendar.add_working_days(day, 1) if at > latest else day)


_Ends = tuple[datetime, datetime]


def _working_days(value: Fraction, at: datetime, calendar: WorkingCalendar) -> _Ends:
    """Whole days, then that part of the office hours of the next one: 1,5 days lie between one day and two."""
    whole, rest = divmod(value.numerator, value.denominator)
    if rest:
        end = calendar.part_of_day(calendar.add_working_days(day_of(at), whole + 1), rest, value.denominator)
    else:
        end = calendar.end_of_office(calendar.add_working_days(day_of(at), whole))
    return end, end


def _days(value: Fraction, at: datetime, calendar: WorkingCalendar) -> _Ends:
    """Days of the calendar; a part of a day counts as a whole one."""
    return _end_on(day_of(at) + timedelta(days=-(-value.numerator // value.denominator)), calendar)


def _months(value: Fraction, at: datetime, calendar: WorkingCalendar) -> _Ends:
    """The day of the same number, or the last day of a shorter month."""
    return _end_on(same_number(day_of(at), value.numerator), calendar)


def _years(value: Fraction, at: datetime, calendar: WorkingCalendar) -> _Ends:
    return _end_on(same_number(day_of(at), 12 * value.numerator), calendar)


def _working_hours(value: Fraction, at: datetime, calendar: WorkingCalendar) -> _Ends:
    end = calendar.add_working_time(at, _microseconds(value))
    return end, end


def _hours(value: Fraction, at: datetime, calendar: WorkingCalendar) -> _Ends:
    raw = at + _microseconds(value) * MICROSECOND
    return raw, _settle(raw, calendar)


_ADD: dict[Unit, Callable[[Fraction, datetime, WorkingCalendar], _Ends]] = {
    Unit.WORKING_DAY: _working_days,
    Unit.DAY: _days,
    Unit.MONTH: _months,
    Unit.YEAR: _years,
    Unit.WORKING_HOUR: _working_hours,
    Unit.HOUR: _hours,
}


def _microseconds(hours: Fraction) -> int:
    """Hours as whole microseconds, rounded up."""
    return -(-hours.numerator * HOUR // hours.denominator)


def _end_on(day: date, calendar: WorkingCalendar) -> _Ends:
    """That day as it is, and the end of office of that day or of the next working day.

    Law: BLDS-2015 148(5)
    """
    return start_of(day), calendar.end_of_office(calendar.roll_forward(day))


def same_number(day: date, months: int) -> date:
    """The day of the same number so many months later, or the last day of a shorter month.

    Law: BLDS-2015 148(3), 148(4)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def _settle(raw: datetime, calendar: WorkingCalendar) -> datetime:
    """Hours of the wall clock that end on a day off end with the next working day; at lunch or at night, with the
    next opening.

    Law: BLDS-2015 148(5)
    """
    day = day_of(raw)
    if not calendar.is_working(day):
        return calendar.end_of_office(calendar.roll_forward(day))
    return calendar.add_working_time(raw, 0)
