"""Custody of a parcel from hand to hand: which step may follow, pure. Law: QD45-2016 7; TT17-2017 5"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holder(models.TextChoices):
    """In whose hands a parcel can be."""

    SENDER = "sender", _("Người gửi")
    POST = "post", _("Bưu điện")
    AGENCY = "agency", _("Cơ quan")
    RECIPIENT = "recipient", _("Người nhận")
    NOBODY = "nobody", _("Không còn")


class Step(models.TextChoices):
    """What happened to a parcel."""

    HANDED = "handed", _("Giao nhận")
    INVITED = "invited", _("Mời nhận")
    DELIVERED = "delivered", _("Đã phát")
    CAME_BACK = "came_back", _("Chuyển hoàn")
    LOST = "lost", _("Thất lạc")


class ParcelState(models.TextChoices):
    """Where the chain of a parcel has come to."""

    ON_THE_WAY = "on_the_way", _("Đang ở bưu chính")
    ARRIVED = "arrived", _("Cơ quan đã nhận")
    DELIVERED = "delivered", _("Đã phát")
    UNDELIVERED = "undelivered", _("Không phát được, đã chuyển hoàn")
    LOST = "lost", _("Thất lạc")


@dataclass(frozen=True, slots=True)
class Move:
    """One row: a step, from whose hands into whose, and the state after it."""

    step: Step
    source: Holder
    target: Holder
    state: ParcelState


MOVES = (
    Move(Step.HANDED, Holder.SENDER, Holder.POST, ParcelState.ON_THE_WAY),
    Move(Step.HANDED, Holder.POST, Holder.POST, ParcelState.ON_THE_WAY),
    Move(Step.HANDED, Holder.POST, Holder.AGENCY, ParcelState.ARRIVED),
    Move(Step.HANDED, Holder.AGENCY, Holder.AGENCY, ParcelState.ARRIVED),
    Move(Step.HANDED, Holder.AGENCY, Holder.POST, ParcelState.ON_THE_WAY),
    Move(Step.INVITED, Holder.POST, Holder.POST, ParcelState.ON_THE_WAY),
    Move(Step.DELIVERED, Holder.POST, Holder.RECIPIENT, ParcelState.DELIVERED),
    # What came back is collected at the counter.
    Move(Step.DELIVERED, Holder.AGENCY, Holder.RECIPIENT, ParcelState.DELIVERED),
    Move(Step.CAME_BACK, Holder.POST, Holder.AGENCY, ParcelState.UNDELIVERED),
    Move(Step.LOST, Holder.POST, Holder.NOBODY, ParcelState.LOST),
    Move(Step.LOST, Holder.AGENCY, Holder.NOBODY, ParcelState.LOST),
)
OUTBOUND_ONLY = (Step.INVITED, Step.DELIVERED, Step.CAME_BACK)


def moves_from(holder: str, *, outbound: bool) -> list[Move]:
    """What may happen next to a parcel in these hands."""
    rows = [move for move in MOVES if move.source == holder and (outbound or move.step not in OUTBOUND_ONLY)]
    # An incoming parcel is the agency's once it is there; a result never starts at the sender.
    return [move for move in rows if outbound or move.source != Holder.AGENCY or move.target != Holder.POST]


def move(step: str, source: str, target: str, *, outbound: bool) -> Move | None:
    """The row for this step between these hands, or None when it may not be."""
    rows = moves_from(source, outbound=outbound)
    return next((row for row in rows if row.step == step and row.target == target), None)
