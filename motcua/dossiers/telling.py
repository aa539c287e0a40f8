"""What is told of one dossier: its facts with the names that people know, and what happened, in one statement each.

The tracking page is asked most of all and the rows are wide: these questions are written out, and answer with values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from motcua.base.postgresql import prepared
from motcua.calendar.store import calendar_for
from motcua.catalogue.filling_in import told
from motcua.catalogue.form_fields import read_fields
from motcua.dossiers.clock_events import ClockEvent, clock_event_from_json
from motcua.dossiers.next_step import COLUMNS, Facts
from motcua.dossiers.states import Act, State

# What officers note for each other when they pass a dossier on is not the applicant's.
INTERNAL = frozenset({
    Act.FORWARD, Act.SEND_BACK, Act.RESTRICT, Act.PROPOSE_CORRECTION, Act.PROPOSE_DATE, Act.REFUSE_CORRECTION,
    Act.DROP_CONSULTATION, Act.RETURN_PART, Act.ASSIGN_PART, Act.DROP_PART,
})  # fmt: skip
# Why a verification moved or was called off is told to an applicant who had to be there.
VERIFYING = frozenset({Act.MOVE_VERIFICATION, Act.CANCEL_VERIFICATION})


@dataclass(frozen=True, slots=True)
class Followed:
    """Who follows a dossier sees this of it. `step` is the number of its step; empty names mean nobody or nothing."""

    pk: int
    code: str | None
    submission_no: str
    secret: str
    state: str
    step: int | None
    process_id: int | None
    submitted_at: datetime
    answer_due_at: datetime | None
    accepted_at: datetime | None
    original_due_at: datetime | None
    due_at: datetime | None
    stands_still: bool
    finished_at: datetime | None
    procedure_code: str
    procedure: str
    receiving_office: str
    competent_office: str
    authority_open: bool
    at_office_code: str
    at_office: str
    holder: str
    is_joint: bool
    bill_id: int | None
    procedure_id: int
    field: str
    facts: Facts

    def __str__(self) -> str:
        return self.code or self.submission_no


@dataclass(frozen=True, slots=True)
class Told:
    """One event as the journal keeps it, with the name of the office where it happened."""

    seq: int
    act: str
    to_state: str
    at: datetime
    office: str
    actor_name: str
    reason: str
    data: dict[str, Any]
    clock: dict[str, Any] | None
    due_at: datetime | None

    @property
    def on_behalf_of(self) -> str:
        """The name of the person in whose place it was done; empty when in one's own right."""
        return str(self.data.get("on_behalf_of", {}).get("name", ""))

    def reason_for(self, *, applicant: bool) -> str:
        """The reason as this reader may know it."""
        is_hidden = self.act in INTERNAL or (self.act in VERIFYING and not self.verifications[0]["needs_applicant"])
        return "" if applicant and is_hidden else self.reason

    @property
    def verifications(self) -> list[dict[str, Any]]:
        """What this event says of verifications: the one that was planned or moved, those that ended."""
        planned = self.data.get("verification")
        return ([planned] if planned else []) + list(self.data.get("verified", ()))


class HandedIn(NamedTuple):
    """A paper that came with a dossier; `file`: its name, None without one. `reused_from`: the dossier it was taken from."""

    pk: int
    name: str
    text: str
    file: str | None
    reused_from: str | None
    filled: str | None
    fields: str | None

    @property
    def filled_told(self) -> list[tuple[str, str]]:
        """What was filled in field by field, to read: label and words."""
        if self.filled is None or self.fields is None:
            return []
        return told(read_fields(json.loads(self.fields)), json.loads(self.filled))


def followed(code: str) -> Followed | None:
    """The dossier with this code or submission number, in any case and with spaces around it."""
    row = prepared(_FOLLOWED, {"code": code.strip().upper()}).fetchone()
    return None if row is None else Followed(*[*row[:_OWN], Facts(*row[_OWN:])])


def state_of(code: str) -> State | None:
    """The state of the dossier with this code or submission number: what the code alone may show."""
    row = prepared(_STATE, {"code": code.strip().upper()}).fetchone()
    return None if row is None else State(row[0])


def told_of(dossier_id: int) -> list[Told]:
    """Everything that happened to a dossier, oldest first."""
    return [
        Told(seq, act, state, at, office, actor, reason, json.loads(data), json.loads(clock) if clock else None, due_at)
        for seq, act, state, at, office, actor, reason, data, clock, due_at in prepared(_TOLD, [dossier_id])
    ]


def handed_in(dossier_id: int) -> list[HandedIn]:
    """The papers that came with a dossier, in the order in which they came."""
    return [HandedIn(*row) for row in prepared(_HANDED_IN, [dossier_id])]


def ledger_of(events: Iterable[Told]) -> list[ClockEvent]:
    """The ledger of the dossier's time in these events; empty before acceptance."""
    return [clock_event_from_json(event.clock, calendar_for) for event in events if event.clock is not None]


_OWN = len(Followed.__slots__) - 1
# Names are asked for one by one: joined, the planner would weigh hundreds of orders for a single row.
_FOLLOWED = f"""
select d.id, d.code, d.submission_no, d.secret, d.state, d.step, d.process_id, d.submitted_at, d.answer_due_at,
       d.accepted_at, d.original_due_at, d.due_at, d.stands_still, d.finished_at,
       (select code from catalogue_procedure where id = d.procedure_id),
       (select name from catalogue_procedureversion where id = d.version_id),
       (select name from offices_office where id = d.receiving_office_id),
       (select name from offices_office where id = d.competent_office_id), d.authority_open,
       (select code from offices_office where id = d.at_office_id),
       (select name from offices_office where id = d.at_office_id),
       coalesce((select full_name from people_account where id = d.holder_id), ''), d.joint_offices is not null, d.bill_id, d.procedure_id,
       (select field from catalogue_procedureversion where id = d.version_id),
       {COLUMNS}
from dossiers_dossier d
where d.code = %(code)s or d.submission_no = %(code)s
limit 1
"""  # noqa: S608 - put together from our own words
_STATE = "select state from dossiers_dossier where code = %(code)s or submission_no = %(code)s limit 1"
_HANDED_IN = """
select paper.id, paper.name, paper.text, file.name, coalesce(earlier.code, earlier.submission_no),
       paper.filled::text, component.fields::text
from dossiers_givenpaper paper
left join catalogue_component component on component.id = paper.component_id and paper.filled is not null
left join files_storedfile file on file.id = paper.file_id
left join dossiers_dossier earlier on earlier.id = paper.reused_from_id
where paper.dossier_id = %s order by paper.id
"""
_TOLD = """
select event.seq, event.act, event.to_state, event.at, office.name, event.actor_name, event.reason,
       event.data::text, event.clock::text, event.due_at
from dossiers_event event join offices_office office on office.id = event.office_id
where event.dossier_id = %s order by event.seq
"""
