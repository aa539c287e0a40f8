"""The sets of dossiers behind the components of the index: who is in one, and how much each takes from it. SQL over the ledger.

Every member has `lost`: 0 where it is in order, 1 where it fails, 2 where a formula takes it twice. Bounds as in
`reports.sets`. Law: QD766-2022
"""

from __future__ import annotations

from motcua.dossiers.states import State
from motcua.fees.kinds import BillState, EntryKind, Way
from motcua.petitions.table import Kind, PetitionState
from motcua.ratings.kinds import Level
from motcua.reports.sets import ACCEPTED, DONE, STANDS

_COLUMNS = "m.dossier_id, m.competent_office_id, m.receiving_office_id, m.procedure_id, m.due_at, m.at"


def day(instant: str) -> str:
    """The Vietnamese day of an instant; the country keeps one hour since 1975."""
    return f"({instant} AT TIME ZONE INTERVAL '7 hours')::date"


# Asked for more than once while it was handled, or beyond what the law allows.
_ASKED_AGAIN = """
SELECT dossier_id FROM dossiers_supplementrequest
WHERE asked_at < %(end)s AND (beyond OR stage = 'appraisal' AND number > 1)
"""
# Somebody complained of its handling (not where the complaint was not taken in), or rated it as not satisfying.
DISLIKED = f"""
(EXISTS (
    SELECT FROM petitions_petition p WHERE p.dossier_id = m.dossier_id AND p.received_at < %(end)s
        AND p.kind IN ('{Kind.CONDUCT.value}', '{Kind.BOTH.value}', '{Kind.DISSATISFIED.value}')
        AND p.state <> '{PetitionState.REFUSED.value}'
) OR coalesce((
    SELECT v.level FROM ratings_vote v WHERE v.dossier_id = m.dossier_id AND v.at < %(end)s ORDER BY v.number DESC LIMIT 1
), '') = '{Level.NOT_SATISFIED.value}')
"""  # noqa: S608 - only our own words are put together
_ENDED = (State.WITHDRAWN, State.STOPPED)
_HAS_FILE = """
EXISTS (SELECT FROM dossiers_result r WHERE r.dossier_id = m.dossier_id AND r.file_id IS NOT NULL)
"""
_HAS_PAPER = """
EXISTS (SELECT FROM dossiers_givenpaper g WHERE g.dossier_id = m.dossier_id AND g.given_at < %(end)s
    AND (g.file_id IS NOT NULL OR g.text <> ''))
"""

# What ended in the period, and what is late or was asked for again and has not ended: each once.
_JUDGED = f"""
SELECT {_COLUMNS}, m.measure NOT IN ('withdrawn', 'stopped') AS has_result, true AS ended,
    coalesce({day("m.at")} > {day("m.due_at")}, false) OR m.dossier_id IN ({_ASKED_AGAIN}) AS late
FROM ({DONE}) m
UNION ALL
SELECT {_COLUMNS}, false, false, true FROM ({STANDS}) m
WHERE m.measure = 'open_late' OR m.dossier_id IN ({_ASKED_AGAIN})
"""  # noqa: S608 - only our own fragments are put together
# A dossier that had something to pay, and whether a payment gateway took it.
_PAID = f"""
SELECT 'dossiers_paid_online' AS formula, {_COLUMNS}, (NOT EXISTS (
    SELECT FROM fees_entry e WHERE e.bill_id = b.id AND e.kind = '{EntryKind.PAID.value}'
        AND e.way = '{Way.GATEWAY.value}' AND e.at < %(end)s
))::int AS lost, 0::numeric AS days
FROM ({ACCEPTED}) m JOIN dossiers_dossier d ON d.id = m.dossier_id JOIN fees_bill b ON b.id = d.bill_id
WHERE b.state NOT IN ('{BillState.FREE.value}', '{BillState.CANCELLED.value}') AND EXISTS (
    SELECT FROM fees_entry e WHERE e.bill_id = b.id AND e.kind = '{EntryKind.CHARGED.value}' AND e.at < %(end)s)
"""  # noqa: S608 - only our own fragments are put together
# What was handed in online with help raises no share of online dossiers (decision 0047); how many there were stands beside.
_ONLINE = f"""
SELECT 'dossiers_online' AS formula, {_COLUMNS}, (m.measure <> 'new_online_self')::int AS lost, 0::numeric AS days
FROM ({ACCEPTED}) m
"""  # noqa: S608 - only our own fragments are put together
HELPED = "dossiers_helped"
_HELPED = f"""
SELECT '{HELPED}' AS formula, {_COLUMNS}, 0 AS lost, 0::numeric AS days
FROM ({ACCEPTED}) m WHERE m.measure = 'new_online_helped'
"""  # noqa: S608 - only our own fragments are put together

# One look at each judged dossier; a row for each formula that it counts in.
_OF_JUDGED = {
    "resolved_in_time": ("true", "m.late::int"),
    "average_time": ("m.ended", "0"),
    "results_electronic": ("m.has_result", f"(NOT {_HAS_FILE})::int"),
    "papers_digitised": ("m.has_result", f"(NOT {_HAS_PAPER})::int"),
    "dossiers_satisfied": ("true", f"m.late::int + {DISLIKED}::int"),
}


def _judged(formulas: frozenset[str]) -> str:
    wanted = {key: said for key, said in _OF_JUDGED.items() if key in formulas}
    if not wanted:
        return ""
    rows = ", ".join(f"('{key}', {counts}, {lost})" for key, (counts, lost) in wanted.items())
    days = "extract(epoch FROM m.at - d.accepted_at)::numeric / 86400"
    needs_days = "average_time" in wanted
    join = "JOIN dossiers_dossier d ON d.id = m.dossier_id" if needs_days else ""
    return f"""
        SELECT x.formula, {_COLUMNS}, x.lost, CASE WHEN x.formula = 'average_time' THEN {days if needs_days else "0"}
            ELSE 0 END AS days
        FROM ({_JUDGED}) m {join} CROSS JOIN LATERAL (VALUES {rows}) AS x (formula, counts, lost) WHERE x.counts
    """  # noqa: S608 - only our own fragments are put together


def dossier_members(formulas: frozenset[str]) -> str:
    """The union of the sets of these formulas, each member with formula, offices, procedure, due_at, at, lost, days; empty
    text where none of them is of dossiers."""
    parts = [_judged(formulas)]
    parts += [_ONLINE] if "dossiers_online" in formulas else []
    parts += [_HELPED] if HELPED in formulas else []
    parts += [_PAID] if "dossiers_paid_online" in formulas else []
    return " UNION ALL ".join(part for part in parts if part)
