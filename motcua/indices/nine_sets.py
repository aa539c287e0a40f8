"""The points of each resolved dossier under the indices that a dossier bears, as SQL over the ledger; null: no data.

Law: TT01-2018 13; TT01-2018 14
"""

from __future__ import annotations

from motcua.catalogue.life.rows import LifeEvent
from motcua.dossiers.kinds import Channel, ReturnWay
from motcua.dossiers.routing import ONE_STOP_KINDS
from motcua.dossiers.states import Act, PartState
from motcua.indices.dossier_sets import day
from motcua.petitions.table import Kind, PetitionState
from motcua.ratings.kinds import Level, Reason
from motcua.reports.sets import DONE, STANDS

# Who did one of these had a hand in the dossier.
STEPS = (
    Act.TAKE_IN, Act.ACCEPT, Act.GIVE_AT_ONCE, Act.FORWARD, Act.SEND_BACK, Act.ASK_SUPPLEMENT, Act.RECEIVE_SUPPLEMENT,
    Act.APPROVE, Act.REFUSE_RESULT, Act.FINISH,
)  # fmt: skip
_STEPS = ", ".join(f"'{act.value}'" for act in STEPS)
_UNITS = ", ".join(f"'{kind}'" for kind in sorted(ONE_STOP_KINDS))


def _against(done: str, due: str) -> str:
    """2 before the day, 1 on it, 0 after it; null without a due day."""
    return f"CASE WHEN {due} IS NULL THEN NULL WHEN {day(done)} < {day(due)} THEN 2 WHEN {day(done)} = {day(due)} THEN 1 ELSE 0 END"


def _last_vote(level: Level, reason: Reason) -> str:
    return f"""coalesce((
        SELECT v.level = '{level.value}' AND '{reason.value}' = ANY(v.reasons) FROM ratings_vote v
        WHERE v.dossier_id = m.dossier_id AND v.at < %(end)s ORDER BY v.number DESC LIMIT 1), false)"""  # noqa: S608


_WORST_PART = f"""(
    SELECT min(x.points) FROM (
        SELECT {_against("p.ended_at", "p.due_at")} AS points FROM dossiers_part p
        WHERE p.dossier_id = m.dossier_id AND p.state = '{PartState.DONE.value}' AND p.ended_at < %(end)s
        UNION ALL
        SELECT {_against("c.closed_at", "c.due_at")} FROM dossiers_consultation c
        WHERE c.dossier_id = m.dossier_id AND c.outcome = 'answered' AND c.closed_at < %(end)s
    ) x
)"""  # noqa: S608 - only our own words are put together
_REQUESTS = """(
    SELECT count(*) FROM dossiers_supplementrequest r WHERE r.dossier_id = m.dossier_id AND r.asked_at < %(end)s
)"""
_CAME = f"""(d.channel = {int(Channel.COUNTER)} OR coalesce((
    SELECT bool_or(h.way = '{ReturnWay.COUNTER.value}') FROM dossiers_handover h
    WHERE h.dossier_id = m.dossier_id AND h.at < %(end)s), d.return_way = '{ReturnWay.COUNTER.value}'))"""  # noqa: S608 - only our own words are put together
_COMPLAINED = f"""EXISTS (
    SELECT FROM petitions_petition p WHERE p.dossier_id = m.dossier_id AND p.received_at < %(end)s
        AND p.kind IN ('{Kind.CONDUCT.value}', '{Kind.BOTH.value}') AND p.state <> '{PetitionState.REFUSED.value}')"""
_POSTED = f"""EXISTS (
    SELECT FROM catalogue_lifeevent e WHERE e.procedure_id = m.procedure_id AND e.kind = '{LifeEvent.Kind.POSTED.value}'
        AND e."on" < ({day("%(end)s::timestamptz")}) AND NOT EXISTS (
            SELECT FROM catalogue_lifeevent x WHERE x.corrects_id = e.id))"""  # noqa: S608 - only our own words are put together


def scored(within: str = "true") -> str:
    """One row for each dossier that was resolved in the period. within: a condition on `m` of which are looked at, so that
    nothing is worked out for the others."""
    return f"""
        SELECT m.dossier_id, m.competent_office_id, m.receiving_office_id, m.procedure_id, m.version_id, m.due_at, m.at,
            m.time_of_all, coalesce({_WORST_PART}, m.time_of_all) AS time_of_each,
            CASE {_REQUESTS} WHEN 0 THEN 2 WHEN 1 THEN 1 ELSE 0 END AS contacts,
            CASE WHEN {_last_vote(Level.NOT_SATISFIED, Reason.OFFICES)} THEN 0 WHEN {_CAME} THEN 1 ELSE 2 END AS offices_contacted,
            CASE WHEN {_COMPLAINED} OR {_last_vote(Level.NOT_SATISFIED, Reason.ATTITUDE)} OR m.time_of_all = 0 THEN 0
                WHEN m.time_of_all = 2 THEN 2 ELSE 1 END AS conduct,
            coalesce(v.published_at < %(end)s, false)::int + {_POSTED}::int AS disclosure,
            d.channel, d.process_id
        FROM (SELECT m.*, {_against("m.at", "m.due_at")} AS time_of_all FROM ({DONE}) m
            WHERE m.measure NOT IN ('withdrawn', 'stopped') AND {within}) m
        JOIN dossiers_dossier d ON d.id = m.dossier_id
        JOIN catalogue_procedureversion v ON v.id = m.version_id
    """  # noqa: S608 - only our own fragments are put together


HAD_A_HAND = f"""
EXISTS (SELECT FROM dossiers_event e WHERE e.dossier_id = m.dossier_id AND e.actor_id = %(only)s
    AND e.act IN ({_STEPS}) AND e.at < %(end)s)
"""

# officer → dossiers of `scored` that they had a hand in.
HANDS = f"""
SELECT DISTINCT e.actor_id AS account_id, s.* FROM scored s
JOIN dossiers_event e ON e.dossier_id = s.dossier_id AND e.act IN ({_STEPS}) AND e.at < %(end)s
JOIN people_account a ON a.id = e.actor_id AND a.is_officer
"""  # noqa: S608 - only our own words are put together

# What index 5 asks of each agency: procedures, those done at the unit, dossiers, those received at a one-stop unit.
AT_THE_UNIT = f"""
count(DISTINCT s.procedure_id), count(DISTINCT s.procedure_id) FILTER (WHERE c.mode <> ''), count(*),
count(*) FILTER (WHERE r.kind IN ({_UNITS}))
"""
AT_THE_UNIT_FROM = """
JOIN offices_office r ON r.id = s.receiving_office_id LEFT JOIN catalogue_process c ON c.id = s.process_id
"""

# What index 9 asks of each agency: dossiers received in the period, those handed in online without help, and online ones
# that were late, with help or without.
ONLINE = f"""
SELECT office, sum(received)::bigint, sum(online)::bigint, sum(late)::bigint FROM (
    SELECT d.competent_office_id AS office, count(*) AS received,
        count(*) FILTER (WHERE d.channel = {int(Channel.ONLINE)} AND d.helper_id IS NULL) AS online, 0 AS late
    FROM dossiers_dossier d WHERE d.accepted_at >= %(start)s AND d.accepted_at < %(end)s GROUP BY 1
    UNION ALL
    SELECT m.competent_office_id, 0, 0, count(*) FROM (
        SELECT x.dossier_id, x.competent_office_id FROM ({DONE}) x WHERE x.measure = 'resolved_late'
        UNION ALL SELECT x.dossier_id, x.competent_office_id FROM ({STANDS}) x WHERE x.measure = 'open_late'
    ) m JOIN dossiers_dossier d ON d.id = m.dossier_id AND d.channel = {int(Channel.ONLINE)} GROUP BY 1
) found GROUP BY 1
"""  # noqa: S608 - only our own words are put together
