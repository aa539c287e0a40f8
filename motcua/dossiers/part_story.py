"""What became of the parts of an interlinked dossier, made anew from its events alone. Pure: what is read is given.

The rows of the parts are a convenience; the journal is the truth, and the audit compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from motcua.dossiers.states import Act, PartState


class Happened(Protocol):
    """What is read of an event."""

    @property
    def seq(self) -> int: ...
    @property
    def act(self) -> str: ...
    @property
    def actor_id(self) -> int | None: ...
    @property
    def at(self) -> datetime: ...
    @property
    def reason(self) -> str: ...
    @property
    def data(self) -> Any: ...


@dataclass(slots=True)
class PartFacts:
    """One part as its events tell it. `clock`: its START as the journal keeps it; None while it waits for others.
    `ended_seq`: of the event with which it ended: what stood the dossier still afterwards is not its own.
    """

    number: int
    office_id: int
    waits_for: tuple[int, ...]
    state: str = PartState.WAITING
    holder_id: int | None = None
    clock: dict[str, Any] | None = None
    extensions: list[Any] = field(default_factory=list)
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ended_seq: int | None = None
    outcome: str = ""
    last_seq: int = 0
    history: list[int] = field(default_factory=list)


def replay(events: Iterable[Happened]) -> dict[int, PartFacts]:
    """number → part, after all these events of one dossier, oldest first. Raises KeyError where one speaks of no part."""
    parts: dict[int, PartFacts] = {}
    for event in events:
        data = event.data
        for row in data.get("parts", ()):
            parts[row["number"]] = PartFacts(row["number"], row["office"], tuple(row["waits_for"]))
            _note(parts[row["number"]], event)
        if event.act == Act.ASSIGN_PART:
            _give_again(parts, data["part"], data["parts"][0]["number"])
            parts[data["part"]].state = PartState.REPLACED
            _note(parts[data["part"]], event)
        elif event.act in _ACTS:
            _ACTS[Act(event.act)](parts[data["part"]], event)
            _note(parts[data["part"]], event)
        for number in data.get("dropped", ()):
            _end(parts[number], event, PartState.DROPPED)
        for number, clock in data.get("clocks", {}).items():
            one = parts[int(number)]
            one.state, one.clock, one.started_at = PartState.READY, clock, event.at
            _note(one, event)
    return parts


def _note(one: PartFacts, event: Happened) -> None:
    one.last_seq = event.seq
    if event.seq not in one.history:
        one.history.append(event.seq)


def _give_again(parts: dict[int, PartFacts], old: int, new: int) -> None:
    """Whatever waited for the part that came back waits for the one in its place."""
    for one in parts.values():
        if one.state == PartState.WAITING and one.number != new:
            one.waits_for = tuple(new if number == old else number for number in one.waits_for)


def _take(one: PartFacts, event: Happened) -> None:
    one.state, one.holder_id = PartState.HELD, event.actor_id


def _propose(one: PartFacts, event: Happened) -> None:
    one.state, one.holder_id = PartState.PROPOSED, None


def _finish(one: PartFacts, event: Happened) -> None:
    one.outcome = event.data["outcome"]
    _end(one, event, PartState.DONE)


def _return(one: PartFacts, event: Happened) -> None:
    _end(one, event, PartState.RETURNED)


def _extend(one: PartFacts, event: Happened) -> None:
    one.extensions.append(extended(event.data, event.reason))


def extended(data: Any, reason: str) -> dict[str, Any]:
    """A new day of a part as its row keeps it, from what the event says."""
    return {"clock": data["clock"], "old_due": data["old_due"], "reason": reason}


def _end(one: PartFacts, event: Happened, state: PartState) -> None:
    one.state, one.holder_id, one.ended_at = state, None, one.ended_at or event.at
    one.ended_seq = one.ended_seq or event.seq
    _note(one, event)


_ACTS = {
    Act.TAKE_PART: _take,
    Act.PROPOSE_PART: _propose,
    Act.FINISH_PART: _finish,
    Act.RETURN_PART: _return,
    Act.EXTEND_PART: _extend,
}
