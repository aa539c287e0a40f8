"""The sets of dossiers behind the measures, as SQL over the ledger; each row belongs to one counted measure.

Every source yields the same columns. Bounds: %(start)s inclusive and %(end)s exclusive instants of the period,
%(last_day)s the first instant of its last day. A dossier stands where its stay covers the instant just before.
"""

from motcua.dossiers.states import IN_HAND, WAITING_FOR_ACCEPTANCE, State
from motcua.reports.measures import AT_RECEIVER

# Counts up whenever a set below means something else than before; a faster way to the same set changes nothing.
MEANING = 1
_COLUMNS = """d.id AS dossier_id, d.competent_office_id, d.receiving_office_id, d.procedure_id, d.version_id,
    s.office_id AS lay_at, s.holder_id, s.due_at, s.entered_at AS at"""
_STAYS = "FROM dossiers_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id"


def _states(*states: State) -> str:
    return ", ".join(f"'{state.value}'" for state in states)


def _day(instant: str) -> str:
    return f"({instant} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


# A dossier is done once: what was corrected or handled again later is counted where it was first done, and not again.
_NOT_DONE = "(d.finished_at IS NULL OR s.entered_at < d.finished_at)"
_FIRST = f"s.entered_at <= CASE s.state WHEN '{State.RETURNED.value}' THEN d.returned_at ELSE d.finished_at END"


def _lies_over(instant: str) -> str:
    """The stay in which a dossier stood just before an instant; written as the index `stay_lies_over` has it."""
    return f"tstzrange(s.entered_at, s.left_at, '(]') @> {instant}::timestamptz"


STOOD_BEFORE = f"""
SELECT 'carried_over' AS measure, {_COLUMNS} {_STAYS}
WHERE s.state IN ({_states(*IN_HAND)}) AND {_NOT_DONE} AND {_lies_over("%(start)s")}
"""

ACCEPTED = """
SELECT CASE d.channel WHEN 1 THEN 'new_counter' WHEN 2 THEN 'new_online' WHEN 3 THEN 'new_post' END AS measure,
    d.id AS dossier_id, d.competent_office_id, d.receiving_office_id, d.procedure_id, d.version_id,
    d.receiving_office_id AS lay_at, NULL::bigint AS holder_id, d.original_due_at AS due_at, d.accepted_at AS at
FROM dossiers_dossier d WHERE d.accepted_at >= %(start)s AND d.accepted_at < %(end)s
"""

# The process that a dossier was given when it was accepted says how much of it is done at the centre.
_ONSITE = """
JOIN offices_office c ON c.id = d.receiving_office_id AND c.kind = 'center_province'
JOIN catalogue_process o ON o.id = d.process_id AND o.mode <> ''
"""

ACCEPTED_ONSITE = f"""
SELECT 'new_onsite_' || o.mode AS measure,
    d.id AS dossier_id, d.competent_office_id, d.receiving_office_id, d.procedure_id, d.version_id,
    d.receiving_office_id AS lay_at, NULL::bigint AS holder_id, d.original_due_at AS due_at, d.accepted_at AS at
FROM dossiers_dossier d {_ONSITE} WHERE d.accepted_at >= %(start)s AND d.accepted_at < %(end)s
"""  # noqa: S608 - only our own fragments are put together

FINISHED_ONSITE = f"""
SELECT CASE
    WHEN s.due_at IS NULL OR {_day("s.entered_at")} = {_day("s.due_at")} THEN 'resolved_onsite_on_time'
    WHEN {_day("s.entered_at")} < {_day("s.due_at")} THEN 'resolved_onsite_early'
    ELSE 'resolved_onsite_late' END AS measure, {_COLUMNS} {_STAYS} {_ONSITE}
WHERE s.state = '{State.FINISHED.value}' AND s.entered_at >= %(start)s AND s.entered_at < %(end)s AND {_FIRST}
"""

ENTERED = f"""
SELECT CASE
    WHEN s.state = '{State.REFUSED.value}' THEN 'refused'
    WHEN s.state = '{State.RETURNED.value}' THEN 'returned_' || h.way
    WHEN d.accepted_at IS NULL THEN 'withdrawn_before'
    WHEN s.state = '{State.WITHDRAWN.value}' THEN 'withdrawn'
    WHEN s.state = '{State.STOPPED.value}' THEN 'stopped'
    WHEN s.due_at IS NULL OR {_day("s.entered_at")} = {_day("s.due_at")} THEN 'resolved_on_time'
    WHEN {_day("s.entered_at")} < {_day("s.due_at")} THEN 'resolved_early'
    ELSE 'resolved_late' END AS measure, {_COLUMNS} {_STAYS}
LEFT JOIN dossiers_handover h ON h.dossier_id = s.dossier_id AND h.at = s.entered_at
    AND s.state = '{State.RETURNED.value}'
WHERE s.state IN ({_states(State.FINISHED, State.WITHDRAWN, State.STOPPED, State.REFUSED, State.RETURNED)})
    AND s.entered_at >= %(start)s AND s.entered_at < %(end)s AND (d.finished_at IS NULL OR {_FIRST})
"""

STANDS = f"""
SELECT CASE
    WHEN s.state IN ({_states(*WAITING_FOR_ACCEPTANCE)}) THEN 'waiting_acceptance'
    WHEN s.state = '{State.SUPPLEMENT.value}' THEN 'waiting_supplement'
    WHEN s.due_at IS NULL OR s.due_at >= %(last_day)s THEN 'open_within'
    WHEN s.stands_still AND {_day("s.due_at")} >= {_day("s.entered_at")} THEN 'open_within'
    ELSE 'open_late' END AS measure, {_COLUMNS} {_STAYS}
WHERE s.state IN ({_states(*IN_HAND, *WAITING_FOR_ACCEPTANCE)})
    AND {_NOT_DONE} AND {_lies_over("%(end)s")}
"""

EXTENDED = """
SELECT 'extended' AS measure, d.id AS dossier_id, d.competent_office_id, d.receiving_office_id, d.procedure_id,
    d.version_id, d.competent_office_id AS lay_at, e.signed_by_id AS holder_id, e.new_due_at AS due_at, e.signed_at AS at
FROM dossiers_dossier d JOIN LATERAL (
    SELECT * FROM dossiers_extension x
    WHERE x.dossier_id = d.id AND x.signed_at >= %(start)s AND x.signed_at < %(end)s ORDER BY number DESC LIMIT 1
) e ON true
WHERE d.id IN (SELECT dossier_id FROM dossiers_extension WHERE signed_at >= %(start)s AND signed_at < %(end)s)
"""

ASKED_BEYOND = """
SELECT 'asked_beyond' AS measure, d.id AS dossier_id, d.competent_office_id, d.receiving_office_id, d.procedure_id,
    d.version_id, d.competent_office_id AS lay_at, r.asked_by_id AS holder_id, d.due_at, r.asked_at AS at
FROM dossiers_supplementrequest r JOIN dossiers_dossier d ON d.id = r.dossier_id
WHERE r.beyond AND r.asked_at >= %(start)s AND r.asked_at < %(end)s
"""

# Each dossier once in a period, by the last correction that was approved in it; pages count the office that decides.
CORRECTED = """
SELECT 'corrected_' || c.kind AS measure, d.id AS dossier_id, d.competent_office_id, d.receiving_office_id,
    d.procedure_id, d.version_id, d.competent_office_id AS lay_at, c.decided_by_id AS holder_id, c.old_due_at AS due_at,
    c.decided_at AS at
FROM (
    SELECT DISTINCT ON (dossier_id) * FROM dossiers_correction
    WHERE is_approved AND decided_at >= %(start)s AND decided_at < %(end)s ORDER BY dossier_id, number DESC
) c JOIN dossiers_dossier d ON d.id = c.dossier_id
"""

# Which source holds which measure: a list behind one figure reads that source alone.
SOURCES: dict[str, frozenset[str]] = {
    STOOD_BEFORE: frozenset({"carried_over"}),
    ACCEPTED: frozenset({"new_counter", "new_online", "new_post"}),
    ENTERED: frozenset(
        {"refused", "withdrawn_before", "withdrawn", "stopped", "resolved_early", "resolved_on_time", "resolved_late"}
        | {"returned_counter", "returned_post", "returned_online"}
    ),
    STANDS: frozenset({"waiting_acceptance", "waiting_supplement", "open_within", "open_late"}),
    EXTENDED: frozenset({"extended"}),
    ASKED_BEYOND: frozenset({"asked_beyond"}),
    CORRECTED: frozenset({"corrected_result", "corrected_reopen", "corrected_date"}),
    ACCEPTED_ONSITE: frozenset({"new_onsite_four", "new_onsite_five"}),
    FINISHED_ONSITE: frozenset({"resolved_onsite_early", "resolved_onsite_on_time", "resolved_onsite_late"}),
}
_LIES = ", ".join(f"'{key}'" for key in AT_RECEIVER)
# The office that a row is counted for.
PLACES = {
    place: f"CASE WHEN m.measure IN ({_LIES}) THEN m.lay_at ELSE m.{place}_office_id END"
    for place in ("competent", "receiving")
}


def members(measures: frozenset[str] | None = None) -> str:
    """The union of all sources, or of those that hold any of these measures."""
    wanted = [sql for sql, holds in SOURCES.items() if measures is None or holds & measures]
    return " UNION ALL ".join(wanted)
