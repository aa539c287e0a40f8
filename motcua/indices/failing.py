"""What costs points: the dossiers, procedures, petitions or duties that a component's numerator lacks. No owner is named.

Law: QD766-2022
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.catalogue.life.deadlines import Outcome
from motcua.indices import petition_sets, procedure_sets
from motcua.indices.dossier_sets import dossier_members
from motcua.indices.formulas import FORMULAS
from motcua.indices.petition_sets import petition_members
from motcua.indices.procedure_sets import competence_of, procedure_members
from motcua.indices.quality import dossier_condition, duties_of
from motcua.indices.tables import Row, Table
from motcua.reports.month import bounds
from motcua.reports.periods import Period
from motcua.reports.scope import Scope

PAGE = 50
_NUMBER = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Failing:
    """One member that fails. due, done: instants or days, None where there are none."""

    pk: int
    code: str
    name: str
    office: str
    due: datetime | date | None
    done: datetime | date | None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them by number; `next` opens the following page."""

    members: tuple[Failing, ...]
    next: str


@dataclass(frozen=True, slots=True)
class OfficeShare:
    """How many members of a set are one office's, and how many of them fail."""

    pk: int
    name: str
    whole: int
    failing: int


def row_of(table: Table, code: str) -> Row:
    """The row of a table that a list is asked for. Raises NotThere, also where nothing is listed."""
    found = next((row for row in table.rows if row.code == code), None)
    if found is None or FORMULAS[found.formula].of == "nothing":
        raise NotThere(_("Không có chỉ tiêu này."))
    return found


def by_office(period: Period, scope: Scope, formula: str) -> list[OfficeShare]:
    """Whose members these are, where most fail first; one statement. Empty for procedures and duties, which are nobody's
    alone."""
    of = FORMULAS[formula].of
    if of not in ("dossier", "petition"):
        return []
    members, column, condition, values = _set_of(period, scope, formula)
    sql = f"""
        SELECT o.id, o.name, count(*), count(*) FILTER (WHERE m.lost > 0) FROM ({members}) m
        JOIN offices_office o ON o.id = m.{column} WHERE {condition} GROUP BY 1, 2 ORDER BY 4 DESC, o.name_order, 1
    """  # noqa: S608 - only our own fragments are put together
    return [OfficeShare(*row) for row in _rows(sql, values)]


def failing(
    period: Period, scope: Scope, formula: str, *, after: str = "", limit: int = PAGE, office: int | None = None
) -> Page:
    """The members that fail. after: the number of the last one seen; office: of one office alone, as `by_office` counts.
    Raises Invalid for a bad mark."""
    if after and _NUMBER.fullmatch(after) is None:
        raise Invalid(_("Không đọc được vị trí trang."), code="cursor")
    of = FORMULAS[formula].of
    if of == "duty":
        return Page(tuple(_duties(period, scope, formula)), "")
    start, most = int(after or 0), limit + 1
    if of == "procedure":
        found = _procedures(period, scope, formula, start, most)
    else:
        found = (_dossiers if of == "dossier" else _petitions)(period, scope, formula, start, most, office)
    return Page(tuple(found[:limit]), str(found[limit - 1].pk) if len(found) > limit else "")


def everything_failing(period: Period, scope: Scope, formula: str, office: int | None = None) -> Iterator[Failing]:
    """All of them, in large pages, for a file."""
    after = ""
    while True:
        page = failing(period, scope, formula, after=after, limit=5000, office=office)
        yield from page.members
        after = page.next
        if not after:
            return


def _set_of(period: Period, scope: Scope, formula: str) -> tuple[str, str, str, dict[str, Any]]:
    """A set of dossiers or petitions: its members, the column of their office, the scope's condition, the values."""
    if FORMULAS[formula].of == "dossier":
        condition, values = dossier_condition(scope, "m")
        members, column = dossier_members(frozenset({formula})), f"{scope.place}_office_id"
        return members, column, condition, {**bounds(period), **values}
    values = petition_sets.values(period)
    condition = petition_sets.condition_of(scope, values)
    return petition_members(frozenset({formula})), "owner_office_id", condition, values


def _dossiers(period: Period, scope: Scope, formula: str, after: int, limit: int, office: int | None) -> list[Failing]:
    members, column, condition, values = _set_of(period, scope, formula)
    if office is not None:
        condition += f" AND m.{column} = %(row)s"
    sql = f"""
        SELECT m.dossier_id, coalesce(d.code, d.submission_no), p.name, o.name, m.due_at,
            CASE WHEN d.finished_at < %(end)s THEN d.finished_at END
        FROM (
            SELECT m.* FROM ({members}) m
            WHERE m.lost > 0 AND m.dossier_id > %(after)s AND {condition} ORDER BY m.dossier_id LIMIT %(limit)s
        ) m JOIN dossiers_dossier d ON d.id = m.dossier_id JOIN catalogue_procedure p ON p.id = d.procedure_id
        JOIN offices_office o ON o.id = d.{column} ORDER BY m.dossier_id
    """  # noqa: S608 - only our own fragments are put together
    rows = _rows(sql, {**values, "after": after, "limit": limit, "row": office})
    return [
        Failing(pk, code, name, where, due, done, is_open=done is None) for pk, code, name, where, due, done in rows
    ]


def _procedures(period: Period, scope: Scope, formula: str, after: int, limit: int) -> list[Failing]:
    dossiers, values = dossier_condition(scope, "d")
    values |= procedure_sets.values(period)
    condition = competence_of(scope).condition(values)
    sql = f"""
        SELECT m.procedure_id, m.code, m.name FROM ({procedure_members(frozenset({formula}), dossiers)}) m
        WHERE m.lost > 0 AND m.procedure_id > %(after)s AND {condition} ORDER BY m.procedure_id LIMIT %(limit)s
    """  # noqa: S608 - only our own fragments are put together
    return [
        Failing(pk, code, name, "", None, None)
        for pk, code, name in _rows(sql, {**values, "after": after, "limit": limit})
    ]


def _petitions(period: Period, scope: Scope, formula: str, after: int, limit: int, office: int | None) -> list[Failing]:
    members, column, condition, values = _set_of(period, scope, formula)
    if office is not None:
        condition += f" AND m.{column} = %(row)s"
    sql = f"""
        SELECT m.petition_id, m.code, o.name, m.due_on, m.closed_at
        FROM ({members}) m JOIN offices_office o ON o.id = m.owner_office_id
        WHERE m.lost > 0 AND m.petition_id > %(after)s AND {condition} ORDER BY m.petition_id LIMIT %(limit)s
    """  # noqa: S608 - only our own fragments are put together
    return [
        Failing(pk, code, "", where, due, done, is_open=done is None)
        for pk, code, where, due, done in _rows(sql, {**values, "after": after, "limit": limit, "row": office})
    ]


def _duties(period: Period, scope: Scope, formula: str) -> Iterator[Failing]:
    for one in duties_of(formula, period, competence_of(scope)):
        if one.outcome != Outcome.DONE:
            procedure = one.event.procedure
            yield Failing(
                procedure.pk, procedure.code, procedure.name, str(one.event.act or ""), one.last_day, one.done_on,
                is_open=one.done_on is None,
            )  # fmt: skip


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
