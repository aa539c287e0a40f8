"""Who was late and was told sorry, and who was not: in a period, by office, dossier by dossier.

A letter is due for every dossier that is not done on the promised day, before that day. Law: ND61-2018 19(9)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.numbers import percent
from motcua.base.text import sort_key
from motcua.base.times import day_of, start_of
from motcua.dossiers.states import State
from motcua.law.store import current_revision, regime_on
from motcua.offices.models import Office
from motcua.operations.days import working_days_ahead
from motcua.operations.lists import Lines, lines
from motcua.operations.sets import OPEN, states
from motcua.reports.measures import Measure
from motcua.reports.month import bounds, restrict
from motcua.reports.periods import Period
from motcua.reports.scope import Scope
from motcua.reports.sets import PLACES, members

LAW = "ND61-2018 19(9)"
APOLOGIES: dict[str, Measure] = {
    row.key: row
    for row in (
        Measure("late", lazy("Quá hạn trong kỳ"), lazy("Giải quyết xong quá hạn trong kỳ, hoặc cuối kỳ đang quá hạn."), LAW,
                ("open_with", "open_without", "done_with", "done_without")),
        Measure("open_without", lazy("Đang quá hạn, chưa xin lỗi"), lazy("Cuối kỳ đang quá hạn, chưa có thư xin lỗi nào."), LAW),
        Measure("open_with", lazy("Đang quá hạn, đã xin lỗi"), lazy("Đã xin lỗi và hẹn lại, nay lại quá ngày hẹn mới."), LAW),
        Measure("done_without", lazy("Xong quá hạn, không xin lỗi"), lazy("Giải quyết xong quá hạn mà không có thư xin lỗi."), LAW),
        Measure("done_with", lazy("Xong quá hạn, đã xin lỗi"), lazy("Giải quyết xong sau ngày hẹn mới, có thư xin lỗi."), LAW),
        Measure("sent", lazy("Thư xin lỗi đã gửi"), lazy("Hồ sơ có thư xin lỗi, hẹn lại ký trong kỳ; mỗi hồ sơ một lần."), LAW),
        Measure("told", lazy("Đã tự động xin lỗi"), lazy("Quá ngày hẹn mà chưa xong, hệ thống xin lỗi trong kỳ; không phải thư xin lỗi mẫu 04, không hẹn lại ngày."), LAW),
    )
}  # fmt: skip
COUNTED = tuple(key for key, measure in APOLOGIES.items() if not measure.parts)
_OF_REPORT = frozenset({"resolved_late", "open_late", "extended"})
# The report's own sets, told apart by whether a letter was signed before the end of the period.
_MEMBERS = f"""
SELECT CASE WHEN m.measure = 'extended' THEN 'sent' ELSE
    CASE m.measure WHEN 'open_late' THEN 'open' ELSE 'done' END || CASE WHEN EXISTS (
        SELECT FROM dossiers_extension e WHERE e.dossier_id = m.dossier_id AND e.signed_at < %(end)s
    ) THEN '_with' ELSE '_without' END END AS measure,
    m.dossier_id, {{office}} AS office_id, m.receiving_office_id, m.competent_office_id, m.due_at, m.at
FROM ({members(_OF_REPORT)}) m WHERE m.measure IN ('resolved_late', 'open_late', 'extended') AND {{condition}}
UNION ALL
SELECT m.measure, m.dossier_id, {{office}}, m.receiving_office_id, m.competent_office_id, m.due_at, m.at FROM (
    SELECT DISTINCT ON (a.dossier_id) 'told' AS measure, a.dossier_id, d.receiving_office_id, a.office_id AS competent_office_id,
        a.office_id AS lay_at, (a.due_on::timestamp AT TIME ZONE INTERVAL '7 hours') AS due_at, a.made_at AS at
    FROM operations_apology a JOIN dossiers_dossier d ON d.id = a.dossier_id
    WHERE a.made_at >= %(start)s AND a.made_at < %(end)s ORDER BY a.dossier_id, a.due_on DESC
) m WHERE {{condition}}
"""  # noqa: S608 - only our own fragments are put together
_LAST_CHANCE = f"""
SELECT 'last_chance' AS measure, d.id AS dossier_id, d.competent_office_id AS office_id, d.receiving_office_id,
    d.competent_office_id
FROM dossiers_dossier d WHERE {OPEN} AND d.state IN ({states(State.PROCESSING, State.PAYMENT, State.DECIDED)})
    AND NOT d.stands_still AND d.extensions < %(most)s AND d.due_at >= %(from)s AND d.due_at < %(until)s
"""  # noqa: S608 - only our own fragments are put together

Figures = dict[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One office."""

    key: int
    code: str
    name: str
    figures: Figures

    @property
    def open_late(self) -> int:
        return self.figures["open_with"] + self.figures["open_without"]

    @property
    def done_late(self) -> int:
        return self.figures["done_with"] + self.figures["done_without"]

    @property
    def with_letter(self) -> int:
        return self.figures["open_with"] + self.figures["done_with"]


@dataclass(frozen=True, slots=True)
class Apologies:
    """A period as it stood at its end."""

    period: Period
    rows: tuple[Row, ...]
    total: Figures

    @property
    def with_letter_rate(self) -> Decimal | None:
        """Late with a letter, of all late."""
        return percent(self.total["open_with"] + self.total["done_with"], self.total["late"])


def apologies(period: Period, scope: Scope) -> Apologies:
    """By office; one statement."""
    sql, values = members_late(period, scope)
    counted: dict[int, Figures] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT office_id, measure, count(*) FROM ({sql}) m GROUP BY 1, 2", values)  # noqa: S608
        for office, measure, count in cursor.fetchall():
            counted[office][measure] = count
    offices = Office.objects.filter(pk__in=counted)
    rows = [Row(one.pk, one.code, one.name, _complete(counted[one.pk])) for one in offices]
    total = {key: sum(row.figures[key] for row in rows) for key in APOLOGIES}
    return Apologies(period, tuple(sorted(rows, key=lambda row: sort_key(row.name))), total)


def apology_lines(
    period: Period, scope: Scope, measure: str, at: datetime, *, office: int | None = None, after: str = ""
) -> Lines:
    """The dossiers behind a figure, as they stand now. Raises NotThere for an unknown one."""
    if measure not in APOLOGIES:
        raise NotThere(_("Không có chỉ tiêu này."))
    sql, values = members_late(period, scope)
    condition = "m.measure = ANY(%(measures)s)"
    values["measures"] = list(APOLOGIES[measure].parts or (measure,))
    if office is not None:
        condition += " AND m.office_id = %(row)s"
        values["row"] = office
    return lines(sql, values, at, condition=condition, after=after)


def last_chance(at: datetime, scope: Scope, *, after: str = "") -> Lines:
    """Not done, and today is the last working day on which the apology would go out in time.

    By the notice and the number of new appointments of the regime of the day. Raises CalendarGap.
    """
    today = day_of(at)
    current_revision()  # a look at the regimes as they are now
    facts = regime_on(today)
    notice = timedelta(days=facts.extension_notice_days)
    values: dict[str, Any] = {
        "most": facts.max_extensions,
        "from": start_of(today + notice),
        "until": start_of(working_days_ahead(today, 1) + notice),
    }
    condition = "true"
    if scope.allowed is not None:
        condition = "(m.receiving_office_id = ANY(%(allowed)s) OR m.competent_office_id = ANY(%(allowed)s))"
        values["allowed"] = list(scope.allowed)
    return lines(_LAST_CHANCE, values, at, condition=condition, after=after)


def members_late(period: Period, scope: Scope) -> tuple[str, dict[str, Any]]:
    """SQL of the dossiers behind the figures of a period, with its values."""
    condition, values = restrict(scope)
    sql = _MEMBERS.format(office=PLACES[scope.place], condition=condition)
    return sql, {**bounds(period), **values}


def _complete(counted: Figures) -> Figures:
    return {key: sum(counted[leaf] for leaf in measure.parts or (key,)) for key, measure in APOLOGIES.items()}
