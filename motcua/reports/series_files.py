"""A series as plain data and as a workbook; estimated shares stand apart and are called estimates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from motcua.reports.measures import MEASURES
from motcua.reports.series import Series
from motcua.reports.table_workbook import Cell, table_workbook

Shares = Mapping[str, Mapping[str, tuple[int, ...]]]


def as_json(made: Series, shares: Shares) -> dict[str, Any]:
    """{"measure", "way", "day", "place", "office", "limited", "months", "rows", "total", "estimates"}.

    rows: {"key", "code", "name", "note", "apart", "counts"}; `total` is null where a row reaches beyond the office.
    """
    asked = made.question
    measure, office = MEASURES[asked.measure], asked.scope.office
    return {
        "measure": {
            "key": measure.key,
            "name": str(measure.name),
            "sentence": str(measure.sentence),
            "law": str(measure.law),
        },
        "way": asked.way,
        "day": None if asked.way == "then" else asked.day.isoformat(),
        "place": asked.scope.place,
        "office": {"code": office.code, "name": office.name} if office else None,
        "limited": asked.scope.allowed is not None,
        "months": [month.key for month in asked.months],
        "rows": [
            {
                "key": line.key,
                "code": line.code,
                "name": line.name,
                "note": line.note,
                "apart": line.apart,
                "counts": list(line.counts),
            }
            for line in made.lines
        ],
        "total": None if made.total is None else list(made.total),
        "estimates": {apart: {key: list(counts) for key, counts in rows.items()} for apart, rows in shares.items()},
    }


def series_workbook(made: Series, shares: Shares) -> bytes:
    """One row for each office, a column for each month; the estimates below, under a head that says so."""
    asked = made.question
    heads = [_("Cơ quan"), _("Mã"), *(month.key for month in asked.months), _("Ghi chú")]
    rows: list[list[Cell]] = [[line.name, line.code, *line.counts, line.note] for line in made.lines]
    if made.total is not None:
        rows.append([_("Tổng"), "", *made.total, ""])
    names = {line.key: line.name for line in made.lines}
    for apart, found in shares.items():
        rows += [[], [_("Ước tính, không phải số đếm: %(office)s") % {"office": names[apart]}]]
        rows += [[names[key], "", *counts, _("ước tính theo tỷ lệ")] for key, counts in found.items()]
    title = f"{MEASURES[asked.measure].name}, {asked.months[0].key} – {asked.months[-1].key}"
    return table_workbook(title, heads, rows)
