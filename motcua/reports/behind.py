"""The dossiers behind a figure: the same sets that were counted, page by page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of
from motcua.reports.measures import MEASURES, leaves
from motcua.reports.month import bounds, restrict
from motcua.reports.periods import Period
from motcua.reports.scope import Scope, branches
from motcua.reports.sets import PLACES, SOURCES, members

PAGE = 25
# What a key of a row can be; longer ones are no numbers of ours.
_NUMBER = re.compile("[0-9]{1,18}")
# Rows that are named by a word.
_WORDS = {
    "field": "m.version_id IN (SELECT id FROM catalogue_procedureversion WHERE field = %(row)s)",
    "level": "{place} IN (SELECT id FROM offices_office WHERE level = %(row)s)",
}


@dataclass(frozen=True, slots=True)
class Member:
    """One dossier of a figure, as it stood when it was counted. `days_late`: calendar days past the promise, or 0.

    is_redated: its promised day was corrected by the end of the period, so that being in time says less than elsewhere.
    """

    dossier_id: int
    code: str
    submission_no: str
    procedure: str
    owner: str
    office: str
    holder: str
    channel: int
    accepted_at: datetime | None
    due_at: datetime | None
    at: datetime
    days_late: int
    cause: str
    is_redated: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Page:
    """Members in the order of their promise, most urgent first; `next` opens the following page."""

    members: tuple[Member, ...]
    next: str | None


def behind(
    period: Period,
    scope: Scope,
    measure: str,
    *,
    by: str = "office",
    row: str = "",
    after: str = "",
    limit: int = PAGE,
    only: Collection[int] | None = None,
) -> Page:
    """The dossiers that a figure counts, all of them or those of one row; of these ids alone where `only` is given.

    after: the mark of the last member already seen. Raises NotThere for an unknown measure, Invalid for a bad mark.
    """
    if measure not in MEASURES:
        raise NotThere(_("Không có chỉ tiêu này."))
    return behind_counted(period, scope, leaves(measure), by=by, row=row, after=after, limit=limit, only=only)


def behind_counted(
    period: Period,
    scope: Scope,
    wanted: Collection[str],
    *,
    by: str = "office",
    row: str = "",
    after: str = "",
    limit: int = PAGE,
    only: Collection[int] | None = None,
    sources: dict[str, frozenset[str]] = SOURCES,
) -> Page:
    """The same for any counted measures of these sources, together. Raises Invalid for a bad mark, NotThere for a bad row."""
    condition, values = restrict(scope)
    condition += " AND " + _row_condition(period, scope, by, row, values)
    condition += _narrowed(only, after, values)
    sql = f"""
        SELECT m.dossier_id, d.code, d.submission_no, p.name,
            case when d.confidential_to is null then d.owner_name else '' end, o.name, coalesce(a.full_name, ''), d.channel,
            d.accepted_at, m.due_at, m.at, m.measure, coalesce(x.reason, ''), EXISTS (
                SELECT FROM dossiers_correction c WHERE c.dossier_id = m.dossier_id
                AND c.kind = 'date' AND c.is_approved AND c.decided_at < %(end)s)
        FROM (
            SELECT m.* FROM ({members(frozenset(wanted), sources)}) m
            WHERE m.measure = ANY(%(measures)s) AND {condition}
            ORDER BY coalesce(m.due_at, 'infinity'), m.dossier_id LIMIT %(limit)s
        ) m
        JOIN dossiers_dossier d ON d.id = m.dossier_id
        JOIN catalogue_procedure p ON p.id = d.procedure_id
        JOIN offices_office o ON o.id = m.lay_at
        LEFT JOIN people_account a ON a.id = m.holder_id
        LEFT JOIN LATERAL (
            SELECT reason FROM dossiers_extension e
            WHERE e.dossier_id = m.dossier_id AND e.signed_at < %(end)s ORDER BY e.number DESC LIMIT 1
        ) x ON true
        ORDER BY coalesce(m.due_at, 'infinity'), m.dossier_id
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(period), **values, "measures": list(wanted), "limit": limit + 1})
        found = [_member(columns, period) for columns in cursor.fetchall()]
    more = len(found) > limit
    return Page(tuple(found[:limit]), found[limit - 1].mark if more else None)


def everyone_behind(
    period: Period,
    scope: Scope,
    measure: str,
    *,
    by: str = "office",
    row: str = "",
    only: Collection[int] | None = None,
) -> Iterator[Member]:
    """All of them, fetched in large pages, for a file."""
    if measure not in MEASURES:
        raise NotThere(_("Không có chỉ tiêu này."))
    yield from everyone_counted(period, scope, leaves(measure), by=by, row=row, only=only)


def everyone_counted(
    period: Period,
    scope: Scope,
    wanted: Collection[str],
    *,
    by: str = "office",
    row: str = "",
    only: Collection[int] | None = None,
    sources: dict[str, frozenset[str]] = SOURCES,
) -> Iterator[Member]:
    """The same for any counted measures of these sources."""
    after: str | None = ""
    while after is not None:
        page = behind_counted(
            period, scope, wanted, by=by, row=row, after=after, limit=5000, only=only, sources=sources
        )
        yield from page.members
        after = page.next


def _narrowed(only: Collection[int] | None, after: str, values: dict[str, Any]) -> str:
    condition = ""
    if only is not None:
        condition += " AND m.dossier_id = ANY(%(only)s)"
        values["only"] = list(only)
    if after:
        condition += " AND (coalesce(m.due_at, 'infinity'), m.dossier_id) > (%(due)s::timestamptz, %(dossier)s)"
        values["due"], values["dossier"] = _read_mark(after)
    return condition


def _row_condition(period: Period, scope: Scope, by: str, row: str, values: dict[str, Any]) -> str:
    if not row:
        return "true"
    if by in _WORDS and "\x00" not in row:
        values["row"] = "" if row == "-" else row
        return _WORDS[by].format(place=PLACES[scope.place])
    if _NUMBER.fullmatch(row) is None:
        raise NotThere(_("Không có dòng này trong báo cáo."))
    values["row"] = int(row)
    if by == "procedure":
        return "m.procedure_id = %(row)s"
    if by == "agency":
        return f"{PLACES['competent']} = %(row)s"
    if by == "branch":
        values["row"] = [office for office, branch in branches(scope, period.last).items() if branch == int(row)]
        return f"{PLACES[scope.place]} = ANY(%(row)s)"
    return f"{PLACES[scope.place]} = %(row)s"


def _read_mark(mark: str) -> tuple[str, int]:
    due, _sign, dossier = mark.partition("~")
    try:
        if _NUMBER.fullmatch(dossier):
            return due if due == "infinity" else datetime.fromisoformat(due).isoformat(), int(dossier)
    except ValueError:
        pass
    raise Invalid(_("Không đọc được vị trí trang."), code="cursor")


def _member(columns: tuple[Any, ...], period: Period) -> Member:
    (dossier_id, code, submission_no, procedure, owner, office, holder, channel, accepted, due, at, measure, cause,
     is_redated) = columns  # fmt: skip
    # What is still open is judged on the last day of the period, what ended on the day it ended.
    judged = day_of(at) if measure.startswith("resolved") else period.last
    counts_time = measure.startswith("resolved") or measure in ("open_within", "open_late")
    days_late = max((judged - day_of(due)).days, 0) if due and counts_time else 0
    mark = f"{due.isoformat() if due else 'infinity'}~{dossier_id}"
    return Member(
        dossier_id, code or "", submission_no, procedure, owner, office, holder, channel, accepted, due, at, days_late,
        cause, is_redated, mark,
    )  # fmt: skip
