"""How many dossiers are accepted on which working day: the whole of a load, the same every time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random

from motcua.base.times import start_of
from motcua.calendar.working_days import WorkingCalendar
from motcua.replays.stage import StageNotSet

# The decree is in force since then, and so are the offices of the demo province.
EARLIEST = date(2018, 6, 21)
BY_WEEKDAY = (1.22, 1.06, 1.0, 0.95, 0.82, 0.45, 0.45)
BY_MONTH = (0.80, 0.72, 1.05, 1.06, 1.04, 1.02, 1.06, 1.16, 1.10, 1.03, 1.0, 0.96)
# What came in on the last days and is not accepted yet, as shares of a usual day.
NOT_YET = (0.06, 0.02)
_REF = re.compile(r"nam-(\d+)-(\d+)-(\d{8}):(\d+)")


@dataclass(frozen=True)
class Plan:
    """`dossiers` a year for some years, until the end of a day. Its name stands in every dossier's `origin_ref`."""

    dossiers: int
    years: int
    last: date
    calendar: WorkingCalendar

    @property
    def name(self) -> str:
        """As `nam-1150343-1-20261126`."""
        return f"nam-{self.dossiers}-{self.years}-{self.last:%Y%m%d}"

    @property
    def first(self) -> date:
        """The first day."""
        return self.last - timedelta(days=self.years * 365 + self.years // 4 - 1)

    @property
    def until(self) -> datetime:
        """Nothing happens at this instant or later."""
        return start_of(self.last + timedelta(days=1))

    @cached_property
    def days(self) -> dict[date, range]:
        """Per day of acceptance the numbers of its dossiers, from 0 on."""
        if self.first < EARLIEST:
            most = (self.last - EARLIEST).days // 366
            raise StageNotSet(f"Địa phương mẫu bắt đầu ngày {EARLIEST:%d/%m/%Y}: nhiều nhất {most} năm.")
        span = (self.first + timedelta(days=offset) for offset in range((self.last - self.first).days + 1))
        weights = {day: _weight(day) for day in span if self.calendar.is_working(day)}
        usual = sum(weights.values()) / len(weights)
        for number, share in enumerate(NOT_YET, 1):
            weights[self.calendar.add_working_days(self.last, number)] = share * usual
        return _shared_out(self.dossiers * self.years, weights)

    def ref(self, number: int) -> str:
        """The `origin_ref` of one dossier."""
        return f"{self.name}:{number:08d}"


def number_in(ref: str) -> int:
    """Which dossier of its plan it is."""
    return int(ref.rpartition(":")[2])


def plan_of(ref: str, calendar: WorkingCalendar) -> Plan:
    """The plan that a dossier was made by."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise StageNotSet(f"Không đọc được {ref}.")
    last = date(int(found[3][:4]), int(found[3][4:6]), int(found[3][6:]))
    return Plan(int(found[1]), int(found[2]), last, calendar)


def _weight(day: date) -> float:
    noise = Random(f"day {day}").lognormvariate(0, 0.12)  # noqa: S311  nothing secret is drawn
    return BY_WEEKDAY[day.weekday()] * BY_MONTH[day.month - 1] * noise


def _shared_out(total: int, weights: dict[date, float]) -> dict[date, range]:
    """Whole numbers that add up to the total: each day ends where its share of the running sum is rounded to."""
    whole, running, begin = sum(weights.values()), 0.0, 0
    days: dict[date, range] = {}
    for day in sorted(weights):
        running += weights[day]
        end = round(total * running / whole)
        days[day] = range(begin, end)
        begin = end
    return days
