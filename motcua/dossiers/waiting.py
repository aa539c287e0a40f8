"""What waits for an officer: held by them (or those they stand in for), or by nobody at a step of theirs; most urgent first.

The rule is one text of SQL, for the list that is looked at all day (as many rows as a page has, read off two indexes)
and for the questions that narrow it (`inbox_of`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from motcua.dossiers.permissions import ANSWERING, ANSWERING_IN_CHARGE
from motcua.dossiers.states import CLOSED, IN_HAND, State

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.offices.actors import Actor

# What lies at the one-stop unit without a step of its process, and who takes it up there.
AT_THE_UNIT = (State.SUBMITTED, State.PRE_SUPPLEMENT, State.SUPPLEMENT, State.PAYMENT, State.FINISHED)
UNIT_ROLES = ("receiver", "unit_head")
WORKING_ROLES = ("receiver", "handler", "head", "approver", "clerk")

Place = tuple[datetime | None, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the list; the names of fields are those of a dossier, empty names mean nobody."""

    pk: int
    code: str | None
    submission_no: str
    content: str
    owner_name: str
    state: str
    accepted_at: datetime | None
    answer_due_at: datetime | None
    due_at: datetime | None
    stands_still: bool
    office: str
    holder_id: int | None
    holder: str

    def __str__(self) -> str:
        return self.code or self.submission_no


def waiting_ids(actor: Actor, piece: str = "", values: Sequence[Any] = ()) -> tuple[str, list[Any]]:
    """SQL for the ids and due instants of everything that waits for this officer, and its values.

    piece: what ends each of its two halves (a further condition, an order, a limit), with its values.
    """
    roles = [(role, office) for role, office in sorted(actor.roles) if role in WORKING_ROLES]
    at_unit = sorted(actor.offices(*UNIT_ROLES))
    places = sorted({*at_unit, *(office for _role, office in roles)})
    persons = sorted(actor.persons) or [0]
    mine = [value for person in persons for value in (person, *values)]
    nobodys = [
        places,
        [str(state) for state in AT_THE_UNIT],
        at_unit,
        [str(state) for state in IN_HAND],
        [f"{role} {office}" for role, office in roles],
        *values,
    ]
    held = "union all".join([_HELD] * len(persons))
    return (held + _NOBODYS).format(piece=piece), [*mine, *nobodys]


def waiting_page(actor: Actor, after: Place | None, most: int, among: QuerySet[Any] | None = None) -> list[Waiting]:
    """The `most` most urgent rows after a place in the order (due instant, id); those without a due day come last.

    among: only of these dossiers (None: of all).
    """
    return desk_page(actor, after, most, among)[0]


def desk_page(
    actor: Actor, after: Place | None, most: int, among: QuerySet[Any] | None = None
) -> tuple[list[Waiting], int]:
    """The same rows, and how many opinions are asked of this person's offices, in one statement."""
    piece, values = _later(after) if after else ("", [])
    if among is not None:
        narrowing, more = among.order_by().values("pk").query.sql_with_params()
        piece, values = f"{piece} and d.id in ({narrowing})", [*values, *more]
    sql, given = waiting_ids(actor, f"{piece} order by d.due_at, d.id limit %s", [*values, most])
    with connection.cursor() as cursor:
        offices = [sorted(actor.offices(*ANSWERING)), sorted(actor.offices(*ANSWERING_IN_CHARGE))]
        cursor.execute(_PAGE.format(waiting=sql), [*offices, *given, most])
        rows = cursor.fetchall()
    return [Waiting(*row[1:]) for row in rows if row[1] is not None], rows[0][0]


def _later(after: Place) -> tuple[str, list[Any]]:
    due_at, last_id = after
    if due_at is None:
        return "and d.due_at is null and d.id > %s", [last_id]
    return "and (d.due_at > %s or d.due_at = %s and d.id > %s or d.due_at is null)", [due_at, due_at, last_id]


# The condition of the two indexes, word by word.
_OPEN = "not d.state in ({})".format(", ".join(f"'{state.value}'" for state in CLOSED))
_HELD = f"""
(select d.id, d.due_at from dossiers_dossier d
 where d.holder_id = %s and {_OPEN} {{piece}})
"""  # noqa: S608 - put together from our own texts
_NOBODYS = f"""
union all
select here.id, here.due_at from unnest(%s::bigint[]) place (id) cross join lateral (
  select d.id, d.due_at from dossiers_dossier d
  where d.at_office_id = place.id and d.holder_id is null and {_OPEN} and (
    d.state = any(%s::text[]) and place.id = any(%s::bigint[])
    or d.state = any(%s::text[]) and exists (
      select from catalogue_processstep step
      where step.process_id = d.process_id and step.seq = d.step
        and step.role || ' ' || place.id = any(%s::text[])
    )
  ) {{piece}}
) here
"""  # noqa: S608 - put together from our own texts
# The number of opinions comes with every row, and with a row of its own where nothing waits.
_PAGE = """
select asked.times, page.* from (
  select count(*) as times from dossiers_consultation asked join dossiers_dossier d on d.id = asked.dossier_id
  where asked.closed_at is null and asked.office_id = any(%s::bigint[])
    and (d.confidential_to is null or asked.office_id = any(%s::bigint[]))
) asked left join lateral (
select d.id, d.code, d.submission_no, d.content, d.owner_name, d.state, d.accepted_at, d.answer_due_at, d.due_at,
       d.stands_still,
       (select coalesce(nullif(office.short_name, ''), office.name) from offices_office office
        where office.id = d.at_office_id),
       d.holder_id, coalesce((select full_name from people_account where id = d.holder_id), '')
from ({waiting}) waiting join dossiers_dossier d on d.id = waiting.id
order by waiting.due_at, waiting.id limit %s
) page on true order by page.due_at, page.id
"""
