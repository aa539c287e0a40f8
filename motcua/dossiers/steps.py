"""Where a running dossier stands in its process. The process itself is catalogue data and never changes under a case."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from motcua.catalogue.models import ProcessStep
from motcua.catalogue.processes import hours_of

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

Role = ProcessStep.Role
Place = ProcessStep.Place


@dataclass(frozen=True, slots=True)
class Step:
    """One step: number, role, place, what is done, and its own part of the limit in working hours."""

    seq: int
    role: str
    place: str
    title: str
    hours: Fraction | None = None


@lru_cache(maxsize=4096)
def steps_of(process_id: int) -> tuple[Step, ...]:
    """The steps of a process in order; a process is never edited, so they are remembered for ever."""
    rows = ProcessStep.objects.filter(process_id=process_id).order_by("seq")
    return tuple(Step(row.seq, row.role, row.place, row.role_text, _own_hours(row)) for row in rows)


def _own_hours(row: ProcessStep) -> Fraction | None:
    """The step's own working hours; None where none are printed or its time is not counted."""
    hours = hours_of(row.value, row.unit) if row.counted else None
    return None if hours is None else Fraction(hours)


def current_step(dossier: Dossier) -> Step | None:
    """The step that the dossier is at; None before acceptance."""
    return next((step for step in _steps(dossier) if step.seq == dossier.step), None)


def first_step(process_id: int) -> Step:
    """The receiver's step."""
    return steps_of(process_id)[0]


def next_step(dossier: Dossier) -> Step | None:
    """The step to forward to, or None at the last approval: nothing is forwarded past a decision."""
    if is_approval(dossier):
        return None
    return next((step for step in _steps(dossier) if dossier.step is not None and step.seq > dossier.step), None)


def previous_step(dossier: Dossier) -> Step | None:
    """The step before, of the authority; the receiver's own step is not gone back to."""
    before = [
        step
        for step in _steps(dossier)
        if dossier.step is not None and step.seq < dossier.step and step.place != Place.RECEIVING
    ]
    return before[-1] if before else None


def is_approval(dossier: Dossier) -> bool:
    """Whether the dossier is at the last approver's step of its process."""
    approvals = [step.seq for step in _steps(dossier) if step.role == Role.APPROVER]
    return bool(approvals) and dossier.step == approvals[-1]


def needs_decision(dossier: Dossier) -> bool:
    """Whether somebody has to approve; so too where the process is not known."""
    known = _steps(dossier)
    return not known or any(step.role == Role.APPROVER for step in known)


def steps_to_do_again(dossier: Dossier) -> list[Step]:
    """The steps of the authority up to its last approval: where a dossier can be taken up again."""
    here = [step for step in _steps(dossier) if step.place != Place.RECEIVING]
    last = max((step.seq for step in here if step.role == Role.APPROVER), default=0)
    return [step for step in here if step.seq <= last]


def issuing_step(dossier: Dossier) -> Step | None:
    """The clerk's step after the decision (number, seal), where the process has one."""
    later = (step for step in _steps(dossier) if dossier.step is not None and step.seq > dossier.step)
    return next((step for step in later if step.role == Role.CLERK), None)


def returning_step(dossier: Dossier) -> int | None:
    """The number of the last step, at the one-stop unit."""
    steps = _steps(dossier)
    return steps[-1].seq if steps else None


def office_of(step: Step | None, dossier: Dossier) -> int:
    """The office where a step is done for this dossier; of one that is not known, the authority."""
    is_away = step is None or step.place == Place.COMPETENT
    return dossier.competent_office_id if is_away else dossier.receiving_office_id


def office_of_current(dossier: Dossier) -> int:
    """Where the dossier goes on when what was asked of its applicant is there: the place of the step that it is at."""
    return office_of(current_step(dossier), dossier)


def is_onsite(dossier: Dossier) -> bool:
    """Whether the step that it is at is done at the centre by people of the authority who are posted there."""
    step = current_step(dossier)
    return step is not None and step.place == Place.ONSITE


def _steps(dossier: Dossier) -> tuple[Step, ...]:
    return steps_of(dossier.process_id) if dossier.process_id else ()
