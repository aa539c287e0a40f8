"""The nine indices: sheets of agencies and officers over a period, each point with the dossiers that bear it.

Officer = 1+2+3+4+7, agency = 1–4 and 7 with 5, 6, 8, 9; each index the mean of its dossiers' points, one decimal, and the
sum a sum of these. What has no data is left out. Law: TT01-2018 13; TT01-2018 15
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.text import sort_key
from motcua.indices import procedure_sets, scoring
from motcua.indices.formulas import NINE, OF_A_DOSSIER, OF_AN_OFFICER
from motcua.indices.nine_sets import AT_THE_UNIT, AT_THE_UNIT_FROM, HAD_A_HAND, HANDS, ONLINE, scored
from motcua.indices.petition_sets import condition_of, petition_members
from motcua.indices.petition_sets import values as petition_values
from motcua.indices.tables import Row, Table
from motcua.offices.models import Office
from motcua.reports.month import bounds
from motcua.reports.periods import Period
from motcua.reports.scope import Scope


@dataclass(frozen=True, slots=True)
class Score:
    """One index of one sheet. counts: how many dossiers have 2, 1 and 0 points; None for what the unit bears as a whole."""

    row: Row
    value: Decimal | None
    counts: tuple[int, int, int] | None = None
    told: str = ""

    @property
    def sentence(self) -> Any:
        return NINE[self.row.formula].sentence


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one agency or officer. code: of the agency; field: of a part of it only. most: of the indices with data."""

    key: int
    code: str
    name: str
    field: str
    dossiers: int
    scores: tuple[Score, ...]
    total: Decimal | None
    most: Decimal
    class_name: str

    def score(self, code: str) -> Decimal | None:
        """The score of an index by its code; None without data."""
        return next((one.value for one in self.scores if one.row.code == code), None)


@dataclass(frozen=True, slots=True)
class UnitPoints:
    """What an agency as a whole bears: formula → points and how they came about."""

    points: Mapping[str, int | None]
    told: Mapping[str, str]


Counts = dict[str, tuple[int, int, int]]
_TALLY = ", ".join(
    f"count(*) FILTER (WHERE s.{key} = {points})" for key in OF_A_DOSSIER for points in (2, 1, 0)
)  # fmt: skip


def agencies(period: Period, scope: Scope, table: Table) -> list[Sheet]:
    """The sheet of every agency of a scope that resolved something in the period, best first; six statements or so."""
    condition, values = agency_condition(scope)
    sql = f"""
        WITH scored AS MATERIALIZED ({scored(condition)})
        SELECT s.competent_office_id, o.code, o.name, count(*), {_TALLY}, {AT_THE_UNIT} FROM scored s
        JOIN offices_office o ON o.id = s.competent_office_id {AT_THE_UNIT_FROM} GROUP BY 1, 2, 3
    """  # noqa: S608 - only our own fragments are put together
    rows = _rows(sql, {**bounds(period), **values})
    units = unit_points(period, scope, table, {row[0]: row[-4:] for row in rows})
    nothing = UnitPoints({}, {})
    return _ranked(_sheet(row, table, "agency_classes", units.get(row[0], nothing)) for row in rows)


def fields_of(period: Period, scope: Scope, table: Table, office_id: int) -> list[Sheet]:
    """The same for one agency by field, without what it bears as a whole; one statement."""
    condition, values = agency_condition(scope)
    sql = f"""
        WITH scored AS MATERIALIZED ({scored(f"{condition} AND m.competent_office_id = %(only)s")})
        SELECT s.competent_office_id, o.code, v.field, count(*), {_TALLY} FROM scored s
        JOIN offices_office o ON o.id = s.competent_office_id JOIN catalogue_procedureversion v ON v.id = s.version_id
        GROUP BY 1, 2, 3
    """  # noqa: S608 - only our own fragments are put together
    rows = _rows(sql, {**bounds(period), **values, "only": office_id})
    found = [_sheet(row, table, "agency_classes", UnitPoints({}, {}), field=row[2]) for row in rows]
    return sorted(found, key=lambda one: sort_key(one.field))


def officers(period: Period, scope: Scope, table: Table, only: int | None = None) -> list[Sheet]:
    """The sheet of every officer who had a hand in a dossier resolved in the period, best first; one statement.

    Those who served at an office of the scope in that time; `only`: one account. Their dossiers are those that the person
    asking may see.
    """
    condition, values = officers_of(period, scope, only)
    sql = f"""
        WITH scored AS MATERIALIZED ({scored(within_of(scope, only))}), hands AS ({HANDS})
        SELECT s.account_id, '', a.full_name, count(*), {_TALLY} FROM hands s JOIN people_account a ON a.id = s.account_id
        WHERE {condition} GROUP BY 1, 2, 3
    """  # noqa: S608 - only our own fragments are put together
    rows = _rows(sql, {**bounds(period), **values})
    return _ranked(_sheet(row, table, "officer_classes", None) for row in rows)


def within_of(scope: Scope, only: int | None) -> str:
    """Which resolved dossiers `m` can bear on these officers, with the values of `officers_of`."""
    said = ["true"] if only is None else [HAD_A_HAND]
    if scope.allowed is not None:
        said.append("(m.receiving_office_id = ANY(%(allowed)s) OR m.competent_office_id = ANY(%(allowed)s))")
    return " AND ".join(said)


def officers_of(period: Period, scope: Scope, only: int | None) -> tuple[str, dict[str, Any]]:
    """Whose sheets these are, as a condition on a hand `s`, with its values."""
    said: list[str] = ["true"]
    values: dict[str, Any] = {}
    if only is not None:
        said.append("s.account_id = %(only)s")
        values["only"] = only
    offices = scope.offices
    if scope.allowed is not None:
        values["allowed"] = list(scope.allowed)
        offices = scope.allowed if offices is None else offices & scope.allowed
    if offices is not None:
        said.append(
            "EXISTS (SELECT FROM offices_posting p WHERE p.account_id = s.account_id AND p.office_id = ANY(%(served)s)"
            " AND p.valid_from <= %(last)s AND (p.valid_to IS NULL OR p.valid_to > %(first)s))"
        )
        values |= {"served": list(offices), "first": period.first, "last": period.last}
    return " AND ".join(said), values


def unit_points(
    period: Period, scope: Scope, table: Table, at_unit: Mapping[int, tuple[Any, ...]]
) -> dict[int, UnitPoints]:
    """What agencies bear as a whole: indices 5, 8 and 9. at_unit: office → what index 5 asks, as `AT_THE_UNIT` has it."""
    offices = list(at_unit)
    online = {row[0]: row[1:] for row in _rows(ONLINE, bounds(period))}
    petitions = _petitions(period, scope)
    pairs, offered = procedure_sets.pairs_by_office(offices), procedure_sets.online_by_pair(period.last)
    levels = dict(Office.objects.filter(pk__in=offices).values_list("pk", "level"))
    percents = {level: Decimal(value) for level, value in table.parameters["onsite_percent"].items()}
    found = {}
    for office in offices:
        judged, in_time, late = petitions.get(office, (0, 0, 0))
        received, by_net, late_online = online.get(office, (0, 0, 0))
        own = [offered[pair] for pair in pairs.get(office, ()) if pair in offered]
        eligible, services = sum(one[0] for one in own), sum(one[1] for one in own)
        at = at_unit[office]
        found[office] = UnitPoints(
            {
                "at_the_unit": scoring.at_the_unit(at[0], at[1], at[2], at[3], percents[levels[office]]),
                "petitions_answered": scoring.petitions_answered(
                    judged, in_time, late, table.percent("petitions_percent")
                ),
                "online_services": scoring.online_services(
                    scoring.Online(eligible, services, received, by_net, late_online),
                    table.percent("online_procedures_percent"),
                    table.percent("online_dossiers_percent"),
                    table.percent("online_dossiers_half_percent"),
                ),
            },
            {
                "at_the_unit": _(
                    "%(onsite)s/%(procedures)s thủ tục làm tại chỗ; %(there)s/%(dossiers)s hồ sơ nhận tại Bộ phận Một cửa"
                )
                % {"procedures": at[0], "onsite": at[1], "dossiers": at[2], "there": at[3]},
                "petitions_answered": _("%(in_time)s/%(judged)s phản ánh đúng hạn, %(late)s còn quá hạn")
                % {"in_time": in_time, "judged": judged, "late": late},
                "online_services": _(
                    "%(offered)s/%(eligible)s thủ tục, %(online)s/%(received)s hồ sơ tự nộp trực tuyến, %(late)s hồ sơ trực tuyến quá hạn"
                )
                % {
                    "offered": services,
                    "eligible": eligible,
                    "online": by_net,
                    "received": received,
                    "late": late_online,
                },
            },
        )
    return found


def total_of(scores: Mapping[str, Decimal | None], table: Table, classes: str) -> tuple[Decimal | None, Decimal, str]:
    """The sum of the scores that have data, the most that it could be, and the class. formula → score."""
    known = [value for value in scores.values() if value is not None]
    most = Decimal(scoring.MOST * len(known))
    if not known:
        return None, most, ""
    total = sum(known, Decimal("0.0"))
    whole = scoring.MOST * len(scores)
    share = Fraction(most) / whole if table.parameter("scale") == "proportional" else Fraction(1)
    return total, most, scoring.class_of(total, table.classes(classes), share)


def _sheet(row: tuple[Any, ...], table: Table, classes: str, unit: UnitPoints | None, field: str = "") -> Sheet:
    key, code, name, dossiers, *tally = row
    counts: Counts = {
        formula: (tally[3 * place], tally[3 * place + 1], tally[3 * place + 2])
        for place, formula in enumerate(OF_A_DOSSIER)
    }
    scores = []
    for one in table.rows:
        if one.formula in counts and (unit is not None or one.formula in OF_AN_OFFICER):
            scores.append(Score(one, scoring.mean_of(*counts[one.formula]), counts[one.formula]))
        elif unit is not None and not field and one.formula not in counts:
            points = unit.points.get(one.formula)
            value = None if points is None else Decimal(points).quantize(scoring.TENTH)
            scores.append(Score(one, value, None, unit.told.get(one.formula, "")))
    total, most, class_name = total_of({one.row.formula: one.value for one in scores}, table, classes)
    return Sheet(key, code, name, field, dossiers, tuple(scores), total, most, "" if field else class_name)


def _ranked(sheets: Any) -> list[Sheet]:
    return sorted(sheets, key=lambda one: (-(one.total or 0), sort_key(one.name), one.key))


def agency_condition(scope: Scope) -> tuple[str, dict[str, Any]]:
    """Whose sheets these are, as a condition on a resolved dossier `m`: an agency's is for those who see the agency itself,
    not for the unit that only received for it."""
    said, values = ["true"], {}
    for name, offices in (("offices", scope.offices), ("allowed", scope.allowed)):
        if offices is not None:
            said.append(f"m.competent_office_id = ANY(%({name})s)")
            values[name] = list(offices)
    return " AND ".join(said), values


def _petitions(period: Period, scope: Scope) -> dict[int, tuple[int, int, int]]:
    """office → petitions judged, in time, still open and late."""
    values = petition_values(period)
    condition = condition_of(scope, values)
    sql = f"""
        SELECT m.owner_office_id, count(*), count(*) FILTER (WHERE m.lost = 0), count(*) FILTER (WHERE m.closed_at IS NULL)
        FROM ({petition_members(frozenset({"petitions_in_time"}))}) m WHERE {condition} GROUP BY 1
    """  # noqa: S608 - only our own fragments are put together
    return {office: (judged, in_time, late) for office, judged, in_time, late in _rows(sql, values)}


def _rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
