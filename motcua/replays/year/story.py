"""What happens in one synthetic life, from the first paper to the result in hand; drawn as it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from motcua.base.times import at_time, day_of
from motcua.calendar.working_days import WorkingCalendar
from motcua.catalogue.offers import Offer, OfferedStep
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.clock_events import Cause
from motcua.dossiers.kinds import Channel, ResultKind, ReturnWay
from motcua.dossiers.pauses import goes_on_by, last_day_to_ask
from motcua.dossiers.states import Act, State
from motcua.law.facts import RegimeFacts
from motcua.replays.year.pen import Over, Pen, Place
from motcua.replays.year.province import Officer, Station
from motcua.replays.year.rows import EXTENSIONS, HANDOVERS, REQUESTS, RESULTS, written

MISSING = "Hồ sơ chưa đủ thành phần (tổng hợp)"
WITHDRAWN = "Tổ chức, cá nhân xin rút hồ sơ (tổng hợp)"
UNANSWERED = "Quá thời hạn chờ bổ sung (tổng hợp)"
SORRY = "Hồ sơ cần thêm thời gian thẩm định (tổng hợp)"
REFUSED = "Không đủ điều kiện (tổng hợp)"
BASIS = "Căn cứ tổng hợp"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A life as far as it is settled before it is told. `code`: blank where it never gets one."""

    pk: int
    ref: str
    receiving: Station
    authority: Station
    terms: Offer
    submitted_at: datetime
    accepted_at: datetime
    is_refused: bool
    code: str = ""


@lru_cache(maxsize=4096)
def hours(calendar: WorkingCalendar, day: date) -> tuple[tuple[datetime, int], ...]:
    """Beginning and length in seconds of every session of a day."""
    found = [(at_time(day, one.start), at_time(day, one.end)) for one in calendar.sessions(day)]
    return tuple((start, int((end - start).total_seconds())) for start, end in found)


def instant_on(calendar: WorkingCalendar, day: date, random: Random) -> datetime:
    """Some second of the office hours of a working day."""
    seconds = random.random() * sum(length for _, length in hours(calendar, day))
    for start, length in hours(calendar, day):
        if seconds < length:
            return start + timedelta(seconds=int(seconds))
        seconds -= length
    raise AssertionError("a working day has hours")


class Story:
    """Tells a sketch with a pen. Every instant is later than the one before."""

    def __init__(
        self,
        sketch: Sketch,
        pen: Pen,
        calendar: WorkingCalendar,
        regime: RegimeFacts,
        applicant: Officer,
        random: Random,
    ) -> None:
        self.sketch = sketch
        self.pen = pen
        self.calendar = calendar
        self.regime = regime
        self.applicant = applicant
        self.random = random
        self.here, self.there = sketch.receiving, sketch.authority
        approvals = [number for number, step in enumerate(sketch.terms.steps) if step.role == "approver"]
        self.way = sketch.terms.steps[: approvals[-1] + 1]
        after = sketch.terms.steps[approvals[-1] + 1 :]
        self.issuing = next((step for step in after if step.role == "clerk"), None)

    def tell(self) -> None:
        """Everything until it ends, or until the plan does."""
        try:
            self._come_in()
            if self.sketch.code:
                self._be_handled()
        except Over:
            return

    # --- the unit -------------------------------------------------------------------------------------------------

    def _come_in(self) -> None:
        sketch, terms = self.sketch, self.sketch.terms
        receiver = self.here.officers["receiver"]
        waiting: Place = (self.here.id, None, None)
        if terms.channel == Channel.ONLINE:
            self.pen.act(Act.SUBMIT, sketch.submitted_at, self.applicant, State.SUBMITTED, waiting, papers=0)
        elif terms.channel == Channel.POST:
            self.pen.act(Act.REGISTER, sketch.submitted_at, receiver, State.SUBMITTED, waiting)
        if sketch.is_refused:
            self.pen.act(
                Act.REFUSE_INTAKE, sketch.accepted_at, receiver, State.REFUSED, waiting, reason=MISSING, basis=BASIS
            )
            return
        self._accept(receiver)

    def _accept(self, receiver: Officer) -> None:
        sketch, terms = self.sketch, self.sketch.terms
        at = sketch.accepted_at
        limit = terms.limit_on(day_of(at), self.regime.binding_limit) or terms.limit
        if limit is None or terms.limit is None:
            raise AssertionError("only cases with a certain limit are drawn")
        start = self._clock(ClockKind.START, at, "17", limit=limit, shift_after=self.regime.starts_shifted_after())
        told: dict[str, Any] = {
            "code": sketch.code,
            "regime": self.regime.code,
            "version": terms.version_id,
            "limit": limit.to_json(),
        }
        if limit != terms.limit:
            told["statutory_limit"] = terms.limit.to_json()
        place: Place = (self.here.id, terms.steps[0].seq, receiver[0])
        if terms.channel == Channel.COUNTER:
            told |= {"channel": terms.channel, "papers": 0}
            self.pen.act(Act.TAKE_IN, at, receiver, State.ACCEPTED, place, clock=start, **told)
        else:
            self.pen.act(Act.ACCEPT, at, receiver, State.ACCEPTED, place, clock=start, **told)
        self.started = start
        self.pen.facts |= {
            "code": sketch.code,
            "accepted_at": at,
            "regime": self.regime.code,
            "process_id": terms.process_id,
        }

    # --- the authority --------------------------------------------------------------------------------------------

    def _be_handled(self) -> None:
        drawn = self.random.random()
        slow = self.there.slowness
        if drawn < 0.04:
            if not self._wait_for_papers():
                return
        elif drawn < 0.049:
            self._withdraw()
            return
        finish_on = self._day_of_result(slow)
        self._forward_all(finish_on)
        self._decide(finish_on)
        self._hand_over()

    def _day_of_result(self, slow: float) -> date:
        """Early, on the day, after an apology, or late; slow offices are late more often, and by more."""
        due_at, at = self.pen.ledger.due_at, self._at()
        if due_at is None:
            return self._later(day_of(at), self._tail(0.3))
        due, drawn = day_of(due_at), self.random.random()
        if due <= day_of(at):
            return day_of(at)
        if drawn < 0.016 * slow:
            return self._later(due, 1 + self._tail(0.75))
        if drawn < 0.024 * slow:
            return self._apologise(due_at)
        if drawn < 0.62:
            left = self.calendar.count_working_days(day_of(at), due)
            return self._later(day_of(at), int(left * self.random.betavariate(2, 1.3)))
        return due

    def _forward_all(self, until: date) -> None:
        """From step to step, spread over the days until the result."""
        left = self.calendar.count_working_days(day_of(self._at()), until)
        parts = sorted(self.random.random() ** 1.5 for _ in self.way[1:])
        begun = day_of(self._at())
        done = self._steps_done()
        for (before, step), part in zip(self._pairs(), parts, strict=True):
            if before.seq < done:
                continue
            self._forward(before, step, self._some_time(self._later(begun, int(part * left))))

    def _steps_done(self) -> int:
        """The step it is at."""
        return (self.pen.place or (0, None, None))[1] or 0

    def _pairs(self) -> Iterator[tuple[OfferedStep, OfferedStep]]:
        return zip(self.way, self.way[1:], strict=False)

    def _forward(self, before: OfferedStep, step: OfferedStep, at: datetime) -> None:
        officer = self._office(before).officers[before.role]
        place: Place = (self._office(step).id, step.seq, None)
        self.pen.act(Act.FORWARD, at, officer, State.PROCESSING, place, step=step.seq, role=step.role)

    def _apologise(self, due_at: datetime) -> date:
        """A new day is appointed before the old one; the new one is kept. Law: ND61-2018 19(9)"""
        longest = self.regime.max_extension_days or 10
        new_day = self._later(day_of(due_at), self.random.randint(1, longest))
        self._reach_the_authority()
        approver = self.there.officers["approver"]
        at = self._some_time(day_of(self._at()))
        until = self.calendar.end_of_office(new_day)
        clock = self._clock(ClockKind.EXTEND, at, "19(9)", until=until)
        told: dict[str, Any] = {"old_due": due_at.isoformat(), "new_due": until.isoformat(), "number": 1}
        self.pen.act(Act.EXTEND, at, approver, State.PROCESSING, reason=SORRY, clock=clock, **told)
        self.pen.facts["extensions"] = 1
        self.pen.rows[EXTENSIONS].append(
            EXTENSIONS.row(
                dossier_id=self.pen.pk,
                number=1,
                reason=SORRY,
                old_due_at=due_at,
                new_due_at=until,
                signed_by_id=approver[0],
                signed_at=at,
            )
        )
        return new_day

    def _reach_the_authority(self) -> None:
        """The first forward, on the day of acceptance or the next: whatever the authority does, it has the papers."""
        if self.pen.state == State.ACCEPTED:
            self._forward(self.way[0], self.way[1], self._some_time(day_of(self._at())))

    def _wait_for_papers(self) -> bool:
        """Asked once for what is missing; False where the answer never comes. Law: ND61-2018 19(4)"""
        self._reach_the_authority()
        handler = self.there.officers["handler"]
        at = self._some_time(day_of(self._at()))
        if day_of(at) > last_day_to_ask(self.started, self.regime.ineligible_return_days):
            return True
        items = [{"name": "Giấy tờ còn thiếu (tổng hợp)", "why": MISSING}]
        wait = self.regime.supplement_wait_days
        last_day = self.calendar.add_working_days(day_of(at), wait) if wait else None
        told: dict[str, Any] = {"items": items, "basis": "", **({"last_day": last_day.isoformat()} if last_day else {})}
        step = self._steps_done()
        pause = self._clock(ClockKind.PAUSE, at, "19(4)")
        place: Place = (self.here.id, step, None)
        self.pen.act(Act.ASK_SUPPLEMENT, at, handler, State.SUPPLEMENT, place, reason=MISSING, clock=pause, **told)
        self.pen.facts["supplements"] = 1
        request = REQUESTS.row(
            dossier_id=self.pen.pk,
            stage="appraisal",
            number=1,
            items=written(items),
            reason=MISSING,
            asked_by_id=handler[0],
            asked_at=at,
            last_day=last_day,
        )
        self.pen.rows[REQUESTS].append(request)
        return self._answer(request, step, handler, last_day)

    def _answer(self, request: list[Any], step: int, handler: Officer, last_day: date | None) -> bool:
        asked_on = day_of(self._at())
        if self.random.random() < 0.12:
            at = self._some_time(self._later(last_day or self._later(asked_on, 30), 1 + self._tail(0.5)))
            self._end(Act.END_UNANSWERED, at, self.there.officers["approver"], State.STOPPED, UNANSWERED, basis=BASIS)
            return False
        at = self._some_time(self._later(asked_on, 1 + self._tail(0.8)))
        kind = goes_on_by(Cause.SUPPLEMENT, self.regime)
        due_before = self.pen.ledger.due_at
        place: Place = (self.there.id, step, handler[0])
        self.pen.act(
            Act.RECEIVE_SUPPLEMENT,
            at,
            self.here.officers["receiver"],
            State.PROCESSING,
            place,
            clock=self._clock(kind, at, "19(4)"),
            papers=0,
            due_before=due_before and due_before.isoformat(),
        )
        request[REQUESTS.place["completed_at"]] = at
        return True

    def _withdraw(self) -> None:
        self._reach_the_authority()
        at = self._some_time(self._later(day_of(self._at()), self._tail(0.6)))
        self._end(Act.WITHDRAW, at, self.here.officers["receiver"], State.WITHDRAWN, WITHDRAWN)

    def _end(self, act: Act, at: datetime, officer: Officer, state: State, reason: str, **told: str) -> None:
        place: Place = (self.here.id, None, None)
        self.pen.act(act, at, officer, state, place, reason=reason, clock=self._clock(ClockKind.STOP, at, "19"), **told)
        self.pen.facts["finished_at"] = at

    def _decide(self, day: date) -> None:
        """Approved or refused, numbered and sealed where the process says so, and back at the unit on that day."""
        approver = self.there.officers["approver"]
        at = self._some_time(day)
        refused = self.random.random() < 0.007
        kind = ResultKind.REFUSAL if refused else ResultKind.GRANTED
        act = Act.REFUSE_RESULT if refused else Act.APPROVE
        told: dict[str, Any] = {"result": kind.value, "number": "", **({"basis": BASIS} if refused else {})}
        reason = REFUSED if refused else ""
        if self.issuing is None:
            self._arrive(act, at, approver, reason, told)
        else:
            place: Place = (self._office(self.issuing).id, self.issuing.seq, None)
            self.pen.act(act, at, approver, State.DECIDED, place, reason=reason, **told)
        self.pen.facts["result_kind"] = kind.value
        self.pen.rows[RESULTS].append(
            RESULTS.row(
                dossier_id=self.pen.pk, kind=kind.value, summary=reason, decided_by_id=approver[0], decided_at=at
            )
        )
        if self.issuing is not None:
            clerk = self._office(self.issuing).officers["clerk"]
            self._arrive(Act.FINISH, self._some_time(day_of(at)), clerk, "", {"number": ""})

    def _arrive(self, act: Act, at: datetime, officer: Officer, reason: str, told: dict[str, Any]) -> None:
        place: Place = (self.here.id, self.sketch.terms.steps[-1].seq, None)
        clock = self._clock(ClockKind.STOP, at, "19")
        self.pen.act(act, at, officer, State.FINISHED, place, reason=reason, clock=clock, **told)
        self.pen.facts["finished_at"] = at

    def _hand_over(self) -> None:
        """Into the owner's hands the same day or some days later; now and then it is never fetched."""
        if self.random.random() < 0.004:
            return
        wait = 0 if self.random.random() < 0.5 else 1 + self._tail(0.6)
        at = self._some_time(self._later(day_of(self._at()), wait))
        way = self._way_back()
        receiver, owner = self.here.officers["receiver"], str(self.pen.facts["owner_name"])
        place: Place = (self.here.id, None, None)
        told: dict[str, Any] = {"way": way.value, "taken_by": owner, "parcel": ""}
        self.pen.act(Act.HAND_OVER, at, receiver, State.RETURNED, place, **told)
        self.pen.facts |= {"returned_at": at, "returned_way": way.value}
        self.pen.rows[HANDOVERS].append(
            HANDOVERS.row(dossier_id=self.pen.pk, way=way.value, taken_by=owner, given_by_id=receiver[0], at=at)
        )

    def _way_back(self) -> ReturnWay:
        drawn = self.random.random()
        if self.sketch.terms.channel == Channel.ONLINE and drawn < 0.6:
            return ReturnWay.ONLINE
        return ReturnWay.POST if drawn > 0.92 else ReturnWay.COUNTER

    # --- time -----------------------------------------------------------------------------------------------------

    def _at(self) -> datetime:
        return self.pen.at or self.sketch.submitted_at

    def _some_time(self, day: date) -> datetime:
        """An instant of that day in office hours, but after what happened already."""
        soonest = self._at() + timedelta(seconds=self.random.randint(60, 1200))
        return max(instant_on(self.calendar, self.calendar.roll_forward(day), self.random), soonest)

    def _later(self, day: date, working_days: int) -> date:
        return self.calendar.add_working_days(day, working_days)

    def _tail(self, again: float) -> int:
        """0, 1, 2 … with the chance `again` of one more each time, at most 60."""
        count = 0
        while count < 60 and self.random.random() < again:
            count += 1
        return count

    def _clock(self, kind: ClockKind, at: datetime, article: str, **more: Any) -> ClockEvent:
        return ClockEvent(kind, at, self.calendar, law=self.regime.article(article), **more)

    def _office(self, step: OfferedStep) -> Station:
        return self.here if step.place == "receiving" else self.there
