"""The clock of one part of an interlinked dossier: its own events, and whatever stood the dossier's clock still.

Pure; no Django. Law: ND61-2018 19(4), 19(6), 19(9)
"""

from collections.abc import Sequence
from dataclasses import replace

from motcua.dossiers.clock import ClockReading, fold
from motcua.dossiers.clock_events import ClockEvent, ClockKind

# What touches every clock of the dossier. A new appointment, a correction, another limit and the end are the whole's alone.
SHARED = frozenset({ClockKind.PAUSE, ClockKind.RESUME, ClockKind.RESTART})


def part_ledger(own: Sequence[ClockEvent], whole: Sequence[ClockEvent]) -> list[ClockEvent]:
    """The clock events of a part: its own, and those of the dossier that stand it still, in order.

    own: START with the part's own limit and the calendar of its office, then the part's own EXTENDs. whole: the
    dossier's ledger, as far as it was told when the part ended. What the dossier waited for when the part began holds
    it up from its first moment. A restart counts the part's own limit again, in the calendar of its office. An outage
    gives the part back what it took since the part began, wherever the dossier's own count began again.
    """
    start = own[0]
    outages = [event for event in whole if event.is_over]
    shared = [event for event in whole if event.kind in SHARED and not event.is_over]
    waits = fold([event for event in whole if event.at < start.at and not event.is_over]).waits_for
    ledger = [start, *(replace(start, kind=ClockKind.PAUSE, cause=cause) for cause in waits)]
    # Sorting is stable: what the dossier does at the very moment comes before the part's new day.
    ledger += sorted([event for event in shared if event.at >= start.at] + list(own[1:]), key=lambda event: event.at)
    return [_of_its_office(event, start) for event in (*ledger, *outages)]


def part_reading(own: Sequence[ClockEvent], whole: Sequence[ClockEvent]) -> ClockReading:
    """Due and state of a part's clock. Raises as `fold`."""
    return fold(part_ledger(own, whole))


def _of_its_office(event: ClockEvent, start: ClockEvent) -> ClockEvent:
    if event.kind in (ClockKind.START, ClockKind.EXTEND):
        return event
    until = event.until if event.is_over else None
    return replace(event, limit=None, shift_after=None, calendar=start.calendar, until=until)
