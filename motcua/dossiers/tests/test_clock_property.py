"""Random calendars and random histories: the clock reads what the slow clock reads, and its story ends there."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.times import VIETNAM, day_of
from motcua.calendar.limits import Limit, LimitKind, Part, Unit
from motcua.calendar.office_hours import Session, WorkHours
from motcua.calendar.working_days import DayKind, SpecialDay, WorkingCalendar
from motcua.dossiers.clock import ClockState, fold
from motcua.dossiers.clock_days import DayCode, story
from motcua.dossiers.clock_events import Cause, ClockEvent, ClockKind, clock_event_from_json, clock_event_to_json
from motcua.dossiers.tests.slow_clock import Printed, SlowClock

pytestmark = pytest.mark.property
YEARS = (2021, 2022, 2023, 2024)
DAYS = st.dates(date(2021, 1, 1), date(2024, 12, 31))
CAUSES = ("supplement", "financial", "outage")


# --- calendars --------------------------------------------------------------------------------------------------------


@st.composite
def sessions(draw):
    """One to three sessions of a day, to the minute."""
    edges = draw(
        st.lists(st.integers(360, 1200), min_size=2, max_size=6, unique=True).filter(lambda e: len(e) % 2 == 0)
    )
    edges.sort()
    return list(zip(edges[::2], edges[1::2], strict=True))


@st.composite
def calendars(draw):
    """Days off in blocks and alone, make-up Saturdays, hours that change once, Saturdays that count or not."""
    off = set(draw(st.lists(DAYS, max_size=25)))
    for first, length in draw(st.lists(st.tuples(DAYS, st.integers(2, 12)), max_size=4)):
        off |= {day for n in range(length) if (day := first + timedelta(days=n)).year in YEARS}
    saturdays = draw(st.lists(DAYS.filter(lambda day: day.weekday() == 5), max_size=4, unique=True))
    worked = {day: draw(st.integers(0, 4)) for day in saturdays}
    hours = {weekday: draw(sessions()) for weekday in range(5)}
    summer = {weekday: draw(sessions()) for weekday in range(5)}
    saturday_counts = draw(st.booleans())
    if draw(st.booleans()):
        hours[5], summer[5] = draw(sessions()), draw(sessions())
    return Printed(frozenset(off - set(worked)), worked, hours, summer, draw(DAYS), saturday_counts)


def built(printed):
    """The house's calendar of the same facts."""
    some_monday = date(2020, 12, 28)
    days = [SpecialDay(day, DayKind.HOLIDAY, "Nghỉ") for day in printed.off]
    days += [
        SpecialDay(day, DayKind.MAKE_UP, "Làm bù", some_monday + timedelta(days=weekday))
        for day, weekday in printed.worked.items()
    ]
    hours = [
        WorkHours(weekday, tuple(Session(clock(a), clock(b)) for a, b in rows), start, end, counts_weekend=counts)
        for table, start, end in (
            (printed.hours, date(2020, 1, 1), printed.changed),
            (printed.summer, printed.changed, None),
        )
        for weekday, rows in table.items()
        for counts in [printed.saturday_counts]
    ]
    return WorkingCalendar(days=days, years=YEARS, hours=hours)


def clock(minute):
    return time(minute // 60, minute % 60)


# --- histories --------------------------------------------------------------------------------------------------------

LIMITS = (
    st.lists(st.tuples(st.integers(1, 25), st.just("wd")), min_size=1, max_size=1)
    | st.lists(st.tuples(st.integers(1, 40), st.just("d")), min_size=1, max_size=1)
    | st.lists(st.tuples(st.integers(1, 24), st.just("wh")), min_size=1, max_size=1)
    | st.tuples(st.tuples(st.integers(1, 3), st.just("m")), st.tuples(st.integers(1, 20), st.sampled_from(["d", "wd"]))).map(list)
    | st.just("same-day")
)  # fmt: skip
STARTING_LIMITS = LIMITS | st.just("none") | DAYS
NEXT = {
    "running": ("pause", "restart", "extend", "stop", "correct", "reassign"),
    "paused": ("pause", "resume", "resume", "restart", "stop", "reassign"),
    "stopped": ("reopen",),
}


def house_limit(limit):
    if limit in ("none", "same-day"):
        return Limit(LimitKind(limit))
    if isinstance(limit, date):
        return Limit(LimitKind.FIXED_DATE, on=limit)
    return Limit(LimitKind.DURATION, tuple(Part(Fraction(number), Unit(unit)) for number, unit in limit))


@st.composite
def histories(draw):
    """A calendar and the events of one dossier on it, each as (kind, moment, value, cause), in a possible order."""
    printed = draw(calendars())
    at = draw(
        st.datetimes(datetime(2021, 1, 2), datetime(2022, 12, 1)).map(lambda m: m.replace(second=0, microsecond=0))
    )
    limit = draw(STARTING_LIMITS)
    if isinstance(limit, date):
        limit = at.date() + timedelta(days=draw(st.integers(0, 90)))
    slow, events = SlowClock(), []

    def add(kind, value=None, cause="supplement"):
        slow.happen(kind, at, printed, value, cause)
        events.append((kind, at, value, cause))

    add("start", limit)
    for _ in range(draw(st.integers(0, 6))):
        at += timedelta(days=draw(st.integers(0, 20)), minutes=draw(st.integers(0, 900)))
        kind = draw(st.sampled_from(NEXT[slow.state]))
        if kind == "pause":
            free = [cause for cause in CAUSES if cause not in slow.waits]
            if free:
                add(kind, cause=draw(st.sampled_from(free)))
        elif kind == "resume":
            add(kind, cause=draw(st.sampled_from(sorted(slow.waits))))
        elif kind == "extend":
            if slow.due is not None:
                add(kind, printed.closing(printed.nth_after(slow.due.date(), draw(st.integers(1, 15)))))
        elif kind == "correct":
            add(kind, printed.closing(printed.nth_after(at.date(), draw(st.integers(0, 15)))))
        elif kind == "reassign":
            add(kind, draw(LIMITS))
        elif kind == "reopen":
            add(kind, draw(st.none() | LIMITS))
        else:
            add(kind)
    return printed, events, slow


def house_events(printed, events):
    calendar = built(printed)
    made = []
    for kind, at, value, cause in events:
        until = value.replace(tzinfo=VIETNAM) if isinstance(value, datetime) else None
        limit = house_limit(value) if value is not None and until is None else None
        made.append(ClockEvent(ClockKind(kind), at.replace(tzinfo=VIETNAM), calendar, limit, until, cause=Cause(cause)))
    return made


@given(histories())
def test_every_history_ends_where_the_slow_clock_says_and_its_story_leaves_no_day_out(history):
    printed, events, slow = history
    made = house_events(printed, events)
    reading = fold(made)
    assert reading.due_at == (slow.due and slow.due.replace(tzinfo=VIETNAM))
    assert reading.original_due_at == (slow.first_due and slow.first_due.replace(tzinfo=VIETNAM))
    assert (str(reading.state), set(map(str, reading.waits_for))) == (slow.state, slow.waits)

    told = story(made)
    assert told.reading == reading
    rows = told.days
    assert rows[0].day == made[0].at.date() or made[0].limit == Limit(LimitKind.NONE)
    assert all(later.day - earlier.day == timedelta(days=1) for earlier, later in pairwise(rows))
    if reading.due_at is not None and reading.state is not ClockState.PAUSED:
        assert rows[-1].day >= day_of(reading.due_at)
    for row in rows:
        assert row.counted == (row.code is DayCode.COUNTED)
        assert printed.works(row.day) or row.code in (DayCode.OFF, DayCode.COUNTED, DayCode.FIRST, DayCode.DISCARDED)
        assert not (row.code is DayCode.OFF and printed.works(row.day))

    kept = [clock_event_from_json(clock_event_to_json(one), lambda *_: made[0].calendar) for one in made]
    assert kept == made


@given(calendars(), st.datetimes(datetime(2021, 1, 2), datetime(2024, 6, 1)), st.integers(0, 2000))
def test_working_time_is_counted_minute_by_minute(printed, at, minutes):
    calendar = built(printed)
    at = at.replace(second=0, microsecond=0)
    end = calendar.add_working_time(at.replace(tzinfo=VIETNAM), minutes * 60_000_000)
    assert end == printed.add_minutes(at, minutes).replace(tzinfo=VIETNAM)
    assert calendar.working_time(at.replace(tzinfo=VIETNAM), end) == minutes * 60_000_000
