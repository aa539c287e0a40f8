"""What became of petitions in a period, as they stood at its end: carried over + new + opened again = done + open.

Read from the journal, whose events repeat what stood after them. Law: ND20-2008 9; QD766-2022; TT01-2020 2
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.numbers import percent
from motcua.base.text import sort_key
from motcua.offices.models import Office
from motcua.petitions.table import OPEN, PETITIONS, Kind, PetitionAct, PetitionState
from motcua.reports.beginning import period_as_json
from motcua.reports.measures import Measure, Unbalanced
from motcua.reports.periods import Period
from motcua.reports.scope import Scope

PETITION_MEASURES: dict[str, Measure] = {
    row.key: row
    for row in (
        Measure("carried_over", lazy("Kỳ trước chuyển sang"), lazy("Đang xử lý khi kỳ bắt đầu."), "TT01-2020 2"),
        Measure("new", lazy("Tiếp nhận mới"), lazy("Tiếp nhận trong kỳ."), "TT01-2020 2"),
        Measure(
            "reopened",
            lazy("Xem xét lại"),
            lazy("Đã xong trước kỳ, người phản ánh đề nghị xem xét lại trong kỳ."),
            "TT01-2020 2",
        ),
        Measure(
            "total",
            lazy("Tổng số phải xử lý"),
            lazy("Kỳ trước chuyển sang, tiếp nhận mới và xem xét lại."),
            "TT01-2020 2",
            ("carried_over", "new", "reopened"),
        ),
        Measure(
            "done",
            lazy("Đã xử lý"),
            lazy("Cuối kỳ đã trả lời, không tiếp nhận hoặc đã chuyển cơ quan khác."),
            "TT01-2020 2",
            ("done_in_time", "done_late"),
        ),
        Measure(
            "done_in_time", lazy("Đã xử lý, đúng hạn"), lazy("Xong không sau ngày cuối của thời hạn."), "QD766-2022"
        ),
        Measure("done_late", lazy("Đã xử lý, quá hạn"), lazy("Xong sau ngày cuối của thời hạn."), "QD766-2022"),
        Measure(
            "open",
            lazy("Đang xử lý"),
            lazy("Cuối kỳ chưa xong."),
            "TT01-2020 2",
            ("open_within", "open_late", "open_waiting"),
        ),
        Measure("open_within", lazy("Đang xử lý, trong hạn"), lazy("Cuối kỳ chưa qua ngày cuối."), "QD766-2022"),
        Measure("open_late", lazy("Đang xử lý, quá hạn"), lazy("Cuối kỳ đã qua ngày cuối."), "QD766-2022"),
        Measure("open_waiting", lazy("Chờ người gửi nói rõ"), lazy("Cuối kỳ đang chờ người gửi."), "QD766-2022"),
        # Beside the balance: how what is done ended, and what was published.
        Measure("answered", lazy("Đã trả lời"), lazy("Đã xử lý bằng câu trả lời."), "TT01-2020 2"),
        Measure("refused", lazy("Không tiếp nhận"), lazy("Đã xử lý: không tiếp nhận, nêu lý do."), "QD766-2022"),
        Measure("passed_on", lazy("Đã chuyển cơ quan khác"), lazy("Đã chuyển nơi có thẩm quyền."), "ND20-2008 9"),
        Measure(
            "published",
            lazy("Đã công khai"),
            lazy("Câu trả lời được công khai trong kỳ."),
            "QD766-2022",
            ("published_in_time", "published_late"),
        ),
        Measure("published_in_time", lazy("Công khai đúng hạn"), lazy("Không sau ngày cuối."), "QD766-2022"),
        Measure("published_late", lazy("Công khai quá hạn"), lazy("Sau ngày cuối."), "QD766-2022"),
    )
}
# Every petition that is done ended in one of these ways.
ENDS = ("answered", "refused", "passed_on")
COUNTED = tuple(key for key, measure in PETITION_MEASURES.items() if not measure.parts)

_OPEN = ", ".join(f"'{state.value}'" for state in OPEN)
# Refused and passed on are states by their own names.
_BY_ANSWER = ", ".join(f"'{state.value}'" for state in (PetitionState.ANSWERED, PetitionState.PUBLISHED))
_DAY = "(%s AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
STOOD = f"""
SELECT p.id, p.code, p.received_at, now.kind, now.owner_office_id, now.state, now.due_on, now.closed_at,
    CASE WHEN before.state IS NULL THEN 'new' WHEN before.state IN ({_OPEN}) THEN 'carried_over'
        ELSE 'reopened' END AS came,
    CASE WHEN now.closed_at IS NOT NULL AND {_DAY % "now.closed_at"} > now.due_on THEN 'done_late'
        WHEN now.closed_at IS NOT NULL THEN 'done_in_time'
        WHEN now.due_on IS NULL THEN 'open_waiting'
        WHEN now.due_on < %(last)s THEN 'open_late' ELSE 'open_within' END AS stands,
    CASE WHEN now.closed_at IS NULL THEN NULL WHEN now.state IN ({_BY_ANSWER}) THEN 'answered'
        ELSE now.state END AS ended
FROM petitions_petition p
JOIN LATERAL (
    SELECT * FROM petitions_petitionevent e WHERE e.petition_id = p.id AND e.at < %(end)s ORDER BY seq DESC LIMIT 1
) now ON true
LEFT JOIN LATERAL (
    SELECT state FROM petitions_petitionevent e WHERE e.petition_id = p.id AND e.at < %(start)s ORDER BY seq DESC LIMIT 1
) before ON true
WHERE before.state IS NULL OR before.state IN ({_OPEN}) OR EXISTS (
    SELECT FROM petitions_petitionevent e WHERE e.petition_id = p.id AND e.act = '{PetitionAct.REOPEN.value}'
        AND e.at >= %(start)s AND e.at < %(end)s
)
"""  # noqa: S608 - only our own words are put together
_MEMBERS = f"""
WITH stood AS ({STOOD})
SELECT came AS measure, id, code, received_at, kind, owner_office_id, state, due_on, closed_at FROM stood
UNION ALL SELECT stands, id, code, received_at, kind, owner_office_id, state, due_on, closed_at FROM stood
UNION ALL SELECT ended, id, code, received_at, kind, owner_office_id, state, due_on, closed_at FROM stood
    WHERE ended IS NOT NULL
UNION ALL SELECT DISTINCT ON (e.petition_id)
    CASE WHEN {_DAY % "e.at"} > e.publish_due_on THEN 'published_late' ELSE 'published_in_time' END,
    p.id, p.code, p.received_at, e.kind, e.owner_office_id, e.state, e.publish_due_on, e.at
FROM petitions_petitionevent e JOIN petitions_petition p ON p.id = e.petition_id
WHERE e.act = '{PetitionAct.PUBLISH.value}' AND e.at >= %(start)s AND e.at < %(end)s
"""  # noqa: S608 - only our own words are put together

Figures = dict[str, int]


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """One office or one kind."""

    key: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class PetitionReport:
    """Petitions of a period. `total` and `offices` count what the law calls petitions; `kinds` every kind by itself."""

    period: Period
    scope: Scope
    kinds: tuple[PetitionRow, ...]
    offices: tuple[PetitionRow, ...]
    total: Figures

    @property
    def in_time_rate(self) -> Decimal | None:
        """Done in time, of what is done or late: index 5.2. Law: QD766-2022"""
        return percent(self.total["done_in_time"], self.total["done"] + self.total["open_late"])


@dataclass(frozen=True, slots=True)
class SeenPetition:
    """One petition behind a figure, without what it says."""

    pk: int
    code: str
    kind: str
    office: str
    received_at: datetime
    state: str
    due_on: date | None
    closed_at: datetime | None

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def state_label(self) -> str:
        return str(PetitionState(self.state).label)


def counted_petitions(period: Period, scope: Scope) -> list[tuple[int, str, str, int]]:
    """How many petitions each office has of each kind in each counted measure: (office, kind, measure, count)."""
    condition, values = _restrict(scope)
    sql = f"""
        SELECT m.owner_office_id, m.kind, m.measure, count(*) FROM ({_MEMBERS}) m WHERE {condition} GROUP BY 1, 2, 3
    """  # noqa: S608 - only our own words are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {**_bounds(period), **values})
        return cursor.fetchall()


def petition_report(period: Period, scope: Scope) -> PetitionReport:
    """The report as of the end of the period. Raises Unbalanced where a row does not add up."""
    by_kind: dict[str, Figures] = {kind: defaultdict(int) for kind in Kind.values}
    by_office: dict[int, Figures] = {}
    for office, kind, measure, count in counted_petitions(period, scope):
        by_kind[kind][measure] += count
        if kind in PETITIONS:
            by_office.setdefault(office, defaultdict(int))[measure] += count
    names = dict(Office.objects.filter(pk__in=by_office).values_list("pk", "name"))
    offices = [PetitionRow(str(key), names[key], complete(found)) for key, found in by_office.items()]
    kinds = [PetitionRow(kind.value, str(kind.label), complete(by_kind[kind])) for kind in Kind]
    total = added(row.figures for row in kinds if row.key in PETITIONS)
    if total != added(row.figures for row in offices):
        raise Unbalanced(_("Tổng các dòng khác dòng tổng. Hãy chạy “motcua audit”."))
    return PetitionReport(
        period, scope, tuple(kinds), tuple(sorted(offices, key=lambda row: sort_key(row.name))), total
    )


def complete(counted: Mapping[str, int]) -> Figures:
    """Every measure from the counted ones. Raises Unbalanced unless what came is done or open, and all done has an end."""
    figures = {
        key: sum(counted.get(part, 0) for part in measure.parts) if measure.parts else counted.get(key, 0)
        for key, measure in PETITION_MEASURES.items()
    }
    if figures["done"] != sum(figures[end] for end in ENDS):
        raise Unbalanced(_("Số đã xử lý khác tổng các cách kết thúc. Hãy chạy “motcua audit”."))
    if figures["total"] != figures["done"] + figures["open"]:
        raise Unbalanced(
            _("Số liệu không cân: vào %(came)s, ra và còn lại %(went)s. Hãy chạy “motcua audit”.")
            % {"came": figures["total"], "went": figures["done"] + figures["open"]}
        )
    return figures


def added(rows: Iterable[Figures]) -> Figures:
    """Rows added up."""
    rows = list(rows)
    return {key: sum(row[key] for row in rows) for key in PETITION_MEASURES}


def petitions_behind(
    period: Period, scope: Scope, *measures: str, office: int | None = None, kind: str = "", limit: int = 200
) -> list[SeenPetition]:
    """The petitions behind a figure, or several that do not overlap, the earliest last day first.

    kind: empty for those that the law calls petitions.
    """
    condition, values = _restrict(scope)
    if office is not None:
        condition += " AND m.owner_office_id = %(row)s"
        values["row"] = office
    leaves = [leaf for measure in measures for leaf in PETITION_MEASURES[measure].parts or (measure,)]
    asked = {"measures": leaves, "kinds": [kind] if kind else list(PETITIONS), "limit": limit}
    sql = f"""
        SELECT m.id, m.code, m.kind, o.name, m.received_at, m.state, m.due_on, m.closed_at
        FROM ({_MEMBERS}) m JOIN offices_office o ON o.id = m.owner_office_id
        WHERE {condition} AND m.measure = ANY(%(measures)s) AND m.kind = ANY(%(kinds)s)
        ORDER BY m.due_on NULLS LAST, m.id LIMIT %(limit)s
    """  # noqa: S608 - only our own words are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {**_bounds(period), **asked, **values})
        return [SeenPetition(*row) for row in cursor.fetchall()]


def form_05a(made: PetitionReport) -> dict[str, int]:
    """Form II.05a: what came in by kind, how it came, what became of it. Opened again counts as new. Law: TT01-2020 2"""
    of_kind = {row.key: row.figures["total"] for row in made.kinds}
    total = made.total
    return {
        "total": total["total"],
        "conduct": of_kind[Kind.CONDUCT],
        "regulation": of_kind[Kind.REGULATION],
        "both": of_kind[Kind.BOTH],
        "carried_over": total["carried_over"],
        "new": total["new"] + total["reopened"],
        "done": total["done"],
        "open": total["open"],
        "published": total["published"],
    }


def as_json(made: PetitionReport) -> dict[str, Any]:
    """The report as plain data."""
    rate = made.in_time_rate
    return {
        "period": period_as_json(made.period),
        "measures": [
            {"key": row.key, "name": str(row.name), "sentence": str(row.sentence), "law": row.law, "parts": row.parts}
            for row in PETITION_MEASURES.values()
        ],
        "kinds": [{"key": row.key, "name": row.name, "figures": row.figures} for row in made.kinds],
        "offices": [{"key": row.key, "name": row.name, "figures": row.figures} for row in made.offices],
        "total": made.total,
        "in_time_rate": None if rate is None else str(rate),
        "form_05a": form_05a(made),
    }


def _bounds(period: Period) -> dict[str, Any]:
    return {"start": period.start, "end": period.end, "last": period.last}


def _restrict(scope: Scope) -> tuple[str, dict[str, Any]]:
    conditions, values = ["true"], {}
    for name, offices in (("offices", scope.offices), ("allowed", scope.allowed)):
        if offices is not None:
            conditions.append(f"m.owner_office_id = ANY(%({name})s)")
            values[name] = list(offices)
    return " AND ".join(conditions), values
