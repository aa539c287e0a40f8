"""Who is this person, in which offices and roles, on that day: everything that rights are decided from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from motcua.base.postgresql import prepared
from motcua.base.times import day_of
from motcua.people.models import Account
from motcua.people.tokens import digest_of

Kind = Literal["citizen", "officer", "system", "anonymous"]

# Roles that see the whole subtree of their office (and what its offices took over); an administrator has no business rights.
SEES_BELOW = ("overseer", "unit_head", "procedure_control")

# Postings in force of `who`, with what their offices took over, and the subtrees they oversee.
_POSTINGS = f"""
mine (role, office_id) as (
  select role, office_id from offices_posting
  where account_id = (select id from who) and valid_from <= %(day)s and (valid_to is null or valid_to > %(day)s)
  union
  select mine.role, s.from_office_id
  from mine join offices_succession s on s.to_office_id = mine.office_id and s.is_default and s."on" <= %(day)s
), below (office_id) as (
  select office_id from mine where role in {SEES_BELOW}
  union
  select next.id from below cross join lateral (
    select id from offices_office where parent_id = below.office_id
    union all
    select from_office_id from offices_succession where to_office_id = below.office_id and "on" <= %(day)s
  ) next
), posted as (
  select role, office_id from mine union all select null, office_id from below
)
"""  # noqa: S608 - only our own three words are put in
POSTINGS_AND_SUBTREES = f"""
with recursive who (id) as (select %(account)s::bigint), {_POSTINGS}
select role, office_id from posted
"""  # noqa: S608 - put together from our own texts
OF_TOKEN = f"""
with recursive who (id, full_name, is_officer, scopes) as (
  select a.id, a.full_name, a.is_officer, t.scopes
  from people_apitoken t join people_account a on a.id = t.account_id
  where t.digest = %(digest)s and a.is_active
    and (t.revoked_at is null or t.revoked_at > %(at)s) and (t.expires_at is null or t.expires_at > %(at)s)
), {_POSTINGS}
select who.id, who.full_name, who.is_officer, who.scopes, posted.role, posted.office_id
from who left join posted on who.is_officer
"""  # noqa: S608 - put together from our own texts


@dataclass(frozen=True, slots=True)
class Actor:
    """A person on one day, or the program itself."""

    account_id: int | None
    full_name: str
    kind: Kind
    postings: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    overseen: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_officer(self) -> bool:
        return self.kind == "officer"

    def has(self, role: str, office_id: int | None) -> bool:
        """Whether they hold this role at this office."""
        return (role, office_id) in self.postings

    def offices(self, *roles: str) -> frozenset[int]:
        """Offices where they hold any of these roles; without roles, where they hold any at all."""
        return frozenset(office for role, office in self.postings if not roles or role in roles)


SYSTEM = Actor(None, "Hệ thống", "system")
ANONYMOUS = Actor(None, "", "anonymous")


def actor_of(account: Account, on: date) -> Actor:
    """The actor that an account is on a day, in one SQL statement; a closed account is nobody.

    Postings count from their first day, and no longer on `valid_to`. Who serves at an office also answers for the
    offices that it took over (as their default successor), so that what was open there can be finished.
    Law: ND61-2018 7
    """
    if not account.is_active:
        return ANONYMOUS
    if not account.is_officer:
        return Actor(account.pk, account.full_name, "citizen")
    rows: list[tuple[str | None, int]] = prepared(POSTINGS_AND_SUBTREES, {"account": account.pk, "day": on}).fetchall()
    return _officer(account.pk, account.full_name, rows)


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


def _officer(account_id: int, full_name: str, rows: Iterable[tuple[str | None, int]]) -> Actor:
    """An officer from their postings, and from the offices they oversee (rows without a role)."""
    rows = list(rows)
    return Actor(
        account_id,
        full_name,
        "officer",
        frozenset((role, office) for role, office in rows if role is not None),
        frozenset(office for role, office in rows if role is None),
    )
