"""What a regime says about a clock that waits. Pure; no Django."""

from collections.abc import Sequence
from datetime import date, datetime

from motcua.base.times import day_of
from motcua.calendar.limits import Limit
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock import ClockState, fold
from motcua.dossiers.clock_events import Cause, ClockEvent, ClockKind
from motcua.law.facts import RegimeFacts


def stands_still(cause: Cause, facts: RegimeFacts) -> bool:
    """Whether the clock stands still for that cause: for missing papers always, else by parameter.

    Law: ND61-2018 19(4)
    """
    if cause is Cause.FINANCIAL:
        return facts.pause_on_financial
    if cause is Cause.OUTAGE:
        return not facts.outage_charged_to_applicant
    return True


def goes_on_by(cause: Cause, facts: RegimeFacts) -> ClockKind:
    """How the clock runs again: after missing papers from the start or with what was left, else with what was left.

    Law: ND61-2018 19(4)
    """
    if cause is Cause.SUPPLEMENT and facts.supplement_clock == "restart":
        return ClockKind.RESTART
    return ClockKind.RESUME


def allowance(
    past: Sequence[ClockEvent], began: datetime, ended: datetime, calendar: WorkingCalendar
) -> ClockEvent | None:
    """The pause that gives back an outage of the agency's system, as far as this clock ran then.

    What lies before the last event of the ledger is not given back any more: since then the limit is counted anew,
    or somebody has promised another day. None where nothing is left, where the clock stands still, or where no day
    moves.
    """
    reading = fold(past)
    start = max(began, past[-1].at)
    if reading.state is not ClockState.RUNNING or start >= ended:
        return None
    pause = ClockEvent(ClockKind.PAUSE, start, calendar, until=ended, cause=Cause.OUTAGE)
    return pause if fold([*past, pause]).due_at != reading.due_at else None


def last_day_after_outage(last_day: date, began: datetime, ended: datetime, calendar: WorkingCalendar) -> date:
    """Until when somebody may answer whom an outage hindered: the last day moves as a limit does that is paused from its
    beginning to its end, and where the outage reached the last day there is one whole working day after it.

    The whole day is ours; no text says it.
    """
    first, last = day_of(began), day_of(ended)
    if first > last_day:
        return last_day
    moved = calendar.add_working_days(last_day, calendar.count_working_days(first, last))
    return moved if moved > last else calendar.add_working_days(last, 1)


def last_day_to_ask(start: ClockEvent, days: int) -> date:
    """The last day on which an ineligible dossier goes back without a special basis: so many working days counted
    from acceptance.

    Law: ND61-2018 19(4)
    """
    due = fold([ClockEvent(ClockKind.START, start.at, start.calendar, limit=Limit.working_days(days))]).due_at
    if due is None:
        raise AssertionError("a limit in working days always has a last day")
    return day_of(due)
