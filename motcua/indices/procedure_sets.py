"""The sets of procedures behind the components: those that an office resolves, by the catalogue as it stands now.

Law: QD766-2022; ND63-2010 8
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from motcua.catalogue.life.events import TURNS
from motcua.catalogue.models import Channel
from motcua.offices.competence import keys_for
from motcua.offices.models import Office
from motcua.reports.periods import Period
from motcua.reports.scope import Scope

# Keys that say: the committee of the level where it is received.
OWN_LEVEL = {"ubnd-xa": "commune", "ban-chqs-xa": "commune", "cong-an-xa": "commune", "ubnd-huyen": "district"}
ONLINE_LEVELS = ("3", "4", "partial", "full", "proactive")

_TURNS = ", ".join(f"'{kind}'" for kind in TURNS)
# A procedure of the province or its communes that is neither replaced nor abolished on a day, with what the formulas ask.
_MINE = f"""
SELECT p.id AS procedure_id, p.code, v.name, p.competent_key, v.field,
    (v.name <> '' AND v.steps_text <> '' AND cardinality(v.subjects) > 0 AND cardinality(v.executing) > 0
        AND EXISTS (SELECT FROM catalogue_limitrow l WHERE l.version_id = v.id)
        AND EXISTS (SELECT FROM catalogue_component k JOIN catalogue_procedurecase c ON c.id = k.case_id
            WHERE c.version_id = v.id)) AS is_full,
    coalesce(s.level = ANY(%(levels)s), false) OR EXISTS (
        SELECT FROM catalogue_limitrow l WHERE l.version_id = v.id AND %(online)s = ANY(l.channels)) AS is_online,
    coalesce(s.level <> ALL(%(levels)s), false) AS is_declared_offline
FROM catalogue_procedure p JOIN catalogue_procedureversion v ON v.id = p.current_id
LEFT JOIN LATERAL (
    SELECT level FROM catalogue_servicelevel s WHERE s.procedure_id = p.id AND s.valid_from <= %(day)s
    ORDER BY s.valid_from DESC, s.id DESC LIMIT 1
) s ON true
WHERE v.levels && ARRAY['TINH', 'HUYEN', 'XA']::varchar[] AND coalesce((
    SELECT e.kind FROM catalogue_lifeevent e WHERE e.procedure_id = p.id AND e."on" <= %(day)s AND e.kind IN ({_TURNS})
        AND NOT EXISTS (SELECT FROM catalogue_lifeevent x WHERE x.corrects_id = e.id)
    ORDER BY e."on" DESC, e.id DESC LIMIT 1
), '') NOT IN ('replaced', 'abolished')
"""  # noqa: S608 - only our own words are put together
_OFFERED = "(m.is_online AND NOT m.is_declared_offline)"
_SETS = {
    "content_full": ("true", "NOT m.is_full"),
    "services_offered": ("NOT m.is_declared_offline", "NOT m.is_online"),
    "services_used": (_OFFERED, "u.procedure_id IS NULL"),
}
_USED = """
SELECT DISTINCT d.procedure_id FROM dossiers_dossier d
WHERE d.accepted_at >= %(start)s AND d.accepted_at < %(end)s AND d.channel = %(online)s AND d.helper_id IS NULL
    AND {condition}
"""


def values(period: Period) -> dict[str, Any]:
    """What the statements are filled with, beside a scope's own."""
    last = {"day": period.last, "start": period.start, "end": period.end}
    return {**last, "levels": list(ONLINE_LEVELS), "online": int(Channel.ONLINE)}


def procedure_members(formulas: frozenset[str], dossiers: str) -> str:
    """The union of the sets of these formulas: formula, procedure_id, code, name, lost. dossiers: condition on `d` of whose
    online dossiers count; empty text where none of the formulas is of procedures."""
    wanted = {key: said for key, said in _SETS.items() if key in formulas}
    if not wanted:
        return ""
    rows = ", ".join(f"('{key}', {counts}, {lost})" for key, (counts, lost) in wanted.items())
    return f"""
        SELECT x.formula, m.procedure_id, m.code, m.name, m.competent_key, m.field, x.lost::int AS lost
        FROM ({_MINE}) m LEFT JOIN ({_USED.format(condition=dossiers)}) u ON u.procedure_id = m.procedure_id
        CROSS JOIN LATERAL (VALUES {rows}) AS x (formula, counts, lost) WHERE x.counts
    """  # noqa: S608 - only our own fragments are put together


@dataclass(frozen=True, slots=True)
class Competence:
    """Which procedures are an office's: kinds of authority with their fields. None: every one of the province."""

    pairs: tuple[tuple[str, str], ...] | None

    def condition(self, values_: dict[str, Any]) -> str:
        """As a condition on `competent_key` and `field` of a member `m`."""
        if self.pairs is None:
            return "true"
        values_["keys"] = [key for key, _field in self.pairs]
        values_["fields"] = [field for _key, field in self.pairs]
        return "(m.competent_key, m.field) IN (SELECT * FROM unnest(%(keys)s::text[], %(fields)s::text[]))"

    def covers(self, key: str | None, field: str) -> bool:
        """Whether a procedure is theirs."""
        return self.pairs is None or (key or "", field) in self.pairs


def competence_of(scope: Scope) -> Competence:
    """The procedures that the offices of a scope resolve, three statements; all of them where the province is among them."""
    offices = scope.offices
    if scope.allowed is not None:
        offices = scope.allowed if offices is None else offices & scope.allowed
    if offices is None or Office.objects.filter(pk__in=offices, kind=Office.Kind.PROVINCE).exists():
        return Competence(None)
    by_office = pairs_by_office(offices)
    return Competence(tuple(sorted({pair for pairs in by_office.values() for pair in pairs})))


def pairs_by_office(offices: Iterable[int]) -> dict[int, set[tuple[str, str]]]:
    """office → the (kind of authority, field) of the procedures that it resolves; two statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT p.competent_key, v.field FROM catalogue_procedure p "
            "JOIN catalogue_procedureversion v ON v.id = p.current_id WHERE p.competent_key IS NOT NULL"
        )
        pairs: list[tuple[str, str]] = cursor.fetchall()
    by_key: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key, field in pairs:
        for name in [f"level:{OWN_LEVEL[key]}"] if key in OWN_LEVEL else keys_for(key, field):
            by_key[name].add((key, field))
    rows = Office.objects.filter(pk__in=list(offices)).values_list("pk", "key", "level")
    return {pk: by_key.get(key, set()) | by_key.get(f"level:{level}", set()) for pk, key, level in rows}


def online_by_pair(on: date) -> dict[tuple[str, str], tuple[int, int]]:
    """(kind of authority, field) → procedures that can go online, and those that do; one statement."""
    sql = f"""
        SELECT m.competent_key, m.field, count(*) FILTER (WHERE NOT m.is_declared_offline), count(*) FILTER (WHERE {_OFFERED})
        FROM ({_MINE}) m WHERE m.competent_key IS NOT NULL GROUP BY 1, 2
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {"day": on, "levels": list(ONLINE_LEVELS), "online": int(Channel.ONLINE)})
        return {(key, field): (eligible, offered) for key, field, eligible, offered in cursor.fetchall()}
