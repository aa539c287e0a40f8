"""Writing notices and their deliveries: for any number of them in a handful of statements, and each only once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.base.times import day_of
from motcua.law.store import current_revision, regime_on
from motcua.notices.choosing import BY_DUTY, chosen, open_ways
from motcua.notices.kinds import SHORT, Kind, Way
from motcua.notices.quiet import Hours, quiet_until
from motcua.people.contacts import proved
from motcua.people.models import PHONE, login_of

_NOTICES = """
INSERT INTO notices_notice (key, kind, dossier_id, event_id, petition_id, account_id, member_id, facts, made_at)
SELECT said.key, said.kind, said.dossier_id, said.event_id, said.petition_id, said.account_id, said.member_id,
    said.facts::jsonb, %s
FROM unnest(%s::text[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[])
    said (key, kind, dossier_id, event_id, petition_id, account_id, member_id, facts)
ON CONFLICT (key) DO NOTHING RETURNING id, key
"""
_DELIVERIES = """
INSERT INTO notices_delivery
    (notice_id, way, address, language, state, attempts, round, next_at, quiet_until, last_error, gateway_ref, said)
SELECT d.notice_id, d.way, d.address, d.language, 'waiting', 0, 0, coalesce(d.quiet_until, %s), d.quiet_until, '', '', ''
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::timestamptz[])
    d (notice_id, way, address, language, quiet_until)
ON CONFLICT (notice_id, way) DO NOTHING
"""
# What rings or lights up a telephone.
RINGING = frozenset({Way.SMS, Way.ZALO})


@dataclass(frozen=True, slots=True)
class Tell:
    """One thing to tell one person. `leaves`: it may leave the house; else it is for the portal alone.

    member_id: a member of the organisation whose dossier it is, told by their own choices; then there is no account_id.
    system: the system of the province that is told instead of a person.
    """

    key: str
    kind: Kind
    dossier_id: int | None
    account_id: int | None
    facts: dict[str, Any]
    event_id: int | None = None
    member_id: int | None = None
    petition_id: int | None = None
    email: str = ""
    phone: str = ""
    language: str = "vi"
    leaves: bool = True
    ways: tuple[Way, ...] = field(default=tuple(Way))
    system: str = ""


def quiet_hours(at: datetime) -> Hours:
    """The quiet hours of the day of an instant."""
    current_revision()
    facts = regime_on(day_of(at))
    return facts.quiet_from, facts.quiet_to


def tell(telling: Sequence[Tell], at: datetime) -> int:
    """Write what is not told yet, inside the caller's transaction; how many are new. Five statements, however many.

    at: the instant from which they may go out; what rings waits for the end of the quiet hours.
    """
    if not telling:
        return 0
    columns: list[list[Any]] = [
        [one.key for one in telling],
        [one.kind.value for one in telling],
        [one.dossier_id for one in telling],
        [one.event_id for one in telling],
        [one.petition_id for one in telling],
        [one.account_id for one in telling],
        [one.member_id for one in telling],
        [json.dumps(one.facts, ensure_ascii=False) for one in telling],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_NOTICES, [at, *columns])
        new = {key: notice_id for notice_id, key in cursor.fetchall()}
    fresh = [one for one in telling if one.key in new]
    _deliver(fresh, new, at)
    return len(new)


def _deliver(fresh: Sequence[Tell], ids: dict[str, int], at: datetime) -> None:
    leaving = [one for one in fresh if one.leaves and (one.email or one.phone or one.system)]
    ways = open_ways(at) if leaving else frozenset()
    if not ways:
        return
    accounts = {who for one in leaving if (who := one.account_id or one.member_id) is not None}
    wishes, known = chosen(accounts), proved(accounts)
    rest = quiet_until(at, quiet_hours(at))
    rows: list[tuple[int, str, str, str, datetime | None]] = []
    for one in leaving:
        wished = wishes.get(one.account_id or one.member_id or 0, BY_DUTY)
        for way, address in addresses(one).items():
            if way in ways and way in one.ways and wished.get(way, True) and is_known(one, address, known):
                rows.append((ids[one.key], way.value, address, one.language, rest if way in RINGING else None))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_DELIVERIES, [at, *map(list, zip(*rows, strict=True))])


def is_known(one: Tell, address: str, known: Mapping[int, frozenset[str] | None]) -> bool:
    """Whether a message may go to this address: of an account only one that was proved to be its own."""
    theirs = known.get(one.account_id) if one.account_id is not None else None
    return theirs is None or login_of(f"+{address}" if address.isdigit() else address) in theirs


def addresses(one: Tell) -> dict[Way, str]:
    """Where this person can be told of this kind: a telephone only of what is worth it, and only a mobile one."""
    if one.system:
        return {Way.PAKN: one.system}
    found = {Way.EMAIL: one.email} if one.email else {}
    if one.kind in SHORT and (number := mobile(one.phone)):
        found |= {Way.SMS: number, Way.ZALO: number}
    return found


def mobile(phone: str) -> str | None:
    """A number to which messages go, as gateways want it (84912345678); None for any other."""
    number = PHONE.fullmatch("".join(sign for sign in phone if sign.isdigit() or sign == "+"))
    return f"84{number[1]}" if number and number[1][0] in "35789" else None
