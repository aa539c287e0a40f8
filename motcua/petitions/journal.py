"""The one frame in which a petition changes: lock, ask the tables, let the act change facts, write what happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from secrets import compare_digest
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.canonical import digest
from motcua.base.errors import Forbidden, Invalid, NotThere, Refused, Stale
from motcua.base.ids import random_key, tidy_key
from motcua.base.times import day_of
from motcua.dossiers.journal import LOCK_PATIENCE
from motcua.offices.actors import Actor
from motcua.petitions.models import Petition, PetitionCounter, PetitionEvent
from motcua.petitions.permissions import acts_open_to, has_right, may_see
from motcua.petitions.table import TRANSITIONS, PetitionAct, PetitionState

NO_HASH = bytes(32)
SAID_AT_THE_BEGINNING = (
    "code", "secret", "way", "received_at", "person_name", "person_phone", "person_email", "person_address",
    "account_id", "content", "dossier_id", "about_office_id", "about_person", "entered_by_id",
)  # fmt: skip
CHANGES = (
    "kind", "concerned", "state", "owner_office", "owner", "asked_officer", "due_on", "publish_due_on", "closed_at",
    "reopened", "last_seq", "last_hash", "last_event_at",
)  # fmt: skip


class Performance:
    """One act under way on one locked petition. The act changes `petition` and says what the journal shall keep."""

    def __init__(self, act: PetitionAct, petition: Petition, actor: Actor, at: datetime) -> None:
        self.act = act
        self.petition = petition
        self.actor = actor
        self.at = at
        self.text = ""
        self.data: dict[str, Any] = {}
        if (target := TRANSITIONS[act].target) is not None:
            petition.state = target

    def say(self, text: str, **data: Any) -> None:
        """What the event keeps for ever."""
        self.text = text.strip()
        self.data.update(data)

    def write(self) -> None:
        """The event, and the petition's row with it."""
        petition = self.petition
        petition.last_seq += 1
        petition.last_event_at = self.at
        event = PetitionEvent(
            seq=petition.last_seq,
            act=self.act,
            state=petition.state,
            kind=petition.kind,
            owner_office_id=petition.owner_office_id,
            owner_id=petition.owner_id,
            due_on=petition.due_on,
            publish_due_on=petition.publish_due_on,
            closed_at=petition.closed_at,
            actor_id=self.actor.account_id,
            actor_name=self.actor.full_name or petition.person_name,
            at=self.at,
            text=self.text,
            data={**self.data, "asked_officer": petition.asked_officer_id, "concerned": sorted(petition.concerned)},
            previous_hash=bytes(petition.last_hash) or NO_HASH,
        )
        event.hash = event_hash(petition.code, event)
        petition.last_hash = event.hash
        petition.save(update_fields=CHANGES if petition.pk else None)
        event.petition = petition
        event.save(force_insert=True)


def event_hash(code: str, event: PetitionEvent) -> bytes:
    """SHA-256 over everything the event says and the hash of the event before it, 32 bytes."""
    return digest(
        {
            "petition": code,
            "seq": event.seq,
            "act": str(event.act),
            "state": str(event.state),
            "kind": str(event.kind),
            "owner_office": event.owner_office_id,
            "owner": event.owner_id,
            "due_on": _said(event.due_on),
            "publish_due_on": _said(event.publish_due_on),
            "closed_at": _said(event.closed_at),
            "actor": event.actor_id,
            "actor_name": event.actor_name,
            "at": _said(event.at),
            "text": event.text,
            "data": event.data,
            "previous": bytes(event.previous_hash).hex(),
        }
    )


def said_at_the_beginning(petition: Petition) -> str:
    """A digest of what came in, which the first event keeps."""
    return digest({name: _said(getattr(petition, name)) for name in SAID_AT_THE_BEGINNING}).hex()


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


def founding(petition: Petition, *, actor: Actor, at: datetime, topic: str = "") -> Petition:
    """Bring a petition into being, inside the caller's transaction: its number, its secret, its first event."""
    petition.code = _next_code(day_of(at).year)
    petition.secret = random_key(8)
    performance = Performance(PetitionAct.RECEIVE, petition, actor, at)
    about = {"topic": topic} if topic else {}
    performance.say("", said=said_at_the_beginning(petition), **about)
    performance.write()
    return petition


@contextmanager
def performing(
    act: PetitionAct,
    petition_id: int,
    *,
    actor: Actor,
    at: datetime,
    secret: str | None = None,
    seen: int | None = None,
) -> Iterator[Performance]:
    """Perform one act on one petition: a transaction of its own that locks the row.

    secret: what the person shows instead of an account. seen: number of the last event that the actor saw.
    Raises NotThere for outsiders and a wrong secret, Stale, Forbidden without the right, Refused by the state.
    """
    with transaction.atomic(durable=True):
        petition = Petition.objects.select_for_update().filter(pk=petition_id).first()
        is_person = petition is not None and is_secret_of(petition, secret)
        if petition is None or not (is_person or may_see(actor, petition)):
            raise NotThere(_("Không có phản ánh này."))
        at = _in_order(petition, at)
        if seen is not None and seen != petition.last_seq:
            raise Stale(_("Phản ánh vừa được người khác cập nhật. Hãy xem lại trước khi thực hiện."))
        if petition.state not in TRANSITIONS[act].sources:
            sentence = _("Không thể “%(act)s” khi phản ánh ở trạng thái “%(state)s”.")
            raise Refused(
                sentence % {"act": act.label, "state": PetitionState(petition.state).label}, code="wrong_state"
            )
        if not has_right(act, actor, petition, is_person=is_person):
            raise Forbidden(_("Bạn không có quyền “%(act)s” đối với phản ánh này.") % {"act": act.label})
        if act not in acts_open_to(petition, actor, is_person=is_person):
            raise Refused(_("Việc này không còn làm được với phản ánh này."), code="guarded")
        performance = Performance(act, petition, actor, at)
        yield performance
        performance.write()


def is_secret_of(petition: Petition, secret: str | None) -> bool:
    """Whether somebody knows the petition's secret."""
    return secret is not None and compare_digest(petition.secret.encode(), tidy_key(secret).encode())


def needed(text: str, field: str = "text") -> str:
    """What an act has to say. Raises Invalid where nothing is said."""
    if not text.strip():
        sentence = _("Cần viết nội dung.")
        raise Invalid(sentence, fields={field: sentence}, code="text_needed")
    return text.strip()


def _next_code(year: int) -> str:
    """`PA-2021-000042`: numbers of a year are continuous, so that a missing one is seen."""
    PetitionCounter.objects.get_or_create(year=year, defaults={"last": 0})
    counter = PetitionCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"PA-{year}-{counter.last:06d}"


def _in_order(petition: Petition, at: datetime) -> datetime:
    if at >= petition.last_event_at:
        return at
    if petition.last_event_at - at <= LOCK_PATIENCE:
        return petition.last_event_at
    raise Refused(_("Thời điểm này sớm hơn sự kiện gần nhất của phản ánh."), code="out_of_order")
