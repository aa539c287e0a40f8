"""From the journal to notices: reads what committed after the kept horizon, so no act has to know of notices.

Ids of events are drawn before their transactions commit, so a later id may be visible while an earlier one is not. A
cursor at the highest id seen would step over it for ever. So a look remembers the highest event it saw and then draws a
transaction number of its own. Once every transaction below that number is over, each id up to that event is either
visible or will never be: only then are they taken. An act has its transaction number before it draws the event's id,
because it has locked or inserted its dossier's row before (`dossiers.journal`).

Law: ND224-2026 15
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from motcua.dossiers.kinds import Origin
from motcua.dossiers.models import Event
from motcua.notices.kinds import OF_ACT, TOLD_ORIGINS, Kind, kind_of
from motcua.notices.members import members_told
from motcua.notices.telling import Tell, tell

BATCH = 1000
# What is older when it is read (the worker stood still for long) is told in the portal alone.
LEAVES_WITHIN = timedelta(days=7)
_SEEN = """
SELECT taken_to, seen_to, seen_before, coalesce((SELECT max(id) FROM dossiers_event), 0) FROM notices_horizon WHERE id = 1
"""
# A number of our own, above every one given before. A snapshot's xmax will not do: it is the last one that ended, plus one,
# and transactions above it may be under way.
_NUMBER = "SELECT pg_current_xact_id()::text::bigint"
# Every transaction below it is over; without counting the one that asks.
_OVER = """
SELECT coalesce((SELECT min(x::text::bigint) FROM pg_snapshot_xip(s) x), pg_snapshot_xmax(s)::text::bigint)
FROM pg_current_snapshot() s
"""
_BEGIN = "INSERT INTO notices_horizon (id, taken_to, seen_to, seen_before) VALUES (1, 0, 0, 0) ON CONFLICT DO NOTHING"
_REMEMBER = """
UPDATE notices_horizon SET seen_to = %s, seen_before = %s WHERE id = (
    SELECT id FROM notices_horizon WHERE taken_to = %s AND seen_to = %s FOR UPDATE SKIP LOCKED
)
"""
_HOLD = "SELECT taken_to FROM notices_horizon WHERE id = 1 FOR UPDATE SKIP LOCKED"
_TAKEN = "UPDATE notices_horizon SET taken_to = %s, seen_to = greatest(seen_to, %s) WHERE id = 1"
_EVENTS = """
SELECT e.id, e.act, e.to_state, e.seq, e.at, e.data::text, e.due_at, d.id, coalesce(d.code, d.submission_no),
    d.submission_no, d.origin, d.answer_due_at, o.name, a.id, coalesce(nullif(a.email, ''), d.owner_email, ''),
    coalesce(nullif(a.phone, ''), nullif(d.owner_phone, ''), d.submitter_phone), coalesce(a.language, 'vi')
FROM dossiers_event e JOIN dossiers_dossier d ON d.id = e.dossier_id
JOIN offices_office o ON o.id = d.receiving_office_id
LEFT JOIN people_account a ON a.id = d.owner_account_id AND a.is_active
WHERE e.id > %s AND e.id <= %s AND e.act = ANY(%s) AND d.origin = ANY(%s) ORDER BY e.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the journal found. `safe_to`: every id up to it is decided; `behind`: what is seen beyond it."""

    taken_to: int
    safe_to: int
    behind: int


def look() -> Look:
    """Where the journal can be taken up to now; remembers what it saw for the next look. One statement, four with news."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN)
        row = cursor.fetchone()
        if row is None:
            cursor.execute(_BEGIN)
            return look()
        taken_to, seen_to, seen_before, last = row
        if last <= taken_to:
            return Look(taken_to, taken_to, 0)
        # In this order: what was seen, then a number above all that can have an id below it, then what is over.
        cursor.execute(_NUMBER)
        number = cursor.fetchone()[0]
        cursor.execute(_OVER)
        over = cursor.fetchone()[0]
        if over >= number:
            return Look(taken_to, last, 0)
        if seen_to > taken_to and over < seen_before:
            return Look(taken_to, taken_to, last - taken_to)  # somebody of an earlier look is not done: keep waiting
        safe_to = max(seen_to, taken_to)
        cursor.execute(_REMEMBER, [last, number, taken_to, seen_to])
        return Look(taken_to, safe_to, last - safe_to)


def take(at: datetime) -> int:
    """Make notices of the next events, at most `BATCH` of them; how many events were told. A dozen statements.

    All in one transaction with the horizon, so a worker that dies in between has taken nothing; of two workers one takes.
    """
    seen = look()
    if seen.safe_to <= seen.taken_to:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_HOLD)
        held = cursor.fetchone()
        if held is None or held[0] != seen.taken_to:
            return 0
        acts, origins = [act.value for act in OF_ACT], [origin.value for origin in TOLD_ORIGINS]
        cursor.execute(_EVENTS, [seen.taken_to, seen.safe_to, acts, origins, BATCH])
        rows = cursor.fetchall()
        telling = list(_telling(rows, at))
        tell(telling + list(members_told(telling, at)), at)
        upto = rows[-1][0] if len(rows) == BATCH else seen.safe_to
        cursor.execute(_TAKEN, [upto, upto])
    return len(rows)


def take_all(at: datetime) -> int:
    """Everything that can be taken now; how many events were told."""
    total = 0
    while told := take(at):
        total += told
    return total


def _telling(rows: Iterable[tuple[Any, ...]], at: datetime) -> Iterable[Tell]:
    for (
        event_id, act, to_state, seq, when, said, due_at, dossier_id, code, submission_no, origin, answer_due_at, office,
        account_id, email, phone, language,
    ) in rows:  # fmt: skip
        data = json.loads(said)
        kind = kind_of(act, to_state, data)
        if kind is None:
            continue
        facts = {"code": code, "office": office, "submission_no": submission_no, "due": due_at and due_at.isoformat()}
        if kind == Kind.SUBMITTED and answer_due_at:
            facts["answer_by"] = answer_due_at.isoformat()
        yield Tell(
            key=f"{submission_no}-{seq}",
            kind=kind,
            dossier_id=dossier_id,
            event_id=event_id,
            account_id=account_id,
            facts={**facts, **facts_of(kind, data, office)},
            email=email,
            phone=phone,
            language=language,
            leaves=origin == Origin.LIVE and when > at - LEAVES_WITHIN,
        )


def facts_of(kind: Kind, data: dict[str, Any], office: str) -> dict[str, Any]:
    """What the words of a kind need of the event's data, and nothing else of it."""
    if kind in (Kind.SUPPLEMENT, Kind.TO_COMPLETE):
        return {"last_day": data.get("last_day")}
    if kind == Kind.DUTY:
        return {"last_day": data.get("pay_by")}
    if kind == Kind.VISIT:
        return {"begins": data["verification"]["begins_at"]}
    if kind == Kind.READY:
        return {"place": office}
    return {}


def waiting(at: datetime) -> int:
    """Events recorded before an instant (exclusive) that are not taken yet; what a watch over the worker asks."""
    taken_to = look().taken_to
    return Event.objects.filter(pk__gt=taken_to, recorded_at__lt=at, act__in=list(OF_ACT)).count()


__all__ = ["BATCH", "LEAVES_WITHIN", "Look", "facts_of", "look", "take", "take_all", "waiting"]
