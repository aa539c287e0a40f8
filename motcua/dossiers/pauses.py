"""What a regime says about a clock that waits. Pure; no Django."""

from collections.abc import Sequence
from datetime import date, datetime

from motcua.base.times import day_of
from motcua.calendar.limits import Limit
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock import fold, in_order
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
    ledgers: Sequence[Sequence[ClockEvent]], began: datetime, ended: datetime, calendar: WorkingCalendar
) -> ClockEvent | None:
    """The pause that gives back an outage of the agency's system, to the clocks that ran then; None where no day moves.

    ledgers: of the dossier, and of each of its parts under way. What lies before the limit was last counted anew, or a
    day promised, is not given back any more (see `in_order`). A clock that stands still now is asked for the day that
    it would go on to.
    """
    pause = ClockEvent(ClockKind.PAUSE, began, calendar, until=ended, cause=Cause.OUTAGE)
    moves = any(_end(past, ended) != _end([*past, pause], ended) for past in ledgers)
    return pause if moves else None


def _end(ledger: Sequence[ClockEvent], at: datetime) -> datetime | None:
    """The last day, were the clock to stop waiting now, but not before `at`."""
    told = in_order(ledger)
    now = max(at, told[-1].at)
    return fold([*told, ClockEvent(ClockKind.STOP, now, told[-1].calendar)]).due_at


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
