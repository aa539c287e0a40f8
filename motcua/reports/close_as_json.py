"""A close as plain data: its figures with the definitions of its day and the signature, and what differs from it."""

from __future__ import annotations

from typing import Any

from motcua.reports.as_json import as_json
from motcua.reports.closing import frozen_report
from motcua.reports.comparing import Counted, Difference
from motcua.reports.models import PeriodClose


def close_in_short(close: PeriodClose) -> dict[str, Any]:
    """Which close it is, who answered for it, and its digest."""
    return {
        "id": close.pk,
        "period": {"key": close.period.key, "from": close.first.isoformat(), "to": close.last.isoformat()},
        "office": {"code": close.office.code, "name": close.office.name},
        "place": close.place,
        "number": close.number,
        "reason": close.reason,
        "closed_by": close.closed_by_name,
        "closed_at": close.closed_at.isoformat(),
        "definition_version": close.definition_version,
        "digest": close.digest,
    }


def close_as_json(close: PeriodClose) -> dict[str, Any]:
    """The whole close. What the page offers for saving and what the API answers are the same."""
    signed = {"definitions": close.definitions, "signature": close.signature}
    return as_json(frozen_report(close)) | {"close": close_in_short(close) | signed}


def difference_as_json(row: Difference, codes: dict[int, str]) -> dict[str, Any]:
    """A figure that is not what it was. codes: of the offices, by id."""
    return {
        "measure": row.measure,
        "office": {"code": codes[row.office_id], "name": row.office},
        "before": row.before,
        "after": row.after,
        "came": row.came,
        "went": row.went,
    }


def counted_as_json(row: Counted) -> dict[str, Any]:
    """A dossier behind a figure of a close."""
    return {"code": row.code, "procedure": row.procedure, "office": row.office}
