"""Open dossiers to which nothing happened for so many working days (`silent_days` of the regime). Law: ND61-2018 8"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.text import sort_key
from motcua.base.times import day_of, end_of
from motcua.dossiers.states import OPEN as OPEN_STATES
from motcua.dossiers.states import State
from motcua.law.store import current_revision, regime_on
from motcua.offices.models import Office
from motcua.operations.board import restrict
from motcua.operations.days import working_days_ago
from motcua.operations.lists import Lines, lines
from motcua.operations.sets import OPEN, states
from motcua.reports.measures import Measure
from motcua.reports.scope import Scope

SILENT: dict[str, Measure] = {
    row.key: row
    for row in (
        Measure(
            "silent",
            lazy("Cơ quan im lặng"),
            lazy("Chưa xong, không chờ người nộp, nhiều ngày làm việc liền không có việc gì được ghi."),
            "ND61-2018 8",
        ),
        Measure(
            "waiting",
            lazy("Chờ người nộp"),
            lazy("Cũng lâu không có việc gì, nhưng đang chờ người nộp bổ sung hoặc thực hiện nghĩa vụ tài chính."),
            "ND61-2018 8",
        ),
    )
}
_MEMBERS = f"""
SELECT CASE WHEN d.stands_still OR d.state IN ({states(State.PRE_SUPPLEMENT, State.SUPPLEMENT, State.PAYMENT)})
    THEN 'waiting' ELSE 'silent' END AS measure,
    d.id AS dossier_id, d.at_office_id AS office_id, d.receiving_office_id, d.competent_office_id, d.last_event_at
FROM dossiers_dossier d
WHERE {OPEN} AND d.state IN ({states(*OPEN_STATES)}) AND d.last_event_at < %(since)s
"""  # noqa: S608 - only our own fragments are put together


@dataclass(frozen=True, slots=True)
class Row:
    """Where silent dossiers lie, and the day since which the longest is silent."""

    key: int
    name: str
    figures: dict[str, int]
    longest_since: date


@dataclass(frozen=True, slots=True)
class Silence:
    """The count of an instant. `days`: working days without any event; `last_day`: the latest day of a last event."""

    days: int
    last_day: date
    rows: tuple[Row, ...]
    total: dict[str, int]


def silence(at: datetime, scope: Scope) -> Silence:
    """By the office where they lie; one statement beside the calendar's. Raises CalendarGap."""
    days, last_day = _since(at)
    condition, values = restrict(scope)
    sql = f"""
        SELECT m.office_id, count(*) FILTER (WHERE m.measure = 'silent'), count(*) FILTER (WHERE m.measure = 'waiting'),
            min(m.last_event_at) FROM ({_MEMBERS}) m WHERE {condition} GROUP BY 1
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {"since": end_of(last_day), **values})
        found = cursor.fetchall()
    names = dict(Office.objects.filter(pk__in=[row[0] for row in found]).values_list("pk", "name"))
    rows = [
        Row(office, names[office], {"silent": silent, "waiting": waiting}, day_of(oldest))
        for office, silent, waiting, oldest in found
    ]
    rows.sort(key=lambda row: (-row.figures["silent"], sort_key(row.name)))
    return Silence(days, last_day, tuple(rows), {key: sum(row.figures[key] for row in rows) for key in SILENT})


def silent_lines(at: datetime, scope: Scope, measure: str, *, office: int | None = None, after: str = "") -> Lines:
    """The dossiers behind a figure, with holder and office. Raises NotThere for an unknown one."""
    if measure not in SILENT:
        raise NotThere(_("Không có chỉ tiêu này."))
    _days, last_day = _since(at)
    condition, values = restrict(scope)
    given: dict[str, Any] = {"since": end_of(last_day), "measure": measure, **values}
    condition += " AND m.measure = %(measure)s"
    if office is not None:
        condition += " AND m.office_id = %(row)s"
        given["row"] = office
    return lines(_MEMBERS, given, at, condition=condition, after=after)


def _since(at: datetime) -> tuple[int, date]:
    today = day_of(at)
    current_revision()  # a look at the regimes as they are now
    days = regime_on(today).silent_days
    return days, working_days_ago(today, days)
