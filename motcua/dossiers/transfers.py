"""Handing dossiers on in a batch: each goes on by its own act, the list that two people sign says what went together.

Law: ND61-2018 18
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, MotcuaError, NotThere, Refused
from motcua.base.text import tidy
from motcua.dossiers.acts.processing import forward
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.transfers import Transfer, TransferLine
from motcua.dossiers.states import State
from motcua.offices.actors import Actor

GIVING = ("receiver", "unit_head")
# Who takes papers over at an office: whoever works there at dossiers.
TAKING = ("receiver", "unit_head", "handler", "head", "approver", "clerk")
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Given:
    """What a batch came to: the lists that were made, one for each office, and what stayed, each with why."""

    transfers: tuple[Transfer, ...]
    stayed: tuple[tuple[str, str], ...]


def to_give(actor: Actor) -> QuerySet[Dossier]:
    """What this person's units took in and have not handed on yet, the oldest first."""
    offices = actor.offices(*GIVING)
    waiting = Dossier.objects.filter(at_office_id__in=offices, receiving_office_id__in=offices, state=State.ACCEPTED)
    return waiting.visible_to(actor).order_by("accepted_at", "id")


def give(dossier_ids: Sequence[int], *, actor: Actor, at: datetime) -> Given:
    """Hand these on, each to where its process goes next; one that can't go stays, and says why.

    Raises Invalid for an empty or too long list.
    """
    if not 0 < len(set(dossier_ids)) <= MOST_AT_ONCE:
        raise Invalid(_("Hãy chọn từ 1 đến %(most)s hồ sơ.") % {"most": MOST_AT_ONCE}, code="how_many")
    if actor.account_id is None:
        raise Forbidden(_("Người giao phải ký tên mình."))
    there = to_give(actor).in_bulk(list(set(dossier_ids)))
    gone: dict[tuple[int, int], list[Dossier]] = defaultdict(list)
    stayed: list[tuple[str, str]] = []
    for one in dict.fromkeys(dossier_ids):
        dossier = there.get(one)
        if dossier is None:
            stayed.append((f"#{one}", _("Hồ sơ không còn chờ chuyển ở đây.")))
            continue
        try:
            moved = forward(one, actor=actor, at=at, seen=dossier.last_seq)
        except MotcuaError as error:
            stayed.append((str(dossier), str(error)))
        else:
            gone[moved.receiving_office_id, moved.at_office_id].append(moved)
    return Given(
        tuple(_listed(offices, rows, actor.account_id, actor.full_name, at) for offices, rows in gone.items()),
        tuple(stayed),
    )


def _listed(offices: tuple[int, int], rows: Sequence[Dossier], by: int, name: str, at: datetime) -> Transfer:
    with transaction.atomic():
        made = Transfer.objects.create(
            from_office_id=offices[0],
            to_office_id=offices[1],
            given_by_id=by,
            given_by_name=name,
            given_at=at,
        )
        TransferLine.objects.bulk_create(
            TransferLine(transfer=made, dossier=one, event_seq=one.last_seq) for one in rows
        )
    return made


def waiting_for(actor: Actor) -> QuerySet[Transfer]:
    """Lists that wait for the second signature at one of this person's offices, the oldest first."""
    return Transfer.objects.filter(to_office_id__in=actor.offices(*TAKING), taken_at=None).order_by("given_at", "id")


def given_by_units_of(actor: Actor) -> QuerySet[Transfer]:
    """Lists that this person's units gave, the newest first."""
    return Transfer.objects.filter(from_office_id__in=actor.offices(*GIVING)).order_by("-given_at", "-id")


def seen_by(actor: Actor, transfer_id: int) -> Transfer:
    """One list, for both sides of it. Raises NotThere."""
    found = Transfer.objects.select_related("from_office", "to_office").filter(pk=transfer_id).first()
    if found is None or not (
        found.from_office_id in actor.offices(*GIVING) or found.to_office_id in actor.offices(*TAKING)
    ):
        raise NotThere(_("Không có phiếu bàn giao này."))
    return found


def may_take(transfer: Transfer, actor: Actor) -> bool:
    """Whether this person may sign for the side that takes: posted there, and not who gave it."""
    is_there = transfer.to_office_id in actor.offices(*TAKING)
    return transfer.taken_at is None and is_there and transfer.given_by_id not in actor.persons


def take(transfer_id: int, *, missing: Collection[int] = (), note: str = "", actor: Actor, at: datetime) -> Transfer:
    """Sign for what came; `missing`: dossiers of the list whose papers were not there, which need a note.

    Raises Refused where somebody has signed already, Forbidden for whoever gave it, Invalid for a dossier of another list.
    """
    with transaction.atomic():
        found = seen_by(actor, transfer_id)
        found = Transfer.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if found.taken_at is not None:
            raise Refused(_("%(who)s đã ký nhận phiếu này.") % {"who": found.taken_by_name}, code="taken_already")
        if not may_take(found, actor):
            raise Forbidden(_("Bên nhận ký, và không phải người đã giao."))
        known = set(found.lines.values_list("dossier_id", flat=True))
        if not known.issuperset(missing):
            raise Invalid(_("Có hồ sơ không thuộc phiếu này."), code="of_another_list")
        if missing and not tidy(note):
            sentence = _("Hãy ghi rõ thiếu gì.")
            raise Invalid(sentence, fields={"note": sentence}, code="note_needed")
        found.taken_by_id, found.taken_by_name, found.taken_at = actor.account_id, actor.full_name, at
        found.missing, found.note = sorted(set(missing)), tidy(note)[:500]
        found.save(update_fields=["taken_by", "taken_by_name", "taken_at", "missing", "note"])
    return found
