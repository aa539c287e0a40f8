"""The dossiers of one day of acceptance: drawn, numbered office by office, told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from motcua.base.ids import ALPHABET, random_key
from motcua.calendar.store import calendar_for
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.kinds import Channel, Origin, OwnerKind
from motcua.dossiers.numbering import code_of
from motcua.law.facts import RegimeFacts
from motcua.law.store import narrowed, regime_on
from motcua.replays.play import FAMILY_NAMES, GIVEN_NAMES
from motcua.replays.year.pen import Pen, Rows, no_rows
from motcua.replays.year.plan import Plan
from motcua.replays.year.province import Province, Station
from motcua.replays.year.rows import DOSSIERS
from motcua.replays.year.story import Sketch, Story, instant_on

# How often a dossier that can come in by several ways does; the share of online grows by a tenth each year.
WAYS = {Channel.COUNTER: 0.66, Channel.ONLINE: 0.30, Channel.POST: 0.04}
KEY = len(ALPHABET) ** 10
# Odd and prime to the alphabet's length, so that every number has a key of its own.
STRIDE = 362_436_069_876_131


@dataclass
class Day:
    """What is drawn of one day; `last`: the last number that each unit gave on it, before and after."""

    plan: Plan
    province: Province
    day: date
    first_id: int
    last: dict[int, int]

    def rows(self) -> Rows:
        """Every row of every dossier of the day."""
        random = Random(f"{self.plan.name} {self.day}")  # noqa: S311  nothing secret is drawn
        rows = no_rows()
        sketches = [self._sketch(number, random) for number in self.plan.days[self.day]]
        for sketch in self._numbered(sketches):
            self._tell(sketch, rows, random)
        return rows

    def _calendar(self, unit: Station) -> WorkingCalendar:
        return calendar_for(self.province.edition, unit.schedule)

    def _sketch(self, number: int, random: Random) -> Sketch:
        """Which unit, procedure and way, and when it comes in; after the plan's last day only what was sent before."""
        is_late = self.day > self.plan.last
        while True:
            unit = self.province.units[self.province.receiving.one(random)]
            ware = self.province.wares[unit.id].one(random)
            ways = [way for way in ware.offers if way != Channel.COUNTER or not is_late]
            if ways:
                break
        way = random.choices(ways, [WAYS[Channel(way)] for way in ways])[0]
        authority = unit if ware.authority is None else self.province.units[ware.authority]
        calendar = self._calendar(unit)
        accepted_at = instant_on(calendar, self.day, random)
        submitted_at = accepted_at if way == Channel.COUNTER else self._before(accepted_at, calendar, random)
        return Sketch(
            self.first_id + number,
            self.plan.ref(number),
            unit,
            authority,
            ware.offers[way],
            submitted_at,
            accepted_at,
            is_refused=way != Channel.COUNTER and random.random() < 0.02,
        )

    def _before(self, accepted_at: datetime, calendar: WorkingCalendar, random: Random) -> datetime:
        """When it was sent or arrived: that day, or one of the three before, but within the plan."""
        back = timedelta(days=random.choice((0, 0, 0, 1, 1, 3)))
        day = _last_worked(calendar, min(self.day - back, self.plan.last))
        return min(instant_on(calendar, max(day, self._first(calendar)), random), accepted_at - timedelta(minutes=5))

    def _first(self, calendar: WorkingCalendar) -> date:
        return calendar.roll_forward(self.plan.first)

    def _numbered(self, sketches: list[Sketch]) -> list[Sketch]:
        """In the order of acceptance each unit's numbers run on. Law: TT01-2018 19"""
        made = []
        scheme = regime_on(self.day).code_scheme
        for sketch in sorted(sketches, key=lambda one: (one.accepted_at, one.pk)):
            if sketch.is_refused or sketch.accepted_at >= self.plan.until:
                made.append(sketch)
                continue
            unit = sketch.receiving
            self.last[unit.id] = number = self.last.get(unit.id, 0) + 1
            agency = unit.code_qd20 if scheme == "qd20_2020" else unit.code
            made.append(replace(sketch, code=code_of(agency, self.day, number)))
        return made

    def _tell(self, sketch: Sketch, rows: Rows, random: Random) -> None:
        terms = sketch.terms
        number = sketch.pk - self.first_id
        name = f"{random.choice(FAMILY_NAMES)} {random.choice(GIVEN_NAMES)} (tổng hợp {number:07d})"
        is_online = terms.channel == Channel.ONLINE
        facts = {
            "secret": random_key(8),
            "procedure_id": terms.procedure_id,
            "version_id": terms.version_id,
            "case_id": terms.case_id,
            "channel": terms.channel,
            "device": "synthetic",
            "origin": Origin.SYNTHETIC.value,
            "origin_ref": sketch.ref,
            "receiving_office_id": sketch.receiving.id,
            "competent_office_id": sketch.authority.id,
            "owner_account_id": self.province.applicant[0] if is_online else None,
            "owner_kind": OwnerKind.CITIZEN if random.random() < 0.8 else OwnerKind.ENTERPRISE,
            "owner_name": name,
            "owner_address": "Địa chỉ không có thật (tổng hợp)",
            "content": terms.procedure_name[:1000],
            "submitted_at": sketch.submitted_at,
        }
        pen = Pen(sketch.pk, f"TN-{_key(sketch.pk)}", self.plan.until, rows, facts)
        regime = _regime(terms.procedure_code, terms.field, self.day)
        Story(sketch, pen, self._calendar(sketch.receiving), regime, self.province.applicant, random).tell()
        rows[DOSSIERS].append(DOSSIERS.row(**pen.dossier()))


def _last_worked(calendar: WorkingCalendar, day: date) -> date:
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def _regime(code: str, field: str, day: date) -> RegimeFacts:
    return regime_on(day, procedure=code, field=field) if narrowed() else regime_on(day)


def _key(number: int) -> str:
    """A key of ten letters that belongs to this number alone, and looks like any other."""
    rest, letters = number * STRIDE % KEY, []
    for _ in range(10):
        rest, letter = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)
