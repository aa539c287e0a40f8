"""What waits for an officer: held by them (or those they stand in for), or by nobody at a step of theirs; most urgent first.

Their parts of interlinked dossiers stand among it, each with its own due day.

The rule is one text of SQL, for the list that is looked at all day (as many rows as a page has, read off two indexes)
and for the questions that narrow it (`inbox_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from motcua.base.postgresql import prepared
from motcua.dossiers.permissions import PART_ROLES
from motcua.dossiers.states import CLOSED, IN_HAND, State
from motcua.dossiers.visibility import ANSWERING, ANSWERING_IN_CHARGE, IN_CHARGE

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
    """One row of the list; the names of fields are those of a dossier, empty names mean nobody.

    Of a part, `pk` is the number of its row below zero, and due day, office and holder are its own.
    """

    pk: int
    dossier_id: int
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
    part: int | None
    part_name: str
    part_state: str

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

    Parts stand among the dossiers by their own due day. among: only of these dossiers (None: of all).
    """
    return desk_page(actor, after, most, among)[0]


def desk_page(
    actor: Actor, after: Place | None, most: int, among: QuerySet[Any] | None = None
) -> tuple[list[Waiting], int]:
    """The same rows, and how many opinions are asked of this person's offices, in one statement."""
    later, seen = _later(after) if after else ("", [])
    narrowing, more = among.order_by().values("pk").query.sql_with_params() if among is not None else ("", ())
    order = " order by d.due_at, d.id limit %s"
    of_dossiers = f"{later} and d.id in ({narrowing})" if narrowing else later
    of_parts = f"{later} and d.dossier_id in ({narrowing})" if narrowing else later
    values = [*seen, *more, most]
    sql, given = waiting_ids(actor, of_dossiers + order, values)
    parts, more_given = _part_ids(actor, of_parts + order, values)
    asked = [sorted(actor.offices(*ANSWERING)), sorted(actor.offices(*ANSWERING_IN_CHARGE))]
    statement, given = _PAGE.format(waiting=sql, parts=parts), [*asked, *given, *more_given, most]
    rows = list(_rows(statement, given, is_usual=among is None))
    return [Waiting(*row[1:]) for row in rows if row[1] is not None], rows[0][0]


def _rows(statement: str, given: Sequence[Any], *, is_usual: bool) -> Iterable[Any]:
    if is_usual:
        # One of few texts, asked all day: planning it would cost more than its answer.
        return prepared(statement, given)
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def _part_ids(actor: Actor, piece: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """SQL for the parts that wait for this officer, and its values; `piece` as in `waiting_ids`."""
    persons, handling = sorted(actor.persons), sorted(actor.offices(*PART_ROLES))
    seen = [persons, sorted(actor.offices(*IN_CHARGE))] * 2
    here = [sorted(actor.offices()), *seen, handling, sorted(actor.offices("approver")), persons, *values]
    leading = sorted(actor.offices("head", "approver"))
    return _PARTS.format(piece=piece), [*here, *seen, handling, *values, *seen, leading, *values]


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
        and case when step.place = 'onsite' and place.id = d.receiving_office_id
          then step.role || ' ' || d.competent_office_id else step.role || ' ' || place.id end = any(%s::text[])
    )
  ) {{piece}}
) here
"""  # noqa: S608 - put together from our own texts
# Parts under way at an office of theirs, those that came back to an agency that they handle for, and those that were
# put off beyond the day of a whole that they may extend.
_SEEN = """x.state = any(array[{}]) and (
    x.confidential_to is null or x.confidential_to && %s::bigint[] or x.joint_offices && %s::bigint[]
    or x.holder_id = any(%s::bigint[]) or x.holder_id is null and x.at_office_id = any(%s::bigint[]))"""
_DAY = "({} at time zone 'Asia/Ho_Chi_Minh')::date"
_OF_PARTS = f"""
select -p.id as id, p.due_at, p.dossier_id, p.id as part_id
from dossiers_part p join dossiers_dossier x on x.id = p.dossier_id
  and {_SEEN.format(", ".join(f"'{state.value}'" for state in IN_HAND))}
"""  # noqa: S608 - put together from our own texts
# Office by office, so that each is read off the index in the order of due days, as far as the page goes.
_PARTS = f"""
select here.* from unnest(%s::bigint[]) place (id) cross join lateral (
  select d.* from (
    {_OF_PARTS} where p.office_id = place.id and p.state in ('ready', 'held', 'proposed') and (
      p.state = 'ready' and place.id = any(%s::bigint[]) or p.state = 'proposed' and place.id = any(%s::bigint[])
      or p.state = 'held' and p.holder_id = any(%s::bigint[]))
  ) d where true {{piece}}
) here
union all
(select d.* from (
  {_OF_PARTS} where p.state = 'returned' and x.competent_office_id = any(%s::bigint[])
) d where true {{piece}})
union
(select d.* from (
  {_OF_PARTS} where p.state in ('ready', 'held', 'proposed') and p.extensions <> '[]'
    and x.competent_office_id = any(%s::bigint[]) and {_DAY.format("p.due_at")} > {_DAY.format("x.due_at")}
) d where true {{piece}})
"""  # noqa: S608 - put together from our own texts
# The number of opinions comes with every row, and with a row of its own where nothing waits.
_PAGE = """
select asked.times, page.* from (
  select count(*) as times from dossiers_consultation asked join dossiers_dossier d on d.id = asked.dossier_id
  where asked.closed_at is null and asked.office_id = any(%s::bigint[])
    and (d.confidential_to is null or asked.office_id = any(%s::bigint[]))
) asked left join lateral (
select waiting.id, d.id as dossier_id, d.code, d.submission_no, d.content, d.owner_name, d.state, d.accepted_at,
       d.answer_due_at, waiting.due_at, d.stands_still,
       (select coalesce(nullif(office.short_name, ''), office.name) from offices_office office
        where office.id = coalesce(p.office_id, d.at_office_id)),
       case when p.id is null then d.holder_id else p.holder_id end,
       coalesce((select full_name from people_account
        where id = case when p.id is null then d.holder_id else p.holder_id end), ''),
       p.number, coalesce(p.name, ''), coalesce(p.state, '')
from (
  select whole.id, whole.due_at, whole.id as dossier_id, null::bigint as part_id from ({waiting}) whole
  union all ({parts})
) waiting join dossiers_dossier d on d.id = waiting.dossier_id left join dossiers_part p on p.id = waiting.part_id
order by waiting.due_at, waiting.id limit %s
) page on true order by page.due_at, page.id
"""
