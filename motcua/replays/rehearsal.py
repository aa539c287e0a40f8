"""A rehearsal: every way that the tables of acts and states allow, gone many times through the real acts.

Not a published month: the lives are made up so that each act, from each state it may start in and to each it may lead
to, happens. Whoever adds an act adds a scene, or `missing` names it. `motcua audit` has to find nothing afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from django.db.models import Count

from motcua.base.times import at_time, day_of, start_of
from motcua.base.typesetting import typeset
from motcua.calendar.limits import LimitKind
from motcua.calendar.store import calendar_for, current_edition
from motcua.calendar.working_days import WorkingCalendar
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.offers import Offer, offer
from motcua.dossiers.acts import decision, processing, reception, submission
from motcua.dossiers.acts.intake import Intake, Owner, Paper
from motcua.dossiers.kinds import Channel, Origin
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.states import TRANSITIONS, Act, State
from motcua.files.store import store
from motcua.offices.actors import Actor, actor_of
from motcua.offices.models import Posting, Role
from motcua.people.models import Account
from motcua.replays.demo import CENTRE
from motcua.replays.plans import Plan
from motcua.replays.rehearsed_rules import FIRST, say_immediate, set_rules
from motcua.replays.stage import Stage, StageNotSet, whole_days
from motcua.signing import development
from motcua.signing.models import Certificate

PREFIX = "rehearsal"
AUTHORITY = "so-tu-phap"
OTHER_UNIT = "huyen-dong-hung"
OTHERS = ("so-cong-thuong", "so-y-te")
LAST = date(2021, 12, 31)
LEAST_DAYS = 4
DAYS = 22
RESULT = Path(__file__).parent / "rehearsed_result.typ"


@dataclass(frozen=True)
class Piece:
    """A case of a real procedure with a certain limit, and what it demands."""

    case_id: int
    terms: Offer


@dataclass(frozen=True)
class Pieces:
    """What is played: a usual procedure, one whose fee a person says, one whose approval is already the end, one that
    is given at once, one for which the province has rules of its own (`rehearsed_rules`), one of several agencies."""

    usual: Piece
    fee_open: Piece
    no_issuing: Piece
    at_once: Piece
    own_rules: Piece
    interlinked: Piece


@dataclass(frozen=True)
class Company:
    """Who plays: the offices and officers of the place, an applicant, the procedures, the calendar."""

    stage: Stage
    applicant: Actor
    pieces: Pieces
    calendar: WorkingCalendar

    @property
    def unit_id(self) -> int:
        return self.stage.unit.pk

    @property
    def authority_id(self) -> int:
        return self.stage.offices[AUTHORITY].pk

    def of_unit(self, role: str) -> Actor:
        return self.stage.officer(role, self.unit_id)

    def of_authority(self, role: str) -> Actor:
        return self.stage.officer(role, self.authority_id)

    @cached_property
    def another_approver(self) -> Actor:
        """A second approver of the authority: nobody decides on their own proposal."""
        first = self.of_authority("approver")
        postings = Posting.objects.on(FIRST).filter(office_id=self.authority_id, role=Role.APPROVER)
        other = postings.exclude(account_id=first.account_id or 0).select_related("account").first()
        if other is None:
            raise StageNotSet("Cơ quan chỉ có một người phê duyệt: không có ai để quyết định đính chính.")
        return actor_of(other.account, FIRST)

    @cached_property
    def result_file_id(self) -> int:
        """A PDF to sign as a result."""
        at = start_of(FIRST)
        return store("ket-qua.pdf", [typeset(RESULT, {}, made_at=at)], at, None).pk

    @cached_property
    def signs_since(self) -> datetime:
        """Since when the approver can sign: with the certificate they have, or one for development from the first day."""
        approver = self.of_authority("approver")
        account_id = approver.account_id or 0
        theirs = Certificate.objects.of_person(account_id).order_by("valid_from").first()
        return (theirs or development.for_person(account_id, approver.full_name, "", start_of(FIRST))).valid_from


class Life:
    """One dossier of a scene and its own watch, with short words for what most scenes begin and end with."""

    def __init__(self, company: Company, ref: str, first_day: date) -> None:
        self.company = company
        self.ref = ref
        self.piece = company.pieces.usual
        # A replay knows neither bills nor agencies that share the work; a scene of these says so.
        self.origin = Origin.REPLAY
        self.pk = 0
        self.steps_done = 0
        self.watch = at_time(first_day, time(8, 0))

    def soon(self) -> datetime:
        """The next moment at which something happens: five minutes on."""
        self.watch += timedelta(minutes=5)
        return self.watch

    def wait(self, days: int) -> None:
        """Until the morning of so many working days later."""
        day = self.company.calendar.add_working_days(day_of(self.watch), days)
        self.watch = at_time(day, time(8, 0))

    def number(self, of: str) -> str:
        """A number that no other life has."""
        return f"{of}{self.ref.replace(':', '')}"

    def take_in(self, piece: Piece | None = None) -> None:
        self.piece = piece or self.piece
        intake = self.intake(Channel.COUNTER)
        self.pk = reception.take_in(intake, actor=self.company.of_unit("receiver"), at=self.soon()).pk

    def submit(self, piece: Piece | None = None) -> None:
        self.piece = piece or self.piece
        self.pk = submission.submit(self.intake(Channel.ONLINE), actor=self.company.applicant, at=self.soon()).pk

    def register(self) -> None:
        receiver, number = self.company.of_unit("receiver"), self.number("DT")
        intake = self.intake(Channel.POST)
        self.pk = reception.register(intake, actor=receiver, at=self.soon(), parcel_no=number).pk

    def accept(self) -> None:
        reception.accept(self.pk, actor=self.company.of_unit("receiver"), at=self.soon())

    def forward(self, times: int = 1) -> None:
        """So many steps along the process, each by somebody with the role of the step."""
        for _unused in range(times):
            processing.forward(self.pk, actor=self.officer_of_step(), at=self.soon())
            self.steps_done += 1

    def officer_of_step(self) -> Actor:
        """Somebody who may do the step that the dossier is at."""
        step = self.piece.terms.steps[self.steps_done]
        office = self.company.unit_id if step.place == "receiving" else self.company.authority_id
        return self.company.stage.officer(step.role, office)

    def reach_decision(self) -> None:
        """Forward until the approver who decides has it."""
        roles = [step.role for step in self.piece.terms.steps]
        last = len(roles) - 1 - roles[::-1].index("approver")
        self.forward(last - self.steps_done)

    def decide(self) -> None:
        """Approved, and issued where the process has a step for that."""
        decision.approve(self.pk, actor=self.company.of_authority("approver"), at=self.soon())
        if self.piece is not self.company.pieces.no_issuing:
            decision.finish(self.pk, actor=self.company.of_authority("clerk"), at=self.soon(), number="12/QĐ")

    def intake(self, channel: Channel) -> Intake:
        account_id = self.company.applicant.account_id if channel == Channel.ONLINE else None
        return Intake(
            case_id=self.piece.case_id,
            channel=channel,
            receiving_office_id=self.company.unit_id,
            competent_office_id=self.company.authority_id,
            owner=Owner(f"Người tập dượt {self.ref}", address="Địa chỉ không có thật", account_id=account_id),
            papers=[
                Paper(one.id, originals=1, text="tập dượt") for one in offer(self.piece.case_id, channel).components
            ],
            device="rehearsal",
            origin=self.origin,
            origin_ref=self.ref,
        )


Scene = Callable[[Life], None]


def gather(applicant: Account) -> Company:
    """Everybody and everything a rehearsal needs. Raises StageNotSet for what is not there."""
    plan = Plan(
        name=PREFIX,
        title="Tập dượt mọi bước chuyển",
        doc="",
        place="",
        period="",
        province="H54",
        unit_key=CENTRE,
        first=FIRST,
        last=LAST,
        carried=0,
        counter=0,
        online=0,
        post=0,
        fates={},
        returned_by_post=0,
        agencies={AUTHORITY: 0},
        others=(OTHER_UNIT, *OTHERS),
    )
    actor = Actor(applicant.pk, applicant.full_name, "citizen")
    stage, pieces = Stage(plan), _pieces()
    company = Company(stage, actor, pieces, calendar_for(current_edition()))
    say_immediate(pieces.at_once.case_id, company.of_authority("approver").account_id or 0)
    sessions = [(session.start, session.end) for session in company.calendar.sessions(FIRST)]
    set_rules(company.pieces.own_rules.terms.procedure_code, sessions)
    return company


def _pieces() -> Pieces:
    found: dict[str, Piece] = {}
    names = {field.name for field in fields(Pieces)}
    cases = ProcedureCase.objects.filter(version__status=ProcedureVersion.Status.PUBLISHED, seq=1)
    for case_id in cases.order_by("version__procedure__code").values_list("pk", flat=True):
        terms = [offer(case_id, channel) for channel in Channel]
        # What is done at the centre is not done where these scenes are.
        if not terms[0].onsite and (kind := _kind_of(terms, found)) is not None:
            found.setdefault(kind, Piece(case_id, terms[0]))
        if found.keys() == names:
            return Pieces(**found)
    lacking = ", ".join(sorted(names - found.keys()))
    raise StageNotSet(f"Danh mục chưa đủ thủ tục để tập dượt, còn thiếu loại: {lacking}.")


def _kind_of(terms: Sequence[Offer], found: Container[str]) -> str | None:
    """What a procedure is good for; two that are alike play two parts. None for one that is of no use here."""
    if terms[0].group_id is not None:
        return "interlinked" if terms[0].limit else None
    if all(one.limit is None or one.limit.kind is LimitKind.IMMEDIATE for one in terms):
        return "at_once"
    if not all(one.limit and (whole_days(one.limit) or 0) >= LEAST_DAYS for one in terms):
        return None
    roles = [step.role for step in terms[0].steps]
    if "clerk" not in roles[len(roles) - roles[::-1].index("approver") :]:
        return "no_issuing"
    if any(fee.amount_vnd is None for fee in terms[0].fees):
        return "fee_open"
    return "own_rules" if "usual" in found else "usual"


def rehearse(company: Company, scenes: Iterable[Scene], times: int, tick: Callable[[], None]) -> None:
    """Play each scene so many times more, on the days of two months; a life that was cut off stays as it is."""
    begun = Dossier.objects.filter(origin_ref__startswith=f"{PREFIX}:").count()
    for kind, scene in enumerate(scenes):
        for number in range(begun, begun + times):
            first_day = company.calendar.add_working_days(FIRST, number % DAYS)
            scene(Life(company, f"{PREFIX}:{kind:02d}:{number:06d}", first_day))
            tick()


def wanted() -> set[tuple[str, str, str]]:
    """(act, from, to) that must happen: each start of each act, and each state it may lead to.

    An act that leaves the dossier where it is counts once, from anywhere: from and to are empty.
    """
    all_of_them = set()
    for row in TRANSITIONS.values():
        if set(row.sources) == set(row.targets):
            all_of_them.add((row.act.value, "", ""))
            continue
        all_of_them |= {(row.act.value, source.value, "") for source in row.sources}
        all_of_them |= {(row.act.value, "", target.value) for target in row.targets}
    return all_of_them


def counted() -> dict[tuple[str, str, str], int]:
    """How often each of `wanted` happened in rehearsals here."""
    events = Event.objects.filter(dossier__origin_ref__startswith=f"{PREFIX}:")
    counts = dict.fromkeys(wanted(), 0)
    for act, before, after, many in events.values_list("act", "from_state", "to_state").annotate(Count("id")):
        for key in ((act, before, ""), (act, "", after), (act, "", "")):
            if key in counts:
                counts[key] += many
    return counts


def words_of(key: tuple[str, str, str]) -> str:
    """`Rút hồ sơ ← Chờ bổ sung`, as a person reads it."""
    act, before, after = key
    words = str(Act(act).label)
    if before:
        words += f" ← {State(before).label}"
    return f"{words} → {State(after).label}" if after else words
