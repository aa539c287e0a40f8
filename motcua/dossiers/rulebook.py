"""Calendar and regime as they stand at an instant, and the clock events of a dossier with theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from motcua.base.postgresql import prepared
from motcua.base.times import day_of
from motcua.calendar.store import calendar_for
from motcua.calendar.working_days import WorkingCalendar
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.clock_events import clock_event_from_json
from motcua.dossiers.models import Dossier
from motcua.law.store import RegimeFacts, current_revision, narrowed, regime, regime_on


@dataclass
class Rulebook:
    """What the law and the calendar say; one small query says which editions are in force."""

    instant: datetime
    edition: int

    @classmethod
    def at(cls, instant: datetime) -> Rulebook:
        """The rules known now, for an act at `instant`."""
        return cls(instant, current_revision())

    def calendar(self, schedule: str = "default") -> WorkingCalendar:
        """Working days and office hours of a schedule."""
        return calendar_for(self.edition, schedule)

    @cached_property
    def regime_today(self) -> RegimeFacts:
        """The regime in force on the day of the act: that of a dossier accepted now, of no procedure in particular."""
        return regime_on(day_of(self.instant))

    def regime_of(self, dossier: Dossier) -> RegimeFacts:
        """The regime that the dossier was accepted under; before acceptance, the one in force."""
        return regime_of(dossier, self.instant)


def regime_of(dossier: Dossier, at: datetime) -> RegimeFacts:
    """What the law says of this dossier: as on the day of its acceptance, before acceptance as at the instant.

    Values of its procedure or field count before the province's; as of the last look at the regimes.
    """
    procedure, field = _procedure_and_field(dossier.version_id) if narrowed() else ("", "")
    if dossier.regime and dossier.accepted_at:
        return regime(dossier.regime, day_of(dossier.accepted_at), procedure=procedure, field=field)
    return regime_on(day_of(at), procedure=procedure, field=field)


@lru_cache(maxsize=20_000)
def _procedure_and_field(version_id: int) -> tuple[str, str]:
    """Code and field of a frozen version; it never changes, so each is asked for once per process."""
    return ProcedureVersion.objects.values_list("procedure__code", "field").get(pk=version_id)


def clock_events_of(dossier: Dossier) -> list[ClockEvent]:
    """The ledger of a dossier's time, oldest first."""
    rows = prepared(_CLOCK, [dossier.pk]).fetchall()
    return [clock_event_from_json(json.loads(payload), calendar_for) for (payload,) in rows]


_CLOCK = "select clock::text from dossiers_event where dossier_id = %s and clock is not null order by seq"
