"""What differs between a close and another one, or what the ledger says now: figure by figure, dossier by dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act
from motcua.offices.models import Office
from motcua.reports.closing import counted_rows, scope_of
from motcua.reports.measures import FORMER, MEASURES, leaves
from motcua.reports.models import FrozenFigure, PeriodClose

PAGE = 50
_FROZEN = """
    SELECT {measure} AS measure, office_id AS key, unnest(dossiers) AS dossier_id
    FROM reports_frozenfigure WHERE close_id = %({close})s
"""
# A figure of an earlier close in the measures of today.
_TODAY = "CASE measure " + " ".join(f"WHEN '{then}' THEN '{now}'" for then, now in FORMER.items()) + " ELSE measure END"
# Every dossier of every figure, with the side or sides on which it is counted.
_BOTH = """
    SELECT measure, key, dossier_id, bool_or(side = 1) AS was_in, bool_or(side = 2) AS is_in FROM (
        SELECT 1 AS side, a.* FROM ({before}) a UNION ALL SELECT 2, b.* FROM ({after}) b
    ) sides GROUP BY measure, key, dossier_id
"""
_FIGURES = """
    SELECT measure, key, count(*) FILTER (WHERE was_in), count(*) FILTER (WHERE is_in),
        count(*) FILTER (WHERE is_in AND NOT was_in), count(*) FILTER (WHERE was_in AND NOT is_in)
    FROM ({both}) both_sides GROUP BY measure, key HAVING bool_or(was_in <> is_in)
"""
# What happened to a dossier after the earlier close, latest first: why its figures differ, as far as its journal says.
_MOVED = """
    SELECT b.dossier_id, d.code, d.submission_no, p.name, o.name, b.is_in, d.origin, e.act, e.at, e.reason, e.actor_name
    FROM (
        SELECT dossier_id, key, is_in FROM ({both}) both_sides
        WHERE was_in <> is_in AND measure = ANY(%(measures)s) {at_office} AND dossier_id > %(after)s
        ORDER BY dossier_id LIMIT %(limit)s
    ) b JOIN dossiers_dossier d ON d.id = b.dossier_id
    JOIN catalogue_procedure p ON p.id = d.procedure_id JOIN offices_office o ON o.id = b.key
    LEFT JOIN LATERAL (
        SELECT act, at, reason, actor_name FROM dossiers_event
        WHERE dossier_id = b.dossier_id AND recorded_at > %(since)s ORDER BY seq DESC LIMIT 1
    ) e ON true ORDER BY b.dossier_id
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A counted measure of one office that is not what it was: before, after, how many came in and went out."""

    measure: str
    office_id: int
    office: str
    before: int
    after: int
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A dossier that is counted on one side only, and the last thing that happened to it since."""

    dossier_id: int
    code: str
    procedure: str
    office: str
    came: bool
    origin: str
    act: str
    at: datetime | None
    reason: str
    actor: str


def differences(close: PeriodClose, other: PeriodClose | None = None) -> list[Difference]:
    """What another close, or the ledger now (None), counts otherwise than this one; by measure and office, in order."""
    both, values = _both(close, other)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES.format(both=both), values)
        rows = cursor.fetchall()
    names = dict(Office.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "name"))
    place = {key: number for number, key in enumerate(MEASURES)}
    found = [Difference(measure, key, names[key], *counts) for measure, key, *counts in rows]
    return sorted(found, key=lambda one: (place.get(one.measure, len(place)), one.office, one.office_id))


def moved(
    close: PeriodClose, other: PeriodClose | None, measure: str, *, office_id: int | None = None, after: int = 0
) -> tuple[list[Moved], int | None]:
    """The dossiers behind a difference, at most PAGE by id, and what to ask `after` next. Raises NotThere."""
    if measure not in MEASURES and measure not in close.definitions["measures"]:
        raise NotThere(_("Không có chỉ tiêu này."))
    both, values = _both(close, other)
    values |= {"measures": list(_leaves(measure)), "after": after, "limit": PAGE + 1, "since": close.closed_at}
    at_office = ""
    if office_id is not None:
        at_office, values["office"] = "AND key = %(office)s", office_id
    with connection.cursor() as cursor:
        cursor.execute(_MOVED.format(both=both, at_office=at_office), values)
        found = [_moved(row) for row in cursor.fetchall()]
    return found[:PAGE], found[PAGE - 1].dossier_id if len(found) > PAGE else None


def _leaves(measure: str) -> tuple[str, ...]:
    return leaves(measure) if measure in MEASURES else (measure,)


def _both(close: PeriodClose, other: PeriodClose | None) -> tuple[str, dict[str, Any]]:
    if other is None:
        after, values = counted_rows(close.period, scope_of(close.period, close.office, close.place))
    else:
        after, values = _FROZEN.format(measure=_TODAY, close="after_close"), {"after_close": other.pk}
    before = _FROZEN.format(measure=_TODAY, close="before_close")
    return _BOTH.format(before=before, after=after), {**values, "before_close": close.pk}


def _moved(row: tuple[Any, ...]) -> Moved:
    dossier_id, code, submission_no, procedure, office, came, origin, act, at, reason, actor = row
    label = str(Act(act).label) if act in Act.values else ""
    return Moved(
        dossier_id, code or submission_no, procedure, office, came, origin, label, at, reason or "", actor or ""
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """A dossier that a frozen figure counts, at the office that it was counted for."""

    dossier_id: int
    code: str
    procedure: str
    office: str


def frozen_dossiers(
    close: PeriodClose, measure: str, *, office_id: int | None = None, after: int = 0
) -> tuple[list[Counted], int | None]:
    """The dossiers behind a figure of a close, at most PAGE by id, and what to ask `after` next. Raises NotThere."""
    if measure not in MEASURES and measure not in close.definitions["measures"]:
        raise NotThere(_("Không có chỉ tiêu này."))
    wanted = _leaves(measure)
    former = [then for then, now in FORMER.items() if now in wanted]
    figures = FrozenFigure.objects.filter(close=close, measure__in=[*wanted, *former])
    if office_id is not None:
        figures = figures.filter(office_id=office_id)
    office_of = {
        dossier_id: office
        for office, dossiers in figures.values_list("office__name", "dossiers")
        for dossier_id in dossiers
        if dossier_id > after
    }
    page = sorted(office_of)[: PAGE + 1]
    rows = Dossier.objects.filter(pk__in=page[:PAGE]).order_by("pk").select_related("procedure")
    found = [Counted(row.pk, row.code or row.submission_no, row.procedure.name, office_of[row.pk]) for row in rows]
    return found, page[PAGE - 1] if len(page) > PAGE else None
