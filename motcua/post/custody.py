"""A parcel goes from hand to hand; every hand-over is signed for, none is left out.

A result handed to the post is given back in law on that day (`Dossier.returned_at`); what then becomes of the parcel
stands here. Law: QD45-2016 7; TT17-2017 5
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.offices.actors import Actor
from motcua.post.chain import Holder, ParcelState, Step, move
from motcua.post.limits import due_on, may_come_back
from motcua.post.models import Custody, Direction, Parcel, Zone

RECEIVING = ("receiver", "unit_head")


@dataclass(frozen=True, slots=True)
class Item:
    """A parcel as it is handed over: `postman` signs for the post (the carrier where nobody is named)."""

    item_no: str
    person: str
    office_id: int
    address: str = ""
    postman: str = ""
    carrier: str = "VNPost"
    zone: str = Zone.PROVINCE
    with_slip: bool = False
    papers: Sequence[dict[str, Any]] = ()


def receive(item: Item, *, actor: Actor, at: datetime) -> Parcel:
    """The post hands a dossier to the counter: the legal moment of its submission. Law: QD45-2016 7"""
    parcel = _found(item, Direction.INBOUND, ParcelState.ARRIVED, at)
    _write(parcel, 1, Step.HANDED, (Holder.POST, _postman(item)), (Holder.AGENCY, actor.full_name), actor, at)
    return parcel


def dispatch(item: Item, *, actor: Actor, at: datetime) -> Parcel:
    """The counter hands a result to the post, which has the working days of its zone. Law: TT17-2017 7"""
    parcel = _found(item, Direction.OUTBOUND, ParcelState.ON_THE_WAY, at)
    _write(parcel, 1, Step.HANDED, (Holder.AGENCY, actor.full_name), (Holder.POST, _postman(item)), actor, at)
    return parcel


@transaction.atomic
def pass_on(
    parcel_id: int,
    *,
    step: str,
    to_holder: str,
    to_name: str,
    actor: Actor,
    at: datetime,
    signed_by: str = "",
    note: str = "",
) -> Custody:
    """The next link of the chain. Raises Invalid without a name, Refused for a step that may not follow.

    The post brings a result back only after two invitations, two working days apart. Law: TT17-2017 5
    """
    parcel = Parcel.objects.select_for_update().filter(pk=parcel_id).first()
    if parcel is None or parcel.office_id is None or parcel.office_id not in actor.offices():
        raise NotThere(_("Không có bưu gửi này."))
    if parcel.office_id not in actor.offices(*RECEIVING):
        raise Forbidden(_("Chỉ người tiếp nhận tại nơi này ghi được việc giao nhận bưu gửi."))
    links = list(parcel.custody.order_by("seq"))
    last = links[-1] if links else None
    if last is None:
        raise Refused(_("Bưu gửi này được ghi nhận trước khi có sổ giao nhận."), code="no_custody")
    found = move(step, last.to_holder, to_holder, outbound=parcel.direction == Direction.OUTBOUND)
    if found is None:
        sentence = _("Bưu gửi đang ở “%(holder)s”: không thể ghi bước này, chuỗi giao nhận sẽ đứt.")
        raise Refused(sentence % {"holder": Holder(last.to_holder).label}, code="custody_gap")
    if at < last.at:
        raise Refused(_("Thời điểm này sớm hơn lần giao nhận trước."), code="out_of_order")
    if found.step == Step.CAME_BACK and (why := may_come_back(links, at)):
        raise Refused(why, code="not_invited_twice")
    name = last.to_name if found.step == Step.INVITED else tidy(to_name)
    if found.step == Step.LOST:
        name = name or str(Holder.NOBODY.label)
    if not name:
        raise Invalid(_("Cần tên người nhận."), fields={"to_name": _("Cần tên người nhận.")}, code="name_needed")
    if found.step == Step.LOST and not note.strip():
        raise Invalid(_("Cần nêu lý do."), fields={"note": _("Cần nêu lý do.")}, code="reason_needed")
    source = (last.to_holder, last.to_name)
    made = _write(parcel, last.seq + 1, found.step, source, (to_holder, name), actor, at, tidy(signed_by), note.strip())
    parcel.state = found.state
    parcel.save(update_fields=["state"])
    return made


def _found(item: Item, direction: Direction, state: ParcelState, at: datetime) -> Parcel:
    if Parcel.objects.filter(direction=direction, carrier=item.carrier, item_no=item.item_no).exists():
        sentence = _("Số hiệu bưu gửi này đã được ghi nhận.")
        raise Invalid(sentence, fields={"parcel_no": sentence}, code="parcel_known")
    return Parcel.objects.create(
        direction=direction,
        item_no=item.item_no,
        carrier=item.carrier,
        handed_at=at,
        address=item.address,
        office_id=item.office_id,
        person=item.person,
        zone=item.zone,
        with_slip=item.with_slip,
        papers=list(item.papers),
        due_on=due_on(day_of(at), item.zone, item.with_slip) if direction == Direction.OUTBOUND else None,
        state=state,
    )


def _postman(item: Item) -> str:
    return tidy(item.postman) or item.carrier


def _write(
    parcel: Parcel,
    seq: int,
    step: str,
    source: tuple[str, str],
    target: tuple[str, str],
    actor: Actor,
    at: datetime,
    signed_by: str = "",
    note: str = "",
) -> Custody:
    return Custody.objects.create(
        parcel=parcel,
        seq=seq,
        previous_seq=seq - 1 if seq > 1 else None,
        step=step,
        from_holder=source[0],
        from_name=source[1],
        to_holder=target[0],
        to_name=target[1],
        signed_by=signed_by or target[1],
        at=at,
        recorded_by_id=actor.account_id,
        note=note,
    )
