"""Editions of the calendar: rows come and go, an edition stays."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.base.errors import Invalid, NotThere
from motcua.calendar.models import Edition, PublicDay, PublishedYear, WorkSchedule
from motcua.calendar.office_hours import CalendarError
from motcua.calendar.store import calendar_for, change, current_edition, load_bundled
from motcua.calendar.tests.conftest import DATA
from motcua.calendar.working_days import CalendarGap

pytestmark = pytest.mark.usefixtures("empty")
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def first():
    return load_bundled(DATA, at=AT)


def test_before_the_first_edition_no_year_is_known():
    assert current_edition() == 0
    with pytest.raises(CalendarGap, match="2021"):
        calendar_for(0).is_working(date(2021, 9, 1))


def test_the_bundled_calendar_is_an_edition_and_loading_it_again_changes_nothing(first):
    assert current_edition() == first.pk
    assert calendar_for(first.pk).add_working_days(date(2021, 8, 31), 5) == date(2021, 9, 9)
    assert load_bundled(DATA, at=AT) is None
    assert Edition.objects.count() == 1
    assert calendar_for(first.pk).is_provisional(date(2027, 1, 4))


def test_a_province_decides_that_24_november_is_off_and_earlier_editions_stay(first):
    day = date(2026, 11, 24)
    second = change(
        at=AT, note="QĐ của Trung tâm", days=[PublicDay(day=day, kind="NGHI_LE", name="Ngày Văn hóa Việt Nam")]
    )
    assert calendar_for(first.pk).is_working(day)
    assert not calendar_for(second.pk).is_working(day)
    assert calendar_for(second.pk).reason(day) == "Ngày Văn hóa Việt Nam"
    assert PublicDay.objects.filter(day=day).count() == 2
    third = change(at=AT, note="Bỏ", drop_days=[day])
    assert calendar_for(third.pk).is_working(day)
    assert not calendar_for(second.pk).is_working(day)


def test_an_announced_year_takes_the_place_of_the_provisional_one_and_is_then_left_alone(first):
    change(
        at=AT,
        note="Thông báo nghỉ lễ 2027",
        years=[PublishedYear(year=2027, provisional=False, source="TB")],
        days=[PublicDay(day=date(2027, 9, 1), kind="NGHI_LE", name="Quốc khánh")],
        drop_days=[date(2027, 9, 3)],
    )
    assert load_bundled(DATA, at=AT) is None
    calendar = calendar_for(current_edition())
    assert not calendar.is_provisional(date(2027, 9, 1))
    assert [calendar.is_working(date(2027, 9, day)) for day in (1, 2, 3)] == [False, False, True]


def test_a_year_that_is_dropped_is_a_gap(first):
    second = change(at=AT, note="Chưa có thông báo", drop_years=[2027])
    with pytest.raises(CalendarGap, match="2027"):
        calendar_for(second.pk).is_working(date(2027, 1, 4))


def test_hours_change_with_their_dates(first):
    monday = WorkSchedule.objects.get(weekday=0)
    second = change(
        at=AT,
        note="Giờ mùa đông",
        drop_hours=[monday.pk],
        hours=[
            WorkSchedule(weekday=0, sessions=monday.sessions, valid_from=date(2018, 1, 1), valid_to=date(2026, 12, 1)),
            WorkSchedule(weekday=0, sessions="07:30-12:00, 13:00-16:30", valid_from=date(2026, 12, 1)),
        ],
    )
    calendar = calendar_for(second.pk)
    assert calendar.end_of_office(date(2026, 11, 30)).strftime("%H:%M") == "17:00"
    assert calendar.end_of_office(date(2026, 12, 7)).strftime("%H:%M") == "16:30"


def test_nonsense_changes_nothing(first):
    overlapping = WorkSchedule(weekday=0, sessions="08:00-12:00", valid_from=date(2026, 1, 1))
    with pytest.raises(CalendarError):
        change(at=AT, note="Sai", hours=[overlapping])
    with pytest.raises(Invalid):
        change(at=AT, note=" ")
    assert current_edition() == first.pk
    with pytest.raises(NotThere):
        calendar_for(first.pk + 1000)


def test_an_edition_is_read_once_and_asking_which_one_is_one_statement(first, django_assert_num_queries):
    calendar_for(first.pk)
    with django_assert_num_queries(1):
        calendar_for(current_edition())


def test_a_centre_edits_its_calendar_from_the_command_line(first):
    call_command(
        "change_calendar", note="QĐ 1", off=[date(2026, 11, 24)], name="Ngày Văn hóa Việt Nam", stdout=StringIO()
    )
    off = calendar_for(current_edition())
    assert off.reason(date(2026, 11, 24)) == "Ngày Văn hóa Việt Nam"
    call_command(
        "change_calendar", "--note", "TB 2", "--work", "2026-12-05", "--makes-up-for", "2026-12-31", stdout=StringIO()
    )
    assert calendar_for(current_edition()).end_of_office(date(2026, 12, 5)).hour == 17
    with pytest.raises(CommandError) as refused:
        call_command("change_calendar", "--note", " ", "--off", "2026-12-07")
    assert refused.value.returncode == 2


def test_a_schedule_says_only_where_it_differs_and_saturday_counts_where_it_says_so(first):
    second = change(
        at=AT,
        note="Xã miền núi nghỉ sớm thứ Sáu, làm sáng thứ Bảy",
        hours=[
            WorkSchedule(code="mien-nui", weekday=4, sessions="07:00-11:30", valid_from=date(2026, 1, 1)),
            WorkSchedule(
                code="mien-nui", weekday=5, sessions="07:30-11:30", valid_from=date(2026, 1, 1), counts_weekend=True
            ),
        ],
    )
    own, usual = calendar_for(second.pk, "mien-nui"), calendar_for(second.pk)
    assert own.end_of_office(date(2026, 11, 26)) == usual.end_of_office(date(2026, 11, 26))  # Thursday
    assert [f"{own.end_of_office(date(2026, 11, day)):%d %H:%M}" for day in (27, 28)] == ["27 11:30", "28 11:30"]
    assert own.add_working_days(date(2026, 11, 27), 1) == date(2026, 11, 28)
    assert usual.add_working_days(date(2026, 11, 27), 1) == date(2026, 11, 30)
    with pytest.raises(CalendarGap, match="không-có"):
        calendar_for(second.pk, "không-có").opening(date(2026, 11, 26))
