"""The report of a period: every figure of every row in one statement, and refused when it does not add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.text import sort_key
from motcua.catalogue.models import Procedure
from motcua.offices.models import Office
from motcua.reports.kept import KeptFigures, kept_figures
from motcua.reports.measures import COUNTED, Figures, Unbalanced, complete
from motcua.reports.periods import Period
from motcua.reports.scope import By, Scope, branches
from motcua.reports.sets import PLACES, SOURCES, counted

Key = int | str
BYS = ("office", "agency", "branch", "field", "procedure")
# "office" is where the scope counts; "agency" decides, wherever a dossier was received.
_KEYS = {"field": "v.field", "procedure": "m.procedure_id", "agency": PLACES["competent"]}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is about, and its figures."""

    key: Key
    code: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period as they stood at its end."""

    period: Period
    scope: Scope
    by: By
    rows: tuple[Row, ...]
    total: Figures


def report(period: Period, scope: Scope, by: str = "office") -> Report:
    """The report of a period by office, branch of the tree, field or procedure.

    As of the end of the period: later events change nothing. Raises Unbalanced when a row, or the rows together,
    don't add up; Invalid for an unknown `by`.
    """
    if by not in BYS:
        raise Invalid(_("Chỉ có thể lập theo cơ quan, nhánh, lĩnh vực hoặc thủ tục."), code="by")
    counted, total = count_figures(period, scope, by)
    if by == "branch":
        counted = _fold_up(counted, branches(scope, period.last))
    rows = tuple(Row(key, code, name, complete(counted[key])) for key, code, name in named(counted, by))
    figures = complete(total)
    if any(figures[key] != sum(row.figures[key] for row in rows) for key in figures):
        raise Unbalanced(_("Tổng các dòng khác dòng tổng. Hãy chạy “motcua audit”."))
    return Report(period, scope, by, rows, figures)  # type: ignore[arg-type]


def bounds(period: Period) -> dict[str, Any]:
    """The instants that the sets are cut at."""
    from motcua.base.times import start_of

    return {"start": period.start, "end": period.end, "last_day": start_of(period.last)}


def restrict(scope: Scope) -> tuple[str, dict[str, Any]]:
    """The scope as a condition on a member `m` of a set, with its values."""
    conditions: list[str] = ["true"]
    values: dict[str, Any] = {}
    if scope.offices is not None:
        conditions.append(f"{PLACES[scope.place]} = ANY(%(offices)s)")
        values["offices"] = list(scope.offices)
    if scope.allowed is not None:
        conditions.append("(m.receiving_office_id = ANY(%(allowed)s) OR m.competent_office_id = ANY(%(allowed)s))")
        values["allowed"] = list(scope.allowed)
    return " AND ".join(conditions), values


def count_figures(
    period: Period, scope: Scope, by: str, sources: Mapping[str, frozenset[str]] = SOURCES
) -> tuple[dict[Key, Figures], Figures]:
    """Counted figures by key, and together; as they were kept where that says the same. As `count_anew`."""
    # An agency's row holds what others received: that is not told by the offices of a place.
    of_place = by in ("office", "branch") or (by == "agency" and scope.place == "competent")
    if sources is SOURCES and of_place:
        figures = kept_figures(period, scope.place, scope.allowed)
        if figures is not None:
            return _put_together(figures, scope.offices)
    return count_anew(period, scope, by, sources)


def count_anew(
    period: Period, scope: Scope, by: str, sources: Mapping[str, frozenset[str]] = SOURCES
) -> tuple[dict[Key, Figures], Figures]:
    """Counted figures by key, and together: two groupings of what each source counts, so that each can check the other."""
    condition, values = restrict(scope)
    key = _KEYS.get(by) or PLACES[scope.place]
    versions = "JOIN catalogue_procedureversion v ON v.id = m.version_id" if by == "field" else ""
    sql = f"""
        SELECT key, measure, sum(many)::bigint, GROUPING(key) FROM ({counted(key, versions, condition, sources)}) counted
        GROUP BY GROUPING SETS ((key, measure), (measure))
    """  # noqa: S608 - only our own fragments are put together
    rows: dict[Key, Figures] = defaultdict(dict)
    total: Figures = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(period), **values})
        for row_key, measure, count, is_total in cursor.fetchall():
            (total if is_total else rows[row_key])[measure] = count
    return dict(rows), total


def _put_together(kept: KeptFigures, offices: frozenset[int] | None) -> tuple[dict[Key, Figures], Figures]:
    rows: dict[Key, Figures] = defaultdict(dict)
    total: Figures = defaultdict(int)
    for office, measure, count in kept:
        if offices is None or office in offices:
            rows[office][measure] = count
            total[measure] += count
    return dict(rows), dict(total)


def _fold_up(counted: dict[Key, Figures], branch_of: dict[int, int]) -> dict[Key, Figures]:
    sums: dict[Key, Figures] = defaultdict(lambda: dict.fromkeys(COUNTED, 0))
    for office, figures in counted.items():
        branch = sums[branch_of.get(int(office), office)]
        for measure, count in figures.items():
            branch[measure] = branch.get(measure, 0) + count
    return dict(sums)


def named(counted: Iterable[Key], by: str) -> list[tuple[Key, str, str]]:
    """key, code and name of every row, in Vietnamese order."""
    counted = list(counted)
    if by == "field":
        fields = sorted((str(key) for key in counted), key=sort_key)
        return [(field, "", field or str(_("(chưa ghi lĩnh vực)"))) for field in fields]
    if by == "procedure":
        procedures = Procedure.objects.filter(pk__in=counted).values_list("pk", "code", "name")
        return sorted(procedures, key=lambda row: (sort_key(row[2]), row[1]))
    offices = Office.objects.filter(pk__in=counted).order_by("name_order", "id")
    return [(office.pk, office.code, office.name) for office in offices]
