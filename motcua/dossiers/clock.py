"""The clock of a dossier: when it is due, and whether its time runs. Pure; no Django.

A due date is never typed over: it is the fold of the clock's events. Each event carries the calendar that was
in force when it happened, so that a later change of holidays never moves a promise that was made.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from motcua.base.times import VIETNAM, day_of
from motcua.calendar.counting import shift, stages
from motcua.calendar.limits import Limit, LimitKind, Unit
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock_events import Cause, ClockError, ClockEvent, ClockKind


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


class ClockReading(NamedTuple):
    """What the ledger says. `due_at` is None when no limit is set; it is the moment until which one is in time."""

    state: ClockState = ClockState.NONE
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    started_at: datetime | None = None
    paused_at: datetime | None = None
    stopped_at: datetime | None = None
    extensions: int = 0
    law: tuple[str, ...] = ()
    waits_for: tuple[Cause, ...] = ()


def fold(events: Sequence[ClockEvent]) -> ClockReading:
    """The reading after all events, in the order of the journal; no event gives an empty reading.

    Raises ClockError when an event can't follow those before it, CalendarGap when a year has no calendar.
    Law: ND61-2018 17, 19; BLDS-2015 147, 148
    """
    return folded(events).reading()


def folded(events: Sequence[ClockEvent]) -> "Ledger":
    """The running totals after all events. Raises as `fold`."""
    ledger = Ledger()
    for event in in_order(events):
        ledger.take(event)
    return ledger


class Ledger:
    """The running totals of a fold.

    `raw_at`: where the limit ends as it falls, before moving off days off. `paused`: the event since which the clock
    stands still, whatever it waits for now. `counted`: the event from which the limit is counted, and `since` every
    pause and resumption after it.
    """

    __slots__ = (
        "at", "calendar", "counted", "due_at", "extensions", "law", "limit", "original_due_at", "paused", "raw_at",
        "since", "started_at", "state", "stopped_at", "waits_for",
    )  # fmt: skip

    def __init__(self) -> None:
        self.state = ClockState.NONE
        self.due_at: datetime | None = None
        self.raw_at: datetime | None = None
        self.original_due_at: datetime | None = None
        self.started_at: datetime | None = None
        self.stopped_at: datetime | None = None
        self.paused: ClockEvent | None = None
        self.waits_for: tuple[Cause, ...] = ()
        self.limit: Limit | None = None
        self.calendar: WorkingCalendar | None = None
        self.counted: ClockEvent | None = None
        self.since: list[ClockEvent] = []
        self.at: datetime | None = None
        self.extensions = 0
        self.law: list[str] = []

    def take(self, event: ClockEvent) -> None:
        """Apply one event that `in_order` gave. Raises ClockError."""
        if self.at is not None and event.at < self.at:
            raise ClockError(
                f"Các mốc thời gian của hồ sơ không theo thứ tự: {event.at.astimezone(VIETNAM):%H:%M %d/%m/%Y} "
                f"sớm hơn {self.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}."
            )
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
            self.waits_for,
        )

    # --- counting ---

    def _promise(self, raw_at: datetime | None, due_at: datetime | None, calendar: WorkingCalendar) -> None:
        """Set the end of the limit; the first one stays beside every later one, and none is ever taken back."""
        if due_at is None and self.original_due_at is not None:
            raise ClockError("Hồ sơ đã có ngày hẹn trả thì không thể chuyển thành không quy định thời hạn.")
        self.raw_at, self.due_at, self.calendar = raw_at, due_at, calendar
        if self.original_due_at is None:
            self.original_due_at = due_at

    def _count_from(self, event: ClockEvent, limit: Limit | None, calendar: WorkingCalendar) -> None:
        if limit is None:
            raise ClockError("Chưa xác định thời hạn giải quyết.")
        self.limit, self.counted, self.since = limit, event, []
        if limit.kind is LimitKind.FIXED_DATE and limit.on is None and event.until is not None:
            self._promise(event.until, event.until, calendar)
            return
        counted = stages(limit, counted_from(event), calendar)
        raw_at, due_at = (counted[-1].raw, counted[-1].end) if counted else (None, None)
        self._promise(raw_at, due_at, calendar)

    def _count_on(self, stopped: datetime, resumed: datetime, calendar: WorkingCalendar) -> None:
        """The time left when the clock stopped is counted on from the day of resuming.

        Law: ND61-2018 19
        """
        if self.due_at and self.raw_at and self.limit and self.calendar:
            last = self.limit.parts[-1] if self.limit.parts else None
            self.raw_at, self.due_at = shift(
                unit=last.unit if last else Unit.WORKING_DAY,
                whole=last is None or last.value.denominator == 1,
                raw=self.raw_at,
                due=self.due_at,
                promised_by=self.calendar,
                stopped=stopped,
                resumed=resumed,
                calendar=calendar,
            )
        self.calendar = calendar

    def _stand_still(self, event: ClockEvent | None, causes: tuple[Cause, ...]) -> None:
        """From now on the clock waits for these causes, or runs where there are none."""
        self.waits_for = causes
        self.paused, self.state = (event, ClockState.PAUSED) if causes else (None, ClockState.RUNNING)

    def _without(self, cause: Cause) -> tuple[Cause, ...]:
        return () if self.waits_for == (cause,) else tuple(other for other in self.waits_for if other is not cause)

    # --- what each kind of event does ---

    def _start(self, event: ClockEvent) -> None:
        self._count_from(event, event.limit, event.calendar)
        self.started_at = event.at
        self.state = ClockState.RUNNING

    def _pause(self, event: ClockEvent) -> None:
        if event.cause in self.waits_for:
            raise ClockError("Thời hạn đã tạm dừng vì lý do này.")
        self._stand_still(self.paused or event, (*self.waits_for, event.cause))
        self.since.append(event)

    def _resume(self, event: ClockEvent) -> None:
        """The clock runs again when nothing is left to wait for."""
        if event.cause not in self.waits_for or self.paused is None:
            raise ClockError(_OUT_OF_TURN[ClockKind.RESUME])
        left = self._without(event.cause)
        if not left:
            self._count_on(self.paused.at, event.at, event.calendar)
        self._stand_still(self.paused, left)
        self.since.append(event)

    def _restart(self, event: ClockEvent) -> None:
        """The whole limit is counted again from the completion of the dossier; what else it waits for, it still does.

        A date that was fixed beforehand, or appointed where there is no limit, can't be counted again: what was left
        until it is counted on.
        Law: ND61-2018 19(4)
        """
        limit = event.limit or self.limit
        if event.limit is None and limit is not None and limit.kind in _NOT_COUNTED:
            if self.paused:
                self._count_on(self.paused.at, event.at, event.calendar)
            self.since += [replace(event, kind=ClockKind.RESUME, cause=cause) for cause in self.waits_for]
        else:
            self._count_from(event, limit, event.calendar)
        self._stand_still(event, self._without(event.cause))
        self.since += [replace(event, kind=ClockKind.PAUSE, cause=cause) for cause in self.waits_for]

    def _extend(self, event: ClockEvent) -> None:
        until = event.until
        if event.limit is not None and self.due_at is not None and (counted := _ends(event, self.due_at)):
            until = counted
        if until is None or self.due_at is None or until <= self.due_at:
            raise ClockError("Ngày hẹn lại phải sau ngày hẹn trả hiện tại.")
        self._promise(until, until, event.calendar)
        self.extensions += 1

    def _stop(self, event: ClockEvent) -> None:
        """A dossier that ends while it waits for the applicant is not charged with the waiting."""
        if self.paused:
            self._count_on(self.paused.at, event.at, event.calendar)
        self.since += [replace(event, kind=ClockKind.RESUME, cause=cause) for cause in self.waits_for]
        self._stand_still(None, ())
        self.stopped_at, self.state = event.at, ClockState.STOPPED

    def _reopen(self, event: ClockEvent) -> None:
        """Time runs again towards the same promise: the offices' own error earns no new time, unless one is set."""
        if event.limit is not None:
            self._count_from(event, event.limit, event.calendar)
        self.stopped_at, self.state = None, ClockState.RUNNING

    def _correct(self, event: ClockEvent) -> None:
        if event.until is None:
            raise ClockError("Đính chính ngày hẹn trả phải ghi rõ ngày đúng.")
        if self.started_at is not None and day_of(event.until) < day_of(self.started_at):
            raise ClockError("Ngày hẹn trả không thể trước ngày tiếp nhận hồ sơ.")
        self._promise(event.until, event.until, event.calendar)

    def _reassign(self, event: ClockEvent) -> None:
        """Another limit, counted from where the old one was, with everything that stood still since.

        A day that was appointed meanwhile gives way: the new limit is the promise.
        """
        anew = Ledger()
        for past in self.as_if(event):
            anew.take(past)
        self.limit, self.counted, self.since = anew.limit, anew.counted, anew.since
        self._promise(anew.raw_at, anew.due_at, event.calendar)

    def as_if(self, reassigned: ClockEvent) -> list[ClockEvent]:
        """The events since the limit is counted, as if it had been another one from there on."""
        if self.counted is None:
            raise ClockError(_OUT_OF_TURN[ClockKind.REASSIGN])
        limit, calendar = reassigned.limit, reassigned.calendar
        start = replace(self.counted, kind=ClockKind.START, limit=limit, calendar=calendar)
        return [start, *(replace(past, calendar=calendar) for past in self.since)]


PROMISING = frozenset({ClockKind.START, ClockKind.RESTART, ClockKind.EXTEND, ClockKind.CORRECT, ClockKind.REOPEN})
_NOT_COUNTED = frozenset({LimitKind.FIXED_DATE, LimitKind.NONE})
_RUNNING = frozenset({ClockState.RUNNING})
_OPEN = frozenset({ClockState.PAUSED, ClockState.RUNNING})
_STEPS: dict[ClockKind, tuple[frozenset[ClockState], Callable[[Ledger, ClockEvent], None]]] = {
    ClockKind.START: (frozenset({ClockState.NONE}), Ledger._start),
    ClockKind.PAUSE: (_OPEN, Ledger._pause),
    ClockKind.RESUME: (frozenset({ClockState.PAUSED}), Ledger._resume),
    ClockKind.RESTART: (_OPEN, Ledger._restart),
    ClockKind.EXTEND: (_RUNNING, Ledger._extend),
    ClockKind.STOP: (_OPEN, Ledger._stop),
    ClockKind.REOPEN: (frozenset({ClockState.STOPPED}), Ledger._reopen),
    ClockKind.CORRECT: (frozenset(ClockState) - {ClockState.NONE}, Ledger._correct),
    ClockKind.REASSIGN: (_OPEN, Ledger._reassign),
}
_OUT_OF_TURN = {
    ClockKind.START: "Thời hạn của hồ sơ đã bắt đầu tính.",
    ClockKind.PAUSE: "Chỉ tạm dừng được khi thời hạn đang tính.",
    ClockKind.RESUME: "Thời hạn không tạm dừng vì lý do này nên không thể tính tiếp.",
    ClockKind.RESTART: "Hồ sơ chưa tính hoặc đã dừng tính thời hạn nên không thể tính lại từ đầu.",
    ClockKind.EXTEND: "Chỉ hẹn lại được khi thời hạn đang tính.",
    ClockKind.STOP: "Hồ sơ chưa tính hoặc đã dừng tính thời hạn.",
    ClockKind.REOPEN: "Chỉ mở lại được hồ sơ đã dừng tính thời hạn.",
    ClockKind.CORRECT: "Hồ sơ chưa có ngày hẹn trả để đính chính.",
    ClockKind.REASSIGN: "Chỉ giao lại thời hạn cho hồ sơ đang giải quyết.",
}


def in_order(events: Sequence[ClockEvent]) -> list[ClockEvent]:
    """The events of a journal one after the other: a pause that was over when it was told stands where it happened.

    Not before the limit was last counted anew or a day promised: what was lost before that is in the new count.
    """
    told: list[ClockEvent] = []
    for event in events:
        if event.is_over and event.until is not None:
            _put(told, event, event.until)
        else:
            told.append(event)
    return told


def _put(told: list[ClockEvent], pause: ClockEvent, until: datetime) -> None:
    place = next((n for n in range(len(told), 0, -1) if told[n - 1].kind in PROMISING), 0)
    began = max(pause.at, told[place - 1].at) if place else pause.at
    if began >= until:
        return
    while place < len(told) and told[place].at <= began:
        place += 1
    told.insert(place, replace(pause, at=began, until=None))
    while place < len(told) and told[place].at < until:
        place += 1
    told.insert(place, replace(pause, kind=ClockKind.RESUME, at=until, until=None))


def counted_from(event: ClockEvent) -> datetime:
    """The moment of the event, or the next working day's opening where late reception shifts the start."""
    if event.shift_after is None or event.at.astimezone(VIETNAM).time() <= event.shift_after:
        return event.at
    return event.calendar.opening(event.calendar.add_working_days(day_of(event.at), 1))


def _ends(event: ClockEvent, start: datetime) -> datetime | None:
    counted = stages(event.limit, start, event.calendar) if event.limit else []
    return counted[-1].end if counted else None


# --- judging ----------------------------------------------------------------------------------------------------


def outcome(finished_at: datetime, due_at: datetime | None) -> Outcome:
    """Early, on time or late by Vietnamese days, not hours; without a due date it is on time."""
    if due_at is None or day_of(finished_at) == day_of(due_at):
        return Outcome.ON_TIME
    return Outcome.EARLY if day_of(finished_at) < day_of(due_at) else Outcome.LATE


def is_late(day: date, due_at: datetime | None) -> bool:
    """An open dossier is late from the day after its due day; never without one."""
    return due_at is not None and day_of(due_at) < day
