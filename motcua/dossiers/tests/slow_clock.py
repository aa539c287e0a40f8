"""The rules of time once more, written apart from the house's code: day by day, minute by minute, on plain values.

Days are dates, moments are naive wall clock with whole minutes, a calendar is what is printed about it. Nothing here
comes from `motcua`; where both agree, they agree on the words of docs/law.md.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Printed:
    """A calendar as printed. `worked`: a make-up day and the weekday whose hours it has. `hours`: for each weekday the
    sessions, as (first minute, minute after the last); `summer` takes their place from `changed` on."""

    off: frozenset
    worked: dict
    hours: dict
    summer: dict
    changed: date
    saturday_counts: bool

    def works(self, day):
        if day in self.worked:
            return True
        if day in self.off or day.weekday() == 6:
            return False
        return day.weekday() < 5 or (self.saturday_counts and bool(self.sessions(day)))

    def sessions(self, day):
        table = self.summer if day >= self.changed else self.hours
        return table.get(self.worked.get(day, day.weekday()), [])

    def closing(self, day):
        return midnight(day) + timedelta(minutes=self.sessions(day)[-1][1])

    def opening(self, day):
        return midnight(day) + timedelta(minutes=self.sessions(day)[0][0])

    def on_or_after(self, day):
        while not self.works(day):
            day += ONE_DAY
        return day

    def nth_after(self, day, count):
        while count > 0:
            day += ONE_DAY
            count -= self.works(day)
        return self.on_or_after(day)

    def worked_between(self, after, until):
        days = 0
        while after < until:
            after += ONE_DAY
            days += self.works(after)
        return days

    def minutes_from(self, moment):
        """Every minute of working days from that one on, as (moment, whether it is one of office hours)."""
        day, minute = moment.date(), moment.hour * 60 + moment.minute
        while True:
            if self.works(day):
                rows, start = self.sessions(day), midnight(day)
                for one in range(minute, 24 * 60):
                    yield start + one * ONE_MINUTE, any(a <= one < b for a, b in rows)
            day, minute = day + ONE_DAY, 0

    def add_minutes(self, moment, minutes):
        minute = moment.hour * 60 + moment.minute
        today = self.sessions(moment.date()) if self.works(moment.date()) else []
        if minutes == 0 and any(a <= minute <= b for a, b in today):
            return moment
        for place, in_office in self.minutes_from(moment):
            if in_office and minutes <= 1:
                return place + minutes * ONE_MINUTE
            minutes -= in_office

    def minutes_between(self, start, end):
        count = 0
        for place, in_office in self.minutes_from(start):
            if place >= end:
                return count
            count += in_office


def midnight(day):
    return datetime.combine(day, time.min)


def months_later(day, months):
    """The same number in the month so much later, or that month's last day."""
    wanted = day.day
    for _ in range(months):
        day = day.replace(day=1) + timedelta(days=32)
    day, last = day.replace(day=1), (day.replace(day=1) + timedelta(days=32)).replace(day=1) - ONE_DAY
    return min(day + timedelta(days=wanted - 1), last)


@dataclass
class SlowClock:
    """A promise and how it moves. A limit is a list of (number, unit), or "none", "same-day", or a date."""

    state: str = "none"
    due: datetime | None = None
    first_due: datetime | None = None
    raw: datetime | None = None
    limit: object = None
    waits: set = field(default_factory=set)
    stopped_on: datetime | None = None
    since: datetime | None = None
    stands: list = field(default_factory=list)

    def happen(self, kind, at, calendar, value=None, cause="supplement"):
        getattr(self, kind)(at, calendar, value, cause)
        if self.first_due is None:
            self.first_due = self.due

    def start(self, at, calendar, limit, cause):
        self.count(at, calendar, limit)
        self.state = "running"

    def pause(self, at, calendar, value, cause):
        if not self.waits:
            self.stopped_on = at
        self.waits.add(cause)
        self.state = "paused"

    def resume(self, at, calendar, value, cause):
        self.waits.discard(cause)
        if not self.waits:
            self.go_on(self.stopped_on, at, calendar)
            self.stands.append((self.stopped_on, at))
            self.state = "running"

    def restart(self, at, calendar, limit, cause):
        if isinstance(self.limit, date) or self.limit == "none":
            if self.waits:
                self.go_on(self.stopped_on, at, calendar)
                self.stands.append((self.stopped_on, at))
        else:
            self.count(at, calendar, self.limit)
        self.waits.discard(cause)
        self.stopped_on = at
        self.state = "paused" if self.waits else "running"

    def stop(self, at, calendar, value, cause):
        if self.waits:
            self.go_on(self.stopped_on, at, calendar)
            self.stands.append((self.stopped_on, at))
        self.waits.clear()
        self.state = "stopped"

    def reopen(self, at, calendar, limit, cause):
        if limit is not None:
            self.count(at, calendar, limit)
        self.state = "running"

    def extend(self, at, calendar, until, cause):
        self.due = self.raw = until

    correct = extend

    def reassign(self, at, calendar, limit, cause):
        stands = self.stands
        self.count(self.since, calendar, limit)
        for stopped, resumed in stands:
            self.go_on(stopped, resumed, calendar)
        self.stands = stands

    # --- the rules ---

    def count(self, at, calendar, limit):
        self.limit, self.since, self.stands = limit, at, []
        if limit == "none":
            self.due = self.raw = None
        elif isinstance(limit, date):
            self.raw, self.due = midnight(limit), calendar.closing(calendar.on_or_after(limit))
        elif limit == "same-day":
            day = calendar.on_or_after(at.date())
            latest = min(calendar.closing(day), midnight(day) + timedelta(hours=15))
            self.due = self.raw = calendar.closing(day if at <= latest else calendar.nth_after(day, 1))
        else:
            place = at
            for number, unit in limit:
                place = self.part(place, number, unit, calendar)
            self.raw = place

    def part(self, place, number, unit, calendar):
        if unit == "wh":
            self.due = calendar.add_minutes(place, number * 60)
            return self.due
        if unit == "wd":
            self.due = calendar.closing(calendar.nth_after(place.date(), number))
            return self.due
        day = place.date() + number * ONE_DAY if unit == "d" else months_later(place.date(), number)
        self.due = calendar.closing(calendar.on_or_after(day))
        return midnight(day)

    def go_on(self, stopped, resumed, calendar):
        if self.due is None:
            return
        unit = self.limit[-1][1] if isinstance(self.limit, list) else "wd"
        if unit in ("d", "m"):
            day = self.raw.date() + (resumed.date() - stopped.date())
            self.raw, self.due = midnight(day), calendar.closing(calendar.on_or_after(day))
        elif unit == "wh":
            if self.due >= stopped:
                self.due = calendar.add_minutes(resumed, calendar.minutes_between(stopped, self.due))
            else:
                self.due = calendar.add_minutes(self.due, calendar.minutes_between(stopped, resumed))
            self.raw = self.due
        else:
            if self.due.date() >= stopped.date():
                left = calendar.worked_between(stopped.date(), self.due.date())
                day = calendar.nth_after(resumed.date(), left)
            else:
                day = calendar.nth_after(self.due.date(), calendar.worked_between(stopped.date(), resumed.date()))
            self.due = self.raw = calendar.closing(day)
