"""What was asked of others about one dossier, and what was planned on the spot, as its readers may know it.

Few dossiers have any: its events, which every page reads anyway, say whether to ask for more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.dossiers.permissions import is_owner, own_interest
from motcua.dossiers.states import INQUIRING, Act
from motcua.dossiers.telling import Told
from motcua.dossiers.visibility import ANSWERING
from motcua.offices.actors import Actor


@dataclass(frozen=True, slots=True)
class Appointment:
    """A verification that the applicant has to come to."""

    place: str
    begins_at: datetime
    ends_at: datetime
    participants: str
    content: str


def appointments(events: Iterable[Told], state: str, at: datetime) -> list[Appointment]:
    """What the applicant has to come to and is not over at `at`, the nearest first; from the events alone.

    Law: ND61-2018 19(3)
    """
    planned: dict[int, dict[str, str]] = {}
    for event in events if state in INQUIRING else ():
        if (one := event.data.get("verification")) and one["needs_applicant"]:
            planned[one["id"]] = one
        for ended in event.data.get("verified", ()):
            planned.pop(ended["id"], None)
    coming = [
        Appointment(
            one["place"],
            datetime.fromisoformat(one["begins_at"]),
            datetime.fromisoformat(one["ends_at"]),
            one["participants"],
            one["content"],
        )
        for one in planned.values()
    ]
    return sorted((one for one in coming if one.ends_at > at), key=lambda one: one.begins_at)


def consultations_of(dossier: Dossier, events: Sequence[Told], actor: Actor) -> list[Consultation]:
    """Every consultation for officers, the newest first; nothing for whoever the matter is their own."""
    if not _reads(dossier, events, actor, Act.CONSULT):
        return []
    rows = Consultation.objects.filter(dossier=dossier).select_related("office", "asked_by", "closed_by", "file")
    return list(rows.order_by("-id"))


def verifications_of(dossier: Dossier, events: Sequence[Told], actor: Actor) -> list[Verification]:
    """Every verification for officers, the newest first; nothing for whoever the matter is their own."""
    if not _reads(dossier, events, actor, Act.PLAN_VERIFICATION):
        return []
    rows = Verification.objects.filter(dossier=dossier).select_related("planned_by", "closed_by", "file")
    return list(rows.order_by("-id"))


def may_read_inquiries(actor: Actor, dossier: Dossier) -> bool:
    """What offices tell each other is for officers, but not in a matter of their own."""
    return actor.is_officer and not is_owner(actor, dossier) and not own_interest(actor, dossier)


def open_consultations(dossier: Dossier, actor: Actor | None = None) -> list[Consultation]:
    """Those that wait for an answer, oldest first; of this person's offices only, where one is named."""
    if dossier.asked_offices is None:
        return []
    rows = Consultation.objects.open().filter(dossier=dossier).select_related("office").order_by("id")
    if actor is not None:
        rows = rows.filter(office_id__in=actor.offices(*ANSWERING))
    return list(rows)


def open_verifications(dossier: Dossier) -> list[Verification]:
    """Those that are planned, the nearest first."""
    if not dossier.being_verified:
        return []
    return list(Verification.objects.open().filter(dossier=dossier).order_by("begins_at", "id"))


def _reads(dossier: Dossier, events: Sequence[Told], actor: Actor, act: Act) -> bool:
    return any(event.act == act for event in events) and may_read_inquiries(actor, dossier)
