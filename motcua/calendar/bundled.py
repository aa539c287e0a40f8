"""The calendar that ships with the house, read from `data/`. Pure; no Django."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motcua.calendar.office_hours import WorkHours, parse_sessions
from motcua.calendar.working_days import DayKind, SpecialDay, WorkingCalendar


@dataclass(frozen=True, slots=True)
class BundledCalendar:
    """Days, years and hours as printed in the files, with the words about their source."""

    days: tuple[tuple[SpecialDay, str, str], ...]
    years: tuple[tuple[int, bool, str], ...]
    hours: tuple[tuple[str, str, WorkHours], ...]

    def calendar(self, schedule: str = "default") -> WorkingCalendar:
        """The files as a calendar, without a database."""
        return WorkingCalendar(
            days=[day for day, _, _ in self.days],
            years=[year for year, _, _ in self.years],
            provisional_years=[year for year, provisional, _ in self.years if provisional],
            hours=[hours for code, _, hours in self.hours if code == schedule],
            fallback=[hours for code, _, hours in self.hours if code == "default" != schedule],
            schedule=schedule,
        )


def read_bundled(folder: Path) -> BundledCalendar:
    """Read `calendar.csv`, `calendar_years.csv` and `work_schedules.csv`. Raises CalendarError, ValueError."""
    return BundledCalendar(
        days=tuple((_special(row), row["source"], row["note"]) for row in _rows(folder / "calendar.csv")),
        years=tuple(
            (int(row["year"]), row["status"] == "provisional", row["source"])
            for row in _rows(folder / "calendar_years.csv")
        ),
        hours=tuple((row["code"], row["sessions"], _hours(row)) for row in _rows(folder / "work_schedules.csv")),
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _special(row: dict[str, str]) -> SpecialDay:
    replaced = date.fromisoformat(row["makes_up_for"]) if row["makes_up_for"] else None
    return SpecialDay(date.fromisoformat(row["day"]), DayKind(row["kind"]), row["name"], replaced)


def _hours(row: dict[str, str]) -> WorkHours:
    return WorkHours(int(row["weekday"]), parse_sessions(row["sessions"]), date.fromisoformat(row["valid_from"]))
