"""The petitions of a published month, told at the centre's counter, answered and passed on again through the real acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from motcua.base.times import at_time
from motcua.calendar.store import calendar_for, current_edition
from motcua.petitions import acts
from motcua.petitions.models import Petition
from motcua.petitions.table import CLOSED, Kind, PetitionState, Way
from motcua.replays.plans import Plan
from motcua.replays.stage import Stage


@dataclass(frozen=True, slots=True)
class Told:
    """How many petitions were printed as answered by the centre, and as passed on to `agency`."""

    answered: int
    passed_on: int
    agency: str


PETITIONS = {
    "thanh-hoa-2021-09": Told(2, 1, "Hệ thống tiếp nhận, xử lý, trả lời phản ánh, kiến nghị của tỉnh"),
}
# How each printed measure is read off a report of petitions.
READ = {"pakn.received": "new", "pakn.resolved": "answered", "pakn.redirected": "passed_on"}
WORDS = "Nội dung không có thật (diễn lại)"


def planned_petitions(plan: Plan, scale: int) -> dict[str, int]:
    """How many petitions a replay of this size has, by the measure of the report."""
    printed = PETITIONS.get(plan.name)
    if printed is None:
        return {}
    answered, passed_on = round(printed.answered / scale), round(printed.passed_on / scale)
    return {"new": answered + passed_on, "answered": answered, "passed_on": passed_on}


def tell_petitions(plan: Plan, scale: int) -> int:
    """Live those that are not at their end yet, each from where a run before was cut off; how many that were."""
    planned = planned_petitions(plan, scale)
    stage = Stage(plan)
    made = 0
    for number in range(planned.get("new", 0)):
        made += _live(plan, stage, number, is_answered=number < planned["answered"])
    return made


def told(plan: Plan, figures: Mapping[str, int], measure: str) -> int | None:
    """Our figure for a printed measure; None where this publication says nothing of petitions."""
    return figures[READ[measure]] if plan.name in PETITIONS and measure in READ else None


def _live(plan: Plan, stage: Stage, number: int, *, is_answered: bool) -> bool:
    """One petition: told on a working day, with who answers it the same morning, at its end two days later."""
    first, second = _days(plan, number)
    unit = stage.unit.pk
    receiver, head = stage.officer("receiver", unit), stage.officer("head", unit)
    name = f"Người phản ánh {number + 1} (diễn lại {plan.name})"
    petition = Petition.objects.filter(person_name=name).first()
    if petition is None:
        said = acts.Said(Kind.REGULATION, WORDS, name, unit, address="Địa chỉ không có thật (diễn lại)")
        petition = acts.receive(said, way=Way.COUNTER, actor=receiver, at=_at(first, 9), owner_office_id=unit)
    if petition.state in CLOSED:
        return False
    if not is_answered:
        acts.pass_on(petition.pk, agency=PETITIONS[plan.name].agency, text=WORDS, actor=head, at=_at(second, 10))
        return True
    if petition.state == PetitionState.RECEIVED:
        acts.assign(petition.pk, owner_id=receiver.account_id or 0, actor=head, at=_at(first, 10))
    acts.answer(petition.pk, text=WORDS, actor=receiver, at=_at(second, 10))
    return True


def _days(plan: Plan, number: int) -> tuple[date, date]:
    """A working day of the period, another for each petition, and the second one after it."""
    calendar = calendar_for(current_edition())
    first = calendar.add_working_days(plan.first, 2 + 3 * number)
    return first, calendar.add_working_days(first, 2)


def _at(day: date, hour: int) -> datetime:
    return at_time(day, time(hour, 0))
