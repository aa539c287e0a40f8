"""One dossier being written: events with their hashes, stays that touch, the dossier's row as the last act leaves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from motcua.dossiers.clock import ClockEvent, Ledger
from motcua.dossiers.clock_events import clock_event_to_json
from motcua.dossiers.journal import NO_HASH, event_hash
from motcua.dossiers.models import Event
from motcua.dossiers.states import Act, State
from motcua.replays.year.province import Officer
from motcua.replays.year.rows import EVENTS, STAYS, TABLES, Row, Table, written

Rows = dict[Table, list[Row]]
LEFT_AT = STAYS.place["left_at"]
# Of these two there are eight in a life; naming each column would take a tenth of the time of a load.
EVENTS.in_order(
    "dossier_id", "seq", "act", "from_state", "to_state", "actor_id", "actor_name", "office_id", "at", "reason", "data",
    "clock", "due_at", "previous_hash", "hash", "recorded_at",
)  # fmt: skip
STAYS.in_order(
    "dossier_id", "seq", "previous_seq", "state", "office_id", "holder_id", "step", "due_at", "stands_still",
    "entered_at", "left_at",
)  # fmt: skip
# Office, step, holder.
Place = tuple[int, int | None, int | None]


class Over(Exception):
    """What would happen next lies after the end of the plan."""


@dataclass(slots=True)
class Happening:
    """An event with the names that its hash is made of."""

    seq: int
    act: str
    from_state: str
    to_state: str
    actor_id: int
    actor_name: str
    office_id: int
    at: datetime
    reason: str
    data: dict[str, Any]
    clock: dict[str, Any] | None
    due_at: datetime | None
    previous_hash: bytes
    hash: bytes = b""


def no_rows() -> Rows:
    """Nothing yet, for every table."""
    return {table: [] for table in TABLES}


@dataclass(slots=True)
class Pen:
    """`facts`: columns of the dossier's row. `until`: an act at this instant or later is not written, and ends it."""

    pk: int
    submission_no: str
    until: datetime
    rows: Rows
    facts: dict[str, Any]
    ledger: Ledger = field(default_factory=Ledger)
    state: str = ""
    place: Place | None = None
    seq: int = 0
    stays: int = 0
    previous: bytes = NO_HASH
    at: datetime | None = None
    stay: list[Any] | None = None

    def act(
        self,
        act: Act,
        at: datetime,
        officer: Officer,
        state: State,
        place: Place | None = None,
        *,
        reason: str = "",
        clock: ClockEvent | None = None,
        **data: Any,
    ) -> None:
        """Write one act. place: where the dossier lies after it, None: where it lay. Raises Over."""
        if at >= self.until:
            raise Over
        acted_in = self.place[0] if self.place else None
        stays_there = place is None and state.value == self.state and clock is None
        self.place = place or self.place
        if self.place is None:
            raise AssertionError("the first act says where the dossier is")
        if clock is not None:
            self.ledger.take(clock)
        self.seq += 1
        event = Happening(
            self.seq,
            act.value,
            self.state,
            state.value,
            officer[0],
            officer[1],
            acted_in or self.place[0],
            at,
            reason,
            data,
            clock_event_to_json(clock) if clock is not None else None,
            self.ledger.due_at,
            self.previous,
        )
        event.hash = self.previous = event_hash(self.submission_no, cast(Event, event))
        self.state, self.at = state.value, at
        self._keep(event)
        if not stays_there:
            self._stay(at)

    def _keep(self, event: Happening) -> None:
        clock = None if event.clock is None else written(event.clock)
        self.rows[EVENTS].append(
            [
                self.pk, event.seq, event.act, event.from_state, event.to_state, event.actor_id, event.actor_name,
                event.office_id, event.at, event.reason, written(event.data), clock, event.due_at,
                event.previous_hash, event.hash, event.at,
            ]
        )  # fmt: skip

    def _stay(self, at: datetime) -> None:
        office, step, holder = self.place or (0, None, None)
        if self.stay is not None:
            self.stay[LEFT_AT] = at
        before = self.stays or None
        self.stays += 1
        due_at, stands_still = self.ledger.due_at, bool(self.ledger.paused)
        self.stay = [self.pk, self.stays, before, self.state, office, holder, step, due_at, stands_still, at, None]
        self.rows[STAYS].append(self.stay)

    def dossier(self) -> dict[str, Any]:
        """The columns of the dossier's row, now that its life is written."""
        office, step, holder = self.place or (0, None, None)
        return {
            **self.facts,
            "id": self.pk,
            "submission_no": self.submission_no,
            "state": self.state,
            "at_office_id": office,
            "step": step,
            "holder_id": holder,
            "due_at": self.ledger.due_at,
            "original_due_at": self.ledger.original_due_at,
            "stands_still": bool(self.ledger.paused),
            "last_seq": self.seq,
            "last_hash": self.previous,
            "last_event_at": self.at,
        }
