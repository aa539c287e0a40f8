"""The clock of a dossier: when it is due, and whether its time runs. Pure; no Django.

A due date is never typed over: it is the fold of the clock's events. Each event carries the calendar that was
in force when it happened, so that a later change of holidays never moves a promise that was made.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from motcua.base.errors import Refused
from motcua.base.times import VIETNAM, day_of
from motcua.calendar.counting import shift, stages
from motcua.calendar.limits import Limit, LimitKind, Unit
from motcua.calendar.working_days import WorkingCalendar


class ClockKind(StrEnum):
    """What happens to the time of a dossier."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RESTART = "restart"
    EXTEND = "extend"
    STOP = "stop"
    REOPEN = "reopen"
    CORRECT = "correct"


class ClockState(StrEnum):
    """Whether time runs now."""

    NONE = "none"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Outcome(StrEnum):
    """How a finished dossier stands against its promise."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class ClockError(Refused):
    """The event makes no sense after those before it, or can't be counted."""

    code = "clock"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One line of the ledger.

    `limit`: START needs it, RESTART and REOPEN may bring a new one. `until`: EXTEND and CORRECT need it; START
    with a fixed date too. `shift_after`: a START later than this clock time counts from the next working day
    (a local practice; None where the law is applied as written). `law` names the rule that allows the event.
    """

    kind: ClockKind
    at: datetime
    calendar: WorkingCalendar
    limit: Limit | None = None
    until: datetime | None = None
    law: str = ""
    shift_after: time | None = None


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the ledger says. `due_at` is None when no limit is set; it is the moment until which one is in time."""

    state: ClockState = ClockState.NONE
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    started_at: datetime | None = None
    paused_at: datetime | None = None
    stopped_at: datetime | None = None
    extensions: int = 0
    law: tuple[str, ...] = ()


def fold(events: Sequence[ClockEvent]) -> ClockReading:
    """The reading after all events, in their order of time; no event gives an empty reading.

    Raises ClockError when an event can't follow those before it, CalendarGap when a year has no calendar.
    Law: ND61-2018 17, 19; BLDS-2015 147, 148
    """
    ledger = Ledger()
    for event in events:
        ledger.take(event)
    return ledger.reading()


class Ledger:
    """The running totals of a fold. `raw_at` is where the limit ends as it falls, before moving off days off."""

    __slots__ = (
        "at", "calendar", "due_at", "extensions", "law", "limit", "original_due_at", "paused", "raw_at", "started_at",
        "state", "stopped_at",
    )  # fmt: skip

    def __init__(self) -> None:
        self.state = ClockState.NONE
        self.due_at: datetime | None = None
        self.raw_at: datetime | None = None
        self.original_due_at: datetime | None = None
        self.started_at: datetime | None = None
        self.stopped_at: datetime | None = None
        self.paused: ClockEvent | None = None
        self.limit: Limit | None = None
        self.calendar: WorkingCalendar | None = None
        self.at: datetime | None = None
        self.extensions = 0
        self.law: list[str] = []

    def take(self, event: ClockEvent) -> None:
        """Apply one event. Raises ClockError."""
        if self.at is not None and event.at < self.at:
            raise ClockError("Các mốc thời gian của hồ sơ không theo thứ tự.")
        before, change = _STEPS[event.kind]
        if self.state not in before:
            raise ClockError(_OUT_OF_TURN[event.kind])
        change(self, event)
        self.at = event.at
        if event.law and event.law not in self.law:
            self.law.append(event.law)

    def reading(self) -> ClockReading:
        """What stands now."""
        return ClockReading(
            self.state,
            self.due_at,
            self.original_due_at,
            self.started_at,
            self.paused.at if self.paused else None,
            self.stopped_at,
            self.extensions,
            tuple(self.law),
        )

    def _start(self, event: ClockEvent) -> None:
        self._count_from(event, event.limit)
        self.original_due_at = self.due_at
        self.started_at = event.at
        self.state = ClockState.RUNNING

    def _count_from(self, event: ClockEvent, limit: Limit | None) -> None:
        if limit is None:
            raise ClockError("Chưa xác định thời hạn giải quyết.")
        self.limit, self.calendar = limit, event.calendar
        if limit.kind is LimitKind.FIXED_DATE and event.until is not None:
            self.raw_at = self.due_at = event.until
            return
        counted = stages(limit, counted_from(event), event.calendar)
        self.raw_at, self.due_at = (counted[-1].raw, counted[-1].end) if counted else (None, None)

    def _pause(self, event: ClockEvent) -> None:
        self.paused = event
        self.state = ClockState.PAUSED

    def _resume(self, event: ClockEvent) -> None:
        """The time left when the clock stopped is counted on from the day of resuming.

        Law: ND61-2018 19
        """
        if self.due_at and self.raw_at and self.limit and self.calendar and self.paused:
            last = self.limit.parts[-1] if self.limit.parts else None
            self.raw_at, self.due_at = shift(
                unit=last.unit if last else Unit.WORKING_DAY,
                whole=last is None or last.value.denominator == 1,
                raw=self.raw_at,
                due=self.due_at,
                promised_by=self.calendar,
                stopped=self.paused.at,
                resumed=event.at,
                calendar=event.calendar,
            )
        self.calendar = event.calendar
        self.paused, self.state = None, ClockState.RUNNING

    def _restart(self, event: ClockEvent) -> None:
        """The whole limit is counted again from the completion of the dossier.

        Law: ND61-2018 19(4)
        """
        self._count_from(event, event.limit or self.limit)
        self.paused, self.state = None, ClockState.RUNNING

    def _extend(self, event: ClockEvent) -> None:
        if event.until is None or self.due_at is None or event.until <= self.due_at:
            raise ClockError("Ngày hẹn lại phải sau ngày hẹn trả hiện tại.")
        self.raw_at = self.due_at = event.until
        self.calendar = event.calendar
        self.extensions += 1

    def _stop(self, event: ClockEvent) -> None:
        """A dossier that ends while it waits for the applicant is not charged with the waiting."""
        if self.paused:
            self._resume(event)
        self.stopped_at, self.paused, self.state = event.at, None, ClockState.STOPPED

    def _reopen(self, event: ClockEvent) -> None:
        """Time runs again towards the same promise: the offices' own error earns no new time, unless one is set."""
        if event.limit is not None:
            self._count_from(event, event.limit)
        self.stopped_at, self.state = None, ClockState.RUNNING

    def _correct(self, event: ClockEvent) -> None:
        if event.until is None:
            raise ClockError("Đính chính ngày hẹn trả phải ghi rõ ngày đúng.")
        self.raw_at = self.due_at = event.until
        self.calendar = event.calendar


_RUNNING = frozenset({ClockState.RUNNING})
_STEPS: dict[ClockKind, tuple[frozenset[ClockState], Callable[[Ledger, ClockEvent], None]]] = {
    ClockKind.START: (frozenset({ClockState.NONE}), Ledger._start),
    ClockKind.PAUSE: (_RUNNING, Ledger._pause),
    ClockKind.RESUME: (frozenset({ClockState.PAUSED}), Ledger._resume),
    ClockKind.RESTART: (frozenset({ClockState.PAUSED, ClockState.RUNNING}), Ledger._restart),
    ClockKind.EXTEND: (_RUNNING, Ledger._extend),
    ClockKind.STOP: (frozenset({ClockState.PAUSED, ClockState.RUNNING}), Ledger._stop),
    ClockKind.REOPEN: (frozenset({ClockState.STOPPED}), Ledger._reopen),
    ClockKind.CORRECT: (frozenset(ClockState) - {ClockState.NONE}, Ledger._correct),
}
_OUT_OF_TURN = {
    ClockKind.START: "Thời hạn của hồ sơ đã bắt đầu tính.",
    ClockKind.PAUSE: "Chỉ tạm dừng được khi thời hạn đang tính.",
    ClockKind.RESUME: "Thời hạn không tạm dừng nên không thể tính tiếp.",
    ClockKind.RESTART: "Hồ sơ chưa tính hoặc đã dừng tính thời hạn nên không thể tính lại từ đầu.",
    ClockKind.EXTEND: "Chỉ hẹn lại được khi thời hạn đang tính.",
    ClockKind.STOP: "Hồ sơ chưa tính hoặc đã dừng tính thời hạn.",
    ClockKind.REOPEN: "Chỉ mở lại được hồ sơ đã dừng tính thời hạn.",
    ClockKind.CORRECT: "Hồ sơ chưa có ngày hẹn trả để đính chính.",
}


def counted_from(event: ClockEvent) -> datetime:
    """The moment of the event, or the next working day's opening where late reception shifts the start."""
    if event.shift_after is None or event.at.astimezone(VIETNAM).time() <= event.shift_after:
        return event.at
    return event.calendar.opening(event.calendar.add_working_days(day_of(event.at), 1))


# --- judging ----------------------------------------------------------------------------------------------------


def outcome(finished_at: datetime, due_at: datetime | None) -> Outcome:
    """Early, on time or late by Vietnamese days, not hours; without a due date it is on time."""
    if due_at is None or day_of(finished_at) == day_of(due_at):
        return Outcome.ON_TIME
    return Outcome.EARLY if day_of(finished_at) < day_of(due_at) else Outcome.LATE


def is_late(day: date, due_at: datetime | None) -> bool:
    """An open dossier is late from the day after its due day; never without one."""
    return due_at is not None and day_of(due_at) < day


# --- as stored in the journal -----------------------------------------------------------------------------------


def clock_event_to_json(event: ClockEvent) -> dict[str, Any]:
    """The event as strings and integers; its calendar by edition and schedule."""
    payload: dict[str, Any] = {
        "kind": str(event.kind),
        "at": event.at.isoformat(),
        "edition": event.calendar.edition,
        "schedule": event.calendar.schedule,
        "law": event.law,
    }
    if event.limit is not None:
        payload["limit"] = event.limit.to_json()
    if event.until is not None:
        payload["until"] = event.until.isoformat()
    if event.shift_after is not None:
        payload["shift_after"] = event.shift_after.isoformat()
    return payload


def clock_event_from_json(payload: Mapping[str, Any], calendars: Callable[[int, str], WorkingCalendar]) -> ClockEvent:
    """The inverse; `calendars(edition, schedule)` finds the calendar that was in force."""
    until, shift_after, limit = payload.get("until"), payload.get("shift_after"), payload.get("limit")
    return ClockEvent(
        kind=ClockKind(payload["kind"]),
        at=datetime.fromisoformat(payload["at"]),
        calendar=calendars(payload["edition"], payload["schedule"]),
        limit=Limit.from_json(limit) if limit else None,
        until=datetime.fromisoformat(until) if until else None,
        law=payload["law"],
        shift_after=time.fromisoformat(shift_after) if shift_after else None,
    )
