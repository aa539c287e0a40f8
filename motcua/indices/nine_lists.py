"""The dossiers behind the points of a sheet: each with what it got under every index that a dossier bears. No owner is named.

Law: TT01-2018 15
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.indices.formulas import OF_A_DOSSIER
from motcua.indices.nine import agency_condition, officers_of, within_of
from motcua.indices.nine_sets import HANDS, scored
from motcua.reports.month import bounds
from motcua.reports.periods import Period
from motcua.reports.scope import Scope

PAGE = 50
_NUMBER = re.compile("[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Scored:
    """One dossier with its points, None where there is no data."""

    pk: int
    code: str
    procedure: str
    office: str
    due: datetime | None
    done: datetime
    points: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them by number; `next` opens the following page."""

    members: tuple[Scored, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dossiers: of one agency or one officer (exactly one of them), with these points under an index, or all."""

    office_id: int | None = None
    account_id: int | None = None
    formula: str = ""
    points: int | None = None
    field: str = ""


def scored_dossiers(period: Period, scope: Scope, wanted: Wanted, *, after: str = "", limit: int = PAGE) -> Page:
    """The dossiers behind a point. Raises NotThere for an index that no dossier bears, Invalid for a bad mark."""
    if wanted.formula and wanted.formula not in OF_A_DOSSIER:
        raise NotThere(_("Không có chỉ tiêu này."))
    if after and _NUMBER.fullmatch(after) is None:
        raise Invalid(_("Không đọc được vị trí trang."), code="cursor")
    if wanted.account_id is not None:
        source, within = "hands", within_of(scope, wanted.account_id)
        condition, values = officers_of(period, scope, wanted.account_id)
    else:
        source, condition = "scored", "true"
        within, values = agency_condition(scope)
        within += " AND m.competent_office_id = %(only)s"
        values["only"] = wanted.office_id
    if wanted.formula and wanted.points is not None:
        condition += f" AND s.{wanted.formula} = %(points)s"
        values["points"] = wanted.points
    if wanted.field:
        condition += " AND s.version_id IN (SELECT id FROM catalogue_procedureversion WHERE field = %(field)s)"
        values["field"] = wanted.field
    sql = f"""
        WITH scored AS MATERIALIZED ({scored(within)}), hands AS ({HANDS})
        SELECT s.dossier_id, coalesce(d.code, d.submission_no), p.name, o.name, s.due_at, s.at,
            {", ".join(f"s.{key}" for key in OF_A_DOSSIER)}
        FROM {source} s JOIN dossiers_dossier d ON d.id = s.dossier_id JOIN catalogue_procedure p ON p.id = s.procedure_id
        JOIN offices_office o ON o.id = s.competent_office_id
        WHERE {condition} AND s.dossier_id > %(after)s ORDER BY s.dossier_id LIMIT %(limit)s
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(period), **values, "after": int(after or 0), "limit": limit + 1})
        found = [_scored(row) for row in cursor.fetchall()]
    return Page(tuple(found[:limit]), str(found[limit - 1].pk) if len(found) > limit else "")


def every_scored_dossier(period: Period, scope: Scope, wanted: Wanted) -> Iterator[Scored]:
    """All of them, in large pages, for a file."""
    after = ""
    while True:
        page = scored_dossiers(period, scope, wanted, after=after, limit=5000)
        yield from page.members
        after = page.next
        if not after:
            return


def _scored(row: tuple[Any, ...]) -> Scored:
    pk, code, procedure, office, due, done, *points = row
    return Scored(pk, code, procedure, office, due, done, dict(zip(OF_A_DOSSIER, points, strict=True)))
