"""What is told of a petition: to the person everything but notes among officers, to everybody what was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.petitions.models import Petition, PetitionEvent
from motcua.petitions.table import PetitionAct, PetitionState

# What officers write to each other is not the person's; a statement is: the law sends it to them. Law: ND309-2026 4
NOTES = (PetitionAct.ASSIGN, PetitionAct.ASK_STATEMENT)


@dataclass(frozen=True, slots=True)
class Line:
    """One act in words; `text` empty where this reader may not know it."""

    act: str
    at: datetime
    who: str
    office: str
    text: str
    more: str


@dataclass(frozen=True, slots=True)
class Published:
    """A question and its answer, as everybody may read them."""

    code: str
    kind: str
    office: str
    question: str
    answer: str
    at: datetime


def lines(petition: Petition, *, for_person: bool) -> list[Line]:
    """Everything that was done, oldest first."""
    events = petition.events.select_related("owner_office").order_by("seq")
    return [_line(event, for_person) for event in events]


def last_said(petition: Petition, act: PetitionAct) -> str:
    """What the last event of a kind says; empty where there is none."""
    event = petition.events.filter(act=act).order_by("-seq").first()
    return event.text if event else ""


def published(words: str = "") -> models.QuerySet[PetitionEvent]:
    """Answers open to everybody, each as it was published last; one whose petition is open again is not among them.

    words: every one of them stands in question or answer, written with marks or without.
    """
    again = PetitionEvent.objects.filter(
        petition=models.OuterRef("petition"), act=PetitionAct.PUBLISH, seq__gt=models.OuterRef("seq")
    )
    rows = PetitionEvent.objects.filter(
        ~models.Exists(again), act=PetitionAct.PUBLISH, petition__state=PetitionState.PUBLISHED
    )
    said = Concat(KeyTextTransform("question", "data"), models.Value(" "), "text", output_field=models.TextField())
    rows = rows.annotate(folded=models.Func(said, function="fold", output_field=models.TextField()))
    for word in fold(words).split():
        rows = rows.filter(folded__contains=word)
    return rows.select_related("petition", "owner_office")


def as_published(event: PetitionEvent) -> Published:
    """What everybody may read of it."""
    return Published(
        event.petition.code,
        str(event.petition.get_kind_display()),
        event.owner_office.name,
        str(event.data.get("question", "")),
        event.text,
        event.at,
    )


def _line(event: PetitionEvent, for_person: bool) -> Line:
    act = PetitionAct(event.act)
    hidden = for_person and act in NOTES
    return Line(
        act=str(act.label),
        at=event.at,
        who="" if for_person else event.actor_name,
        office=event.owner_office.name,
        text="" if hidden else event.text,
        more="" if hidden else _more(event.data),
    )


def _more(data: dict[str, Any]) -> str:
    if agency := data.get("agency"):
        return _("Nơi nhận: %(agency)s") % {"agency": agency}
    if day := data.get("arrived_on"):
        return _("Nhận ngày %(day)s") % {"day": "/".join(reversed(str(day).split("-")))}
    if owner := data.get("owner"):
        return _("Người xử lý: %(name)s") % {"name": owner}
    if officer := data.get("officer"):
        return _("Người được yêu cầu: %(name)s") % {"name": officer}
    return ""
