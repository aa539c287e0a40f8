"""Who is this person, in which offices and roles, on that day: everything that rights are decided from."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from motcua.base.postgresql import prepared
from motcua.base.times import day_of
from motcua.people import capacities
from motcua.people.capacities import ActingFor
from motcua.people.models import Account
from motcua.people.tokens import digest_of

Kind = Literal["citizen", "officer", "system", "anonymous"]

# Roles that see the whole subtree of their office (and what its offices took over, but for parts that went elsewhere); an administrator has no business rights.
SEES_BELOW = ("overseer", "unit_head", "procedure_control")
# What may be delegated is deciding; who stands in for an absent person does all their work. Overseeing is done in person.
DELEGABLE = ("head", "approver", "unit_head")
STOOD_IN_FOR = ("receiver", "handler", "head", "approver", "clerk", "unit_head")


def _in_force(row: str) -> str:
    return f"{row}.valid_from <= %(day)s and ({row}.valid_to is null or {row}.valid_to > %(day)s)"


def _limits(row: str) -> str:
    """Null where the row says: for everything."""
    is_unlimited = f"{row}.procedures = '{{}}' and {row}.fields = '{{}}'"
    as_json = f"jsonb_build_array(to_jsonb({row}.procedures), to_jsonb({row}.fields))::text"
    return f"case when {is_unlimited} then null else {as_json} end"


# What `who` may do in force: own postings (a reserve's while the main person is away), what was delegated to them, and
# the work of those they stand in for; with what their offices took over, and the subtrees they oversee. Only own
# postings of the other person come over, so nothing is handed on twice.
_POSTINGS = f"""
held (role, office_id, for_id, document, within, further) as (
  select p.role, p.office_id, null::bigint, '', {_limits("p")}, null::text
  from offices_posting p
  where p.account_id = (select id from who) and {_in_force("p")}
    and (p.reserve_for_id is null or exists (
      select from offices_absence a where a.account_id = p.reserve_for_id and {_in_force("a")}))
  union all
  select p.role, p.office_id, p.account_id, d.document, {_limits("p")}, {_limits("d")}
  from offices_delegation d
  join offices_posting p on p.account_id = d.from_account_id and p.office_id = d.office_id
  where d.to_account_id = (select id from who) and {_in_force("d")} and {_in_force("p")}
    and p.reserve_for_id is null and p.role in {DELEGABLE}
  union all
  select p.role, p.office_id, p.account_id, a.reason, {_limits("p")}, null::text
  from offices_absence a join offices_posting p on p.account_id = a.account_id
  where a.stand_in_id = (select id from who) and {_in_force("a")} and {_in_force("p")}
    and p.reserve_for_id is null and p.role in {STOOD_IN_FOR}
), mine (role, office_id, for_id, document, within, further) as (
  select * from held
  union
  select mine.role, s.from_office_id, mine.for_id, mine.document, mine.within, mine.further
  from mine join offices_succession s on s.to_office_id = mine.office_id and s.is_default and s."on" <= %(day)s
), below (office_id) as (
  select office_id from mine where role in {SEES_BELOW}
  union
  select next.id from below cross join lateral (
    select o.id from offices_office o where o.parent_id = below.office_id
      and not (exists (select from offices_succession x where x.from_office_id = below.office_id and x."on" <= %(day)s)
        and exists (select from offices_succession x where x.from_office_id = o.id and x."on" <= %(day)s))
    union all
    select from_office_id from offices_succession where to_office_id = below.office_id and "on" <= %(day)s
  ) next
), posted as (
  select role, office_id, for_id, document, within, further from mine
  union all select null, office_id, null, null, null, null from below
)
"""  # noqa: S608 - only our own words are put in
# Identity numbers of the person, of declared relatives and of those whom they act for as an applicant (to the end of the
# day of its end), as one text.
_HELD_BY_WHO = """(m.agent_id = (select id from who) or m.agent_id is null and m.agent_number = (
    select personal_id from people_account where id = (select id from who) and number_verified_at is not null))
  and m.valid_from <= %(day)s and coalesce(m.valid_to, %(day)s) >= %(day)s"""
_KIN = f"""
(select string_agg(id_no, ' ') from (
  select personal_id from people_account where id = (select id from who) and personal_id <> ''
  union all select id_no from people_relative where account_id = (select id from who)
    and (ended_at is null or (ended_at at time zone 'Asia/Ho_Chi_Minh')::date >= %(day)s)
  union all select p.personal_id from people_mandate m join people_account p on p.id = m.principal_id
    where p.personal_id <> '' and {_HELD_BY_WHO}
    and (m.ended_at is null or (m.ended_at at time zone 'Asia/Ho_Chi_Minh')::date >= %(day)s)
) kin (id_no))
"""  # noqa: S608 - put together from our own texts
_HOLDS = f"exists (select from people_mandate m where m.ended_at is null and {_HELD_BY_WHO})"
_POSTED = f"""
posted.role, posted.office_id, posted.for_id, posted.document, posted.within, posted.further,
case when posted.for_id is not null then (select full_name from people_account where id = posted.for_id) end, {_KIN}, {_HOLDS}
"""  # noqa: S608 - put together from our own texts
POSTINGS_AND_SUBTREES = f"""
with recursive who (id) as (select %(account)s::bigint), {_POSTINGS}
select {_POSTED} from posted
"""  # noqa: S608 - put together from our own texts
OF_TOKEN = f"""
with recursive who (id, full_name, is_officer, scopes) as (
  select a.id, a.full_name, a.is_officer, t.scopes
  from people_apitoken t join people_account a on a.id = t.account_id
  where t.digest = %(digest)s and a.is_active
    and (t.revoked_at is null or t.revoked_at > %(at)s) and (t.expires_at is null or t.expires_at > %(at)s)
), {_POSTINGS}
select who.id, who.full_name, who.is_officer, who.scopes, {_POSTED}
from who left join posted on who.is_officer
"""  # noqa: S608 - put together from our own texts
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """For which procedures (codes) and fields a power holds; both empty: for all."""

    procedures: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def cover(self, procedure: str, field_name: str) -> bool:
        """Whether the power holds for this procedure of this field."""
        return procedure in self.procedures or field_name in self.fields or not (self.procedures or self.fields)


@dataclass(frozen=True, slots=True)
class Power:
    """A role at an office that is limited, or another person's: delegated, or stood in for."""

    role: str
    office_id: int
    limits: tuple[Limits, ...] = ()
    for_account_id: int | None = None
    for_name: str = ""
    document: str = ""

    def covers(self, procedure: str, field_name: str) -> bool:
        """Whether it holds for this procedure: within the limits of whoever gave it and of whoever has it."""
        return all(limits.cover(procedure, field_name) for limits in self.limits)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person on one day, or the program itself.

    postings: own roles without limits, as (role, office). powers: further ones. kin: identity numbers of the person
    and of declared relatives. acting_by: the one power that this actor is looked at with (see `capacities`). seats:
    offices where they work in whatever capacity, also while they are looked at in one. acting_for: the organisation or
    person for whom they act as an applicant now (see `as_chosen`); may_act_for: those whom they could choose;
    holds_mandates: whether there can be any.
    """

    account_id: int | None
    full_name: str
    kind: Kind
    postings: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    overseen: frozenset[int] = field(default_factory=frozenset)
    powers: tuple[Power, ...] = ()
    kin: frozenset[str] = field(default_factory=frozenset)
    acting_by: Power | None = None
    seats: frozenset[int] = field(default_factory=frozenset)
    acting_for: ActingFor | None = None
    may_act_for: tuple[ActingFor, ...] = ()
    holds_mandates: bool = True

    @property
    def is_officer(self) -> bool:
        return self.kind == "officer"

    @property
    def roles(self) -> frozenset[tuple[str, int]]:
        """Every (role, office) they hold, in whatever way."""
        if not self.powers:
            return self.postings
        return self.postings | {(power.role, power.office_id) for power in self.powers}

    @property
    def persons(self) -> frozenset[int]:
        """Their own account, and those they act for."""
        own = {self.account_id} if self.account_id is not None else set()
        others = {power.for_account_id for power in self.powers if power.for_account_id is not None}
        if self.acting_by is not None and self.acting_by.for_account_id is not None:
            others.add(self.acting_by.for_account_id)
        return frozenset(own | others)

    @property
    def owner_id(self) -> int | None:
        """Whose dossiers are theirs as an applicant now: their own account's, or that of whom they act for, never both.

        None: nobody's, for nobody and for whoever may act for another no more.
        """
        if self.acting_for is None:
            return self.account_id
        return None if self.acting_for.is_over else self.acting_for.principal_id

    def may_as_applicant(self, what: Literal["file", "answer", "pay"]) -> bool:
        """Whether their role reaches that far in the capacity they chose; for oneself everything does."""
        one = self.acting_for
        if one is None:
            return True
        rights = {"file": one.may_file, "answer": one.may_answer, "pay": one.may_pay}
        return not one.is_over and rights[what]

    def has(self, role: str, office_id: int | None) -> bool:
        """Whether they hold this role at this office."""
        return (role, office_id) in self.roles

    def offices(self, *roles: str) -> frozenset[int]:
        """Offices where they hold any of these roles; without roles, where they hold any at all."""
        return frozenset(office for role, office in self.roles if not roles or role in roles)

    def capacities(self) -> "Iterator[Actor]":
        """The same person in each capacity apart: first in their own right, then by each of their powers."""
        if not self.powers:
            yield self
            return
        yield replace(self, powers=())
        for power in self.powers:
            yield replace(
                self,
                postings=frozenset({(power.role, power.office_id)}),
                overseen=frozenset(),
                powers=(),
                acting_by=power,
            )


SYSTEM = Actor(None, "Hệ thống", "system")
ANONYMOUS = Actor(None, "", "anonymous")


def actor_of(account: Account, on: date) -> Actor:
    """The actor that an account is on a day, in one SQL statement; a closed account is nobody.

    Postings count from their first day, and no longer on `valid_to`. Who serves at an office also answers for the
    offices that it took over (as their default successor), so that what was open there can be finished. Delegations
    in force and the work of absent persons come with them.
    Law: ND61-2018 7; ND61-2018 12
    """
    if not account.is_active:
        return ANONYMOUS
    if not account.is_officer:
        return Actor(account.pk, account.full_name, "citizen")
    rows: list[Row] = prepared(POSTINGS_AND_SUBTREES, {"account": account.pk, "day": on}).fetchall()
    return _officer(account.pk, account.full_name, rows)


def as_chosen(actor: Actor, principal_id: int | None, at: datetime) -> Actor:
    """The person in the capacity that they chose: for an organisation or another person (its account), or for themselves.

    Asked anew at every request, in one statement (none for an officer who holds no mandate): what ended is over at once,
    and is never taken for their own self.
    Whoever acts for another is nobody's officer meanwhile. Law: BLDS-2015 140
    """
    if actor.account_id is None:
        return actor
    known = capacities.open_to(actor.account_id, at) if actor.holds_mandates else ()
    if principal_id is None:
        return replace(actor, may_act_for=known) if known else actor
    chosen = next((one for one in known if one.principal_id == principal_id), None)
    chosen = chosen or capacities.over(actor.account_id, principal_id, at)
    return Actor(actor.account_id, actor.full_name, "citizen", kin=actor.kin, acting_for=chosen, may_act_for=known)


def actor_of_token(secret: str, at: datetime) -> tuple[Actor, frozenset[str]] | None:
    """Whom an API token speaks for at an instant, and its scopes, in one SQL statement.

    None when it is unknown, expired or revoked, or its account is closed.
    """
    rows = prepared(OF_TOKEN, {"digest": digest_of(secret), "at": at, "day": day_of(at)}).fetchall()
    if not rows:
        return None
    account_id, full_name, is_officer, scopes = rows[0][:4]
    if not is_officer:
        return Actor(account_id, full_name, "citizen"), frozenset(scopes)
    return _officer(account_id, full_name, [row[4:] for row in rows if row[5] is not None]), frozenset(scopes)


def _officer(account_id: int, full_name: str, rows: Iterable[Row]) -> Actor:
    """An officer from their roles, and from the offices they oversee (rows without a role)."""
    postings: set[tuple[str, int]] = set()
    overseen: set[int] = set()
    powers: list[Power] = []
    rows = list(rows)
    for role, office_id, for_id, document, within, further, for_name, _kin, _holds in rows:
        if role is None:
            overseen.add(office_id)
        elif for_id is None and within is None:
            postings.add((role, office_id))
        else:
            limits = tuple(_limits_of(text) for text in (within, further) if text is not None)
            powers.append(Power(role, office_id, limits, for_id, for_name or "", document))
    kin = frozenset((rows[0][-2] or "").split()) if rows else frozenset()
    holds = bool(rows[0][-1]) if rows else True
    seats = frozenset({office for _role, office in postings} | {power.office_id for power in powers})
    return Actor(
        account_id,
        full_name,
        "officer",
        frozenset(postings),
        frozenset(overseen),
        tuple(powers),
        kin,
        seats=seats,
        holds_mandates=holds,
    )


def _limits_of(text: str) -> Limits:
    procedures, fields = json.loads(text)
    return Limits(frozenset(procedures), frozenset(fields))
