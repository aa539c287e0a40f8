"""What must be true of one dossier, its events and its stays. Pure: what is read is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import cast

from motcua.base.errors import MotcuaError
from motcua.calendar.store import calendar_for
from motcua.dossiers.clock import Ledger, folded
from motcua.dossiers.clock_events import clock_event_from_json
from motcua.dossiers.journal import NO_HASH, event_hash
from motcua.dossiers.models import Event
from motcua.dossiers.permissions import DECIDES_A_CORRECTION
from motcua.dossiers.states import TRANSITIONS, Act, State
from motcua.reports.audit.findings import Finding, Kind
from motcua.reports.audit.inquiries import inquiries
from motcua.reports.audit.reading import Case, DossierRow, EventRow

ACCEPTING = (Act.TAKE_IN, Act.ACCEPT)
ASKING = (Act.ASK_SUPPLEMENT, Act.ASK_SUPPLEMENT_AGAIN)
PROPOSING = (Act.PROPOSE_CORRECTION, Act.PROPOSE_DATE)
ENDING = (State.FINISHED, State.WITHDRAWN, State.STOPPED)


def check(case: Case) -> Iterator[Finding]:
    """Everything that is wrong with one dossier."""
    row = case.row
    if row is None:
        yield Finding(Kind.ORPHAN, case.name, f"events: {len(case.events)}, stays: {len(case.stays)}")
        return
    for kind, what in (
        *_chain(row, case.events),
        *_steps(row, case.events),
        *_stays(row, case),
        *_clock(row, case.events),
        *_facts(row, case.events),
        *inquiries(case, row),
    ):
        yield Finding(kind, case.name, what)


Found = Iterator[tuple[Kind, str]]


def _chain(row: DossierRow, events: list[EventRow]) -> Found:
    """The events are all there, unaltered, each bound to the one before, and the dossier knows the last one."""
    previous = NO_HASH
    for place, event in enumerate(events, start=1):
        if event.seq != place:
            yield Kind.SEQ_HOLE, f"seq {event.seq} != {place}"
            break
    for event in events:
        if bytes(event.previous_hash) != previous:
            yield Kind.CHAIN_BROKEN, f"seq {event.seq}"
        if event_hash(row.submission_no, cast(Event, event)) != bytes(event.hash):
            yield Kind.EVENT_ALTERED, f"seq {event.seq}"
        previous = bytes(event.hash)
    last = events[-1] if events else None
    if last is None or (row.last_seq, bytes(row.last_hash), row.last_event_at) != (last.seq, previous, last.at):
        yield Kind.LAST_EVENT, f"last_seq {row.last_seq}, events {len(events)}"


def _steps(row: DossierRow, events: list[EventRow]) -> Found:
    """Every event is a row of the table of transitions, from the state that the one before led to."""
    state = ""
    for event in events:
        transition = TRANSITIONS.get(cast(Act, event.act))
        sources = ("",) if transition is not None and not transition.sources else getattr(transition, "sources", ())
        if (
            transition is None
            or event.from_state != state
            or event.from_state not in sources
            or event.to_state not in transition.targets
        ):
            yield Kind.ILLEGAL_STEP, f"seq {event.seq}: {event.act} {event.from_state} → {event.to_state}"
        state = event.to_state
    for before, after in pairwise(events):
        if after.at < before.at:
            yield Kind.TIME_BACKWARDS, f"seq {after.seq}"
    if events and row.state != state:
        yield Kind.STATE, f"{row.state} != {state}"


def _stays(row: DossierRow, case: Case) -> Found:
    """The stays touch end to end, one is open and is where the dossier is, and each began with an event."""
    stays, events = case.stays, case.events
    for place, stay in enumerate(stays, start=1):
        if stay.seq != place or (stay.left_at is not None and stay.left_at < stay.entered_at):
            yield Kind.STAY_GAP, f"stay {stay.seq}"
    for before, after in pairwise(stays):
        if before.left_at != after.entered_at:
            yield Kind.STAY_GAP, f"stay {before.seq} → {after.seq}"
    if stays and events and stays[0].entered_at != events[0].at:
        yield Kind.STAY_GAP, "stay 1"
    still = [stay for stay in stays if stay.left_at is None]
    if len(still) != 1:
        yield Kind.OPEN_STAY, f"{len(still)}"
    else:
        here = still[0]
        place_of_stay = (here.state, here.office_id, here.holder_id, here.step, here.due_at, here.stands_still)
        if place_of_stay != (row.state, row.at_office_id, row.holder_id, row.step, row.due_at, row.stands_still):
            yield Kind.PLACE, f"stay {still[0].seq}"
    began = {(stay.entered_at, stay.state, stay.due_at) for stay in stays}
    happened = {(event.at, event.to_state, event.due_at) for event in events}
    moved = {(event.at, event.to_state, event.due_at) for event in events if event.from_state != event.to_state}
    for at, state, _due in sorted((began - happened) | (moved - began), key=str):
        yield Kind.STAY_EVENT, f"{state} {at.isoformat()}"


def _clock(row: DossierRow, events: list[EventRow]) -> Found:
    """Folding the clock's events again gives the promise on every event, and the two on the dossier's row."""
    ledger, told = Ledger(), []
    try:
        for event in events:
            if event.clock is not None:
                told.append(clock_event_from_json(event.clock, calendar_for))
                # A pause that was over when it was told goes back to where it happened.
                if told[-1].is_over:
                    ledger = folded(told)
                else:
                    ledger.take(told[-1])
            if event.due_at != ledger.due_at:
                yield Kind.DUE, f"seq {event.seq}: {_iso(event.due_at)} != {_iso(ledger.due_at)}"
    except (MotcuaError, KeyError, ValueError, TypeError, LookupError) as error:
        # A ledger that can't be folded is a finding, whatever is wrong in it.
        yield Kind.DUE, f"{type(error).__name__}: {error}"
        return
    if (row.due_at, row.original_due_at) != (ledger.due_at, ledger.original_due_at):
        yield Kind.DUE, f"{_iso(row.due_at)} != {_iso(ledger.due_at)}"
    if row.stands_still != bool(ledger.paused):
        yield Kind.DUE, f"stands still {row.stands_still} != {bool(ledger.paused)}"


def _facts(row: DossierRow, events: list[EventRow]) -> Found:
    """Counters, the code and the great days of the dossier are those of its events."""
    asked = sum(event.act in ASKING for event in events)
    extended = sum(event.act == Act.EXTEND for event in events)
    if (row.supplements, row.extensions) != (asked, extended):
        yield Kind.COUNTERS, f"{row.supplements}/{row.extensions} != {asked}/{extended}"
    accepted = next((event for event in events if event.act in ACCEPTING), None)
    ended = next((event for event in events if event.to_state in ENDING), None) if accepted else None
    returned = next((event for event in events if event.to_state == State.RETURNED), None)
    said = (accepted.data.get("code"), accepted.at) if accepted else (None, None)
    if (row.code, row.accepted_at) != said:
        yield Kind.ACCEPTANCE, f"accepted {row.code} {_iso(row.accepted_at)}"
    proposed = ""
    for event in events:
        if event.act in (*PROPOSING, *DECIDES_A_CORRECTION):
            proposed = event.data.get("corrects", "") if event.act in PROPOSING else ""
    if row.correction_waits != proposed:
        yield Kind.CORRECTION, f"{row.correction_waits} != {proposed}"
    said_help = events[0].data.get("help", {}) if events else {}
    if (row.helper_id, row.helper_office_id) != (said_help.get("account"), said_help.get("office")):
        yield Kind.HELP, f"{row.helper_id} != {said_help.get('account')}"
    if (row.finished_at, row.returned_at) != (ended and ended.at, returned and returned.at):
        yield Kind.ACCEPTANCE, f"finished {_iso(row.finished_at)}, returned {_iso(row.returned_at)}"


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else "–"
