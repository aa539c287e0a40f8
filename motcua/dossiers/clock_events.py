"""What can happen to the time of a dossier, as typed values and as the journal keeps them. Pure; no Django."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any

from motcua.base.errors import Refused
from motcua.calendar.limits import Limit
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
    REASSIGN = "reassign"


class Cause(StrEnum):
    """For whom or what a clock stands still."""

    SUPPLEMENT = "supplement"
    FINANCIAL = "financial"
    OUTAGE = "outage"


class ClockError(Refused):
    """The event makes no sense after those before it, or can't be counted."""

    code = "clock"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One line of the ledger.

    `limit`: START and REASSIGN need it, RESTART and REOPEN may bring a new one; EXTEND may bring one that is counted
    from the promised day. `until`: CORRECT needs it, EXTEND without a limit too; START with a fixed date that has no
    day; a PAUSE that has one is over then, and the time left is counted on. `cause`: what a PAUSE waits for and a RESUME or RESTART no longer does. `shift_after`: a START later than this
    clock time counts from the next working day (a local practice; None where the law is applied as written). `law`
    names the rule that allows the event.
    """

    kind: ClockKind
    at: datetime
    calendar: WorkingCalendar
    limit: Limit | None = None
    until: datetime | None = None
    law: str = ""
    shift_after: time | None = None
    cause: Cause = Cause.SUPPLEMENT

    @property
    def is_over(self) -> bool:
        """Whether it is a pause that ended before it was told: an outage."""
        return self.kind is ClockKind.PAUSE and self.until is not None


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
    if event.cause is not Cause.SUPPLEMENT:
        payload["cause"] = str(event.cause)
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
        cause=Cause(payload.get("cause", Cause.SUPPLEMENT)),
    )
