"""Why a due day is what it is, day by day. Pure; no Django. The clock itself is in `clock`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.base.times import day_of, end_of, start_of
from motcua.calendar.counting import CALENDAR_UNITS, Stage, stages
from motcua.calendar.limits import Limit, LimitKind, Unit
from motcua.calendar.working_days import HOUR, WorkingCalendar
from motcua.dossiers.clock import ClockEvent, ClockKind, Ledger, counted_from


class DayCode(StrEnum):
    """Why a day is counted or not."""

    FIRST = "first"
    COUNTED = "counted"
    OFF = "off"
    PAUSED = "paused"
    DISCARDED = "discarded"
    ROLLED = "rolled"
    LATE = "late"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class DayReason:
    """One day; `n` is the number that a counted day has in its limit, `reason` is Vietnamese."""

    day: date
    counted: bool
    n: int | None
    code: DayCode
    reason: str


def explain(events: Sequence[ClockEvent]) -> list[DayReason]:
    """Every day from the start to the due day with its reason; a clock that stands still ends at its last event.

    Raises as `fold` does.
    """
    story = _Story()
    for event in events:
        story.take(event)
    return [story.days[day] for day in sorted(story.days)]


class _Story:
    """A ledger that writes down what each event does to each day."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.days: dict[date, DayReason] = {}

    def take(self, event: ClockEvent) -> None:
        paused, due_at = self.ledger.paused, self.ledger.due_at
        self.ledger.take(event)
        day = day_of(event.at)
        if not paused and event.kind in (ClockKind.PAUSE, ClockKind.RESTART, ClockKind.REOPEN):
            self._ran_over(day, event.calendar)
        if event.kind is ClockKind.PAUSE:
            self._forget_after(day)
        elif paused and event.kind is not ClockKind.CORRECT:
            self._stood_still(day_of(paused.at), day, event.calendar)
        if event.kind in (ClockKind.START, ClockKind.RESTART) or (event.kind is ClockKind.REOPEN and event.limit):
            self._counted_from(event, day)
        elif paused and event.kind in (ClockKind.RESUME, ClockKind.STOP):
            self._counted_on(event, nothing_left=due_at is not None and day_of(due_at) <= day_of(paused.at))
        elif event.until and event.kind in (ClockKind.EXTEND, ClockKind.CORRECT):
            self._appointed(day_of(due_at or event.at), event)

    # --- what each kind of event does ---

    def _ran_over(self, until: date, calendar: WorkingCalendar) -> None:
        for day in _later_days(max(self.days), until) if self.days else ():
            self._write(day, DayCode.LATE, "Đã quá ngày hẹn trả", calendar)

    def _stood_still(self, stopped: date, resumed: date, calendar: WorkingCalendar) -> None:
        self._forget_after(stopped)
        for day in _later_days(stopped, resumed):
            self._write(day, DayCode.PAUSED, "Tạm dừng tính thời hạn", calendar)

    def _counted_from(self, event: ClockEvent, first: date) -> None:
        self._forget_after(first)
        for row in self.days.values():
            if row.counted or row.code is DayCode.FIRST:
                why = f"Không tính, vì thời hạn tính lại từ đầu ngày {first:%d/%m/%Y}"
                self.days[row.day] = DayReason(row.day, False, None, DayCode.DISCARDED, why)
        self.days[first] = DayReason(first, False, None, DayCode.FIRST, _FIRST_DAY[event.kind])
        limit, due_at = self.ledger.limit, self.ledger.due_at
        if limit is None or due_at is None:
            return
        if limit.kind is LimitKind.FIXED_DATE:
            self._appointed(first, event)
            return
        start = counted_from(event)
        if start != event.at:
            for day in _later_days(first, day_of(start)):
                self._write(day, DayCode.FIRST, f"Nhận sau {event.shift_after:%H:%M}: coi là ngày nhận", event.calendar)
        for stage in stages(limit, start, event.calendar):
            self._count(stage, limit, event.calendar)

    def _counted_on(self, event: ClockEvent, *, nothing_left: bool) -> None:
        limit, due_at, raw_at = self.ledger.limit, self.ledger.due_at, self.ledger.raw_at
        if not (limit and due_at and raw_at):
            return
        unit = limit.parts[-1].unit if limit.parts else Unit.WORKING_DAY
        if unit is Unit.WORKING_DAY and nothing_left:
            for day in _later_days(day_of(event.at), day_of(due_at)):
                self._write(day, DayCode.ROLLED, _ROLLED, event.calendar)
        else:
            self._count(Stage(unit, event.at, raw_at, due_at), limit, event.calendar)

    def _appointed(self, promised: date, event: ClockEvent) -> None:
        """A date set by a person: the days up to it are given, not counted."""
        until = day_of(event.until or event.at)
        self._forget_after(until)
        word = "Gia hạn" if event.kind is ClockKind.EXTEND else "Ngày hẹn ấn định"
        for day in _later_days(promised, until):
            self._write(day, DayCode.GIVEN, f"{word} đến ngày {until:%d/%m/%Y}", event.calendar)

    # --- counting ---

    def _count(self, stage: Stage, limit: Limit, calendar: WorkingCalendar) -> None:
        first, last = day_of(stage.start), day_of(stage.end)
        days = list(_later_days(first, last))
        if stage.unit in (Unit.WORKING_HOUR, Unit.HOUR) or (limit.kind is not LimitKind.DURATION and first == last):
            days.insert(0, first)
        n = max((row.n for row in self.days.values() if row.n is not None), default=0)
        for day in days:
            self._count_day(day, n + 1, stage, calendar)
            n += self.days[day].counted

    def _count_day(self, day: date, n: int, stage: Stage, calendar: WorkingCalendar) -> None:
        name = calendar.reason(day)
        if stage.unit in CALENDAR_UNITS and day <= day_of(stage.raw):
            reason = f"Ngày thứ {n}" + (f" ({name})" if name else "")
        elif stage.unit in CALENDAR_UNITS:
            self._write(day, DayCode.ROLLED, _ROLLED, calendar)
            return
        elif not calendar.is_working(day):
            self._write(day, DayCode.OFF, "", calendar)
            return
        elif stage.unit is Unit.WORKING_DAY:
            reason = f"Ngày làm việc thứ {n}" + (f" ({name})" if name else "")
        else:
            reason = _hours_of(day, stage, calendar)
        self.days[day] = DayReason(day, True, n, DayCode.COUNTED, reason + _provisional(day, calendar))

    def _write(self, day: date, code: DayCode, reason: str, calendar: WorkingCalendar) -> None:
        """A day that is not counted: for its own reason when it is off, else for the one given."""
        if not calendar.is_working(day):
            code, reason = DayCode.OFF, f"Ngày nghỉ: {calendar.reason(day)}"
        self.days[day] = DayReason(day, False, None, code, reason + _provisional(day, calendar))

    def _forget_after(self, day: date) -> None:
        self.days = {known: row for known, row in self.days.items() if known <= day}


_ROLLED = "Ngày cuối là ngày nghỉ, chuyển sang ngày làm việc tiếp theo"
_FIRST_DAY = {
    ClockKind.START: "Ngày tiếp nhận hồ sơ, không tính",
    ClockKind.RESTART: "Ngày nhận đủ hồ sơ, không tính; thời hạn tính lại từ đầu",
    ClockKind.REOPEN: "Ngày mở lại hồ sơ, không tính",
}


def _later_days(after: date, until: date) -> Iterator[date]:
    """The days later than `after`, up to and with `until`."""
    return (after + timedelta(days=offset) for offset in range(1, (until - after).days + 1))


def _hours_of(day: date, stage: Stage, calendar: WorkingCalendar) -> str:
    start, end = max(stage.start, start_of(day)), min(stage.end, end_of(day))
    worked = calendar.working_time(start, end)
    hours = f"{worked / HOUR:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"Tính {hours} giờ làm việc" if stage.unit is Unit.WORKING_HOUR else "Tính theo giờ"


def _provisional(day: date, calendar: WorkingCalendar) -> str:
    return f" (lịch năm {day.year} là dự kiến)" if calendar.is_provisional(day) else ""


def show_due(due_at: datetime | None) -> str:
    """`17:00 ngày 09/09/2021`, or that there is no limit."""
    return "không quy định thời hạn" if due_at is None else f"{due_at:%H:%M} ngày {due_at:%d/%m/%Y}"
