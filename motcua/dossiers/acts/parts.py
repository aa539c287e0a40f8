"""Several agencies resolve one dossier: parts are given out, taken, proposed, approved, put off, given back, given again,
dropped.

Paper goes in the order that is set, electronic parts go out at once; each result is passed to whoever waits for it.
Law: ND61-2018 19(6), 19(7)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.calendar.limits import CERTAIN, Limit
from motcua.catalogue.groups import check_order
from motcua.dossiers.acts.delay import check_new_day
from motcua.dossiers.clock_events import ClockEvent, ClockKind, clock_event_to_json
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.kinds import ResultKind
from motcua.dossiers.models import Dossier, Part
from motcua.dossiers.part_story import extended
from motcua.dossiers.parts import due_of, end, ledger_of, parts_of, start_those_free
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.states import Act, PartState
from motcua.offices.actors import Actor
from motcua.offices.models import Office

MOST_PARTS = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """What one agency is asked for: its office, the work, how long, and after which other parts (by number)."""

    number: int
    office_id: int
    name: str
    limit: Limit
    task: str = ""
    waits_for: tuple[int, ...] = ()


def open_parts(
    dossier_id: Key, *, plans: Sequence[Plan], actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Give the parts out: those that wait for nothing begin at once, each with its own limit.

    Raises Invalid for no parts, a number twice, an office that is not there on the day, parts that wait in a circle.
    Law: ND61-2018 19(6), 19(7)
    """
    _check(plans)
    with performing(Act.OPEN_PARTS, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.to(performance.from_state)
        offices = _offices(plans, performance.at)
        parts = [_part(plan, offices, performance) for plan in plans]
        performance.say(clocks=_start(performance, parts), parts=[_said(part) for part in parts])
        Part.objects.bulk_create(parts)
        performance.dossier.joint_offices = sorted(offices)
    return performance.dossier


def take_part(dossier_id: Key, *, part: int, actor: Actor, at: datetime, seen: int | None = None) -> Dossier:
    """Take a part of one's office up, or over from a colleague."""
    with performing(Act.TAKE_PART, dossier_id, part=part, actor=actor, at=at, seen=seen) as performance:
        one = _part_in_hand(performance)
        one.state, one.holder_id = PartState.HELD, performance.person
        one.save()
    return performance.dossier


def propose_part(
    dossier_id: Key,
    *,
    part: int,
    summary: str,
    actor: Actor,
    at: datetime,
    paper_no: str = "",
    file_id: int | None = None,
    seen: int | None = None,
) -> Dossier:
    """Put the prepared result of a part before the approver of its office."""
    _check_summary(summary)
    with performing(Act.PROPOSE_PART, dossier_id, part=part, actor=actor, at=at, seen=seen) as performance:
        one = _part_in_hand(performance)
        _fill(one, summary, paper_no, file_id)
        one.state, one.holder_id = PartState.PROPOSED, None
        one.save()
        performance.say(summary=one.summary)
    return performance.dossier


def finish_part(
    dossier_id: Key,
    *,
    part: int,
    actor: Actor,
    at: datetime,
    outcome: str = ResultKind.GRANTED,
    summary: str = "",
    paper_no: str = "",
    file_id: int | None = None,
    seen: int | None = None,
) -> Dossier:
    """Approve a part's result; what waited for nothing else begins. A refusal begins nothing: the lead agency decides.

    summary: what is passed on; may be empty where one was proposed. Law: ND61-2018 19(6)
    """
    if outcome not in ResultKind.values:
        sentence = _("Kết quả phần việc không hợp lệ.")
        raise Invalid(sentence, fields={"outcome": sentence})
    with performing(Act.FINISH_PART, dossier_id, part=part, actor=actor, at=at, seen=seen) as performance:
        one = _part_in_hand(performance)
        _fill(one, summary, paper_no, file_id)
        _check_summary(one.summary)
        one.outcome = outcome
        end(one, PartState.DONE, performance.at, one.last_seq)
        performance.say(outcome=outcome, summary=one.summary, paper_no=one.paper_no, clocks=_start_next(performance))
    return performance.dossier


def extend_part(
    dossier_id: Key, *, part: int, new_day: date, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Apologise for a part and appoint a new day for it, by the rules for the whole; the first promise is kept beside it.

    new_day: a working day of its office after the part's day, at most the regime's working days after it. The whole's
    promise stays: where the new day lies after it, the lead agency has to extend the whole. Law: ND61-2018 19(6), 19(9)
    """
    with performing(Act.EXTEND_PART, dossier_id, part=part, actor=actor, at=at, seen=seen) as performance:
        one = _part_in_hand(performance)
        old_due = one.due_at
        if old_due is None:
            raise AssertionError("the guard lets no part without a date through")
        calendar = performance.rulebook.calendar(one.office.schedule)
        until = check_new_day(new_day, old_due, calendar, performance.regime.max_extension_days)
        law = performance.regime.article("19(9)")
        event = ClockEvent(ClockKind.EXTEND, performance.at, calendar, until=until, law=law)
        performance.say(reason, clock=clock_event_to_json(event), old_due=old_due.isoformat())
        one.extensions = [*one.extensions, extended(performance.data, performance.reason)]
        one.due_at = due_of(ledger_of(one), clock_events_of(performance.dossier))
        performance.say(new_due=until.isoformat(), number=len(one.extensions))
        one.save()
    return performance.dossier


def return_part(
    dossier_id: Key, *, part: int, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Give a part back to the lead agency, with the reason: not this office's to do, or not possible as it was given."""
    with performing(Act.RETURN_PART, dossier_id, part=part, actor=actor, at=at, seen=seen) as performance:
        one = _part_in_hand(performance)
        performance.say(reason)
        end(one, PartState.RETURNED, performance.at, one.last_seq)
    return performance.dossier


def assign_part(
    dossier_id: Key,
    *,
    part: int,
    plan: Plan,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Give a part that came back out again, to this or another office; the row of the one before stays as it was.

    The number of the plan does not count: the next free one is given.
    """
    with performing(Act.ASSIGN_PART, dossier_id, part=part, actor=actor, at=at, seen=seen) as performance:
        old = _part_in_hand(performance)
        every = parts_of(performance.dossier.pk)
        offices = _offices([plan], performance.at)
        new = _part(plan, offices, performance)
        new.number, new.waits_for = len(every) + 1, []
        performance.say(reason, clocks=_start(performance, [new]), parts=[_said(new)])
        new.save()
        end(old, PartState.REPLACED, performance.at, old.last_seq)
        for other in every:
            if other.state == PartState.WAITING and old.number in other.waits_for:
                other.waits_for = [new.number if number == old.number else number for number in other.waits_for]
                other.save()
        performance.dossier.joint_offices = sorted({*(performance.dossier.joint_offices or ()), *offices})
    return performance.dossier


def drop_part(
    dossier_id: Key, *, part: int, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """The lead agency does without a part, with the reason; what waited for it need not wait any more."""
    with performing(Act.DROP_PART, dossier_id, part=part, actor=actor, at=at, seen=seen) as performance:
        one = _part_in_hand(performance)
        end(one, PartState.DROPPED, performance.at, one.last_seq)
        performance.say(reason, dropped=[one.number], clocks=_start_next(performance))
    return performance.dossier


# --- what they share ----------------------------------------------------------------------------------------------


def _part_in_hand(performance: Performance) -> Part:
    """The part of this act, about to be touched by its event; the dossier stays where it is, the act is its office's."""
    part = performance.dossier.part
    if part is None:
        raise AssertionError("an act on a part is performed with its number")
    performance.to(performance.from_state)
    part.last_seq = performance.dossier.last_seq + 1
    if performance.act not in (Act.ASSIGN_PART, Act.DROP_PART):
        performance.acted_in = part.office_id
    performance.say(part=part.number)
    return part


def _check(plans: Sequence[Plan]) -> None:
    if not plans or len(plans) > MOST_PARTS:
        sentence = _("Cần giao từ 1 đến %(most)s phần việc.") % {"most": MOST_PARTS}
        raise Invalid(sentence, code="parts_needed")
    numbers = [plan.number for plan in plans]
    if numbers != list(range(1, len(plans) + 1)):
        raise Invalid(_("Các phần việc phải được đánh số liền nhau từ 1."), code="part_numbers")
    check_order({plan.number: plan.waits_for for plan in plans})


def _offices(plans: Sequence[Plan], at: datetime) -> dict[int, Office]:
    """The offices of the plans on the day. Raises Invalid naming the part whose office is not there, or can't be timed."""
    found = Office.objects.on(day_of(at)).in_bulk({plan.office_id for plan in plans})
    for plan in plans:
        if plan.office_id not in found:
            sentence = _("Phần việc %(number)s: không có cơ quan này vào ngày giao.") % {"number": plan.number}
            raise Invalid(sentence, fields={f"office{plan.number}": sentence}, code="office_unknown")
        if not tidy(plan.name):
            sentence = _("Phần việc %(number)s: cần ghi tên phần việc.") % {"number": plan.number}
            raise Invalid(sentence, fields={f"name{plan.number}": sentence}, code="name_needed")
        if plan.limit.kind not in CERTAIN:
            sentence = _("Phần việc %(number)s: cần thời hạn rõ ràng.") % {"number": plan.number}
            raise Invalid(sentence, fields={f"limit{plan.number}": sentence}, code="limit_needed")
    return found


def _part(plan: Plan, offices: dict[int, Office], performance: Performance) -> Part:
    return Part(
        dossier=performance.dossier,
        number=plan.number,
        office=offices[plan.office_id],
        name=tidy(plan.name),
        task=plan.task.strip(),
        waits_for=sorted(set(plan.waits_for)),
        limit=plan.limit.to_json(),
        last_seq=performance.dossier.last_seq + 1,
    )


def _said(part: Part) -> dict[str, Any]:
    """A new part as its event keeps it for ever."""
    return {
        "number": part.number,
        "office": part.office_id,
        "office_name": part.office.name,
        "name": part.name,
        "task": part.task,
        "waits_for": list(part.waits_for),
        "limit": part.limit,
    }


def _start(performance: Performance, parts: Sequence[Part]) -> dict[str, Any]:
    """Begin those of these that are free, as the dossier's clock stands."""
    whole = clock_events_of(performance.dossier)
    law = performance.regime.article("19(6)")
    return start_those_free(parts, whole, performance.at, performance.rulebook.calendar, law)


def _start_next(performance: Performance) -> dict[str, Any]:
    """Begin what this act set free, and save it; the others keep what they are."""
    every = parts_of(performance.dossier.pk)
    clocks = _start(performance, every)
    for part in every:
        if str(part.number) in clocks:
            part.last_seq = performance.dossier.last_seq + 1
            part.save()
    return clocks


def _fill(part: Part, summary: str, paper_no: str, file_id: int | None) -> None:
    """The result as far as this act says it; what was said before stays."""
    part.summary = summary.strip() or part.summary
    part.paper_no = paper_no.strip() or part.paper_no
    part.file_id = file_id or part.file_id


def _check_summary(summary: str) -> None:
    if not summary.strip():
        sentence = _("Cần ghi kết quả phần việc để chuyển cho cơ quan khác.")
        raise Invalid(sentence, fields={"summary": sentence}, code="summary_needed")
