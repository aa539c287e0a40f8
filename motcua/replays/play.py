"""The lives of a replay, act by act in order of time, through the same acts that pages and API call.

After the period the lives go on until every dossier is done, so that "as of the end of the period" is put to the test.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zlib import crc32

from motcua.base.times import at_time
from motcua.calendar.working_days import WorkingCalendar
from motcua.catalogue.offers import OfferedStep, offer
from motcua.dossiers.acts import decision, ending, fees, handover, processing, reception, submission, supplement
from motcua.dossiers.acts.intake import Intake, Owner, Paper
from motcua.dossiers.kinds import Origin, ReturnWay
from motcua.dossiers.models import Dossier
from motcua.fees.kinds import OWING
from motcua.fees.models import Bill
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.people.models import Account
from motcua.replays.plans import Fate, Plan
from motcua.replays.scripts import ONLINE, POST, Script
from motcua.replays.stage import Stage

# An act of a life: the dossier's id before it (0 when it founds one) and the instant; returns the id.
Step = Callable[[int, datetime], int]

GIVEN_NAMES = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Hiếu",
    "Lan",
    "Minh",
    "Nga",
    "Oanh",
    "Phúc",
    "Sơn",
    "Thảo",
    "Yến",
)
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Đinh")
REASON_WITHDRAWN = "Tổ chức, cá nhân xin rút hồ sơ (diễn lại)"
REASON_SUPPLEMENT = "Hồ sơ chưa đủ thành phần (diễn lại)"
REASON_STOPPED = "Hết thời hạn chờ bổ sung (diễn lại)"
BASIS_STOPPED = "Thông báo bổ sung đã gửi, không có phần bổ sung"


@dataclass
class Life:
    """One dossier under way: its id once it is founded, and the acts still to come."""

    script: Script
    acts: list[tuple[datetime, Step]]
    done: int
    dossier_id: int


class Player:
    """Plays scripts on a stage; what was played before an interruption is not played again."""

    def __init__(
        self, plan: Plan, stage: Stage, calendar: WorkingCalendar, applicant: Account, origin: Origin = Origin.REPLAY
    ) -> None:
        self.plan = plan
        self.stage = stage
        self.calendar = calendar
        self.applicant = Actor(applicant.pk, applicant.full_name, "citizen")
        self.origin = origin

    def play(self, scripts: list[Script], tick: Callable[[], None], until: datetime | None = None) -> None:
        """All acts of all lives in order of their instants, up to `until`; `tick` is called after every act."""
        refs = [script.ref for script in scripts]
        played = {
            ref: (pk, seq)
            for ref, pk, seq in Dossier.objects.filter(origin_ref__in=refs).values_list("origin_ref", "pk", "last_seq")
        }
        lives = [Life(script, [], *reversed(played.get(script.ref, (0, 0)))) for script in scripts]
        agenda = [(at_time(life.script.accepted_on, time.min), number) for number, life in enumerate(lives)]
        heapq.heapify(agenda)
        while agenda:
            instant, number = agenda[0]
            if until is not None and instant > until:
                return
            life = lives[number]
            if not life.acts:
                life.acts = list(self.acts_of(life.script))
                for _unused in life.acts[: life.done]:
                    tick()
            elif life.done < len(life.acts):
                life.dossier_id = life.acts[life.done][1](life.dossier_id, life.acts[life.done][0])
                life.done += 1
                tick()
            if life.done < len(life.acts):
                heapq.heapreplace(agenda, (life.acts[life.done][0], number))
            else:
                life.acts = []
                heapq.heappop(agenda)

    def acts_of(self, script: Script) -> Iterator[tuple[datetime, Step]]:
        """Every act of one life with its instant, the time after the period included."""
        at_centre = self.stage.unit.kind == Office.Kind.CENTER_PROVINCE
        course = offer(script.ware.case_id, script.channel).course_on(script.accepted_on, at_centre=at_centre)
        walk = _Walk(self, script, list(course.steps))
        start = at_time(script.accepted_on, time(7, 30)) + timedelta(minutes=crc32(script.ref.encode()) % 180)
        yield from walk.come_in(start)
        if script.fate is Fate.SUPPLEMENT and script.ended_on:
            yield from walk.reach_authority(script.accepted_on)
            yield from walk.wait_for_papers(script.ended_on)
        elif script.fate is Fate.WITHDRAWN and script.ended_on:
            yield from walk.reach_authority(script.accepted_on)
            yield at_time(script.ended_on, time(10, 0)), walk.withdraw
        elif script.ended_on:
            yield from walk.forward_all(script.accepted_on)
            yield from walk.decide(script.ended_on)
        else:
            # What is open at the end of the period lies at different steps.
            end = self._after_period(script)
            yield from walk.forward_all(script.accepted_on, upto=crc32(script.ref.encode()) % walk.forwards)
            yield from walk.forward_all(end, since=crc32(script.ref.encode()) % walk.forwards)
            yield from walk.decide(end)

    def _after_period(self, script: Script) -> date:
        """The day on which what was open at the end of the period is done: the promised one, or soon after."""
        due = self.calendar.add_working_days(script.accepted_on, script.ware.limit_days)
        return due if script.fate is Fate.OPEN_WITHIN else self.calendar.add_working_days(self.plan.last, 2)


class _Walk:
    """The acts of one dossier, with the officers of its offices."""

    def __init__(self, player: Player, script: Script, steps: list[OfferedStep]) -> None:
        self.player = player
        self.script = script
        self.unit = player.stage.unit
        self.authority = player.stage.offices[script.office_key]
        self.receiver = player.stage.officer("receiver", self.unit.pk)
        approvals = [number for number, step in enumerate(steps) if step.role == "approver"]
        self.before_decision = steps[: approvals[-1] + 1]
        self.approver = self.officer_of(steps[approvals[-1]])
        self.forwards = len(self.before_decision) - 1
        self.issuing = next((step for step in steps[approvals[-1] + 1 :] if step.role == "clerk"), None)

    def officer_of(self, step: OfferedStep) -> Actor:
        """Somebody who does a step of this dossier, at the place of the step."""
        stage = self.player.stage
        if step.place == "onsite":
            return stage.officer_at_centre(step.role, self.authority.pk)
        return stage.officer(step.role, (self.unit if step.place == "receiving" else self.authority).pk)

    def come_in(self, start: datetime) -> Iterator[tuple[datetime, Step]]:
        """Through the channel of the script, and accepted on the same day."""
        if self.script.channel == ONLINE:
            yield start, self.submit
        elif self.script.channel == POST:
            yield start, self.register
        else:
            yield start, self.take_in
            return
        yield start + timedelta(minutes=40), self.accept

    def reach_authority(self, day: date) -> Iterator[tuple[datetime, Step]]:
        """The first forward: to the competent office."""
        yield at_time(day, time(13, 45)), self._forward(self.before_decision[0])

    def forward_all(self, day: date, since: int = 0, upto: int | None = None) -> Iterator[tuple[datetime, Step]]:
        """Forwards number `since` to before `upto` (all: until the approver has it), early in the afternoon."""
        for number, step in enumerate(self.before_decision[:-1]):
            if since <= number and (upto is None or number < upto):
                yield at_time(day, time(13, 45)) + timedelta(minutes=3 * number), self._forward(step)

    def decide(self, day: date) -> Iterator[tuple[datetime, Step]]:
        """Approved, issued and given back on one day."""
        yield at_time(day, time(14, 45)), self.approve
        if self.issuing is not None:
            yield at_time(day, time(15, 10)), self.finish
        yield at_time(day, time(15, 30)), self.hand_over

    def wait_for_papers(self, day: date) -> Iterator[tuple[datetime, Step]]:
        """Asked for a supplement that never comes; stopped a month after the period."""
        yield at_time(day, time(9, 0)), self.ask_supplement
        later = self.player.calendar.add_working_days(self.player.plan.last, 22)
        yield at_time(later, time(9, 0)), self.stop

    def submit(self, _: int, at: datetime) -> int:
        account_id = self.player.applicant.account_id
        return submission.submit(self._intake(account_id), actor=self.player.applicant, at=at).pk

    def register(self, _: int, at: datetime) -> int:
        number = f"DL{crc32(self.script.ref.encode()):010d}{self.script.ref[-6:]}VN"
        return reception.register(self._intake(), actor=self.receiver, at=at, parcel_no=number).pk

    def take_in(self, _: int, at: datetime) -> int:
        return reception.take_in(self._intake(), actor=self.receiver, at=at).pk

    def accept(self, dossier_id: int, at: datetime) -> int:
        reception.accept(dossier_id, actor=self.receiver, at=at)
        return dossier_id

    def approve(self, dossier_id: int, at: datetime) -> int:
        decision.approve(dossier_id, actor=self.approver, at=at)
        return dossier_id

    def finish(self, dossier_id: int, at: datetime) -> int:
        if self.issuing is None:
            raise AssertionError("only what has an issuing step is issued")
        decision.finish(dossier_id, actor=self.officer_of(self.issuing), at=at)
        return dossier_id

    def hand_over(self, dossier_id: int, at: datetime) -> int:
        self._take_fee(dossier_id, at)
        by_post = self.script.by_post
        number = f"TR{crc32(self.script.ref.encode()):010d}{self.script.ref[-6:]}VN" if by_post else ""
        way = ReturnWay.POST if by_post else ReturnWay.COUNTER
        handover.hand_over(dossier_id, way=way, parcel_no=number, actor=self.receiver, at=at)
        return dossier_id

    def _take_fee(self, dossier_id: int, at: datetime) -> None:
        """The demo's applicants pay when they collect; a replay has no bills, since nothing was published of money."""
        if self.player.origin == Origin.DEMO and Bill.objects.filter(dossiers=dossier_id, state__in=OWING).exists():
            fees.take_fee(dossier_id, way="cash", reference=f"DEMO-{dossier_id}", actor=self.receiver, at=at)

    def withdraw(self, dossier_id: int, at: datetime) -> int:
        ending.withdraw(dossier_id, reason=REASON_WITHDRAWN, actor=self.receiver, at=at)
        return dossier_id

    def ask_supplement(self, dossier_id: int, at: datetime) -> int:
        handler = self.player.stage.officer("handler", self.authority.pk)
        items = [{"name": "Giấy tờ còn thiếu (diễn lại)", "why": REASON_SUPPLEMENT}]
        supplement.ask_supplement(dossier_id, items=items, reason=REASON_SUPPLEMENT, actor=handler, at=at)
        return dossier_id

    def stop(self, dossier_id: int, at: datetime) -> int:
        ending.stop(dossier_id, reason=REASON_STOPPED, basis=BASIS_STOPPED, actor=self.approver, at=at)
        return dossier_id

    def _forward(self, step: OfferedStep) -> Step:
        def act(dossier_id: int, at: datetime) -> int:
            processing.forward(dossier_id, actor=self.officer_of(step), at=at)
            return dossier_id

        return act

    def _intake(self, account_id: int | None = None) -> Intake:
        script = self.script
        number = crc32(script.ref.encode())
        word = "minh hoạ" if self.player.origin == Origin.DEMO else "diễn lại"
        name = f"{FAMILY_NAMES[number % 10]} {GIVEN_NAMES[number // 10 % 15]} ({word} {script.ref[-6:]})"
        if account_id is not None and self.player.origin == Origin.DEMO:
            name = self.player.applicant.full_name
        return Intake(
            case_id=script.ware.case_id,
            channel=script.channel,
            receiving_office_id=self.unit.pk,
            competent_office_id=self.authority.pk,
            owner=Owner(name, address=f"Địa chỉ không có thật ({word})", account_id=account_id),
            papers=[Paper(component_id, originals=1) for component_id in script.ware.component_ids],
            device="replay",
            origin=self.player.origin,
            origin_ref=script.ref,
        )
