"""The clock of one part of an interlinked dossier: its own start, and whatever stood the dossier's clock still. Pure; no Django.

Law: ND61-2018 19(4), 19(6)
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from motcua.dossiers.clock import ClockReading, fold
from motcua.dossiers.clock_events import ClockEvent, ClockKind

# What touches every clock of the dossier. A new appointment, a correction, another limit and the end are the whole's alone.
SHARED = frozenset({ClockKind.PAUSE, ClockKind.RESUME, ClockKind.RESTART})


def part_ledger(start: ClockEvent, whole: Sequence[ClockEvent], until: datetime | None = None) -> list[ClockEvent]:
    """The clock events of a part: its START, then those of the dossier that stand it still, in order.

    start: START with the part's own limit and the calendar of its office. whole: the dossier's ledger. until: when the
    part ended, inclusive; None while it is open. What the dossier waited for when the part began holds it up from its
    first moment. A restart counts the part's own limit again, in the calendar of its office.
    """
    ledger = [start]
    before = fold([event for event in whole if event.at < start.at]) if _begins(whole, start.at) else ClockReading()
    ledger += [replace(start, kind=ClockKind.PAUSE, limit=None, cause=cause) for cause in before.waits_for]
    for event in whole:
        if event.kind in SHARED and event.at >= start.at and (until is None or event.at <= until):
            # Only a pause that ended when it was told (an outage) brings its own end.
            ends = event.until if event.kind is ClockKind.PAUSE else None
            ledger.append(replace(event, limit=None, until=ends, shift_after=None, calendar=start.calendar))
    return ledger


def part_reading(start: ClockEvent, whole: Sequence[ClockEvent], until: datetime | None = None) -> ClockReading:
    """Due and state of a part's clock. Raises as `fold`."""
    return fold(part_ledger(start, whole, until))


def _begins(whole: Iterable[ClockEvent], at: datetime) -> bool:
    """Whether the dossier's own clock began before that moment."""
    return any(event.kind is ClockKind.START and event.at < at for event in whole)
