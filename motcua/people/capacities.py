"""For whom somebody may act as an applicant today, and how far: asked anew at every request, in one statement.

A capacity ends with its last day, or at the instant at which it is ended; nothing is left over afterwards.
Law: BLDS-2015 140
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.base.postgresql import prepared
from motcua.base.times import day_of
from motcua.people.mandate_rows import MandateKind

# Mandates of a person: by their account, or by the number that an identity provider vouches for.
_HELD = """
from people_mandate m
join people_account p on p.id = m.principal_id
left join people_organisation o on o.account_id = p.id
where (m.agent_id = %(account)s or m.agent_id is null and m.agent_number = (
    select personal_id from people_account where id = %(account)s and number_verified_at is not null))
"""
_OPEN = f"""
select m.principal_id, coalesce(o.name, p.full_name), p.personal_id, m.kind, o.kind, m.may_file, m.may_answer, m.may_pay,
    m.dossiers, m.paper, coalesce(m.paper_on, m.valid_from), m.valid_to
{_HELD} and m.ended_at is null and m.valid_from <= %(day)s and (m.valid_to is null or m.valid_to >= %(day)s) and p.is_active
order by m.kind = 'representative' desc, m.may_file desc, m.may_answer desc, m.id desc
"""
_LAST = f"""
select coalesce(o.name, p.full_name),
    least((m.ended_at at time zone 'Asia/Ho_Chi_Minh')::date, m.valid_to)
{_HELD} and m.principal_id = %(principal)s order by m.id desc limit 1
"""


@dataclass(frozen=True, slots=True)
class ActingFor:
    """For whom, as what, how far. dossiers: submission numbers to which it is limited; none: all.

    until: the last day, inclusive; None: no end is set. is_over: it was so once and is so no more.
    """

    principal_id: int
    name: str
    number: str = ""
    kind: str = MandateKind.MEMBER
    organisation_kind: int | None = None
    may_file: bool = False
    may_answer: bool = False
    may_pay: bool = False
    dossiers: frozenset[str] = frozenset()
    paper: str = ""
    since: date | None = None
    until: date | None = None
    is_over: bool = False

    @property
    def represents(self) -> bool:
        """Whether this person stands for the organisation by law."""
        return self.kind == MandateKind.REPRESENTATIVE

    @property
    def as_what(self) -> str:
        """As what they act, in words."""
        return str(MandateKind(self.kind).label)


def open_to(account_id: int, at: datetime) -> tuple[ActingFor, ...]:
    """For whom this person may act at an instant, each once; those whom they represent by law first."""
    rows: list[tuple[Any, ...]] = prepared(_OPEN, {"account": account_id, "day": day_of(at)}).fetchall()
    found: dict[int, ActingFor] = {}
    for principal_id, name, number, kind, of_what, files, answers, pays, dossiers, paper, since, until in rows:
        one = ActingFor(
            principal_id, name, number, kind, of_what, files, answers, pays, frozenset(dossiers), paper, since, until
        )
        # Of two mandates one counts: their rights are never added up, for each is limited in its own way.
        found.setdefault(principal_id, one)
    return tuple(found.values())


def over(account_id: int, principal_id: int, at: datetime) -> ActingFor:
    """What is told to somebody who may act for this account no more: its name, and the last day if there was one."""
    row = prepared(_LAST, {"account": account_id, "principal": principal_id}).fetchone()
    name, until = row or ("", None)
    return ActingFor(principal_id, name or "–", until=min(until, day_of(at)) if until else None, is_over=True)
