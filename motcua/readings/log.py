"""Noting who reads what, and whether they must say why first. Law: LBVDLCN-2025; ND61-2018 5"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid
from motcua.base.postgresql import prepared
from motcua.base.text import tidy
from motcua.base.times import day_of, start_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import is_evident, is_owner
from motcua.offices.actors import SEES_BELOW, Actor
from motcua.readings.models import Purpose, Through

LONGEST_REASON = 500
# The commit does not wait for the disk: a page is not slower for being noted. A crash may lose the last moment of the
# log (less than a second), never a row that was already there.
_NOTE = """
insert into readings_reading (dossier_id, account_id, account_name, office_id, role, through, purpose, reason, at)
select read.id, %(account)s::bigint, %(name)s, %(office)s::bigint, %(role)s, %(through)s, %(purpose)s, %(reason)s,
       %(at)s::timestamptz
from unnest(%(dossiers)s::bigint[]) read (id), (select set_config('synchronous_commit', 'off', true)) lazily
"""
# Whoever had a hand in it knows it already.
_REASON = """
select case when exists (select from dossiers_event where dossier_id = %(dossier)s and actor_id = %(account)s) then ''
else (
  select reason from readings_reading
  where dossier_id = %(dossier)s and account_id = %(account)s and reason <> '' and through <> 'export' and at >= %(since)s
  order by id desc limit 1
) end
"""
_TOLD = """
select office.name, r.role, min(r.at), r.purpose, r.reason, count(*)
from readings_reading r left join offices_office office on office.id = r.office_id
where r.dossier_id = %s
group by office.name, r.role, r.account_id, r.purpose, r.reason, (r.at at time zone 'Asia/Ho_Chi_Minh')::date
order by min(r.at) desc
"""

# Of all dossiers of an account; a page of the list goes on after (instant, id) of its last line.
_TOLD_ALL = """
select min(r.id), d.submission_no, coalesce(d.code, d.submission_no), office.name, r.role, min(r.at), r.purpose, r.reason,
       count(*)
from dossiers_dossier d join readings_reading r on r.dossier_id = d.id
left join offices_office office on office.id = r.office_id
where d.owner_account_id = %(account)s
group by d.id, office.name, r.role, r.account_id, r.purpose, r.reason, (r.at at time zone 'Asia/Ho_Chi_Minh')::date
having %(at)s::timestamptz is null or (min(r.at), min(r.id)) < (%(at)s::timestamptz, %(id)s::bigint)
order by min(r.at) desc, min(r.id) desc
limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What the owner is told: which office and role read their dossier on a day, first at, how often, what for."""

    office: str
    role: str
    first_at: datetime
    purpose: str
    reason: str
    times: int


def reason_to_read(actor: Actor, dossier: Dossier, at: datetime) -> str | None:
    """Empty where it is plain why this person reads: it is evidently their business, or they had a hand in it.

    Else the reason they gave today; None: they must say why first.
    """
    if is_evident(actor, dossier):
        return ""
    values = {"dossier": dossier.pk, "account": actor.account_id, "since": start_of(day_of(at))}
    (known,) = prepared(_REASON, values).fetchone()
    return None if known is None else str(known)


def read(
    actor: Actor, dossier: Dossier, through: Through, *, at: datetime, reason: str = "", is_task: bool = False
) -> None:
    """Note that somebody reads a dossier. Raises Forbidden (`reason_needed`) where they must say why and have not.

    reason: why, where it is not plain; what was said earlier the same day counts on. is_task: an act on it is theirs to
    do, which is reason enough.
    """
    if is_owner(actor, dossier) or actor.kind == "system":
        return
    reason = tidy(reason)[:LONGEST_REASON]
    known = "" if is_task or reason else reason_to_read(actor, dossier, at)
    if known is None and not reason:
        raise Forbidden(_("Hãy nêu lý do xem hồ sơ này trước."), code="reason_needed")
    _write([dossier.pk], actor, through, at, reason or known or "", _place(actor, dossier))


def may_read(actor: Actor, dossier: Dossier, through: Through, *, at: datetime) -> bool:
    """Note that somebody reads a dossier; False, and nothing noted, where they must say why first."""
    try:
        read(actor, dossier, through, at=at)
    except Forbidden:
        return False
    return True


def say_why(actor: Actor, dossier: Dossier, *, reason: str, at: datetime) -> None:
    """Give the reason for which a person's dossier is opened. Raises Invalid without one."""
    if len(tidy(reason)) < 5:
        sentence = _("Hãy viết lý do cụ thể: người có hồ sơ sẽ đọc được.")
        raise Invalid(sentence, fields={"reason": sentence}, code="reason_needed")
    read(actor, dossier, Through.PAGE, at=at, reason=reason)


def export(actor: Actor, dossier_ids: Iterable[int], *, reason: str, at: datetime) -> None:
    """Note that a list was taken away; one row for each dossier on it, in one statement."""
    ids = sorted(set(dossier_ids))
    if ids:
        _write(ids, actor, Through.EXPORT, at, tidy(reason)[:LONGEST_REASON], _place(actor, None))


def told_of(dossier_id: int) -> list[Told]:
    """Who read a dossier, the newest first, one line for a person's day; without the names of officers."""
    return [Told(office or "", *rest) for office, *rest in prepared(_TOLD, [dossier_id])]


@dataclass(frozen=True, slots=True)
class ToldOf:
    """One line of the list over all dossiers of a person; `pk`, `first_at`: what the next page goes on after."""

    pk: int
    submission_no: str
    dossier: str
    office: str
    role: str
    first_at: datetime
    purpose: str
    reason: str
    times: int


def told_to(
    account_id: int, *, after: tuple[datetime | None, int] | None = None, most: int | None = None
) -> list[ToldOf]:
    """Who read the dossiers of an account, the newest first, as `told_of`; `after` a line, at most so many (None: all)."""
    at, last = after or (None, 0)
    values = {"account": account_id, "at": at, "id": last, "most": most}
    rows = prepared(_TOLD_ALL, values)
    return [ToldOf(pk, number, code, office or "", *rest) for pk, number, code, office, *rest in rows]


def _place(actor: Actor, dossier: Dossier | None) -> tuple[str, int | None]:
    """In which role and for which office they read: where the dossier lies, its unit, its authority, whoever is asked about it;
    else as overseer."""
    roles = sorted(actor.roles)
    places: list[int] = []
    if dossier is not None:
        ways = (dossier.at_office_id, dossier.receiving_office_id, dossier.competent_office_id)
        places = [*ways, *(dossier.asked_offices or ()), *(dossier.joint_offices or ())]
    for place in places:
        for role, office in roles:
            if office == place:
                return role, office
    above = [one for one in roles if one[0] in SEES_BELOW]
    best = above or roles
    return best[0] if best else ("", None)


def _write(
    ids: Sequence[int], actor: Actor, through: Through, at: datetime, reason: str, place: tuple[str, int | None]
) -> None:
    role, office_id = place
    oversees = role in SEES_BELOW
    purpose = Purpose.TASK if not reason else Purpose.OVERSIGHT if oversees else Purpose.OTHER
    values: dict[str, Any] = {
        "dossiers": list(ids),
        "account": actor.account_id,
        "name": actor.full_name,
        "office": office_id,
        "role": role,
        "through": through.value,
        "purpose": purpose.value,
        "reason": reason,
        "at": at,
    }
    prepared(_NOTE, values)
