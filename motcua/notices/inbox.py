"""What the portal shows a person, and what an officer sees of the notices about a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.text import masked
from motcua.base.times import day_of
from motcua.notices.kinds import FOR_OFFICERS, OF_PETITION, Kind, Way
from motcua.notices.models import Delivery, Notice, Progress
from motcua.notices.wording import render, words_on
from motcua.offices.actors import Actor


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice in the reader's language. `submission_no`: of the dossier it is about; empty for an officer's sum.

    petition: the code of the petition it is about, for whoever sent it.
    """

    pk: int
    subject: str
    body: str
    made_at: datetime
    is_read: bool
    submission_no: str
    petition: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A notice about a dossier as the officer sees it: what, when, to whom in the portal, and each way with its state."""

    kind: str
    made_at: datetime
    in_portal: bool
    read_at: datetime | None
    ways: tuple[Delivery, ...]
    for_officer: str

    @property
    def is_unreachable(self) -> bool:
        """Nobody can have got it: no account, and no way out."""
        return not self.in_portal and not self.ways


def whose(actor: Actor) -> int | None:
    """Whose notices this person reads in the capacity they chose; nobody's where they act for some dossiers only."""
    one = actor.acting_for
    return None if one is not None and one.dossiers else actor.owner_id


def unread(account_id: int | None) -> int:
    """How many notices this person has not marked as read."""
    return Notice.objects.of(account_id).unread().count()


def shown(rows: Iterable[Notice], at: datetime) -> list[Shown]:
    """Notices in the reader's language; one statement beside the rows'. The links of e-mails are left out: the page has its own."""
    notices = list(rows)
    words = words_on(day_of(at), {one.kind for one in notices})
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    made = []
    for one in notices:
        subject, body = words[one.kind, language, "long"]
        text = render(body, one.facts).strip()
        submission_no = "" if one.kind in FOR_OFFICERS else str(one.facts.get("submission_no", ""))
        petition = str(one.facts.get("code", "")) if one.kind in OF_PETITION.values() else ""
        is_read = one.read_at is not None
        made.append(Shown(one.pk, render(subject, one.facts), text, one.made_at, is_read, submission_no, petition))
    return made


def mark_read(notice_id: int, actor: Actor, at: datetime) -> Notice:
    """One notice is read. Raises NotThere for anybody else's."""
    mine = Notice.objects.of(whose(actor))
    mine.filter(pk=notice_id).unread().update(read_at=at)
    found = mine.filter(pk=notice_id).first()
    if found is None:
        raise NotThere(_("Không có thông báo này."))
    return found


def mark_all_read(upto: int, actor: Actor, at: datetime) -> int:
    """Everything up to the newest that was on the page (inclusive) is read; how many were not."""
    return Notice.objects.of(whose(actor)).unread().filter(pk__lte=upto).update(read_at=at)


def told_of(dossier_id: int, *, contacts: bool) -> list[Gone]:
    """Every notice about a dossier, the newest first, for whoever sees the dossier; two statements.

    contacts: this officer may see addresses; else they are masked.
    """
    rows = Notice.objects.filter(dossier_id=dossier_id).select_related("account").prefetch_related("deliveries")
    made = []
    for one in rows.order_by("-made_at", "-id"):
        deliveries = sorted(one.deliveries.all(), key=lambda delivery: delivery.pk)
        for delivery in deliveries:
            delivery.address = delivery.address if contacts else hidden(delivery)
        officer = one.account.full_name if one.kind in FOR_OFFICERS and one.account else ""
        made.append(
            Gone(
                str(Kind(one.kind).label),
                one.made_at,
                one.account_id is not None,
                one.read_at,
                tuple(deliveries),
                officer,
            )
        )
    return made


def hidden(delivery: Delivery) -> str:
    """An address as lists show it."""
    if delivery.way != Way.EMAIL:
        return masked(delivery.address)
    name, _sign, host = delivery.address.partition("@")
    return f"{name[:1]}***@{host}"


__all__ = ["Gone", "Progress", "Shown", "hidden", "mark_all_read", "mark_read", "shown", "told_of", "unread", "whose"]
