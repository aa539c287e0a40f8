"""Nothing stays silent: who is told of a dossier to which nothing happened, step by step, and what the applicant is told.

Steps: whoever holds it (or who leads where it lies), then the heads of that office, then the unit and the overseer. Each
step once of one silence, never two on one day; the next one after as many more working days. Officers get one
notice a day for each step and office, not one for each dossier. The applicant gets a message whenever neither an
event nor a message came for as long as the office's limit. Law: ND61-2018 8
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid
from motcua.base.text import tidy
from motcua.base.times import day_of, end_of, start_of
from motcua.dossiers.kinds import Origin
from motcua.dossiers.states import OPEN as OPEN_STATES
from motcua.dossiers.states import State
from motcua.law.store import current_revision, regime_on
from motcua.notices.kinds import TOLD_ORIGINS, Kind
from motcua.notices.telling import Tell, tell
from motcua.offices.actors import Actor
from motcua.offices.standing import roles_at_province
from motcua.operations.days import working_days_ago
from motcua.operations.models import Alarm, SilenceLimit, Step
from motcua.operations.sets import OPEN, states

NAMED = 10
KINDS = {Step.HOLDER: Kind.SILENT, Step.HEADS: Kind.SILENT_OFFICE, Step.UNIT: Kind.SILENT_UNIT}
_LIMITS = """
SELECT DISTINCT ON (office_id) office_id, days FROM operations_silencelimit WHERE valid_from <= %s
ORDER BY office_id, valid_from DESC, id DESC
"""
_WAITING = f"(d.stands_still OR d.state IN ({states(State.PRE_SUPPLEMENT, State.SUPPLEMENT, State.PAYMENT)}))"
_LIMITED = """
FROM dossiers_dossier d LEFT JOIN unnest(%(offices)s::bigint[], %(their_days)s::int[]) own (office_id, days)
    ON own.office_id = d.at_office_id
JOIN unnest(%(days)s::int[], %(once)s::timestamptz[], %(twice)s::timestamptz[], %(thrice)s::timestamptz[])
    cut (days, once, twice, thrice) ON cut.days = coalesce(own.days, %(usual)s)
"""
# The one step that each silent dossier has come to and that was not taken of this silence. A step at which nobody was
# there to be told is not waited for.
_SILENT = f"""
SELECT d.id, d.last_seq, next.step, d.at_office_id, d.receiving_office_id, cut.days * next.times,
    coalesce(d.code, d.submission_no), d.origin, o.name, d.holder_id, d.confidential_to
{_LIMITED}
JOIN LATERAL (
    SELECT coalesce(max(r.step), 0) + 1 AS step, max(r.raised_at) AS before,
        count(*) FILTER (WHERE r.told <> '{{}}') + 1 AS times FROM operations_alarm r
    WHERE r.dossier_id = d.id AND r.after_seq = d.last_seq
) next ON next.step <= 3 AND (next.before IS NULL OR next.before < %(today)s)
    AND d.last_event_at < CASE next.times WHEN 1 THEN cut.once WHEN 2 THEN cut.twice ELSE cut.thrice END
JOIN offices_office o ON o.id = d.at_office_id
WHERE {OPEN} AND d.state IN ({states(*OPEN_STATES)}) AND NOT {_WAITING} AND d.origin = ANY(%(origins)s)
    AND d.last_event_at < cut.once
ORDER BY d.id
"""  # noqa: S608 - only our own fragments are put together
# Who is posted at these offices on that day; the province's overseers stand at office 0; holders have no role here.
_PEOPLE = """
SELECT CASE WHEN p.role = 'overseer' THEN 0 ELSE p.office_id END, p.role, a.id, a.full_name, a.email, a.language
FROM offices_posting p JOIN people_account a ON a.id = p.account_id JOIN offices_office o ON o.id = p.office_id
WHERE a.is_active AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to > %(day)s)
    AND p.reserve_for_id IS NULL AND (p.role = 'overseer' AND o.kind = 'province'
    OR p.role IN ('receiver', 'head', 'approver', 'unit_head') AND p.office_id = ANY(%(places)s))
UNION ALL
SELECT -1, '', a.id, a.full_name, a.email, a.language FROM people_account a WHERE a.is_active AND a.id = ANY(%(holders)s)
"""
# Open, and neither an event nor a message to the applicant within the limit.
_UNTOLD = f"""
SELECT d.id, coalesce(d.code, d.submission_no), d.submission_no, d.last_seq, d.origin, d.due_at, o.name, {_WAITING},
    a.id, coalesce(nullif(a.email, ''), d.owner_email, ''),
    coalesce(nullif(a.phone, ''), nullif(d.owner_phone, ''), d.submitter_phone), coalesce(a.language, 'vi')
{_LIMITED}
JOIN offices_office o ON o.id = d.at_office_id LEFT JOIN people_account a ON a.id = d.owner_account_id AND a.is_active
WHERE {OPEN} AND d.state IN ({states(*OPEN_STATES)}) AND d.origin = ANY(%(origins)s) AND d.last_event_at < cut.once
    AND NOT EXISTS (SELECT FROM notices_notice n WHERE n.dossier_id = d.id AND n.made_at >= cut.once)
ORDER BY d.id
"""  # noqa: S608 - only our own fragments are put together
LEADING = frozenset({"head", "approver", "unit_head"})
OVERSEERS = 0


@dataclass(frozen=True, slots=True)
class Watched:
    """What one round did: alarms raised by step, messages to applicants, alarms that nobody can be told of."""

    raised: Mapping[int, int]
    applicants: int
    unheard: int


@dataclass(frozen=True, slots=True)
class _Silent:
    dossier_id: int
    after_seq: int
    step: int
    at_office_id: int
    receiving_office_id: int
    days: int
    code: str
    origin: str
    office: str
    holder_id: int | None
    confidential_to: list[int] | None


@dataclass(frozen=True, slots=True)
class _People:
    """Accounts by id as (name, e-mail, language), and by office and role."""

    accounts: Mapping[int, tuple[str, str, str]]
    posted: Mapping[tuple[int, str], frozenset[int]]

    def of(self, one: _Silent) -> list[int]:
        """Whom a step is for; of a confidential dossier only those who may know of it."""
        if one.step == Step.HOLDER and one.holder_id in self.accounts:
            return [one.holder_id] if one.holder_id is not None else []
        if one.step == Step.UNIT:
            found = self._at(one.receiving_office_id, {"unit_head"}) | self._at(OVERSEERS, {"overseer"})
        else:
            taking = {"receiver"} if one.step == Step.HOLDER and one.at_office_id == one.receiving_office_id else set()
            found = self._at(one.at_office_id, LEADING | taking)
        if one.confidential_to is not None:
            found &= {*one.confidential_to, one.holder_id}
        return sorted(found)

    def _at(self, office_id: int, roles: Iterable[str]) -> frozenset[int]:
        return frozenset().union(*(self.posted.get((office_id, role), frozenset()) for role in roles))


@transaction.atomic
def watch(at: datetime) -> Watched:
    """One round of the watch; a second one on the same day, or at the same time, adds nothing. Raises CalendarGap."""
    values = _values(at)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE operations_alarm IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(_SILENT, values)
        silent = [_Silent(*row) for row in cursor.fetchall()]
        people = _people(silent, day_of(at)) if silent else _People({}, {})
        told = [(one, people.of(one)) for one in silent]
        Alarm.objects.bulk_create(_alarm(one, ids, people, at) for one, ids in told)
        tell(list(_sums(told, people, at)), at)
        cursor.execute(_UNTOLD, values)
        untold = [_status(row, day_of(at)) for row in cursor.fetchall()]
    raised = {step.value: sum(one.step == step for one in silent) for step in Step}
    return Watched(raised, tell(untold, at), sum(not ids for _one, ids in told))


def _people(silent: Iterable[_Silent], day: date) -> _People:
    """Everybody whom these dossiers may be for; one statement."""
    rows = list(silent)
    places = {office for one in rows for office in (one.at_office_id, one.receiving_office_id)}
    holders = {one.holder_id for one in rows if one.holder_id is not None}
    accounts: dict[int, tuple[str, str, str]] = {}
    posted: dict[tuple[int, str], set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"day": day, "places": sorted(places), "holders": sorted(holders)})
        for office_id, role, account_id, *facts in cursor.fetchall():
            accounts[account_id] = (facts[0], facts[1], facts[2])
            posted[office_id, role].add(account_id)
    return _People(accounts, {key: frozenset(found) for key, found in posted.items()})


def _values(at: datetime) -> dict[str, Any]:
    """The limits of this day, and the instants before which a last event is too old, once, twice and thrice."""
    today = day_of(at)
    usual = usual_limit(today)
    with connection.cursor() as cursor:
        cursor.execute(_LIMITS, [today])
        own = dict(cursor.fetchall())
    days = sorted({usual, *own.values()})
    cuts = [[end_of(working_days_ago(today, times * one)) for one in days] for times in (1, 2, 3)]
    return {
        "at": at,
        "day": today,
        "today": start_of(today),
        "usual": usual,
        "offices": list(own),
        "their_days": list(own.values()),
        "days": days,
        "once": cuts[0],
        "twice": cuts[1],
        "thrice": cuts[2],
        "origins": [origin.value for origin in TOLD_ORIGINS],
    }


def _alarm(one: _Silent, ids: list[int], people: _People, at: datetime) -> Alarm:
    return Alarm(
        dossier_id=one.dossier_id,
        after_seq=one.after_seq,
        step=one.step,
        office_id=one.receiving_office_id if one.step == Step.UNIT else one.at_office_id,
        days=one.days,
        told=ids,
        told_names=[people.accounts[account][0] for account in ids],
        raised_at=at,
    )


def _sums(told: Iterable[tuple[_Silent, list[int]]], people: _People, at: datetime) -> Iterable[Tell]:
    """One notice to each officer for each step and office, with how many dossiers and the first of their codes."""
    groups: dict[tuple[int, int, int], list[_Silent]] = defaultdict(list)
    for one, ids in told:
        for account in ids:
            groups[account, one.step, one.at_office_id].append(one)
    for (account, step, office_id), rows in groups.items():
        _name, email, language = people.accounts[account]
        codes = ", ".join(one.code for one in rows[:NAMED]) + (" …" if len(rows) > NAMED else "")
        yield Tell(
            key=f"silent-{day_of(at).isoformat()}-{step}-{office_id}-{account}",
            kind=KINDS[Step(step)],
            dossier_id=None,
            account_id=account,
            facts={"count": len(rows), "days": min(one.days for one in rows), "codes": codes, "office": rows[0].office},
            email=email,
            language=language,
            leaves=any(one.origin == Origin.LIVE for one in rows),
        )


def _status(row: tuple[Any, ...], today: date) -> Tell:
    """What the applicant is told while nothing happens: where it is, and whether it waits for them."""
    dossier_id, code, submission_no, seq, origin, due_at, office, waits, account_id, email, phone, language = row
    facts = {"code": code, "office": office, "submission_no": submission_no}
    if due_at and not waits and day_of(due_at) >= today:
        facts["due"] = due_at.isoformat()
    return Tell(
        key=f"{submission_no}-{seq}-{today.isoformat()}",
        kind=Kind.STILL_WAITING if waits else Kind.STILL_OPEN,
        dossier_id=dossier_id,
        account_id=account_id,
        facts=facts,
        email=email,
        phone=phone,
        language=language,
        leaves=origin == Origin.LIVE,
    )


def alarms_of(dossier_id: int) -> list[Alarm]:
    """Every alarm about a dossier, the newest first; for whoever sees the dossier."""
    return list(Alarm.objects.filter(dossier_id=dossier_id).select_related("office").order_by("-raised_at", "-id"))


def usual_limit(on: date) -> int:
    """Working days of silence where an office has no limit of its own, on a day."""
    current_revision()
    return regime_on(on).silent_days


def may_set_limit(actor: Actor) -> bool:
    """Who controls procedures at the province's own committee."""
    return "procedure_control" in roles_at_province(actor)


def set_limit(office_id: int, *, days: int, valid_from: date, reason: str, actor: Actor, at: datetime) -> SilenceLimit:
    """How long a dossier at an office may be silent, in working days, from a day that is still to come.

    Raises Forbidden for who does not control procedures, Invalid beside the fields.
    """
    if not may_set_limit(actor):
        raise Forbidden(_("Chỉ người kiểm soát thủ tục hành chính đặt giới hạn im lặng."))
    wrong = {}
    if not 1 <= days <= 60:
        wrong["days"] = _("Giới hạn từ 1 đến 60 ngày làm việc.")
    if valid_from <= day_of(at):
        wrong["valid_from"] = _("Chỉ đổi từ một ngày chưa tới.")
    if len(tidy(reason)) < 5:
        wrong["reason"] = _("Cần nêu lý do.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    return SilenceLimit.objects.create(
        office_id=office_id,
        days=days,
        valid_from=valid_from,
        reason=tidy(reason),
        set_by_name=actor.full_name,
        set_at=at,
    )
