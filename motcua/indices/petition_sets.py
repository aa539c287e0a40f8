"""The sets of petitions behind the components: what was done in the period, or is late at its end. Law: QD766-2022"""

from __future__ import annotations

from typing import Any

from motcua.petitions.table import PETITIONS, PetitionAct
from motcua.reports.periods import Period
from motcua.reports.petitions import STOOD
from motcua.reports.scope import Scope

_AGAIN = f"""
EXISTS (SELECT FROM petitions_petitionevent e WHERE e.petition_id = m.id AND e.at < %(end)s
    AND e.act = '{PetitionAct.REOPEN.value}')
"""
_SETS = {
    "petitions_by_kind": "0",
    "petitions_in_time": "(m.stands <> 'done_in_time')::int",
    "petitions_satisfied": f"(m.stands <> 'done_in_time')::int + {_AGAIN}::int",
}


def petition_members(formulas: frozenset[str]) -> str:
    """The union of the sets of these formulas: formula, petition_id, code, owner_office_id, due_on, closed_at, lost; empty
    text where none of them is of petitions."""
    wanted = {key: lost for key, lost in _SETS.items() if key in formulas}
    if not wanted:
        return ""
    rows = ", ".join(f"('{key}', {lost})" for key, lost in wanted.items())
    return f"""
        SELECT x.formula, m.id AS petition_id, m.code, m.owner_office_id, m.due_on, m.closed_at, x.lost
        FROM ({STOOD}) m CROSS JOIN LATERAL (VALUES {rows}) AS x (formula, lost)
        WHERE m.stands IN ('done_in_time', 'done_late', 'open_late') AND m.kind = ANY(%(kinds)s)
    """  # noqa: S608 - only our own fragments are put together


def values(period: Period) -> dict[str, Any]:
    """What the statements are filled with, beside a scope's own."""
    return {"start": period.start, "end": period.end, "last": period.last, "kinds": [kind.value for kind in PETITIONS]}


def condition_of(scope: Scope, values_: dict[str, Any]) -> str:
    """The scope as a condition on a member `m`: petitions count for the office that answers."""
    said = ["true"]
    for name, offices in (("offices", scope.offices), ("allowed", scope.allowed)):
        if offices is not None:
            said.append(f"m.owner_office_id = ANY(%({name})s)")
            values_[name] = list(offices)
    return " AND ".join(said)
