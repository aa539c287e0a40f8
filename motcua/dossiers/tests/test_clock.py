"""The clock of a dossier reads like the statute, with dates written out."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.base.canonical import canonical_json
from motcua.base.times import VIETNAM, day_of
from motcua.calendar.bundled import read_bundled
from motcua.calendar.limits import Limit, LimitKind, Part, Unit
from motcua.calendar.office_hours import WorkHours, parse_sessions
from motcua.calendar.tests.conftest import DATA
from motcua.calendar.tests.test_working_days import slow_add, slow_is_office_minute, slow_is_working
from motcua.calendar.working_days import CalendarGap, DayKind, SpecialDay, WorkingCalendar
from motcua.dossiers.clock import ClockEvent, ClockKind, ClockState, Outcome, fold, is_late, outcome
from motcua.dossiers.clock_days import DayCode, explain
from motcua.dossiers.clock_events import ClockError, clock_event_from_json, clock_event_to_json

BUNDLED = read_bundled(DATA)
CALENDAR = BUNDLED.calendar()
FIVE_DAYS = Limit.working_days(5)
LAW = "ND61-2018 17"


def at(text):
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=VIETNAM)


def start(text, limit="5wd", **more):
    return ClockEvent(ClockKind.START, at(text), CALENDAR, Limit.parse(limit), law=LAW, **more)


def event(kind, text, **more):
    return ClockEvent(kind, at(text), more.pop("calendar", CALENDAR), **more)


ACCEPTED = start("2021-08-31 16:10")
ASKED = event(ClockKind.PAUSE, "2021-09-01 09:00", law="ND61-2018 19(4)")


def due(*events):
    return fold(events).due_at


# --- the golden vectors -------------------------------------------------------------------------------------------


def test_five_working_days_over_national_day_2021():
    assert due(ACCEPTED) == at("2021-09-09 17:00")


def test_a_completed_supplement_restarts_the_whole_limit():
    assert due(ACCEPTED, ASKED, event(ClockKind.RESTART, "2021-09-08 10:00")) == at("2021-09-15 17:00")


def test_or_resumes_it_where_practice_says_so():
    assert due(ACCEPTED, ASKED, event(ClockKind.RESUME, "2021-09-08 10:00")) == at("2021-09-14 17:00")


@pytest.mark.parametrize(
    ("accepted", "limit", "expected"),
    [
        ("2021-02-09 08:00", "5wd", "2021-02-23 17:00"),  # Tết Tân Sửu, 10-16/2
        ("2022-04-29 09:00", "3wd", "2022-05-06 17:00"),  # 30/4-1/5 with two substitutes
        ("2019-01-04 15:30", "1wd", "2019-01-05 17:00"),  # a make-up Saturday
        ("2026-01-01 10:00", "1wd", "2026-01-05 17:00"),  # online on a holiday; 2/1 is swapped
        ("2021-08-29 20:00", "1wd", "2021-08-30 17:00"),  # online on a Sunday
        ("2021-08-31 16:10", "0.5wd", "2021-09-01 11:00"),
        ("2021-08-31 16:10", "1.5wd", "2021-09-06 11:00"),
        ("2021-08-31 16:10", "2d", "2021-09-06 17:00"),
        ("2021-08-31 16:10", "30d", "2021-09-30 17:00"),
        ("2022-01-31 08:00", "1m", "2022-02-28 17:00"),
        ("2024-01-31 08:00", "1m", "2024-02-29 17:00"),
        ("2021-12-31 08:00", "2m", "2022-02-28 17:00"),
        ("2021-07-02 08:00", "2m", "2021-09-06 17:00"),  # 2/9 is off, so are 3 to 5
        ("2020-02-29 08:00", "1y", "2021-03-01 17:00"),  # 28/2/2021 is a Sunday
        ("2021-07-02 08:00", "2m+15wd", "2021-09-24 17:00"),
        ("2021-08-30 16:00", "8wh", "2021-08-31 16:00"),
        ("2021-08-31 17:30", "8wh", "2021-09-01 17:00"),
        ("2021-08-30 16:10", "24h", "2021-08-31 16:10"),
        ("2021-09-01 16:10", "24h", "2021-09-06 17:00"),  # ends on a holiday
        ("2021-08-30 16:10", "4h", "2021-08-31 07:00"),  # ends at night
        ("2021-08-31 15:00", "same-day", "2021-08-31 17:00"),
        ("2021-08-31 15:01", "same-day", "2021-09-01 17:00"),
        ("2021-09-01 15:01", "same-day", "2021-09-06 17:00"),
        ("2021-09-04 10:00", "same-day", "2021-09-06 17:00"),
        ("2021-08-31 16:59", "same-day@18:00", "2021-08-31 17:00"),
        ("2021-08-31 17:30", "same-day@18:00", "2021-09-01 17:00"),
        ("2021-08-31 16:10", "immediate", "2021-08-31 17:00"),
        ("2021-08-31 18:10", "immediate", "2021-09-01 17:00"),
    ],
)
def test_when_a_limit_ends(accepted, limit, expected):
    assert due(start(accepted, limit)) == at(expected)


def test_no_limit_has_no_due_date_and_is_never_late():
    reading = fold([start("2021-08-31 16:10", "none"), ASKED, event(ClockKind.RESUME, "2021-09-08 10:00")])
    assert (reading.state, reading.due_at, reading.original_due_at) == (ClockState.RUNNING, None, None)
    assert not is_late(date(2099, 1, 1), reading.due_at)


@pytest.mark.parametrize("limit", ["unknown", "fixed-date"])
def test_an_uncertain_limit_starts_no_clock(limit):
    with pytest.raises(Exception, match="cán bộ xác nhận"):
        due(start("2021-08-31 16:10", limit))


def test_a_fixed_date_is_due_on_that_date():
    fixed = start("2021-08-31 16:10", "fixed-date", until=at("2021-10-15 17:00"))
    assert due(fixed) == at("2021-10-15 17:00")


def test_late_reception_shifts_the_start_only_where_the_province_says_so():
    assert due(start("2021-08-31 16:10", shift_after=time(15))) == at("2021-09-10 17:00")
    assert due(start("2021-08-31 15:00", shift_after=time(15))) == at("2021-09-09 17:00")


# --- pauses, extensions, ends -----------------------------------------------------------------------------------


def test_calendar_days_and_hours_resume_in_their_own_unit():
    pause, resume = event(ClockKind.PAUSE, "2021-08-24 09:00"), event(ClockKind.RESUME, "2021-08-27 10:30")
    assert due(start("2021-08-23 08:00", "10d"), pause, resume) == at("2021-09-06 17:00")  # 2/9 + 3 days = Sunday
    assert due(start("2021-08-23 08:00", "16wh"), pause, resume) == at("2021-08-30 09:30")
    assert due(start("2021-08-23 08:00", "48h"), pause, resume) == at("2021-08-30 17:00")  # Saturday 9:30


def test_a_pause_of_one_day_costs_nothing():
    assert due(ACCEPTED, ASKED, event(ClockKind.RESUME, "2021-09-01 16:00")) == at("2021-09-09 17:00")


def test_a_dossier_that_was_late_before_it_stopped_stays_late_by_as_much():
    late = (ACCEPTED, event(ClockKind.PAUSE, "2021-09-13 09:00"), event(ClockKind.RESUME, "2021-09-15 09:00"))
    assert due(*late) == at("2021-09-13 17:00")


def test_an_extension_keeps_the_first_promise_beside_the_new_one():
    extended = event(ClockKind.EXTEND, "2021-09-08 08:00", until=at("2021-09-20 17:00"), law="ND61-2018 19(9)")
    reading = fold([ACCEPTED, extended])
    assert reading.due_at == at("2021-09-20 17:00")
    assert reading.original_due_at == at("2021-09-09 17:00")
    assert reading.extensions == 1
    assert reading.law == (LAW, "ND61-2018 19(9)")


def test_waiting_for_the_applicant_is_not_charged_when_the_dossier_ends_there():
    reading = fold([ACCEPTED, ASKED, event(ClockKind.STOP, "2021-10-15 09:00")])
    assert reading.state is ClockState.STOPPED
    assert reading.due_at == at("2021-10-21 17:00")


def test_reopening_keeps_the_promise_unless_a_new_limit_is_given():
    stopped = (ACCEPTED, event(ClockKind.STOP, "2021-09-07 09:00"))
    reopened = fold([*stopped, event(ClockKind.REOPEN, "2021-09-20 09:00")])
    assert (reopened.state, reopened.due_at) == (ClockState.RUNNING, at("2021-09-09 17:00"))
    renewed = event(ClockKind.REOPEN, "2021-09-20 09:00", limit=Limit.parse("2wd"))
    assert due(*stopped, renewed) == at("2021-09-22 17:00")


def test_a_correction_sets_the_date_and_leaves_the_original():
    reading = fold([ACCEPTED, event(ClockKind.CORRECT, "2021-09-02 08:00", until=at("2021-09-08 17:00"))])
    assert (reading.due_at, reading.original_due_at) == (at("2021-09-08 17:00"), at("2021-09-09 17:00"))


@pytest.mark.parametrize(
    "events",
    [
        [ASKED],
        [ACCEPTED, ACCEPTED],
        [ACCEPTED, ASKED, ASKED],
        [ACCEPTED, event(ClockKind.RESUME, "2021-09-08 10:00")],
        [ACCEPTED, event(ClockKind.STOP, "2021-09-08 10:00"), event(ClockKind.PAUSE, "2021-09-09 10:00")],
        [ACCEPTED, event(ClockKind.STOP, "2021-09-08 10:00"), event(ClockKind.RESTART, "2021-09-09 10:00")],
        [ACCEPTED, event(ClockKind.EXTEND, "2021-09-08 10:00")],
        [ACCEPTED, event(ClockKind.EXTEND, "2021-09-08 10:00", until=at("2021-09-09 17:00"))],
        [ACCEPTED, event(ClockKind.CORRECT, "2021-09-08 10:00")],
        [ACCEPTED, event(ClockKind.PAUSE, "2021-08-30 10:00")],
        [ACCEPTED, ASKED, event(ClockKind.EXTEND, "2021-09-08 10:00", until=at("2021-09-20 17:00"))],
        [event(ClockKind.REOPEN, "2021-09-08 10:00")],
    ],
)
def test_events_out_of_turn_are_refused(events):
    with pytest.raises(ClockError):
        fold(events)


def test_no_event_is_an_empty_reading():
    assert fold([]).state is ClockState.NONE


def test_later_holidays_do_not_move_an_earlier_promise():
    storm = SpecialDay(date(2021, 9, 7), DayKind.HOLIDAY, "Nghỉ tránh bão")
    later = WorkingCalendar(
        days=[*(special for special, _, _ in BUNDLED.days), storm],
        years=range(2018, 2027),
        hours=[hours for _, _, hours in BUNDLED.hours],
        edition=2,
    )
    assert due(ACCEPTED) == at("2021-09-09 17:00")
    assert due(ACCEPTED, event(ClockKind.STOP, "2021-09-08 08:00", calendar=later)) == at("2021-09-09 17:00")
    resumed = event(ClockKind.RESUME, "2021-09-06 08:00", calendar=later)
    assert due(ACCEPTED, ASKED, resumed) == at("2021-09-13 17:00")  # 4 left after 6/9; 7/9 is off in the new edition


def test_a_year_without_a_calendar_makes_no_promise():
    with pytest.raises(CalendarGap, match="2028"):
        due(start("2027-12-20 08:00", "30wd"))


def test_a_dossier_without_a_limit_that_was_given_a_day_can_be_completed():
    none, given = (
        start("2021-08-31 16:10", "none"),
        event(ClockKind.CORRECT, "2021-08-31 16:30", until=at("2021-09-09 17:00")),
    )
    assert due(none, given, ASKED, event(ClockKind.RESTART, "2021-09-08 10:00")) == at("2021-09-14 17:00")


def test_another_limit_keeps_what_stood_still_before_a_fixed_date():
    fixed = start("2021-08-31 16:10", "date:2021-09-09")
    restarted = event(ClockKind.RESTART, "2021-09-08 10:00")
    assert due(fixed, ASKED, restarted) == at("2021-09-14 17:00")
    other = event(ClockKind.REASSIGN, "2021-09-08 11:00", limit=FIVE_DAYS)
    assert due(fixed, ASKED, restarted, other) == at("2021-09-14 17:00")


# --- judging by days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finished", "expected"),
    [
        ("2021-09-08 23:59", Outcome.EARLY),
        ("2021-09-09 07:00", Outcome.ON_TIME),
        ("2021-09-09 23:30", Outcome.ON_TIME),
        ("2021-09-10 00:00", Outcome.LATE),
    ],
)
def test_early_and_late_go_by_vietnamese_days(finished, expected):
    assert outcome(at(finished), at("2021-09-09 17:00")) is expected
    assert outcome(at(finished), None) is Outcome.ON_TIME


def test_an_open_dossier_is_late_from_the_day_after():
    assert not is_late(date(2021, 9, 9), at("2021-09-09 17:00"))
    assert is_late(date(2021, 9, 10), at("2021-09-09 17:00"))


# --- the journal ----------------------------------------------------------------------------------------------------


def test_an_event_survives_the_journal():
    for kept in (
        ACCEPTED,
        ASKED,
        start("2021-08-31 16:10", "2m+1/3wh", shift_after=time(15)),
        event(ClockKind.EXTEND, "2021-09-08 08:00", until=at("2021-09-20 17:00")),
    ):
        payload = clock_event_to_json(kept)
        assert canonical_json(payload)
        assert clock_event_from_json(payload, lambda edition, schedule: CALENDAR) == kept


# --- day by day -------------------------------------------------------------------------------------------------------


def test_every_day_of_the_golden_vector_has_its_reason():
    days = explain([ACCEPTED])
    assert [(row.day.day, row.counted, row.n) for row in days] == [
        (31, False, None), (1, True, 1), (2, False, None), (3, False, None), (4, False, None), (5, False, None),
        (6, True, 2), (7, True, 3), (8, True, 4), (9, True, 5),
    ]  # fmt: skip
    assert [days[place].name for place in (2, 4)] == ["Quốc khánh", "Thứ Bảy"]


def test_days_of_a_pause_and_days_that_were_discarded_say_so():
    resumed = {row.day.day: row for row in explain([ACCEPTED, ASKED, event(ClockKind.RESUME, "2021-09-08 10:00")])}
    assert [resumed[day].n for day in (1, 9, 10, 13, 14)] == [1, 2, 3, 4, 5]
    assert {resumed[day].code for day in (6, 7, 8)} == {DayCode.PAUSED}
    restarted = {row.day.day: row for row in explain([ACCEPTED, ASKED, event(ClockKind.RESTART, "2021-09-08 10:00")])}
    assert restarted[1].code is DayCode.DISCARDED
    assert [restarted[day].n for day in (9, 10, 13, 14, 15)] == [1, 2, 3, 4, 5]


def test_days_of_2027_are_marked_as_provisional():
    assert [row.provisional for row in explain([start("2026-12-30 08:00", "2wd")])] == [False, False, *[True] * 4]


# --- a slow reading, written apart ------------------------------------------------------------------------------------


def slow_due(accepted, limit):
    """Step by step from the words of the rule; no code of the house but its types."""
    place = accepted
    for part in limit.parts:
        day = place.date()
        if part.unit is Unit.WORKING_HOUR:
            left = int(part.value * 60)
            while left:
                left -= slow_is_office_minute(place)
                place += timedelta(minutes=1)
            return place
        if part.unit is Unit.WORKING_DAY:
            day = slow_add(day, int(part.value))
        elif part.unit is Unit.DAY:
            day += timedelta(days=int(part.value))
        else:
            months = int(part.value) * (12 if part.unit is Unit.YEAR else 1)
            wanted, day = day.day, day.replace(day=1)
            for _ in range(months):
                day = (day + timedelta(days=31)).replace(day=1)
            following = (day + timedelta(days=31)).replace(day=1)
            day = min(day + timedelta(days=wanted - 1), following - timedelta(days=1))
        place = datetime.combine(day, time.min, VIETNAM)
    while not slow_is_working(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(17), VIETNAM)


moments = st.datetimes(datetime(2018, 1, 2), datetime(2025, 6, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=VIETNAM)
)


def part(unit, most):
    return st.integers(1, most).map(lambda value: Part(Fraction(value), unit))


day_parts = part(Unit.WORKING_DAY, 60) | part(Unit.DAY, 90) | part(Unit.MONTH, 6) | part(Unit.YEAR, 1)
durations = (st.lists(day_parts, min_size=1, max_size=2) | part(Unit.WORKING_HOUR, 24).map(lambda one: [one])).map(
    lambda parts: Limit(LimitKind.DURATION, tuple(parts))
)


@given(moments, durations)
def test_every_limit_ends_where_the_slow_reading_ends(accepted, limit):
    opening = ClockEvent(ClockKind.START, accepted, CALENDAR, limit)
    assert fold([opening]).due_at == slow_due(accepted, limit)


@given(moments, st.integers(1, 40), st.integers(0, 60), st.integers(0, 60))
def test_pauses_follow_the_two_formulas(accepted, count, until_pause, pause_days):
    limit = Limit.working_days(count)
    opening = ClockEvent(ClockKind.START, accepted, CALENDAR, limit)
    stopped, resumed = accepted + timedelta(days=until_pause), accepted + timedelta(days=until_pause + pause_days)
    pause = ClockEvent(ClockKind.PAUSE, stopped, CALENDAR)
    restarted = fold([opening, pause, ClockEvent(ClockKind.RESTART, resumed, CALENDAR)])
    assert day_of(restarted.due_at) == slow_add(resumed.date(), count)
    stood = sum(slow_is_working(stopped.date() + timedelta(days=n)) for n in range(1, pause_days + 1))
    promised = slow_add(accepted.date(), count)
    shifted = slow_add(promised, stood)
    if promised >= stopped.date():  # nothing left, and back on a day off: the next working day
        shifted = max(shifted, slow_add(resumed.date(), 0))
    assert day_of(fold([opening, pause, ClockEvent(ClockKind.RESUME, resumed, CALENDAR)]).due_at) == shifted


@example(datetime(2018, 1, 2, tzinfo=VIETNAM), 1, 2, 0, "restart")
@given(moments, st.integers(1, 30), st.integers(0, 20), st.integers(0, 30), st.sampled_from(["resume", "restart"]))
def test_the_explanation_always_ends_where_the_clock_ends(accepted, count, until_pause, pause_days, how):
    events = [
        ClockEvent(ClockKind.START, accepted, CALENDAR, Limit.working_days(count)),
        ClockEvent(ClockKind.PAUSE, accepted + timedelta(days=until_pause), CALENDAR),
        ClockEvent(ClockKind(how), accepted + timedelta(days=until_pause + pause_days), CALENDAR),
    ]
    due_at, rows = fold(events).due_at, explain(events)
    assert all(later.day - earlier.day == timedelta(days=1) for earlier, later in pairwise(rows))
    assert rows[0].day == accepted.date()
    assert rows[-1].day == max(day_of(due_at), day_of(events[-1].at))
    told_late = {row.day for row in rows if row.code is DayCode.LATE and slow_is_working(row.day)}
    promised, stopped = slow_add(accepted.date(), count), day_of(events[1].at)
    late = {day for day in workdays(rows) if promised < day <= stopped}
    # A day on which the limit begins anew says that.
    assert told_late == late - ({day_of(events[2].at)} if how == "restart" else set())
    assert max((row.n for row in rows if row.n), default=0) == count


def workdays(rows):
    return [row.day for row in rows if slow_is_working(row.day)]


def test_the_default_hours_are_those_of_the_files():
    assert WorkHours(0, parse_sessions("07:00-11:30, 13:30-17:00"), date(2018, 1, 1)) in [
        row for *_, row in BUNDLED.hours
    ]
