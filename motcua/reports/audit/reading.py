"""Dossiers with their events and stays, streamed in order: however many there are, only one is in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import connection

CHUNK = 2000


@dataclass(slots=True)
class DossierRow:
    """The dossier's row as it stands."""

    id: int
    submission_no: str
    code: str | None
    state: str
    at_office_id: int
    holder_id: int | None
    step: int | None
    accepted_at: datetime | None
    original_due_at: datetime | None
    due_at: datetime | None
    stands_still: bool
    finished_at: datetime | None
    returned_at: datetime | None
    supplements: int
    extensions: int
    correction_waits: str
    helper_id: int | None
    helper_office_id: int | None
    asked_offices: list[int] | None
    being_verified: bool
    last_seq: int
    last_hash: bytes
    last_event_at: datetime


@dataclass(slots=True)
class EventRow:
    """One event, with the names that `journal.event_hash` reads."""

    dossier_id: int
    seq: int
    act: str
    from_state: str
    to_state: str
    actor_id: int | None
    actor_name: str
    office_id: int
    at: datetime
    reason: str
    data: Any
    clock: Any
    due_at: datetime | None
    previous_hash: bytes
    hash: bytes

    def __post_init__(self) -> None:
        self.data = json.loads(self.data) if isinstance(self.data, str) else self.data
        self.clock = json.loads(self.clock) if isinstance(self.clock, str) else self.clock


@dataclass(slots=True)
class StayRow:
    """One interval."""

    dossier_id: int
    seq: int
    previous_seq: int | None
    state: str
    office_id: int
    holder_id: int | None
    step: int | None
    due_at: datetime | None
    stands_still: bool
    entered_at: datetime
    left_at: datetime | None


@dataclass(slots=True)
class ConsultationRow:
    """One office that was asked."""

    dossier_id: int
    id: int
    office_id: int
    question: str
    asked_at: datetime
    due_at: datetime
    outcome: str
    closed_at: datetime | None
    answer: str
    file_id: int | None


@dataclass(slots=True)
class VerificationRow:
    """One verification."""

    dossier_id: int
    id: int
    place: str
    begins_at: datetime
    ends_at: datetime
    participants: str
    content: str
    needs_applicant: bool
    planned_at: datetime
    outcome: str
    closed_at: datetime | None
    minutes: str
    attended: str
    file_id: int | None


@dataclass(slots=True)
class Case:
    """A dossier with everything that the audit compares; `row` is None when only remains of it are there."""

    row: DossierRow | None
    events: list[EventRow]
    stays: list[StayRow]
    consultations: list[ConsultationRow]
    verifications: list[VerificationRow]

    @property
    def name(self) -> str:
        """What a person calls it."""
        if self.row is None:
            return f"#{(self.events or self.stays)[0].dossier_id}"
        return self.row.code or self.row.submission_no


Record = TypeVar("Record", DossierRow, EventRow, StayRow, ConsultationRow, VerificationRow)


class Groups(Generic[Record]):
    """Records of a stream ordered by dossier, taken dossier by dossier."""

    def __init__(self, records: Iterator[Record], key: str) -> None:
        self.records: Iterator[Record] = records
        self.key = key
        self.waiting: Record | None = next(records, None)

    @property
    def dossier_id(self) -> int | None:
        """Whose records come next."""
        return None if self.waiting is None else getattr(self.waiting, self.key)

    def take(self, dossier_id: int) -> list[Record]:
        """Everything of this dossier, if it is next."""
        taken: list[Record] = []
        while self.waiting is not None and getattr(self.waiting, self.key) == dossier_id:
            taken.append(self.waiting)
            self.waiting = next(self.records, None)
        return taken


def cases() -> Iterator[Case]:
    """Every dossier in order, and remains without a dossier. Needs a transaction, of one snapshot to be exact."""
    with (
        _streamed(DossierRow, "dossiers_dossier", "id") as dossiers,
        _streamed(EventRow, "dossiers_event", "dossier_id, seq") as events,
        _streamed(StayRow, "dossiers_stay", "dossier_id, seq") as stays,
        _streamed(ConsultationRow, "dossiers_consultation", "dossier_id, id") as consultations,
        _streamed(VerificationRow, "dossiers_verification", "dossier_id, id") as verifications,
    ):
        rows, happened, lain = Groups(dossiers, "id"), Groups(events, "dossier_id"), Groups(stays, "dossier_id")
        asked, checked = Groups(consultations, "dossier_id"), Groups(verifications, "dossier_id")
        while ids := [g.dossier_id for g in (rows, happened, lain) if g.dossier_id is not None]:
            first = min(ids)
            found = rows.take(first)
            remains = (happened.take(first), lain.take(first), asked.take(first), checked.take(first))
            yield Case(found[0] if found else None, *remains)


@contextmanager
def _streamed(kind: type[Record], table: str, order: str) -> Iterator[Iterator[Record]]:
    columns = ", ".join(field.name for field in fields(kind))
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")  # noqa: S608 - our own names
        yield _records(kind, cursor)


def _records(kind: type[Record], cursor: Any) -> Iterator[Record]:
    while chunk := cursor.fetchmany(CHUNK):
        for row in chunk:
            yield kind(*row)
