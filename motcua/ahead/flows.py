"""What came to each office and officer and what they did in the last weeks, and what lies there: as sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from motcua.ahead.past import Numbered, day_number, numbered
from motcua.ahead.workload import DAYS_AHEAD, Load, expected, upper_quartile
from motcua.base.errors import NotThere
from motcua.base.times import day_of, start_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.dossiers.states import State
from motcua.offices.models import Office
from motcua.people.models import Account
from motcua.reports.scope import Scope

WEEKS = 8
# A stay that ended in these weeks may have begun before them; what lay longer than this is not waited for.
LONGEST = timedelta(days=180)
_RUNS = ", ".join(f"'{one.value}'" for one in (State.ACCEPTED, State.PROCESSING, State.DECIDED))

_CAME = f"""
SELECT s.office_id, (s.entered_at AT TIME ZONE INTERVAL '7 hours')::date, count(*)
FROM dossiers_stay s LEFT JOIN dossiers_stay b ON b.dossier_id = s.dossier_id AND b.seq = s.previous_seq
WHERE s.state IN ({_RUNS}) AND s.entered_at >= %(since)s AND s.entered_at < %(until)s AND s.step IS NOT NULL
    AND (b.step IS DISTINCT FROM s.step OR b.office_id <> s.office_id) AND {{condition}}
GROUP BY 1, 2
"""  # noqa: S608 - only our own fragments are put together

# Who ended a stay is whose act was done at its end.
_DID = f"""
SELECT s.office_id, s.step, coalesce(p.role, ''), e.actor_id, (s.left_at AT TIME ZONE INTERVAL '7 hours')::date, count(*),
    sum({day_number("s.left_at")} - {day_number("s.entered_at")})
FROM dossiers_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id
LEFT JOIN catalogue_processstep p ON p.process_id = d.process_id AND p.seq = s.step
LEFT JOIN LATERAL (
    SELECT actor_id FROM dossiers_event e WHERE e.dossier_id = s.dossier_id AND e.at = s.left_at ORDER BY seq LIMIT 1
) e ON true
WHERE s.state IN ({_RUNS}) AND s.entered_at >= %(began)s AND s.left_at >= %(since)s AND s.left_at < %(until)s
    AND s.step IS NOT NULL AND NOT s.stands_still AND {{condition}}
GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 - only our own fragments are put together

_LIES = f"""
SELECT s.office_id, s.step, coalesce(p.role, ''), s.holder_id, count(*),
    sum({day_number("%(now)s::timestamptz")} - {day_number("s.entered_at")})
FROM dossiers_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id
LEFT JOIN catalogue_processstep p ON p.process_id = d.process_id AND p.seq = s.step
WHERE tstzrange(s.entered_at, s.left_at, '(]') @> %(now)s::timestamptz AND s.state IN ({_RUNS})
    AND s.step IS NOT NULL AND NOT s.stands_still AND {{condition}}
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - only our own fragments are put together


class StepFlow(NamedTuple):
    """A kind of step at an office: how many lie there, how many were done, days they were there on average."""

    role: str
    lies: int
    done: int
    days: float | None


class OfficerFlow(NamedTuple):
    """An officer at an office: dossiers in hand, done in the last weeks, done on an average working day."""

    officer: int
    name: str
    lies: int
    done: int
    a_day: float


@dataclass
class OfficeFlow:
    """Everything of one office."""

    office: int
    came: dict[date, int] = field(default_factory=dict)
    did: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    lies: int = 0
    by_role: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0]))
    by_officer: dict[int, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


@dataclass(frozen=True)
class OfficeLoad:
    """One office with its load; `bottleneck`: the kind of step where dossiers were longest."""

    office: int
    name: str
    load: Load
    steps: tuple[StepFlow, ...]
    officers: tuple[OfficerFlow, ...]

    @property
    def bottleneck(self) -> StepFlow | None:
        """Where a dossier stays longest, on average; None where nothing was done."""
        known = [step for step in self.steps if step.days is not None]
        return max(known, key=lambda step: (step.days or 0, step.lies), default=None)


@dataclass(frozen=True)
class Ahead:
    """The loads of all offices of a scope, the most in hand first, and the working days that they are told for."""

    days: tuple[date, ...]
    since: date
    offices: tuple[OfficeLoad, ...]


def load_ahead(now: datetime, scope: Scope) -> Ahead:
    """What lies where and what will, for the next ten working days after today; five statements."""
    today, calendar = day_of(now), calendar_for(current_edition())
    days = numbered(today, calendar)
    since = today - timedelta(weeks=WEEKS)
    past = [day for day in (since + timedelta(days=number) for number in range(7 * WEEKS)) if calendar.is_working(day)]
    ahead = [calendar.add_working_days(today, number) for number in range(1, DAYS_AHEAD + 1)]
    flows = _flows(now, since, days, scope)
    names = {row.pk: row.name for row in Office.objects.filter(pk__in=flows)}
    officers = {one for flow in flows.values() for one in flow.by_officer}
    people = dict(Account.objects.filter(pk__in=officers).values_list("pk", "full_name"))
    found = [_office(flow, names[flow.office], people, past, ahead) for flow in flows.values()]
    found.sort(key=lambda one: (-one.load.in_hand, -sum(one.load.comes), one.name))
    return Ahead(tuple(ahead), since, tuple(found))


def one_office(made: Ahead, office: int, scope: Scope) -> OfficeLoad:
    """The load of one of them; an office of the scope where nothing happened has none. Raises NotThere."""
    for one in made.offices:
        if one.office == office:
            return one
    seen = _offices(scope)
    found = Office.objects.filter(pk=office).first() if seen is None or office in seen else None
    if found is None:
        raise NotThere(_("Không có cơ quan này trong dự báo."))
    return OfficeLoad(office, found.name, Load(0, (0.0,) * len(made.days), 0.0, 0), (), ())


def _flows(now: datetime, since: date, days: Numbered, scope: Scope) -> dict[int, OfficeFlow]:
    condition, values = "true", {}
    allowed = _offices(scope)
    if allowed is not None:
        condition, values = "s.office_id = ANY(%(wanted)s)", {"wanted": list(allowed)}
    start, until = start_of(since), start_of(day_of(now))
    asked = {
        "since": start, "until": until, "began": start - LONGEST, "now": now, "counts": days.counts, "first": days.first,
        **values,
    }  # fmt: skip
    flows: dict[int, OfficeFlow] = {}

    def flow(office: int) -> OfficeFlow:
        return flows.setdefault(office, OfficeFlow(office))

    for office, day, many in _rows(_CAME, condition, asked):
        flow(office).came[day] = many
    for office, _step, role, officer, day, many, spent in _rows(_DID, condition, asked):
        here = flow(office)
        here.did[day] += many
        here.by_role[role][1] += many
        here.by_role[role][2] += spent or 0
        if officer is not None:
            here.by_officer[officer][1] += many
    for office, _step, role, holder, many, _spent in _rows(_LIES, condition, asked):
        here = flow(office)
        here.lies += many
        here.by_role[role][0] += many
        if holder is not None:
            here.by_officer[holder][0] += many
    return flows


def _rows(sql: str, condition: str, asked: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.format(condition=condition), asked)
        return cursor.fetchall()


def _offices(scope: Scope) -> frozenset[int] | None:
    """Offices asked for that the person may see; None for all."""
    if scope.offices is None or scope.allowed is None:
        return scope.allowed if scope.offices is None else scope.offices
    return scope.offices & scope.allowed


def _office(flow: OfficeFlow, name: str, people: dict[int, str], past: list[date], ahead: list[date]) -> OfficeLoad:
    # Somebody of the unit who handed a paper in here once is nobody that could be absent here.
    busiest = max((done for _lies, done in flow.by_officer.values()), default=0)
    working = [one for one, (_lies, done) in flow.by_officer.items() if done and 20 * done >= busiest]
    load = Load(flow.lies, expected(flow.came, past, ahead), upper_quartile(flow.did, past), len(working))
    steps = [
        StepFlow(role, lies, done, spent / done if done else None) for role, (lies, done, spent) in flow.by_role.items()
    ]
    officers = [
        OfficerFlow(one, people.get(one, ""), lies, done, done / len(past) if past else 0.0)
        for one, (lies, done) in flow.by_officer.items()
    ]
    return OfficeLoad(
        flow.office,
        name,
        load,
        tuple(sorted(steps, key=lambda one: -(one.days or 0))),
        tuple(sorted(officers, key=lambda one: (-one.lies, -one.done, one.name))),
    )
