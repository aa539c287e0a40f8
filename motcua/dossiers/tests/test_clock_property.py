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
from motcua.dossiers.part_clock import part_reading
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
def histories(draw, causes=CAUSES, kinds=NEXT):
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
        kind = draw(st.sampled_from(kinds[slow.state]))
        if kind == "pause":
            free = [cause for cause in causes if cause not in slow.waits]
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


# --- outages that are told afterwards, and parts ----------------------------------------------------------------------

OF_PEOPLE = ("supplement", "financial")
UNSTOPPED = {state: [kind for kind in kinds if kind != "stop"] for state, kinds in NEXT.items()}
PROMISES = ("start", "restart", "extend", "correct", "reopen")


@st.composite
def outages(draw, around):
    """Begin and end of an outage, before, in or after these moments."""
    began = draw(st.sampled_from(around)) + timedelta(minutes=draw(st.integers(-9000, 9000)))
    return began, began + timedelta(minutes=draw(st.integers(1, 20000)))


def known_at_once(events, began, ended):
    """The history as if the outage had been entered as it happened, from the last promise on."""
    promised = max(at for kind, at, *_ in events if kind in PROMISES)
    began = max(began, promised)
    if began >= ended:
        return events
    first, last = ("pause", began, None, "outage"), ("resume", ended, None, "outage")
    rank = {id(first): 2, id(last): 0}
    return sorted([*events, first, last], key=lambda event: (event[1], rank.get(id(event), 1)))


def slowly(events, printed):
    slow = SlowClock()
    for kind, at, value, cause in events:
        slow.happen(kind, at, printed, value, cause)
    return slow


def told_later(began, ended, calendar):
    began, ended = began.replace(tzinfo=VIETNAM), ended.replace(tzinfo=VIETNAM)
    return ClockEvent(ClockKind.PAUSE, began, calendar, until=ended, cause=Cause.OUTAGE)


@given(st.data())
def test_an_outage_that_is_told_afterwards_is_given_back_as_if_it_had_been_known_at_once(data):
    printed, events, _slow = data.draw(histories(OF_PEOPLE, UNSTOPPED))
    began, ended = data.draw(outages([at for _kind, at, *_ in events]))
    slow = slowly(known_at_once(events, began, ended), printed)
    made = house_events(printed, events)
    made.append(told_later(began, ended, made[0].calendar))
    reading = fold(made)
    assert reading.due_at == (slow.due and slow.due.replace(tzinfo=VIETNAM))
    assert (str(reading.state), set(map(str, reading.waits_for))) == (slow.state, slow.waits)
    assert story(made).reading == reading


@given(st.data())
def test_a_part_is_due_when_the_slow_clock_of_its_own_events_says(data):
    printed, events, _slow = data.draw(histories(OF_PEOPLE, UNSTOPPED))
    began, ended = data.draw(outages([at for _kind, at, *_ in events]))
    at = events[0][1] + timedelta(minutes=data.draw(st.integers(0, 60000)))
    waits = set()
    for kind, when, _value, cause in events:
        if when < at and kind in ("pause", "resume", "restart"):
            (waits.add if kind == "pause" else waits.discard)(cause)
    own = [("start", at, data.draw(LIMITS), "supplement")]
    part = own + [("pause", at, None, cause) for cause in sorted(waits)]
    part += [(kind, when, None, cause) for kind, when, _value, cause in events if when >= at and kind in ("pause", "resume", "restart")]  # fmt: skip
    slow = slowly(part, printed)
    if slow.state == "running" and data.draw(st.booleans()):
        new_day = printed.closing(printed.nth_after(slow.due.date(), data.draw(st.integers(1, 15))))
        own.append(("extend", part[-1][1] + timedelta(minutes=data.draw(st.integers(0, 5000))), new_day, "supplement"))
        part.append(own[-1])
    slow = slowly(known_at_once(part, began, ended), printed)
    whole = house_events(printed, events)
    whole.append(told_later(began, ended, whole[0].calendar))
    reading = part_reading(house_events(printed, own), whole)
    assert reading.due_at == slow.due.replace(tzinfo=VIETNAM)
    assert (str(reading.state), set(map(str, reading.waits_for))) == (slow.state, slow.waits)
