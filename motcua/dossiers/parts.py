"""The rows of the parts of an interlinked dossier: read, started, moved with the dossier's clock, ended.

Only dossiers that have parts ask a statement here. Law: ND61-2018 19(6), 19(7)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import VIETNAM, day_of
from motcua.calendar.limits import Limit
from motcua.calendar.store import calendar_for
from motcua.calendar.working_days import WorkingCalendar
from motcua.catalogue.groups import longest_path, path_warning
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.clock_events import ClockKind, clock_event_from_json, clock_event_to_json
from motcua.dossiers.kinds import ResultKind
from motcua.dossiers.models import Dossier, Part
from motcua.dossiers.part_clock import part_ledger, part_reading
from motcua.dossiers.permissions import PART_ROLES
from motcua.dossiers.states import IN_HAND, PART_STARTED, PART_UNSETTLED, PartState
from motcua.offices.actors import Actor

CalendarOf = Callable[[str], WorkingCalendar]


class Extended(TypedDict):
    """A new day that an agency set for its part: its EXTEND as the journal keeps it, the day before it, and why."""

    clock: dict[str, Any]
    old_due: str
    reason: str


def parts_of(dossier_id: int) -> list[Part]:
    """Every part in order, with its office and holder; one statement."""
    rows = Part.objects.filter(dossier_id=dossier_id).select_related("office", "holder", "file")
    return list(rows.order_by("number"))


def attach(dossier: Dossier, number: int) -> Dossier:
    """The dossier with this part of it in hand. Raises NotThere."""
    rows = Part.objects.filter(dossier_id=dossier.pk, number=number).select_related("office", "holder", "file")
    dossier.part = rows.first()
    if dossier.part is None:
        raise NotThere(_("Không có phần việc này."))
    return dossier


def waiting_parts(actor: Actor) -> QuerySet[Part]:
    """What waits for this officer among parts: held by them, taken up by nobody at their office, to be approved by
    them, come back to the agency that they handle for, or promised for a day after the whole's that they may extend.
    """
    handling = actor.offices(*PART_ROLES)
    mine = Q(state=PartState.HELD, holder_id__in=actor.persons, office_id__in=actor.offices())
    mine |= Q(state=PartState.READY, office_id__in=handling)
    mine |= Q(state=PartState.PROPOSED, office_id__in=actor.offices("approver"))
    mine |= Q(state=PartState.RETURNED, dossier__competent_office_id__in=handling)
    beyond = ~Q(extensions=[]) & Q(state__in=PART_STARTED) & Q(due_day__gt=TruncDate("dossier__due_at", tzinfo=VIETNAM))
    mine |= beyond & Q(dossier__competent_office_id__in=actor.offices("head", "approver"))
    parts = Part.objects.annotate(due_day=TruncDate("due_at", tzinfo=VIETNAM))
    rows = parts.filter(mine, dossier__in=Dossier.objects.visible_to(actor), dossier__state__in=IN_HAND)
    return rows.select_related("dossier", "office", "holder")


def unsettled(dossier_id: int) -> list[Part]:
    """The parts that hold the whole back."""
    return [part for part in parts_of(dossier_id) if part.state in PART_UNSETTLED]


def is_satisfied(part: Part) -> bool:
    """Whether what waits for this part may begin: its result is granted, or it is not needed any more."""
    return part.state == PartState.DROPPED or (part.state == PartState.DONE and part.outcome == ResultKind.GRANTED)


def start_those_free(
    parts: Sequence[Part], whole: Sequence[ClockEvent], at: datetime, calendar_of: CalendarOf, law: str
) -> dict[str, dict[str, Any]]:
    """Begin every part that waits for nothing any more; number → its START, for the journal. The rows are not saved.

    whole: the dossier's ledger. calendar_of: of a schedule of office hours.
    """
    free = {part.number for part in parts if is_satisfied(part)}
    clocks: dict[str, dict[str, Any]] = {}
    for part in parts:
        if part.state == PartState.WAITING and free.issuperset(part.waits_for):
            calendar = calendar_of(part.office.schedule)
            start = ClockEvent(ClockKind.START, at, calendar, limit=Limit.from_json(part.limit), law=law)
            part.state, part.started_at, part.clock = PartState.READY, at, clock_event_to_json(start)
            part.due_at = part_reading([start], whole).due_at
            clocks[str(part.number)] = part.clock
    return clocks


def follow(dossier_id: int, whole: Sequence[ClockEvent]) -> None:
    """Move the due days of the parts under way after the dossier's clock stood still or began again."""
    for part in Part.objects.filter(dossier_id=dossier_id, state__in=PART_STARTED):
        due_at = due_of(ledger_of(part), whole)
        if due_at != part.due_at:
            Part.objects.filter(pk=part.pk).update(due_at=due_at)


def ledger_of(part: Part) -> list[ClockEvent]:
    """The part's own clock events; none before it began."""
    return own_ledger(part.clock, part.extensions)


def own_ledger(clock: Any, extensions: Sequence[Extended]) -> list[ClockEvent]:
    """The same, from START and new days as the journal keeps them."""
    own = [clock, *(one["clock"] for one in extensions)] if clock is not None else []
    return [clock_event_from_json(one, calendar_for) for one in own]


def ledgers_under_way(dossier_id: int, whole: Sequence[ClockEvent]) -> list[list[ClockEvent]]:
    """The whole clock of every part that is under way, for who asks what would move it."""
    rows = Part.objects.filter(dossier_id=dossier_id, state__in=PART_STARTED)
    return [part_ledger(ledger_of(part), whole) for part in rows]


def due_of(own: Sequence[ClockEvent], whole: Sequence[ClockEvent]) -> datetime | None:
    """When a part is due, by its own clock events and the dossier's ledger; None before it began."""
    return part_reading(own, whole).due_at if own else None


def is_beyond(part: Part, whole_due: datetime | None) -> bool:
    """Whether the agency set a day for its part that lies after the whole's: then the whole has to be extended."""
    if not part.extensions or part.due_at is None or whole_due is None:
        return False
    return part.state in PART_STARTED and day_of(part.due_at) > day_of(whole_due)


def beyond_warning(parts: Iterable[Part], whole_due: datetime | None) -> str:
    """That parts are promised for after the whole's day, which no part moves; empty where none is. Law: ND61-2018 19(9)"""
    late = [part for part in parts if is_beyond(part, whole_due)]
    if not late or whole_due is None:
        return ""
    words = _(
        "Phần việc %(parts)s đã hẹn lại sau ngày hẹn trả của cả hồ sơ (%(due)s). Ngày hẹn trả của hồ sơ không tự đổi: "
        "cơ quan chủ trì phải xin lỗi và hẹn lại ngày trả của cả hồ sơ."
    )
    shown = ", ".join(f"{part.number} ({day_of(part.due_at):%d/%m/%Y})" for part in late if part.due_at)
    return words % {"parts": shown, "due": f"{day_of(whole_due):%d/%m/%Y}"}


def drop_open(dossier: Dossier, at: datetime) -> list[int]:
    """End what is not settled as not needed any more, with the whole; the numbers, for the journal."""
    if dossier.joint_offices is None:
        return []
    dropped = [part.number for part in unsettled(dossier.pk)]
    for part in unsettled(dossier.pk):
        end(part, PartState.DROPPED, at, dossier.last_seq + 1)
    return dropped


def end(part: Part, state: PartState, at: datetime, seq: int) -> None:
    """Write that a part ended so; one that came back ended when it came back."""
    part.state, part.holder_id, part.ended_at, part.last_seq = state, None, part.ended_at or at, seq
    part.save()


def too_long(parts: Iterable[Part], whole: Limit | None) -> str:
    """The warning that the parts one after the other take longer than the whole; empty where they fit."""
    counted = [part for part in parts if part.state not in (PartState.RETURNED, PartState.REPLACED, PartState.DROPPED)]
    limits = {part.number: Limit.from_json(part.limit) for part in counted}
    # What waits for a part that came back or is not needed any more waits for nothing that takes time.
    waits = {part.number: [other for other in part.waits_for if other in limits] for part in counted}
    return path_warning(longest_path(limits, waits, whole))
