"""The index of service quality: for any scope and period every component with its numerator, denominator, rate and points.

A handful of statements however large the province: one for all sets of dossiers, one for those of procedures, one for
petitions, and the duties to publish. What this system has no data for is said, and never made up. Law: QD766-2022
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.numbers import percent, show_count
from motcua.catalogue.life.deadlines import Duty, Outcome, Watched, watched
from motcua.indices import petition_sets, procedure_sets
from motcua.indices.dossier_sets import HELPED, dossier_members
from motcua.indices.formulas import FORMULAS, Formula
from motcua.indices.models import Scheme
from motcua.indices.petition_sets import petition_members
from motcua.indices.procedure_sets import Competence, competence_of, procedure_members
from motcua.indices.scoring import HUNDREDTH, class_of, gain, half_up, missing_to_target, points
from motcua.indices.tables import Group, Row, Table, table_on
from motcua.reports.month import bounds
from motcua.reports.periods import Period
from motcua.reports.scope import Scope

Status = Literal["counted", "empty", "missing", "information"]
DUTIES = {"announced_in_time": Duty.ANNOUNCE, "published_in_time": Duty.PUBLISH}
JUDGED = (Outcome.DONE, Outcome.DONE_LATE, Outcome.OVERDUE)


@dataclass(frozen=True, slots=True)
class Counted:
    """How a set came out: members, what its failing ones take, how many fail, days together."""

    whole: int = 0
    lost: int = 0
    failing: int = 0
    days: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Component:
    """One row of the index. points: None where it is left out or has none. failing: how many members its list opens.

    helped: of dossiers online alone, how many were handed in with help, which its numerator lacks.
    """

    row: Row
    formula: Formula
    status: Status
    part: int | None
    whole: int | None
    failing: int
    points: Decimal | None
    days: Decimal | None = None
    helped: int | None = None

    @property
    def beside(self) -> str:
        """What is counted apart and told beside the rate; empty where there is nothing of the kind."""
        if self.helped is None:
            return ""
        return _("Ngoài tử số: %(helped)s hồ sơ nộp trực tuyến có người giúp.") % {"helped": show_count(self.helped)}

    @property
    def rate(self) -> Decimal | None:
        """In percent; None without a denominator."""
        return (
            None if self.part is None or self.whole is None or self.days is not None else percent(self.part, self.whole)
        )

    @property
    def reason(self) -> str:
        """Why there is no rate; empty where there is one."""
        if self.status == "missing":
            return str(self.formula.missing)
        return _("Kỳ này không có gì để tính.") if self.status == "empty" else ""

    def gain(self, mended: int) -> Decimal:
        """Points won if so many of the failing ones were in order."""
        return gain(self.row.rule, self.part or 0, self.whole or 0, mended)

    @property
    def all_mended(self) -> Decimal:
        """Points won if none failed."""
        return self.gain((self.whole or 0) - (self.part or 0))

    @property
    def one_mended(self) -> Decimal:
        """Points won if one fewer failed."""
        return self.gain(1)

    @property
    def to_target(self) -> int:
        """How many more have to be in order for all points."""
        return missing_to_target(self.row.rule, self.part or 0, self.whole or 0)


@dataclass(frozen=True, slots=True)
class GroupPoints:
    """A group with its components; what they come to, of how many points."""

    group: Group
    components: tuple[Component, ...]
    points: Decimal


@dataclass(frozen=True, slots=True)
class Quality:
    """The index of a scope and a period. counted_max: of the rows that were not left out. result: what is classified."""

    table: Table
    period: Period
    scope: Scope
    groups: tuple[GroupPoints, ...]
    points: Decimal
    counted_max: Decimal
    missing_max: Decimal
    result: Decimal
    class_name: str

    @property
    def components(self) -> list[Component]:
        return [one for group in self.groups for one in group.components]

    @property
    def raises(self) -> list[Component]:
        """What would raise the index, the greatest gain first."""
        able = [one for one in self.components if one.status == "counted" and one.all_mended > 0]
        return sorted(able, key=lambda one: (-one.all_mended, one.row.code))


def table_for(period: Period, scheme: str = Scheme.SERVICE_QUALITY) -> Table:
    """The table in force on the last day of a period. Raises NotThere when there is none."""
    found = table_on(scheme, period.last)
    if found is None:
        words = {"day": f"{period.last:%d/%m/%Y}"}
        raise NotThere(_("Chưa có bảng chỉ số nào có hiệu lực vào ngày %(day)s.") % words, code="no_table")
    return found


def quality(period: Period, scope: Scope, table: Table | None = None) -> Quality:
    """The index of a scope as of the period's end, by the table of its last day. Raises NotThere without one."""
    table = table or table_for(period)
    formulas = frozenset(row.formula for row in table.rows)
    counted = count_sets(period, scope, formulas | {HELPED})
    helped = counted.get(HELPED, Counted()).whole
    components = [_component(row, table, counted.get(row.formula, Counted()), helped) for row in table.rows]
    groups = tuple(_group(group, components) for group in table.groups)
    total = sum((group.points for group in groups), Decimal("0.00"))
    in_count = [one for one in components if one.points is not None]
    counted_max = sum((one.row.rule.max_points for one in in_count), Decimal(0))
    missing = sum((one.row.rule.max_points for one in components if one.status == "missing"), Decimal(0))
    result = total
    if table.parameter("scale") == "proportional" and counted_max:
        result = half_up(Fraction(total) * 100 / Fraction(counted_max), HUNDREDTH)
    class_name = class_of(result, table.classes())
    return Quality(table, period, scope, groups, total, counted_max, missing, result, class_name)


def count_sets(period: Period, scope: Scope, formulas: frozenset[str]) -> dict[str, Counted]:
    """Every set that these formulas need, counted."""
    found: dict[str, Counted] = {}
    members = dossier_members(formulas)
    if members:
        condition, values = dossier_condition(scope, "m")
        found |= _count(members, condition, {**bounds(period), **values}, days=True)
    # How many were helped stands beside the index and is no formula of it.
    needs_competence = any(FORMULAS[key].of in ("procedure", "duty") for key in formulas - {HELPED})
    competence = competence_of(scope) if needs_competence else Competence(None)
    dossiers, values = dossier_condition(scope, "d")
    members = procedure_members(formulas, dossiers)
    if members:
        values |= procedure_sets.values(period)
        found |= _count(members, competence.condition(values), values)
    members = petition_members(formulas)
    if members:
        values = petition_sets.values(period)
        found |= _count(members, petition_sets.condition_of(scope, values), values)
    for key in DUTIES.keys() & formulas:
        duties = duties_of(key, period, competence)
        late = sum(one.outcome != Outcome.DONE for one in duties)
        found[key] = Counted(len(duties), late, late)
    return found


def duties_of(formula: str, period: Period, competence: Competence) -> list[Watched]:
    """The duties whose last day lies in a period, as they stand at its end; of the procedures of a competence."""
    return [
        one
        for one in watched(period.last)
        if one.duty == DUTIES[formula]
        and one.outcome in JUDGED
        and one.last_day is not None
        and period.first <= one.last_day <= period.last
        and (competence.pairs is None or competence.covers(*_authority(one)))
    ]


def dossier_condition(scope: Scope, alias: str) -> tuple[str, dict[str, Any]]:
    """The scope as a condition on a dossier or a member of a set of dossiers, with its values."""
    said, values = ["true"], {}
    if scope.offices is not None:
        said.append(f"{alias}.{scope.place}_office_id = ANY(%(offices)s)")
        values["offices"] = list(scope.offices)
    if scope.allowed is not None:
        said.append(
            f"({alias}.receiving_office_id = ANY(%(allowed)s) OR {alias}.competent_office_id = ANY(%(allowed)s))"
        )
        values["allowed"] = list(scope.allowed)
    return " AND ".join(said), values


def _authority(one: Watched) -> tuple[str | None, str]:
    current = one.event.procedure.current
    return one.event.procedure.competent_key, current.field if current else ""


def _count(members: str, condition: str, values: dict[str, Any], *, days: bool = False) -> dict[str, Counted]:
    sql = f"""
        SELECT m.formula, count(*), coalesce(sum(m.lost), 0)::bigint, count(*) FILTER (WHERE m.lost > 0),
            {"coalesce(sum(m.days), 0)" if days else "0::numeric"}
        FROM ({members}) m WHERE {condition} GROUP BY 1
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {key: Counted(*rest) for key, *rest in cursor.fetchall()}


def _component(row: Row, table: Table, counted: Counted, helped: int) -> Component:
    """What a row comes to. helped: dossiers handed in online with help, told beside those handed in alone."""
    formula = FORMULAS[row.formula]
    if formula.missing:
        nothing = None if table.parameter("missing") == "left_out" else Decimal("0.00")
        return Component(row, formula, "missing", None, None, 0, nothing if row.rule.max_points else None)
    part = max(counted.whole - counted.lost, 0)
    if not row.rule.max_points:
        shown = formula.key == "average_time" and counted.whole
        days = half_up(Fraction(counted.days) / counted.whole, HUNDREDTH) if shown else None
        return Component(row, formula, "information", part, counted.whole, counted.failing, None, days)
    worth = points(row.rule, part, counted.whole)
    if worth is None:
        nothing = None if table.parameter("empty") == "left_out" else Decimal("0.00")
        return Component(row, formula, "empty", 0, 0, 0, nothing)
    told = helped if formula.key == "dossiers_online" else None
    return Component(row, formula, "counted", part, counted.whole, counted.failing, worth, helped=told)


def _group(group: Group, components: list[Component]) -> GroupPoints:
    own = tuple(one for one in components if one.row.group == group.code)
    return GroupPoints(group, own, sum((one.points or Decimal(0) for one in own), Decimal("0.00")))
