"""How each step of a running dossier stands against its own part of the limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from motcua.calendar.limit_words import limit_words
from motcua.calendar.limits import Limit, LimitKind, Unit
from motcua.calendar.limits import Part as LimitPart
from motcua.dossiers import steps
from motcua.dossiers.clock_events import ClockEvent, ClockKind
from motcua.dossiers.models import Dossier, Stay
from motcua.dossiers.states import State
from motcua.dossiers.step_times import Part, Spell, StepTime, step_sum, step_times

RUNNING = (State.ACCEPTED, State.PROCESSING, State.DECIDED)
COUNTS_ANEW = (ClockKind.START, ClockKind.RESTART, ClockKind.REASSIGN)


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step for a page: what it is, whether the dossier is there, and how its time stands (None: not counted)."""

    step: steps.Step
    is_here: bool
    time: StepTime | None

    @property
    def is_onsite(self) -> bool:
        """Done at the centre by people of the authority."""
        return self.step.place == steps.Place.ONSITE

    @property
    def hours(self) -> str:
        """`4 giờ làm việc`, or nothing."""
        if not self.step.hours:
            return ""
        return limit_words(Limit(LimitKind.DURATION, (LimitPart(self.step.hours, Unit.WORKING_HOUR),)))


def steps_told(dossier: Dossier, events: Sequence[ClockEvent], at: datetime) -> list[StepTold]:
    """Every step of the dossier's process; time that a dossier waited for its applicant is no step's time.

    One statement where the process has parts, none otherwise. Raises CalendarGap.
    """
    known = steps.steps_of(dossier.process_id) if dossier.process_id else ()
    times: dict[int, StepTime] = {}
    if events and any(step.hours is not None for step in known):
        start = next(event for event in reversed(events) if event.kind in COUNTS_ANEW)
        parts = [Part(step.seq, step.hours) for step in known]
        found = step_times(parts, start.at, _spells(dossier, start.at), at, events[-1].calendar)
        times = {time.part.step: time for time in found if time.part.hours is not None}
    return [StepTold(step, step.seq == dossier.step, times.get(step.seq)) for step in known]


def _spells(dossier: Dossier, since: datetime) -> list[Spell]:
    """Where it lay since the limit is counted, while its clock ran."""
    stays = Stay.objects.filter(dossier=dossier, step__isnull=False, state__in=RUNNING).order_by("seq")
    return [
        Spell(step, max(entered, since), left)
        for step, entered, left in stays.values_list("step", "entered_at", "left_at")
        if step is not None and (left is None or left > since)
    ]


def sum_warning(process_id: int | None, limit: Limit | None) -> str:
    """That the steps take more than the whole, naming both numbers; empty where they fit or can't be compared."""
    if process_id is None or limit is None:
        return ""
    found = step_sum([Part(step.seq, step.hours) for step in steps.steps_of(process_id)], limit)
    if found is None or found.steps <= found.limit:
        return ""
    words = _(
        "Các bước cộng lại %(steps)s giờ làm việc, thời hạn là %(limit)s giờ: thời hạn đã công bố mới có hiệu lực."
    )
    return words % {"steps": _show(found.steps), "limit": _show(found.limit)}


def _show(hours: Fraction | None) -> str:
    return f"{float(hours or 0):g}".replace(".", ",")
