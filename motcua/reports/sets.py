"""The sets of dossiers behind the measures, as SQL over the ledger; each row belongs to one counted measure.

Every source yields the same columns. Bounds: %(start)s inclusive and %(end)s exclusive instants of the period,
%(last_day)s the first instant of its last day. A dossier stands where its stay covers the instant just before.
"""

from collections.abc import Mapping

from motcua.dossiers.states import IN_HAND, WAITING_FOR_ACCEPTANCE, State
from motcua.reports.measures import AT_RECEIVER, ONLINE

# Counts up whenever a set below means something else than before; a faster way to the same set changes nothing.
MEANING = 2
_COLUMNS = """d.id AS dossier_id, d.competent_office_id, d.receiving_office_id, d.procedure_id, d.version_id,
    s.office_id AS lay_at, s.holder_id, s.due_at, s.entered_at AS at"""
_STAYS = "FROM dossiers_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id"


def _states(*states: State) -> str:
    return ", ".join(f"'{state.value}'" for state in states)


def _day(instant: str) -> str:
    """The Vietnamese day. The country keeps one hour since 1975, and asking the zone by name for each row costs three times as much."""
    return f"({instant} AT TIME ZONE INTERVAL '7 hours')::date"


# A dossier is done once, at `finished_at`: what was corrected or handled again later is counted there, and not again.
_ENDS = (State.FINISHED, State.WITHDRAWN, State.STOPPED)


def _lies_over(instant: str) -> str:
    """The stay in which a dossier stood just before an instant; written as the index `stay_lies_over` has it."""
    return f"tstzrange(s.entered_at, s.left_at, '(]') @> {instant}::timestamptz"


def _in_hand(instant: str) -> str:
    """Accepted before an instant and not done before it, and the stay of then; as the index `dossier_in_hand` has it.

    The dossier's row alone would say the same, and sooner; that both must agree is what makes the balance a check.
    """
    return f"""d.accepted_at IS NOT NULL AND tstzrange(d.accepted_at, d.finished_at, '(]') @> {instant}::timestamptz
    AND s.state IN ({_states(*IN_HAND)}) AND {_lies_over(instant)}"""


def _then(column: str, instant: str, states: str) -> str:
    """A column of the stay that began then. Only a correction changes the row of a dossier that is done."""
    return f"""CASE WHEN d.times_corrected > 0 THEN (
        SELECT x.{column} FROM dossiers_stay x
        WHERE x.dossier_id = d.id AND x.entered_at = {instant} AND x.state IN ({states}) ORDER BY x.seq LIMIT 1
    ) ELSE d.{column} END"""  # noqa: S608 - only our own fragments are put together


# What is done or handed over lies at the unit, in nobody's hand.
_AT_UNIT = """d.id AS dossier_id, d.competent_office_id, d.receiving_office_id, d.procedure_id, d.version_id,
    d.receiving_office_id AS lay_at, NULL::bigint AS holder_id"""

STOOD_BEFORE = f"""
SELECT 'carried_over' AS measure, {_COLUMNS} {_STAYS} WHERE {_in_hand("%(start)s")}
"""

ACCEPTED = """
SELECT CASE d.channel WHEN 1 THEN 'new_counter' WHEN 3 THEN 'new_post'
        WHEN 2 THEN CASE WHEN d.helper_id IS NULL THEN 'new_online_self' ELSE 'new_online_helped' END END AS measure,
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

# Whatever was done in the period, each with its state and promise of then; worked out once a row, hence the fence.
_WAS_DONE = f"""(
    SELECT d.id, d.competent_office_id, d.receiving_office_id, d.procedure_id, d.version_id, d.process_id, d.finished_at,
        {_then("state", "d.finished_at", _states(*_ENDS))} AS state,
        {_then("due_at", "d.finished_at", _states(*_ENDS))} AS due_at
    FROM dossiers_dossier d WHERE d.finished_at >= %(start)s AND d.finished_at < %(end)s OFFSET 0
) d"""  # noqa: S608 - only our own fragments are put together

DONE = f"""
SELECT CASE
    WHEN d.state = '{State.WITHDRAWN.value}' THEN 'withdrawn'
    WHEN d.state = '{State.STOPPED.value}' THEN 'stopped'
    WHEN d.due_at IS NULL OR {_day("d.finished_at")} = {_day("d.due_at")} THEN 'resolved_on_time'
    WHEN d.finished_at < d.due_at THEN 'resolved_early'
    ELSE 'resolved_late' END AS measure, {_AT_UNIT}, d.due_at, d.finished_at AS at
FROM {_WAS_DONE}
"""  # noqa: S608 - only our own fragments are put together

FINISHED_ONSITE = f"""
SELECT CASE
    WHEN d.due_at IS NULL OR {_day("d.finished_at")} = {_day("d.due_at")} THEN 'resolved_onsite_on_time'
    WHEN d.finished_at < d.due_at THEN 'resolved_onsite_early'
    ELSE 'resolved_onsite_late' END AS measure, {_AT_UNIT}, d.due_at, d.finished_at AS at
FROM {_WAS_DONE} {_ONSITE} WHERE d.state NOT IN ({_states(State.WITHDRAWN, State.STOPPED)})
"""  # noqa: S608 - only our own fragments are put together

RETURNED = f"""
SELECT 'returned_' || d.returned_way AS measure, {_AT_UNIT},
    {_then("due_at", "d.returned_at", _states(State.RETURNED))} AS due_at, d.returned_at AS at
FROM dossiers_dossier d WHERE d.returned_at >= %(start)s AND d.returned_at < %(end)s
"""  # noqa: S608 - only our own fragments are put together

ENDED_BEFORE = f"""
SELECT CASE s.state WHEN '{State.REFUSED.value}' THEN 'refused' ELSE 'withdrawn_before' END AS measure, {_COLUMNS} {_STAYS}
WHERE s.state IN ({_states(State.REFUSED, State.WITHDRAWN)}) AND d.accepted_at IS NULL
    AND s.entered_at >= %(start)s AND s.entered_at < %(end)s
"""

STANDS = f"""
SELECT CASE
    WHEN s.state = '{State.SUPPLEMENT.value}' THEN 'waiting_supplement'
    WHEN s.due_at IS NULL OR s.due_at >= %(last_day)s THEN 'open_within'
    WHEN s.stands_still AND {_day("s.due_at")} >= {_day("s.entered_at")} THEN 'open_within'
    ELSE 'open_late' END AS measure, {_COLUMNS} {_STAYS} WHERE {_in_hand("%(end)s")}
"""

WAITS = f"""
SELECT 'waiting_acceptance' AS measure, {_COLUMNS} {_STAYS}
WHERE s.state IN ({_states(*WAITING_FOR_ACCEPTANCE)}) AND {_lies_over("%(end)s")}
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
    ACCEPTED: frozenset({"new_counter", *ONLINE, "new_post"}),
    DONE: frozenset({"withdrawn", "stopped", "resolved_early", "resolved_on_time", "resolved_late"}),
    RETURNED: frozenset({"returned_counter", "returned_post", "returned_online"}),
    ENDED_BEFORE: frozenset({"refused", "withdrawn_before"}),
    STANDS: frozenset({"waiting_supplement", "open_within", "open_late"}),
    WAITS: frozenset({"waiting_acceptance"}),
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


def members(measures: frozenset[str] | None = None, sources: dict[str, frozenset[str]] = SOURCES) -> str:
    """The union of all sources, or of those that hold any of these measures."""
    wanted = [sql for sql, holds in sources.items() if measures is None or holds & measures]
    return " UNION ALL ".join(wanted)


def counted(key: str, joined: str, condition: str, sources: Mapping[str, frozenset[str]] = SOURCES) -> str:
    """How many members each source has per key and measure: few rows, whatever is joined on later."""
    return " UNION ALL ".join(
        f"SELECT {_counted_at(key, holds)} AS key, m.measure, count(*) AS many FROM ({sql}) m {joined} "  # noqa: S608
        f"WHERE {_counted_at(condition, holds)} GROUP BY 1, 2"
        for sql, holds in sources.items()
    )


def _counted_at(words: str, holds: frozenset[str]) -> str:
    """The same words; where nothing in a source is counted where it lies, without asking that of each row."""
    if holds & frozenset(AT_RECEIVER):
        return words
    for place, either in PLACES.items():
        words = words.replace(either, f"m.{place}_office_id")
    return words
