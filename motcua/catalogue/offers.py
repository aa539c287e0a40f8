"""What intake and the desk need of a procedure: one frozen answer per case and channel."""

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from time import monotonic
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import NotThere
from motcua.calendar.limits import Limit
from motcua.catalogue.component_text import sent_as_copies
from motcua.catalogue.form_fields import FormField, read_fields
from motcua.catalogue.life.cuts import is_shorter
from motcua.catalogue.life.events import CLOSED, TURNS, Standing, standing_after
from motcua.catalogue.models import Channel, Component
from motcua.catalogue.offer_questions import COMPONENTS, FRAME, STEPS
from motcua.catalogue.processes import hours_of
from motcua.catalogue.replacements import replaced_by

MOST_KEPT = 4096
KEPT_SECONDS = 30.0
Kind = Component.Kind


@dataclass(frozen=True, slots=True)
class OfferedComponent:
    """A paper of this case and channel; `replaced_by_database` names the database that makes it unnecessary.

    `kind` is hand_in, on_screen or show; `needs_person`: the source names it for another channel only, and none for
    this one, so that a person has to say whether it is demanded. `fields`: what is asked online, where
    it is filled in on the screen; an on_screen paper without them is filled in in free words.
    """

    id: int
    name: str
    section: str
    form_name: str
    originals: int
    copies: int
    mandatory: bool
    kind: str
    needs_person: bool
    replaced_by_database: str
    fields: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedFee:
    """A fee; `amount_vnd` is None while a person has to say how much; `doubt` says why one should look."""

    id: int
    kind: str
    amount_vnd: int | None
    currency: str
    note: str
    source_text: str
    doubt: str


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step of the process; `hours` are working hours, None when the step has no limit of its own."""

    seq: int
    role: str
    place: str
    title: str
    content: str
    hours: Fraction | None


@dataclass(frozen=True, slots=True)
class Course:
    """A process and its steps; at the centre it holds on days [since, until) while the approved list has the procedure."""

    process_id: int
    steps: tuple[OfferedStep, ...]
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether dossiers that are accepted on a day go by it."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Promised:
    """A limit that the province promises from a day on, for this case or (not `own`) all; None: no longer."""

    valid_from: date
    own: bool
    limit: Limit | None
    act: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything intake freezes on a dossier; `limit` is None while a person has to confirm it (`doubt` says why).

    `limit` is the statutory one; `promises` what the province promises, `turns` (day, kind) what opened or closed it.

    `components` are handed in by this channel, `to_show` only shown at the counter, `notes` what the source explains.
    """

    procedure_id: int
    procedure_code: str
    procedure_name: str
    field: str
    competent_key: str | None
    version_id: int
    version_number: int
    status: str
    case_id: int
    case_title: str
    channel: int
    accepts_channel: bool
    limit: Limit | None
    limit_row_id: int | None
    limit_text: str
    doubt: str
    fees: tuple[OfferedFee, ...]
    components: tuple[OfferedComponent, ...]
    to_show: tuple[OfferedComponent, ...]
    notes: tuple[str, ...]
    process_id: int
    steps: tuple[OfferedStep, ...]
    group_id: int | None = None
    promises: tuple[Promised, ...] = ()
    turns: tuple[tuple[date, str], ...] = ()
    onsite: tuple[Course, ...] = ()

    def course_on(self, day: date, *, at_centre: bool) -> Course:
        """How a dossier goes that is accepted on a day: received at the provincial centre, wholly there where the list
        of that day says so and a process for it was approved. Law: TT01-2018 6
        """
        usual = Course(self.process_id, self.steps)
        return next((one for one in reversed(self.onsite) if at_centre and one.holds_on(day)), usual)

    def closed_on(self, day: date) -> Standing | None:
        """Why no new dossier is taken on a day (suspended, replaced, abolished); None while it is open.

        Law: ND63-2010 24
        """
        standing = standing_after(kind for on, kind in self.turns if on <= day)
        return standing if standing in CLOSED else None

    def promise_on(self, day: date) -> Promised | None:
        """The promise that counts on a day: that of this case before that of all, the newest; only while it is shorter
        than the statutory limit, which may have changed since.
        """
        made = [one for one in self.promises if one.valid_from <= day]
        newest = next((one for own in (True, False) for one in reversed(made) if one.own is own), None)
        if newest is None or newest.limit is None or self.limit is None or not is_shorter(newest.limit, self.limit):
            return None
        return newest

    def limit_on(self, day: date, binding: str = "committed") -> Limit | None:
        """The limit that receipt and clock go by; `binding` is the regime's word: committed or statutory."""
        promise = self.promise_on(day) if binding == "committed" else None
        return promise.limit if promise is not None else self.limit

    @property
    def is_settled(self) -> bool:
        """Nothing waits for a person: neither the limit nor a fee."""
        return self.limit is not None and not any(fee.doubt for fee in self.fees)


@dataclass(frozen=True, slots=True)
class _Papers:
    """The papers of a case by one channel."""

    components: tuple[OfferedComponent, ...]
    to_show: tuple[OfferedComponent, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Frozen:
    """Papers by channel, process and interlinked group of a case: what no confirmation changes."""

    papers: dict[int, _Papers]
    process_id: int
    steps: tuple[OfferedStep, ...]
    onsite: tuple[Course, ...]
    group_id: int | None


_offers: dict[tuple[int, int], tuple[float, Offer]] = {}
_frozen: dict[int, tuple[float, _Frozen]] = {}


def offer(case_id: int, channel: int) -> Offer:
    """The offer of one case by one channel (1 direct, 2 online, 3 post): three statements, one, or none.

    Published versions don't change, so a settled offer is kept in the process for a short while, and papers and steps
    of any; while something waits for a person, limit and fees are read afresh. NotThere when there is no such case.
    """
    moment = monotonic()
    known = _offers.get((case_id, channel))
    if known is not None and known[0] > moment:
        return known[1]
    made = _read(case_id, channel, moment)
    if made.is_settled and made.status == "published":
        _keep(_offers, (case_id, channel), (moment + KEPT_SECONDS, made))
    return made


def forget_offers() -> None:
    """Empty the process's memory: after a load, and between tests that need it."""
    _offers.clear()
    _frozen.clear()


def _keep(memory: dict[Any, Any], key: object, value: object) -> None:
    if len(memory) >= MOST_KEPT:
        memory.clear()
    memory[key] = value


def _read(case_id: int, channel: int, moment: float) -> Offer:
    with connection.cursor() as cursor:
        cursor.execute(FRAME, {"case": case_id, "channel": channel, "turns": [str(kind) for kind in TURNS]})
        frame = cursor.fetchone()
    if frame is None:
        raise NotThere(_("Không có trường hợp thủ tục này."))
    *frame, channels, raw_rows, promises, turns = frame
    procedure_id, code, name, field, competent, version_id, number, status, title = frame
    known = _frozen.get(case_id)
    if known is None or known[0] <= moment:
        known = (moment + KEPT_SECONDS, _read_frozen(case_id, code))
        if status != "draft":
            _keep(_frozen, case_id, known)
    frozen = known[1]
    papers = frozen.papers.get(channel, _Papers((), (), ()))
    row, limit, doubt = _choose(raw_rows or [])
    return Offer(
        procedure_id=procedure_id,
        procedure_code=code,
        procedure_name=name,
        field=field,
        competent_key=competent,
        version_id=version_id,
        version_number=number,
        status=status,
        case_id=case_id,
        case_title=title,
        channel=channel,
        accepts_channel=channel in (channels or ()),
        limit=limit,
        limit_row_id=row["id"] if row else None,
        limit_text=row["text"] if row else "",
        doubt=doubt,
        fees=_fees(row, raw_rows or []),
        components=papers.components,
        to_show=papers.to_show,
        notes=papers.notes,
        process_id=frozen.process_id,
        steps=frozen.steps,
        onsite=frozen.onsite,
        group_id=frozen.group_id,
        promises=tuple(map(_promised, promises or ())),
        turns=tuple((date.fromisoformat(on), kind) for on, kind in turns or ()),
    )


def _promised(row: tuple[str, bool, dict[str, Any] | None, str]) -> Promised:
    valid_from, own, limit, act = row
    return Promised(date.fromisoformat(valid_from), own, Limit.from_json(limit) if limit else None, act)


def _read_frozen(case_id: int, code: str) -> _Frozen:
    with connection.cursor() as cursor:
        cursor.execute(COMPONENTS, {"case": case_id, "code": code})
        rows = cursor.fetchall()
        cursor.execute(STEPS, {"code": code})
        steps = cursor.fetchall()
    courses = _courses(steps)
    if not courses or courses[0].since is not None:
        raise NotThere(_("Chưa có quy trình chung; hãy nhập danh mục thủ tục."))
    replacements = [(row[11][0], row[11][1]) for row in rows if row[1] is None]
    printed = [
        (*row[:10], read_fields(json.loads(row[10])), replaced_by(row[1], replacements))
        for row in rows
        if row[1] is not None
    ]
    papers = {channel: _papers_by(channel, printed) for channel in Channel.values}
    usual, *onsite = courses
    return _Frozen(papers, usual.process_id, usual.steps, tuple(onsite), steps[0][-1])


def _courses(rows: list[tuple[Any, ...]]) -> list[Course]:
    """The usual one first, then those at the centre in the order of their days."""
    of: dict[tuple[date | None, date | None, int], list[OfferedStep]] = {}
    for since, until, process_id, *step, _group in rows:
        of.setdefault((since, until, process_id), []).append(_step(tuple(step)))
    return [Course(process_id, tuple(steps), since, until) for (since, until, process_id), steps in of.items()]


def _papers_by(channel: int, rows: list[tuple[Any, ...]]) -> _Papers:
    listed: list[OfferedComponent] = []
    for *facts, mandatory, kind, channels, unsure_channels, fields, replaced in rows:
        unsure = channel in unsure_channels
        if not channels or channel in channels or unsure:
            asked = fields if channel == Channel.ONLINE and kind in (Kind.HAND_IN, Kind.ON_SCREEN) else ()
            listed.append(OfferedComponent(*[*facts, mandatory and not unsure, kind, unsure, replaced, asked]))
    notes = tuple(one.name for one in listed if one.kind == Kind.NOTE)
    if channel == Channel.POST and any(map(sent_as_copies, notes)):
        # Nobody stands at the counter: certified copies come with the rest.
        listed = [replace(one, kind=Kind.HAND_IN) if one.kind == Kind.SHOW else one for one in listed]
    return _Papers(
        tuple(one for one in listed if one.kind in (Kind.HAND_IN, Kind.ON_SCREEN)),
        tuple(one for one in listed if one.kind == Kind.SHOW),
        notes,
    )


def _choose(rows: list[dict[str, Any]]) -> tuple[dict[str, Any] | None, Limit | None, str]:
    """A person's word counts first (for this case before for all, then the newest), then the only certain reading."""
    spoken = [row for row in rows if row["confirmed"]]
    if spoken:
        row = max(spoken, key=lambda row: (row["confirmed"]["own"], row["confirmed"]["id"]))
        return row, Limit.from_json(row["confirmed"]["limit"]), ""
    if not rows:
        return None, None, "no_limit_row"
    doubtful = next((row for row in rows if not row["certain"]), None)
    row = doubtful or rows[0]
    return (row, None, row["doubt"]) if doubtful else (row, Limit.from_json(row["limit"]), "")


def _fees(row: dict[str, Any] | None, rows: list[dict[str, Any]]) -> tuple[OfferedFee, ...]:
    """The fees of all rows of the channel, unless a person said which row is this case's."""
    spoken = row is not None and row["confirmed"] and row["confirmed"]["own"]
    return tuple(OfferedFee(*fee) for of in ([row] if row and spoken else rows) for fee in of["fees"] or ())


def _step(row: tuple[Any, ...]) -> OfferedStep:
    seq, role, place, role_text, content, value, unit, counted = row
    hours: Decimal | None = hours_of(value, unit) if counted else None
    return OfferedStep(seq, role, place, role_text, content, None if hours is None else Fraction(hours))
