"""The parts of an interlinked dossier as every audience sees them: who, since when, until when, done or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.times import day_of
from motcua.calendar.limit_words import limit_words
from motcua.calendar.limits import Limit
from motcua.dossiers.clock import Outcome, outcome
from motcua.dossiers.journal import part_acts_open_to
from motcua.dossiers.models import Dossier, Part
from motcua.dossiers.parts import is_beyond, parts_of
from motcua.dossiers.states import PART_STARTED, Act, PartState, State
from motcua.offices.actors import Actor
from motcua.pages.layout.templatetags.layout import Urgency, result_urgency

PART_ROUTES = {
    Act.TAKE_PART: "desk:take_part",
    Act.PROPOSE_PART: "desk:propose_part",
    Act.FINISH_PART: "desk:finish_part",
    Act.RETURN_PART: "desk:return_part",
    Act.ASSIGN_PART: "desk:assign_part",
    Act.DROP_PART: "desk:drop_part",
    Act.EXTEND_PART: "desk:extend_part",
}


@dataclass(frozen=True)
class PartButton:
    """One act that is open on a part, and where it is done."""

    act: Act
    address: str


@dataclass(frozen=True)
class PartTold:
    """One part as a page shows it."""

    part: Part
    urgency: Urgency
    limit: str
    buttons: tuple[PartButton, ...] = ()
    is_beyond: bool = False

    @property
    def reasons(self) -> list[str]:
        """Why its agency put it off, each time; the apology gives it to the applicant too."""
        return [one["reason"] for one in self.part.extensions]

    @property
    def waits_for(self) -> str:
        """`1, 2`; nothing where it waits for nothing."""
        return ", ".join(str(number) for number in self.part.waits_for)


def parts_told(dossier_id: int, state: str, at: datetime) -> list[PartTold]:
    """Every part of a dossier in this state; one statement."""
    return [told(part, state, at) for part in parts_of(dossier_id)]


def parts_for(dossier: Dossier, actor: Actor, at: datetime) -> list[PartTold]:
    """The same, with what this officer may do to each; from the tables that the acts themselves ask."""
    found = []
    for part in parts_of(dossier.pk):
        acts = part_acts_open_to(dossier, part, actor, at)
        buttons = tuple(PartButton(act, reverse(PART_ROUTES[act], args=[dossier.pk, part.number])) for act in acts)
        found.append(told(part, dossier.state, at, buttons, whole_due=dossier.due_at))
    return found


def told(
    part: Part, state: str, at: datetime, buttons: tuple[PartButton, ...] = (), *, whole_due: datetime | None = None
) -> PartTold:
    """One part of a dossier in this state. whole_due: for whom the day of the whole is to be compared with the part's."""
    limit = limit_words(Limit.from_json(part.limit))
    return PartTold(part, urgency_of_part(part, state, at), limit, buttons, is_beyond(part, whole_due))


def urgency_of_part(part: Part, state: str, at: datetime) -> Urgency:
    """Tone and words: judged by its own promise, paused with the whole."""
    if part.state == PartState.DONE and part.ended_at is not None:
        found = outcome(part.ended_at, part.due_at)
        words = {
            Outcome.EARLY: _("Xong trước hạn"),
            Outcome.ON_TIME: _("Xong đúng hạn"),
            Outcome.LATE: _("Xong quá hạn"),
        }
        return Urgency("late" if found is Outcome.LATE else "done", words[found])
    if part.state not in PART_STARTED:
        return Urgency("calm", str(PartState(part.state).label))
    if state == State.SUPPLEMENT:
        return Urgency("paused", _("Tạm dừng, chờ bổ sung"))
    if part.due_at is None:
        return Urgency("calm", _("Không có ngày hẹn"))
    return result_urgency((day_of(part.due_at) - day_of(at)).days)
