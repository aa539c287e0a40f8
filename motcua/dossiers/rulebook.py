"""Calendar and regime as they stand at an instant, and the clock events of a dossier with theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import connection

from motcua.base.times import day_of
from motcua.calendar.store import calendar_for
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.clock_events import clock_event_from_json
from motcua.dossiers.models import Dossier
from motcua.law.store import RegimeFacts, current_revision, regime, regime_on


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
        """The regime in force on the day of the act: that of a dossier accepted now."""
        return regime_on(day_of(self.instant))

    def regime_of(self, dossier: Dossier) -> RegimeFacts:
        """The regime that the dossier was accepted under; before acceptance, the one in force."""
        return regime(dossier.regime) if dossier.regime else self.regime_today


def clock_events_of(dossier: Dossier) -> list[ClockEvent]:
    """The ledger of a dossier's time, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOCK, [dossier.pk])
        rows = cursor.fetchall()
    return [clock_event_from_json(json.loads(payload), calendar_for) for (payload,) in rows]


_CLOCK = "select clock::text from dossiers_event where dossier_id = %s and clock is not null order by seq"
