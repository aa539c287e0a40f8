"""How rows become answers; `shapes.py` has what each field means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from motcua.api import shapes
from motcua.calendar.limits import Limit
from motcua.dossiers import inquiries
from motcua.dossiers.clock import ClockEvent, ClockState
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_words import day_words, summary
from motcua.dossiers.journal import part_acts_open_to
from motcua.dossiers.models import Consultation, Dossier, GivenPaper, Verification
from motcua.dossiers.next_step import Facts
from motcua.dossiers.parts import is_beyond, parts_of
from motcua.dossiers.states import Act, PartState, State
from motcua.dossiers.telling import Told
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.ratings.next_steps import next_step_of

ROW_RELATED = ("procedure", "receiving_office", "competent_office", "at_office", "holder")


def standing(dossier: Dossier) -> dict[str, Any]:
    """Where it stands, from the row alone."""
    return {
        "code": dossier.code,
        "submission_no": dossier.submission_no,
        "state": str(dossier.state),
        "seq": dossier.last_seq,
        "due_at": dossier.due_at,
        "step": dossier.step,
    }


def row(dossier: Dossier) -> dict[str, Any]:
    """A line of a list; the related rows are already there."""
    return {
        **standing(dossier),
        "state_label": str(State(dossier.state).label),
        "procedure": {"code": dossier.procedure.code, "label": dossier.procedure.name},
        "receiving_office": office_ref(dossier.receiving_office),
        "competent_office": office_ref(dossier.competent_office),
        "authority_open": dossier.authority_open,
        "at_office": office_ref(dossier.at_office),
        "holder": dossier.holder.full_name if dossier.holder else None,
        "channel": dossier.channel,
        "owner_name": dossier.owner_name,
        "submitted_at": dossier.submitted_at,
        "accepted_at": dossier.accepted_at,
        "original_due_at": dossier.original_due_at,
        "finished_at": dossier.finished_at,
        "returned_at": dossier.returned_at,
    }


def office_ref(office: Office) -> dict[str, Any]:
    """Code and name."""
    return {"code": office.code, "name": office.name}


def submitter(dossier: Dossier, *, contacts: bool) -> dict[str, Any]:
    """Who brought it; the telephone is for the unit and the owner."""
    told = asdict(dossier.submitter)
    return {**told, "phone": told["phone"] if contacts else "", "role_label": dossier.get_submitter_role_display()}


def timeline(events: Iterable[Told], *, for_applicant: bool) -> list[dict[str, Any]]:
    """Every event, oldest first."""
    return [
        {
            "seq": event.seq,
            "act": {"code": event.act, "label": str(Act(event.act).label)},
            "state": event.to_state,
            "at": event.at,
            "actor": event.actor_name,
            "on_behalf_of": event.on_behalf_of,
            "office": event.office,
            "reason": event.reason_for(applicant=for_applicant),
            "due_at": event.due_at,
        }
        for event in events
    ]


def clock(ledger: list[ClockEvent]) -> dict[str, Any]:
    """The fold of an accepted dossier's time, with every day's reason; an empty ledger where nothing was accepted yet."""
    if not ledger:
        return {
            "state": str(ClockState.NONE),
            "due_at": None,
            "original_due_at": None,
            "days": [],
            "summary": "",
            "law": [],
        }
    reading, _limit, days = told = story(ledger)
    return {
        "state": str(reading.state),
        "due_at": reading.due_at,
        "original_due_at": reading.original_due_at,
        "days": [
            {"day": day.day, "counted": day.counted, "n": day.n, "code": str(day.code), "reason": day_words(day)}
            for day in days
        ],
        "summary": summary(told),
        "law": list(reading.law),
    }


def papers(dossier: Dossier) -> list[dict[str, Any]]:
    """What was handed in."""
    return [
        {
            "component_id": paper.component_id,
            "name": paper.name,
            "originals": paper.originals,
            "copies": paper.copies,
            "file_id": paper.file_id,
            "text": paper.text,
            "filled": paper.filled,
            "given_at": paper.given_at,
        }
        for paper in GivenPaper.objects.filter(dossier=dossier).order_by("pk")
    ]


def parts(dossier: Dossier, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """What each agency does; what passes between them is not the applicant's before the whole is done."""
    if dossier.joint_offices is None:
        return []
    for_applicant = not actor.is_officer
    hidden = for_applicant and dossier.finished_at is None
    return [
        {
            "number": part.number,
            "name": part.name,
            "task": "" if for_applicant else part.task,
            "office": {"code": part.office.code, "name": part.office.name},
            "waits_for": part.waits_for,
            "limit": str(Limit.from_json(part.limit)),
            "state": part.state,
            "state_label": str(PartState(part.state).label),
            "holder": part.holder and part.holder.full_name,
            "started_at": part.started_at,
            "due_at": part.due_at,
            "first_due_at": part.first_due_at,
            "extensions": len(part.extensions),
            "is_beyond": is_beyond(part, dossier.due_at),
            "ended_at": part.ended_at,
            "outcome": part.outcome,
            "paper_no": "" if hidden else part.paper_no,
            "summary": "" if hidden else part.summary,
            "file_id": None if hidden else part.file_id,
            "acts": choices(part_acts_open_to(dossier, part, actor, at)),
        }
        for part in parts_of(dossier.pk)
    ]


def choices(acts: Iterable[Act]) -> list[dict[str, str]]:
    """Acts with their words."""
    return [{"code": str(act), "label": str(act.label)} for act in acts]


def appointments(events: Iterable[Told], state: str, at: datetime) -> list[dict[str, Any]]:
    """What the applicant has to come to."""
    return [asdict(one) for one in inquiries.appointments(events, state, at)]


def consultation(one: Consultation) -> dict[str, Any]:
    """One office that was asked; the office is already there."""
    return {**_stored(one, shapes.ConsultationOut), "office": office_ref(one.office)}


def verification(one: Verification) -> dict[str, Any]:
    """One verification."""
    return _stored(one, shapes.VerificationOut)


def _stored(one: Consultation | Verification, shape: type[BaseModel]) -> dict[str, Any]:
    return {name: getattr(one, name) for name in shape.model_fields if name != "office"}


def next_step(facts: Facts, at: datetime) -> dict[str, Any]:
    """What the owner must do next."""
    step = next_step_of(facts, at)
    return {"need": step.need.value, "is_owners": step.is_owners, "sentence": step.sentence, "day": step.day}
