"""The calendar in the database: which edition is in force, an edition as a value, and how one is made."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.calendar.bundled import read_bundled
from motcua.calendar.models import Edited, EditedQuerySet, Edition, PublicDay, PublishedYear, WorkSchedule
from motcua.calendar.office_hours import WorkHours, parse_sessions
from motcua.calendar.working_days import DayKind, SpecialDay, WorkingCalendar

DEFAULT = "default"
_calendars: dict[tuple[int, str], WorkingCalendar] = {}


def current_edition() -> int:
    """The latest edition; 0 before the first. One tiny query."""
    return Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def calendar_for(edition: int, schedule: str = DEFAULT) -> WorkingCalendar:
    """The calendar of an edition. Editions never change, so each is read once per process.

    Edition 0 knows no year. Raises NotThere for an edition that doesn't exist.
    """
    key = (edition, schedule)
    if key not in _calendars:
        if edition and not Edition.objects.filter(pk=edition).exists():
            raise NotThere(_("Không có bản lịch làm việc số %(edition)s.") % {"edition": edition})
        _calendars[key] = _read(edition, schedule)
    return _calendars[key]


def change(
    *,
    at: datetime,
    note: str,
    days: Iterable[PublicDay] = (),
    drop_days: Collection[date] = (),
    years: Iterable[PublishedYear] = (),
    drop_years: Collection[int] = (),
    hours: Iterable[WorkSchedule] = (),
    drop_hours: Collection[int] = (),
) -> Edition:
    """Make a new edition: unsaved rows to add (a day or year replaces the one that stands), and what to drop.

    drop_hours: ids of office hours. Promises made under earlier editions stay as they are.
    Raises Invalid without a reason, CalendarError when the calendar would contradict itself; then nothing changes.
    """
    if not note.strip():
        raise Invalid(_("Cần nêu lý do thay đổi lịch."), fields={"note": _("Cần nêu lý do thay đổi lịch.")})
    days, years, hours = list(days), list(years), list(hours)
    with transaction.atomic():
        # One edition after the other: a later one must see all the rows of the earlier ones.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE calendar_edition IN SHARE ROW EXCLUSIVE MODE")
        edition = Edition.objects.create(made_at=at, note=note.strip())
        gone_days = [*drop_days, *(row.day for row in days)]
        gone_years = [*drop_years, *(row.year for row in years)]
        PublicDay.objects.live().filter(day__in=gone_days).update(removed=edition)
        PublishedYear.objects.live().filter(year__in=gone_years).update(removed=edition)
        WorkSchedule.objects.live().filter(pk__in=drop_hours).update(removed=edition)
        for row in (*days, *years, *hours):
            row.added = edition
        PublicDay.objects.bulk_create(days)
        PublishedYear.objects.bulk_create(years)
        WorkSchedule.objects.bulk_create(hours)
        for code in WorkSchedule.objects.live().values_list("code", flat=True).distinct():
            _read(edition.pk, code)
    return edition


def load_bundled(folder: Path, *, at: datetime) -> Edition | None:
    """Add the years of the bundled files that the province doesn't know yet; None when there is nothing new.

    A year that stands is left alone, unless it was provisional and the files now have it as announced.
    """
    bundled = read_bundled(folder)
    known = dict(PublishedYear.objects.live().values_list("year", "provisional"))
    new = {
        year: PublishedYear(year=year, provisional=provisional, source=source)
        for year, provisional, source in bundled.years
        if year not in known or (known[year] and not provisional)
    }
    schedules = set(WorkSchedule.objects.live().values_list("code", flat=True))
    hours = [
        WorkSchedule(code=code, weekday=row.weekday, sessions=sessions, valid_from=row.valid_from)
        for code, sessions, row in bundled.hours
        if code not in schedules
    ]
    if not new and not hours:
        return None
    return change(
        at=at,
        note="Lịch kèm theo phần mềm",
        days=[_public_day(row, source, note) for row, source, note in bundled.days if row.day.year in new],
        drop_days=list(PublicDay.objects.live().filter(day__year__in=list(new)).values_list("day", flat=True)),
        years=new.values(),
        hours=hours,
    )


def _public_day(row: SpecialDay, source: str, note: str) -> PublicDay:
    return PublicDay(
        day=row.day, kind=row.kind.value, name=row.name, makes_up_for=row.makes_up_for, source=source, note=note
    )


def _read(edition: int, schedule: str) -> WorkingCalendar:
    years = dict(_of(PublishedYear, edition).values_list("year", "provisional"))
    days = _of(PublicDay, edition).values_list("day", "kind", "name", "makes_up_for")
    return WorkingCalendar(
        days=[SpecialDay(day, DayKind(kind), name, replaced) for day, kind, name, replaced in days],
        years=years,
        provisional_years=[year for year, provisional in years.items() if provisional],
        hours=_hours(edition, schedule),
        fallback=_hours(edition, DEFAULT) if schedule != DEFAULT else (),
        edition=edition,
        schedule=schedule,
    )


def _hours(edition: int, schedule: str) -> list[WorkHours]:
    rows = _of(WorkSchedule, edition).filter(code=schedule)
    return [
        WorkHours(weekday, parse_sessions(sessions), valid_from, valid_to, counts_weekend)
        for weekday, sessions, valid_from, valid_to, counts_weekend in rows.values_list(
            "weekday", "sessions", "valid_from", "valid_to", "counts_weekend"
        )
    ]


def _of(model: type[Edited], edition: int) -> EditedQuerySet:
    return model.objects.of(edition)
