"""What is late now by at least so many days: in which office, at which step, in whose hand. Law: ND61-2018 19(9)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.text import sort_key
from motcua.base.times import day_of, start_of
from motcua.offices.models import Role
from motcua.operations.board import restrict
from motcua.operations.lists import Lines, lines
from motcua.operations.sets import bounds, members
from motcua.reports.scope import Scope

MOST_DAYS = 3650
_STEP = "(SELECT s.role FROM catalogue_processstep s WHERE s.process_id = x.process_id AND s.seq = x.step)"
_KEYS = {
    "office": ("x.at_office_id::text", "(SELECT o.name FROM offices_office o WHERE o.id = x.at_office_id)"),
    "step": (f"coalesce({_STEP}, '')", "''"),
    "holder": ("coalesce(x.holder_id, 0)::text", "(SELECT a.full_name FROM people_account a WHERE a.id = x.holder_id)"),
}
BYS = tuple(_KEYS)
_MEASURE = "m.measure = 'late'"


@dataclass(frozen=True, slots=True)
class Group:
    """An office, a step or a holder with what is late there, and the longest delay in calendar days."""

    key: str
    name: str
    count: int
    longest: int


def late_by(at: datetime, scope: Scope, *, days: int, by: str) -> list[Group]:
    """The late dossiers of the board in groups, the most first. Raises Invalid for another `by` or days out of reach."""
    _check(days, by)
    key, name = _KEYS[by]
    condition, values = restrict(scope)
    sql = f"""
        SELECT {key} AS key, min({name}), count(*), min(x.due_at)
        FROM dossiers_dossier x WHERE x.id IN (
            SELECT m.dossier_id FROM ({members(scope.place, "late")}) m WHERE {_MEASURE} AND {condition}
        ) AND x.due_at < %(before)s GROUP BY 1
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(at), **values, "before": _before(at, days)})
        rows = cursor.fetchall()
    today = day_of(at)
    found = [Group(key, _named(by, key, name), count, (today - day_of(due)).days) for key, name, count, due in rows]
    return sorted(found, key=lambda one: (-one.count, sort_key(one.name)))


def late_lines(at: datetime, scope: Scope, *, days: int, by: str = "office", key: str = "", after: str = "") -> Lines:
    """The dossiers themselves, of one group or of all, the longest late first."""
    _check(days, by)
    condition, values = restrict(scope)
    narrowing = "x.due_at < %(before)s"
    if key:
        narrowing += f" AND {_KEYS[by][0]} = %(key)s"
        values["key"] = "" if key == "-" else key
    return lines(
        members(scope.place, "late"),
        {**bounds(at), **values, "before": _before(at, days)},
        at,
        condition=f"{_MEASURE} AND {condition}",
        narrowing=narrowing,
        after=after,
    )


def _check(days: int, by: str) -> None:
    if by not in _KEYS:
        raise Invalid(_("Chỉ có thể xếp theo cơ quan, bước hoặc người giữ."), code="by")
    if not 1 <= days <= MOST_DAYS:
        sentence = _("Số ngày quá hạn từ 1 đến %(most)s.") % {"most": MOST_DAYS}
        raise Invalid(sentence, fields={"ngay": sentence}, code="days")


def _before(at: datetime, days: int) -> datetime:
    """Late by at least so many calendar days: promised for a day before this instant."""
    return start_of(day_of(at) - timedelta(days=days - 1))


def _named(by: str, key: str, name: Any) -> str:
    if by == "step":
        return str(Role(key).label) if key in Role.values else _("Chưa vào bước nào")
    return name or _("Chưa ai nhận")
