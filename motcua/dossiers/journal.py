"""The one frame in which a dossier changes: lock, ask the tables, let the act change facts, write what happened.

No act can forget the event, the stay or the rights, because no act does them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.canonical import digest
from motcua.base.errors import Forbidden, Invalid, NotThere, Refused, Stale
from motcua.base.ids import random_key
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers import parts, writing
from motcua.dossiers.clock import ClockEvent, ClockReading, ClockState, fold
from motcua.dossiers.clock_events import clock_event_to_json
from motcua.dossiers.guards import ASKED_OF_THE_LAW, obstacle
from motcua.dossiers.models import Dossier, Event, Part
from motcua.dossiers.permissions import capacity, denial, has_right
from motcua.dossiers.rulebook import Rulebook, clock_events_of
from motcua.dossiers.states import PART_ACTS, TRANSITIONS, Act, State
from motcua.dossiers.visibility import may_see
from motcua.dossiers.writing import Papers
from motcua.law.facts import RegimeFacts
from motcua.law.store import current_revision
from motcua.offices.actors import Actor, Power

# Two requests may wait for the same lock; the second one's instant is then a little before the first one's event.
LOCK_PATIENCE = timedelta(minutes=5)
NO_HASH = bytes(32)
# Which dossier: its id, its code or its submission number.
Key = int | str


class Performance:
    """One act under way on one locked dossier. The act changes `dossier` and says what the journal shall keep."""

    def __init__(self, act: Act, dossier: Dossier, actor: Actor, at: datetime, power: Power | None = None) -> None:
        self.act = act
        self.power = power
        self.transition = TRANSITIONS[act]
        self.dossier = dossier
        self.actor = actor
        self.at = at
        self.from_state = dossier.state if dossier.pk else ""
        self.acted_in = dossier.at_office_id
        self.reason = ""
        self.data: dict[str, Any] = {}
        self.papers: Papers = ([], [], [], [], [], [], [], [], [])
        self._clock: dict[str, Any] | None = None
        self._rulebook: Rulebook | None = None
        self._before = writing.snapshot(dossier)
        if self.transition.sources or not dossier.pk:
            dossier.state = self.transition.targets[0]

    @property
    def rulebook(self) -> Rulebook:
        """Calendar and regime as they stand now; read once per act."""
        if self._rulebook is None:
            self._rulebook = Rulebook.at(self.at)
        return self._rulebook

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days and office hours of the unit that took the dossier, as they stand now."""
        return self.rulebook.calendar(self.dossier.receiving_schedule)

    @property
    def regime(self) -> RegimeFacts:
        """The regime that the dossier was accepted under; before acceptance, the one in force."""
        return self.rulebook.regime_of(self.dossier)

    @property
    def person(self) -> int:
        """The account of the person who acts; the program itself signs nothing."""
        if self.actor.account_id is None:
            raise Forbidden(_("Việc này phải do một người thực hiện."))
        return self.actor.account_id

    def to(self, state: str) -> None:
        """Choose another target of the act's row than the usual one."""
        if state not in self.transition.targets:
            raise ValueError(f"{self.act} does not lead to {state}")
        self.dossier.state = state

    def place(self, office_id: int, *, step: int | None, holder_id: int | None = None) -> None:
        """Where the dossier lies after the act, at which step, in whose hand (None: nobody's yet)."""
        self.dossier.at_office_id = office_id
        self.dossier.step = step
        self.dossier.holder_id = holder_id

    def say(self, reason: str = "", **data: Any) -> None:
        """Reason and data that the event keeps for ever."""
        self.reason = reason.strip() or self.reason
        self.data.update(data)

    def clock(self, event: ClockEvent) -> ClockReading:
        """Add one event to the ledger of time; the due date is the fold of all of them, never typed over."""
        past = clock_events_of(self.dossier) if self.dossier.pk and self.dossier.accepted_at else []
        reading = fold([*past, event])
        if self.dossier.joint_offices is not None:
            parts.follow(self.dossier.pk, [*past, event])
        self._clock = clock_event_to_json(event)
        self.dossier.due_at = reading.due_at
        self.dossier.original_due_at = reading.original_due_at
        self.dossier.stands_still = reading.state is ClockState.PAUSED
        return reading

    def write(self) -> None:
        """Event and stay, the dossier's row and its first papers with them, in one statement."""
        if self.transition.needs_reason and not self.reason:
            raise Invalid(_("Cần nêu lý do."), fields={"reason": _("Cần nêu lý do.")}, code="reason_needed")
        dossier = self.dossier
        if self.power is not None and self.power.for_account_id is not None:
            power = self.power
            whose = {"account": power.for_account_id, "name": power.for_name, "document": power.document}
            self.data["on_behalf_of"] = whose
        elif (one := self.actor.acting_for) is not None:
            self.data["on_behalf_of"] = {"account": one.principal_id, "name": one.name, "document": one.paper}
        if dossier.confidential_to is not None:
            hands = {hand for hand in (self.actor.account_id, dossier.holder_id) if hand is not None}
            dossier.confidential_to = sorted({*dossier.confidential_to, *hands})
        dossier.last_seq += 1
        dossier.last_event_at = self.at
        event = Event(
            seq=dossier.last_seq,
            act=self.act,
            from_state=self.from_state,
            to_state=dossier.state,
            actor_id=self.actor.account_id,
            actor_name=self.actor.full_name,
            office_id=self.acted_in or dossier.at_office_id,
            at=self.at,
            reason=self.reason,
            data=self.data,
            clock=self._clock,
            due_at=dossier.due_at,
            previous_hash=bytes(dossier.last_hash) or NO_HASH,
        )
        event.hash = event_hash(dossier.submission_no, event)
        dossier.last_hash = event.hash
        if dossier.pk:
            writing.write_change(dossier, self._before, event)
        else:
            writing.write_foundation(dossier, event, self.papers)


def event_hash(submission_no: str, event: Event) -> bytes:
    """SHA-256 over everything the event says and the hash of the event before it, 32 bytes."""
    return digest(
        {
            "dossier": submission_no,
            "seq": event.seq,
            "act": str(event.act),
            "from": str(event.from_state),
            "to": str(event.to_state),
            "actor": event.actor_id,
            "actor_name": event.actor_name,
            "office": event.office_id,
            "at": _instant(event.at),
            "reason": event.reason,
            "data": event.data,
            "clock": event.clock,
            "due_at": _instant(event.due_at),
            "previous": bytes(event.previous_hash).hex(),
        }
    )


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")


@contextmanager
def performing(
    act: Act, dossier_id: Key, *, actor: Actor, at: datetime, seen: int | None = None, part: int | None = None
) -> Iterator[Performance]:
    """Perform one act on one dossier: a transaction of its own that locks the row for its whole length.

    at: aware instant of the act. seen: number of the last event that the actor saw, or None to act on what is there.
    part: number of the part that the act is on; then only what happened to that part since `seen` makes it stale.
    Raises NotThere for outsiders, Stale when somebody else acted since `seen`, Forbidden without the right,
    Refused when the state or a guard forbids, with what is possible instead.
    """
    with transaction.atomic(durable=True):
        dossier = lock(dossier_id)
        at = _in_order(dossier, at)
        if part is not None and may_see(actor, dossier):
            parts.attach(dossier, part)
        if act in ASKED_OF_THE_LAW:
            current_revision()
        power = permit(act, dossier, actor, at, seen)
        performance = Performance(act, dossier, actor, at, power)
        yield performance
        performance.write()


@contextmanager
def founding(act: Act, dossier: Dossier, *, actor: Actor, at: datetime) -> Iterator[Performance]:
    """Bring a new dossier into being by its first act, in a transaction of its own."""
    if TRANSITIONS[act].sources:
        raise ValueError(f"{act} founds no dossier")
    with transaction.atomic(durable=True):
        able = capacity(act, actor, dossier)
        if able is None:
            raise Forbidden(denial(act, actor, dossier))
        dossier.submission_no = f"TN-{random_key(10)}"
        dossier.secret = random_key(8)
        dossier.submitted_at = dossier.submitted_at or at
        performance = Performance(act, dossier, actor, at, able.acting_by)
        yield performance
        performance.write()


def lock(dossier_id: Key) -> Dossier:
    """The dossier's row, locked until the transaction ends."""
    dossier = writing.lock(dossier_id)
    if dossier is None:
        raise NotThere(_("Không có hồ sơ này."))
    return dossier


def acts_open_to(dossier: Dossier, actor: Actor, at: datetime) -> list[Act]:
    """What this person may do to this dossier at this moment: the same tables that the acts ask."""
    return [act for act in TRANSITIONS if is_open_to(act, dossier, actor, at)]


def is_open_to(act: Act, dossier: Dossier, actor: Actor, at: datetime) -> bool:
    """Whether this person may do this act to this dossier at this moment."""
    is_its_turn = dossier.state in TRANSITIONS[act].sources
    return is_its_turn and has_right(act, actor, dossier) and obstacle(act, dossier, at) is None


def part_acts_open_to(dossier: Dossier, part: Part, actor: Actor, at: datetime) -> list[Act]:
    """What this person may do to one part of this dossier at this moment."""
    dossier.part = part
    acts = [act for act in acts_open_to(dossier, actor, at) if act in PART_ACTS]
    dossier.part = None
    return acts


def _in_order(dossier: Dossier, at: datetime) -> datetime:
    if at >= dossier.last_event_at:
        return at
    if dossier.last_event_at - at <= LOCK_PATIENCE:
        return dossier.last_event_at
    raise Refused(_("Thời điểm này sớm hơn sự kiện gần nhất của hồ sơ."), code="out_of_order")


def _is_stale(dossier: Dossier, seen: int | None) -> bool:
    if seen is None:
        return False
    return seen < dossier.part.last_seq if dossier.part is not None else seen != dossier.last_seq


def permit(act: Act, dossier: Dossier, actor: Actor, at: datetime, seen: int | None = None) -> Power | None:
    """Ask everything that `performing` asks before an act, and raise as it does.

    The power by which the act is done; None in the person's own right.
    """
    if not may_see(actor, dossier):
        raise NotThere(_("Không có hồ sơ này."))
    if _is_stale(dossier, seen):
        raise Stale(_("Hồ sơ vừa được người khác cập nhật. Hãy xem lại trước khi thực hiện."))
    if dossier.state not in TRANSITIONS[act].sources:
        sentence = _("Không thể “%(act)s” khi hồ sơ ở trạng thái “%(state)s”.") % {
            "act": act.label,
            "state": State(dossier.state).label,
        }
        raise Refused(sentence, code="wrong_state", possible=acts_open_to(dossier, actor, at))
    able = capacity(act, actor, dossier)
    if able is None:
        raise Forbidden(denial(act, actor, dossier), possible=acts_open_to(dossier, actor, at))
    if reason := obstacle(act, dossier, at):
        raise Refused(reason, code="guarded", possible=acts_open_to(dossier, actor, at))
    return able.acting_by
