"""Working days and office hours, against the printed calendar and against a slow reading of the rule."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.times import VIETNAM, at_time
from motcua.calendar.bundled import read_bundled
from motcua.calendar.office_hours import CalendarError, WorkHours, parse_sessions
from motcua.calendar.tests.conftest import DATA
from motcua.calendar.working_days import HOUR, CalendarGap, DayKind, SpecialDay, WorkingCalendar

BUNDLED = read_bundled(DATA)
CALENDAR = BUNDLED.calendar()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2018, 250),
        (2019, 252),
        (2020, 252),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 250),
        (2026, 250),
    ],
)
def test_each_year_has_its_working_days(year, days):
    first = date(year, 1, 1)
    worked = sum(CALENDAR.is_working(first + timedelta(days=n)) for n in range((date(year + 1, 1, 1) - first).days))
    assert worked == days


@pytest.mark.parametrize(
    "saturday",
    [date(2019, 1, 5), date(2019, 5, 4), date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)],
)
def test_make_up_saturdays_are_worked(saturday):
    assert saturday.weekday() == 5
    assert CALENDAR.is_working(saturday)
    assert CALENDAR.reason(saturday).startswith("Làm bù cho ngày")
    assert CALENDAR.end_of_office(saturday) == at_time(saturday, time(17))


def test_tet_2021_stops_a_limit_for_a_week():
    assert CALENDAR.add_working_days(date(2021, 2, 9), 1) == date(2021, 2, 17)


def test_the_day_after_reunification_day_and_labour_day_2022_were_substitutes():
    assert [CALENDAR.is_working(date(2022, 5, day)) for day in (2, 3, 4)] == [False, False, True]
    assert CALENDAR.reason(date(2022, 5, 3)) == "Ngày Quốc tế Lao động (nghỉ bù)"


def test_national_day_2021_has_two_days():
    assert CALENDAR.add_working_days(date(2021, 8, 31), 5) == date(2021, 9, 9)


def test_a_day_off_gives_its_reason_and_an_ordinary_day_none():
    assert CALENDAR.reason(date(2021, 9, 2)) == "Quốc khánh"
    assert CALENDAR.reason(date(2021, 9, 4)) == "Thứ Bảy"
    assert CALENDAR.reason(date(2021, 9, 5)) == "Chủ nhật"
    assert CALENDAR.reason(date(2021, 9, 6)) == ""


def test_an_undecided_day_is_worked_until_the_province_decides():
    assert CALENDAR.is_working(date(2026, 11, 24))
    assert CALENDAR.reason(date(2026, 11, 24)) == ""


@pytest.mark.parametrize(
    "question",
    [
        lambda: CALENDAR.is_working(date(2017, 12, 31)),
        lambda: CALENDAR.is_working(date(2028, 1, 1)),
        lambda: CALENDAR.add_working_days(date(2027, 12, 30), 2),
        lambda: CALENDAR.count_working_days(date(2027, 1, 1), date(2028, 1, 1)),
        lambda: CALENDAR.add_working_time(at("2027-12-31 16:00"), 2 * HOUR),
        lambda: CALENDAR.reason(date(2028, 1, 1)),
    ],
)
def test_a_year_without_published_days_off_is_never_guessed(question):
    with pytest.raises(CalendarGap, match=r"20(17|28)"):
        question()


def test_a_gap_between_known_years_is_a_gap():
    calendar = WorkingCalendar(days=[], years={2020, 2022}, hours=[])
    assert calendar.add_working_days(date(2020, 12, 30), 1) == date(2020, 12, 31)
    assert calendar.is_working(date(2022, 1, 3))
    with pytest.raises(CalendarGap, match="2021"):
        calendar.add_working_days(date(2020, 12, 30), 2)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2021-08-30 08:00", 8, "2021-08-31 08:00"),
        ("2021-08-30 06:15", 1, "2021-08-30 08:00"),
        ("2021-08-30 11:00", 1, "2021-08-30 14:00"),
        ("2021-08-30 12:10", 1, "2021-08-30 14:30"),
        ("2021-08-30 17:00", 1, "2021-08-31 08:00"),
        ("2021-08-30 22:40", 8, "2021-08-31 17:00"),
        ("2021-09-01 16:10", 2, "2021-09-06 08:10"),
        ("2021-08-30 07:00", 4.5, "2021-08-30 11:30"),
        ("2026-01-09 16:00", 2, "2026-01-10 08:00"),
    ],
)
def test_hours_run_inside_sessions_over_lunch_night_and_days_off(start, hours, end):
    assert CALENDAR.add_working_time(at(start), int(hours * HOUR)) == at(end)
    assert CALENDAR.working_time(at(start), at(end)) == int(hours * HOUR)


@pytest.mark.parametrize(
    ("start", "settled"),
    [
        ("2021-08-30 09:00", "2021-08-30 09:00"),
        ("2021-08-30 12:00", "2021-08-30 13:30"),
        ("2021-08-30 06:59", "2021-08-30 07:00"),
        ("2021-08-30 17:01", "2021-08-31 07:00"),
        ("2021-09-04 10:00", "2021-09-06 07:00"),
    ],
)
def test_a_moment_outside_office_hours_waits_for_the_next_opening(start, settled):
    assert CALENDAR.add_working_time(at(start), 0) == at(settled)


def test_sessions_follow_their_dates_and_a_make_up_day_has_the_hours_of_the_day_it_replaces():
    monday = date(2024, 4, 29)
    calendar = WorkingCalendar(
        days=[
            SpecialDay(monday, DayKind.SWAPPED, "Nghỉ hoán đổi"),
            SpecialDay(date(2024, 5, 4), DayKind.MAKE_UP, "Làm bù", monday),
        ],
        years={2024},
        hours=[
            WorkHours(0, parse_sessions("07:30-11:30"), date(2024, 1, 1), date(2024, 6, 1)),
            WorkHours(0, parse_sessions("06:00-10:00, 10:15-12:00, 14:00-18:00"), date(2024, 6, 1)),
            WorkHours(5, parse_sessions("07:00-11:30"), date(2024, 1, 1)),
        ],
    )
    assert calendar.end_of_office(date(2024, 5, 27)) == at("2024-05-27 11:30")
    assert calendar.end_of_office(date(2024, 6, 3)) == at("2024-06-03 18:00")
    assert calendar.end_of_office(date(2024, 5, 4)) == at("2024-05-04 11:30")
    assert calendar.opening(date(2024, 5, 4)) == at("2024-05-04 07:30")
    assert len(calendar.sessions(date(2024, 6, 3))) == 3
    with pytest.raises(CalendarGap, match="không có giờ làm việc"):
        calendar.end_of_office(date(2024, 6, 4))


def test_saturday_reception_never_makes_a_limit_shorter():
    hours = [WorkHours(day, parse_sessions("07:00-11:30, 13:30-17:00"), date(2021, 1, 1)) for day in range(5)]
    calendar = WorkingCalendar(
        days=[], years={2021}, hours=[*hours, WorkHours(5, parse_sessions("07:00-11:30"), date(2021, 1, 1))]
    )
    assert calendar.sessions(date(2021, 8, 28))
    assert not calendar.is_working(date(2021, 8, 28))
    assert calendar.add_working_days(date(2021, 8, 27), 1) == date(2021, 8, 30)
    assert calendar.add_working_time(at("2021-08-27 16:30"), HOUR) == at("2021-08-30 07:30")


def saturdays(**more):
    """Office hours of Monday to Friday, and Saturday mornings from June 2021 on."""
    hours = [WorkHours(day, parse_sessions("07:00-11:30, 13:30-17:00"), date(2021, 1, 1)) for day in range(5)]
    morning = WorkHours(5, parse_sessions("07:00-11:30"), date(2021, 6, 1), counts_weekend=True)
    return WorkingCalendar(years={2021}, hours=[*hours, morning], **more)


def test_a_saturday_morning_that_counts_is_a_working_day_that_ends_at_noon():
    calendar = saturdays(days=[])
    assert calendar.add_working_days(date(2021, 8, 27), 1) == date(2021, 8, 28)
    assert calendar.end_of_office(date(2021, 8, 28)) == at("2021-08-28 11:30")
    assert calendar.add_working_time(at("2021-08-28 11:00"), HOUR) == at("2021-08-30 07:30")
    assert not calendar.is_working(date(2021, 5, 29))  # before the hours were in force


def test_a_holiday_on_a_saturday_that_counts_is_off():
    calendar = saturdays(days=[SpecialDay(date(2021, 8, 28), DayKind.HOLIDAY, "Lễ")])
    assert calendar.add_working_days(date(2021, 8, 27), 1) == date(2021, 8, 30)


def test_an_office_differs_only_where_it_says_so():
    usual = [WorkHours(day, parse_sessions("07:00-11:30, 13:30-17:00"), date(2021, 1, 1)) for day in range(6)]
    summer = WorkHours(4, parse_sessions("06:00-12:00"), date(2021, 6, 1), date(2021, 9, 1))
    closed = WorkHours(5, (), date(2021, 1, 1))
    calendar = WorkingCalendar(days=[], years={2021}, hours=[summer, closed], fallback=usual, schedule="bien-gioi")
    assert calendar.end_of_office(date(2021, 8, 27)) == at("2021-08-27 12:00")
    assert calendar.end_of_office(date(2021, 9, 3)) == at("2021-09-03 17:00")
    assert calendar.end_of_office(date(2021, 8, 26)) == at("2021-08-26 17:00")
    assert calendar.sessions(date(2021, 8, 28)) == ()


def test_hours_that_begin_later_than_the_years_are_a_gap_only_where_they_are_needed():
    hours = [WorkHours(day, parse_sessions("07:00-11:30"), date(2021, 6, 1)) for day in range(5)]
    calendar = WorkingCalendar(days=[], years={2021}, hours=hours)
    assert calendar.add_working_time(at("2021-06-01 10:30"), 2 * HOUR) == at("2021-06-02 08:00")
    for question in (
        lambda: calendar.add_working_time(at("2021-05-31 10:30"), HOUR),
        lambda: calendar.working_time(at("2021-05-28 10:30"), at("2021-06-02 08:00")),
    ):
        with pytest.raises(CalendarGap, match="không có giờ làm việc"):
            question()
    with pytest.raises(CalendarGap, match="2022"):
        calendar.add_working_time(at("2021-12-31 10:30"), 2 * HOUR)


def test_an_office_can_close_on_saturdays_but_not_on_a_working_day():
    assert parse_sessions("nghỉ") == ()
    with pytest.raises(CalendarError, match="Thứ Ba"):
        WorkingCalendar(days=[], years={2021}, hours=[WorkHours(1, (), date(2021, 1, 1))])


@pytest.mark.parametrize("text", ["", "7-11", "11:30-07:00", "07:00-11:30, 11:00-12:00", "07:00", "07:00-07:00"])
def test_nonsense_hours_are_refused(text):
    with pytest.raises(CalendarError):
        parse_sessions(text)


def test_two_hours_in_force_on_one_day_are_refused():
    rows = [WorkHours(0, parse_sessions("07:00-11:30"), date(2021, month, 1)) for month in (1, 6)]
    with pytest.raises(CalendarError, match="Thứ Hai"):
        WorkingCalendar(days=[], years={2021}, hours=rows)


# --- a slow reading of the same rules, written apart: minute by minute, day by day -------------------------------

OFF = {special.day for special, _, _ in BUNDLED.days if special.kind in ("NGHI_LE", "NGHI_BU", "NGHI_HOAN_DOI")}
MAKE_UP = {special.day for special, _, _ in BUNDLED.days if special.kind == "LAM_BU"}


def slow_is_working(day):
    return day in MAKE_UP or (day.weekday() < 5 and day not in OFF)


def slow_add(day, count):
    while count > 0:
        day += timedelta(days=1)
        count -= slow_is_working(day)
    while not slow_is_working(day):
        day += timedelta(days=1)
    return day


def slow_is_office_minute(minute):
    clock = minute.time()
    return slow_is_working(minute.date()) and (time(7) <= clock < time(11, 30) or time(13, 30) <= clock < time(17))


known_days = st.dates(date(2018, 1, 1), date(2026, 12, 1))


@given(known_days, st.integers(0, 60))
def test_adding_working_days_equals_the_slow_reading(day, count):
    assert CALENDAR.add_working_days(day, count) == slow_add(day, count)


@given(known_days, st.integers(0, 40))
def test_counting_is_the_inverse_of_adding(day, count):
    assert CALENDAR.count_working_days(day, CALENDAR.add_working_days(day, count)) == count or count == 0


@given(st.datetimes(datetime(2018, 1, 1), datetime(2026, 11, 1)), st.integers(1, 24 * 60))
def test_working_minutes_equal_the_slow_reading(start, minutes):
    start = start.replace(second=0, microsecond=0, tzinfo=VIETNAM)
    end, left = start, minutes
    while left:
        left -= slow_is_office_minute(end)
        end += timedelta(minutes=1)
    assert CALENDAR.add_working_time(start, minutes * HOUR // 60) == end
    assert CALENDAR.working_time(start, end) == minutes * HOUR // 60
