"""What each paper says about a dossier, read from its rows as they were when the paper was due. Papers are Vietnamese.

Law: TT01-2018 9; TT01-2018 10; TT03-2025
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import translation

from motcua.base.numbers import NOTHING
from motcua.base.times import day_of
from motcua.calendar.limits import Limit
from motcua.dossiers.clock import Outcome, outcome
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_words import summary
from motcua.dossiers.kinds import Channel, OwnerKind, SubmitterRole
from motcua.dossiers.models import Dossier, Event, Part, Stay, SupplementRequest
from motcua.dossiers.parts import parts_of
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.states import Act, State
from motcua.dossiers.step_story import steps_told
from motcua.dossiers.step_times import StepTime
from motcua.forms.catalogue import Kind
from motcua.forms.register_book import place_in_register
from motcua.forms.sources import ENDS, REFUSALS, Paper, Source
from motcua.forms.words import day_words, due_words, fee_words, local, moment_words, place_name, return_words
from motcua.offices.models import Office

RECEIVER = "Người tiếp nhận hồ sơ"
LEADER = "Lãnh đạo cơ quan giải quyết"
OUTCOMES = {Outcome.EARLY: "trước hạn", Outcome.ON_TIME: "đúng hạn", Outcome.LATE: "quá hạn"}


@dataclass(frozen=True)
class Writing:
    """A paper as it will be printed, without its number: whose letterhead, what it says, what its QR code promises."""

    office: Office
    due_at: datetime | None
    facts: dict[str, Any] = field(default_factory=dict)


def write(source: Source, paper: Paper, track_page: str) -> Writing:
    """What the paper says. track_page: address where a dossier is followed."""
    with translation.override("vi"):
        writing = MAKERS[paper.kind](source, paper)
        return Writing(writing.office, writing.due_at, {**_head(source, paper, writing, track_page), **writing.facts})


def _receipt(source: Source, paper: Paper) -> Writing:
    dossier = source.dossier
    if source.start is None:
        raise AssertionError("an accepted dossier has the event that accepted it")
    event, clock = source.start
    given = [one for one in dossier.papers.order_by("id") if one.given_at <= paper.dated_at]
    limit = str(clock.limit) if clock.limit else ""
    year, number = place_in_register(dossier)
    facts = {
        "book": f"{year}",
        "order": f"{number:02d}",
        "channel": str(Channel(dossier.channel).label),
        "sets": "01",
        "papers": [
            [
                str(place),
                one.name + (" (tệp điện tử)" if one.file_id else ""),
                str(one.originals or NOTHING),
                str(one.copies or NOTHING),
            ]
            for place, one in enumerate(given, 1)
        ],
        "limit": limit[:1].upper() + limit[1:],
        "received_at": moment_words(paper.dated_at),
        "due_at": due_words(dossier.original_due_at),
        "why": summary(story([clock])),
        "fee": fee_words(dossier.fee_vnd),
        "return_place": return_words(dossier),
        "signer": event.actor_name,
        "signer_title": RECEIVER,
    }
    return Writing(dossier.receiving_office, dossier.original_due_at, facts)


def _supplement(source: Source, paper: Paper) -> Writing:
    request = source.requests[paper.occasion - 1]
    at_intake = request.stage == SupplementRequest.Stage.INTAKE
    later = "tính lại từ đầu" if source.regime.supplement_clock == "restart" else "tính tiếp"
    facts = {
        "items": [
            [str(place), str(item.get("name", "")), str(item.get("why", ""))]
            for place, item in enumerate(request.items, 1)
        ],
        "reason": request.reason,
        "basis": request.basis,
        "deadline": _deadline(request, source.regime.supplement_wait_days),
        "clock_note": (
            "Hồ sơ được tiếp nhận khi đã bổ sung đầy đủ các nội dung trên; thời hạn giải quyết chưa tính."
            if at_intake
            else f"Thời hạn giải quyết tạm dừng từ hôm nay và {later} khi nhận đủ phần bổ sung."
        ),
        "signer": request.asked_by.full_name,
        "signer_title": RECEIVER if at_intake else "Người thẩm định hồ sơ",
    }
    dossier = source.dossier
    return Writing(dossier.receiving_office if at_intake else dossier.competent_office, dossier.due_at, facts)


def _deadline(request: SupplementRequest, wait: int | None) -> str:
    if wait is None:
        return ""
    told = f"Trong {wait:02d} ngày làm việc kể từ ngày của phiếu này"
    return told + (f", chậm nhất ngày {request.last_day:%d/%m/%Y}" if request.last_day else "")


def _refusal(source: Source, paper: Paper) -> Writing:
    event = _event(source, *REFUSALS)
    dossier = source.dossier
    at_intake = event.act == Act.REFUSE_INTAKE
    office = dossier.receiving_office if at_intake else dossier.competent_office
    what = "từ chối tiếp nhận, giải quyết hồ sơ này" if at_intake else "từ chối giải quyết hồ sơ này sau khi thẩm định"
    facts = {
        "submitted_at": moment_words(dossier.submitted_at),
        "decision_sentence": f"{office.name} {what}.",
        "reason": event.reason,
        "basis": str(event.data.get("basis", "")),
        "signer": event.actor_name,
        "signer_title": RECEIVER if at_intake else LEADER,
    }
    return Writing(office, None if at_intake else dossier.due_at, facts)


def _apology(source: Source, paper: Paper) -> Writing:
    letter = next(one for one in source.extensions if one.number == paper.occasion)
    dossier = source.dossier
    facts = {
        "accepted_on": f"{local(dossier.accepted_at or letter.signed_at):%d/%m/%Y}",
        "old_due_at": moment_words(letter.old_due_at),
        "new_due_at": moment_words(letter.new_due_at),
        "reason": letter.reason,
        "extension_no": f"{letter.number:02d}",
        "signer": letter.signed_by.full_name,
        "signer_title": LEADER,
    }
    return Writing(dossier.competent_office, letter.new_due_at, facts)


def _stop(source: Source, paper: Paper) -> Writing:
    event = _event(source, *ENDS)
    dossier = source.dossier
    asked_for = event.act == Act.WITHDRAW
    office = dossier.receiving_office if asked_for else dossier.competent_office
    asker = _bringer(dossier)
    facts = {
        "received_at": moment_words(dossier.accepted_at or dossier.submitted_at),
        "stage": str(State(event.from_state).label) if event.from_state else NOTHING,
        "asked": f"{asker}, {moment_words(event.at)}" if asked_for else "",
        "decision_sentence": f"{office.name} dừng giải quyết hồ sơ này.",
        "reason": event.reason,
        "basis": str(event.data.get("basis", "")),
        "fee": fee_words(dossier.fee_vnd),
        "signer": event.actor_name,
        "signer_title": RECEIVER if asked_for else LEADER,
    }
    return Writing(office, None, facts)


def _control(source: Source, paper: Paper) -> Writing:
    dossier = source.dossier
    clock = source.start[1] if source.start else None
    given = dossier.papers.order_by("id").values_list("name", flat=True)
    parts = parts_of(dossier.pk) if dossier.joint_offices is not None else []
    facts = {
        "received_at": moment_words(dossier.accepted_at or dossier.submitted_at),
        "limit": str(clock.limit) if clock and clock.limit else "",
        "due_at": due_words(dossier.due_at),
        "papers": [f"{place}) {name}" for place, name in enumerate(given, 1)],
        "joint": "; ".join(
            dict.fromkeys(part.office.name for part in parts if part.office != dossier.competent_office)
        ),
        "rows": _parts_given(dossier, parts, _handings(source, paper.dated_at)),
        "printed_at": moment_words(paper.dated_at),
        "signer": "",
        "signer_title": "",
    }
    return Writing(dossier.receiving_office, dossier.due_at, facts)


def _handings(source: Source, at: datetime) -> list[list[str]]:
    """One row for every handing over: number, giver, taker, when, what was done and how the giver kept time, note."""
    dossier = source.dossier
    by_instant = {event.at: event for event in source.events}
    told = {one.step.seq: one.time for one in steps_told(dossier, clock_events_of(dossier), at)}
    rows: list[list[str]] = []
    giver, step = dossier.owner_name, None
    for stay in dossier.stays.select_related("office", "holder").order_by("seq"):
        event = by_instant.get(stay.entered_at)
        office = stay.office.short_name or stay.office.name
        rows.append(
            [
                str(len(rows) + 1),
                giver if not rows or event is None else f"{giver}\n{event.actor_name}",
                office if stay.holder is None else f"{office}\n{stay.holder.full_name}",
                f"{local(stay.entered_at):%H:%M\n%d/%m/%Y}",
                _work(dossier, stay, event, told.get(step) if step is not None and step != stay.step else None),
                event.reason if event else "",
            ]
        )
        giver, step = office, stay.step
    return rows


def _parts_given(dossier: Dossier, parts: list[Part], rows: list[list[str]]) -> list[list[str]]:
    """The rows, with one more for each agency's part that has begun: the lead agency, to whom, since when, the limit.

    Law: ND61-2018 19(6)
    """
    lead = dossier.competent_office.short_name or dossier.competent_office.name
    begun = [part for part in parts if part.started_at is not None]
    return rows + [
        [
            str(place),
            lead,
            part.office.short_name or part.office.name,
            f"{local(part.started_at):%H:%M\n%d/%m/%Y}" if part.started_at else "",
            f"Phần việc {part}\n({Limit.from_json(part.limit)}, đến {due_words(part.due_at)})",
            part.summary if part.ended_at else "",
        ]
        for place, part in enumerate(begun, len(rows) + 1)
    ]


def _work(dossier: Dossier, stay: Stay, event: Event | None, step: StepTime | None) -> str:
    """What was done in one handing over, and how it stands: the last against the promise, a step against its part."""
    words = str(Act(event.act).label) if event else str(State(stay.state).label)
    if dossier.finished_at is not None and stay.entered_at == dossier.finished_at:
        return f"{words}\n({OUTCOMES[outcome(dossier.finished_at, stay.due_at)]})"
    if step is not None:
        return f"{words}\n({'bước này quá hạn' if step.is_late else 'bước này trong hạn'})"
    return words


MAKERS: dict[Kind, Callable[[Source, Paper], Writing]] = {
    Kind.RECEIPT: _receipt,
    Kind.SUPPLEMENT: _supplement,
    Kind.REFUSAL: _refusal,
    Kind.APOLOGY: _apology,
    Kind.STOP: _stop,
    Kind.CONTROL: _control,
}


def _event(source: Source, *acts: Act) -> Event:
    found = source.last(*acts)
    if found is None:
        raise AssertionError(f"this paper stands on one of {acts}")
    return found


def _bringer(dossier: Dossier) -> str:
    """Who signs as having brought it: a helper only helped."""
    return dossier.submitter_name if dossier.submitter.brings else dossier.owner_name


def _submitter(dossier: Dossier) -> dict[str, str]:
    """Who brought it, by what right, and who helped; empty where the owner did it alone."""
    told = dossier.submitter
    parts = [str(SubmitterRole(told.role).label).lower(), told.by_what] if told.brings else []
    helped = " – ".join(part for part in (told.name, told.id_no) if part) if told.role == SubmitterRole.HELPER else ""
    return {
        "submitter": _bringer(dossier),
        "submitter_id_no": told.id_no if told.brings else dossier.owner_id_no,
        "submitter_as": ", ".join(part for part in parts if part),
        "helper": helped,
        "support": dossier.support_office.name if dossier.support_office else "",
    }


def _head(source: Source, paper: Paper, writing: Writing, track_page: str) -> dict[str, Any]:
    dossier, office = source.dossier, writing.office
    code = dossier.code or dossier.submission_no
    return {
        "title": paper.form.title,
        "form_id": paper.form.id,
        "form_no": paper.form.no,
        "form_source": paper.form.circular_name,
        "superior": office.parent.name if office.parent else "",
        "office": office.name,
        "receiving": dossier.receiving_office.name,
        "receiving_phone": dossier.receiving_office.phone,
        "receiving_address": dossier.receiving_office.address,
        "competent": dossier.competent_office.name,
        "code": code,
        "secret": dossier.secret,
        "place_and_day": f"{place_name(office.province)}, {day_words(day_of(paper.dated_at))}",
        "tracking_page": track_page.partition("://")[2],
        **_submitter(dossier),
        "addressee": "ông/bà" if dossier.owner_kind == OwnerKind.CITIZEN else "quý cơ quan, tổ chức",
        "owner_name": dossier.owner_name,
        "owner_id_no": dossier.owner_id_no,
        "owner_phone": dossier.owner_phone,
        "owner_email": dossier.owner_email,
        "owner_address": dossier.owner_address,
        "procedure_code": dossier.procedure.code,
        "content": dossier.content,
    }
