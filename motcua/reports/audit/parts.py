"""What must be true of the parts of interlinked dossiers: each is what its events make of it, and due when they say.

Law: ND61-2018 19(6)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from motcua.base.errors import MotcuaError
from motcua.calendar.store import calendar_for
from motcua.dossiers.clock_events import ClockEvent, clock_event_from_json
from motcua.dossiers.models import Dossier, Part
from motcua.dossiers.part_story import PartFacts, replay
from motcua.dossiers.parts import due_of, own_ledger
from motcua.dossiers.states import PART_UNSETTLED, RESOLVED
from motcua.reports.audit.findings import Finding, Kind

Tick = Callable[[str, int], None]
# The dossier's clock events with their numbers.
Told = list[tuple[int, ClockEvent]]
CHUNK = 500


def parts(tick: Tick) -> Iterator[Finding]:
    """Every part again from the journal: place, hand, state, days, result; none is open where the whole is over."""
    joint = Dossier.objects.filter(joint_offices__isnull=False).order_by("id")
    for dossier in joint.iterator(chunk_size=CHUNK):
        rows = {row.number: row for row in Part.objects.filter(dossier=dossier)}
        tick("parts", len(rows))
        for what in _wrong(dossier, rows):
            yield Finding(Kind.PART, str(dossier), what)
    # Parts of a dossier that does not know of them.
    for row in Part.objects.filter(dossier__joint_offices=None).select_related("dossier"):
        yield Finding(Kind.PART, str(row.dossier), f"{row.number}: joint_offices")


def _wrong(dossier: Dossier, rows: dict[int, Part]) -> Iterator[str]:
    try:
        events = list(dossier.events.order_by("seq"))
        told = replay(events)
        whole = [
            (event.seq, clock_event_from_json(event.clock, calendar_for)) for event in events if event.clock is not None
        ]
    except (MotcuaError, KeyError, ValueError, TypeError, LookupError) as error:
        # A journal that tells no story is a finding, whatever is wrong in it.
        yield f"{type(error).__name__}: {error}"
        return
    if set(told) != set(rows):
        yield f"{sorted(rows)} != {sorted(told)}"
    if set(dossier.joint_offices or ()) != {facts.office_id for facts in told.values()}:
        yield "joint_offices"
    for number in sorted(set(told) & set(rows)):
        yield from (f"{number}: {what}" for what in _differences(told[number], rows[number], whole))
        if dossier.state in RESOLVED and rows[number].state in PART_UNSETTLED:
            yield f"{number}: {rows[number].state} in {dossier.state}"


def _differences(facts: PartFacts, row: Part, whole: Told) -> Iterator[str]:
    pairs: dict[str, tuple[object, object]] = {
        "office": (row.office_id, facts.office_id),
        "waits_for": (tuple(row.waits_for), facts.waits_for),
        "state": (row.state, str(facts.state)),
        "holder": (row.holder_id, facts.holder_id),
        "clock": (row.clock, facts.clock),
        "extensions": (row.extensions, facts.extensions),
        "started_at": (row.started_at, facts.started_at),
        "ended_at": (row.ended_at, facts.ended_at),
        "outcome": (row.outcome, facts.outcome),
        "last_seq": (row.last_seq, facts.last_seq),
    }
    for name, (stands, told) in pairs.items():
        if stands != told:
            yield f"{name} {stands} != {told}"
    yield from _due(facts, row, whole)


def _due(facts: PartFacts, row: Part, whole: Told) -> Iterator[str]:
    try:
        known = [event for seq, event in whole if facts.ended_seq is None or seq < facts.ended_seq]
        due_at: datetime | None = due_of(own_ledger(facts.clock, facts.extensions), known)
    except (MotcuaError, KeyError, ValueError, TypeError, LookupError) as error:
        yield f"{type(error).__name__}: {error}"
        return
    if row.due_at != due_at:
        yield f"due_at {row.due_at} != {due_at}"


PARTS = (parts,)
