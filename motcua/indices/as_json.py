"""The indices as plain data, for the command, the pages and the API.

Index of service quality: {"period", "office": {"code", "name"} | null, "limited", "table": {"code", "name", "basis",
"valid_from", "approved_by"}, "groups": [{"code", "name", "max", "points", "components": [{"code", "name", "formula",
"sentence", "status", "reason", "beside", "numerator", "denominator", "rate", "target", "max", "points", "failing", "gain"}]}],
"points", "counted_max", "missing_max", "result", "class"}. Decimals are texts; null: none.
Sheets: {"period", "table", "rows": [{"key", "name", "dossiers", "scores": {code: {"score", "two", "one", "none"}}, "total",
"most", "class"}]}.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from motcua.indices.formulas import CLASS_NAMES
from motcua.indices.nine import Sheet
from motcua.indices.quality import Component, Quality
from motcua.indices.tables import Table
from motcua.reports.beginning import period_as_json
from motcua.reports.periods import Period


def quality_as_json(made: Quality) -> dict[str, Any]:
    """The index of a scope."""
    office = made.scope.office
    return {
        "period": period_as_json(made.period),
        "place": made.scope.place,
        "office": {"code": office.code, "name": office.name} if office else None,
        "limited": made.scope.allowed is not None,
        "table": _table(made.table),
        "groups": [
            {
                "code": group.group.code,
                "name": group.group.name,
                "max": str(group.group.points),
                "points": str(group.points),
                "components": [_component(one) for one in group.components],
            }
            for group in made.groups
        ],
        "points": str(made.points),
        "counted_max": str(made.counted_max),
        "missing_max": str(made.missing_max),
        "result": str(made.result),
        "class": made.class_name,
        "class_name": str(CLASS_NAMES[made.class_name]),
    }


def sheets_as_json(period: Period, table: Table, sheets: Iterable[Sheet]) -> dict[str, Any]:
    """Sheets of agencies or officers."""
    return {"period": period_as_json(period), "table": _table(table), "rows": [sheet_as_json(one) for one in sheets]}


def sheet_as_json(one: Sheet) -> dict[str, Any]:
    """One sheet."""
    return {
        "key": one.key,
        "name": one.field or one.name,
        "dossiers": one.dossiers,
        "scores": {
            score.row.code: {"score": text(score.value)}
            | (dict(zip(("two", "one", "none"), score.counts, strict=True)) if score.counts else {"told": score.told})
            for score in one.scores
        },
        "total": text(one.total),
        "most": str(one.most),
        "class": one.class_name,
    }


def text(value: Decimal | None) -> str | None:
    """A decimal as text; None stays None."""
    return None if value is None else str(value)


def _component(one: Component) -> dict[str, Any]:
    return {
        "code": one.row.code,
        "name": one.row.name,
        "formula": one.row.formula,
        "sentence": str(one.formula.sentence),
        "status": one.status,
        "reason": one.reason,
        "beside": one.beside,
        "numerator": one.part,
        "denominator": one.whole,
        "rate": text(one.rate),
        "days": text(one.days),
        "target": text(one.row.rule.target),
        "max": str(one.row.rule.max_points),
        "points": text(one.points),
        "failing": one.failing,
        "gain": text(one.all_mended if one.status == "counted" else None),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "code": table.code,
        "name": table.name,
        "basis": table.basis,
        "valid_from": table.valid_from.isoformat(),
        "valid_to": table.valid_to.isoformat() if table.valid_to else None,
        "approved_by": table.approved_by,
    }
