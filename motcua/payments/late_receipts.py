"""Receipts that were missing when money came online: no book was open, or its last number was gone. Written later, once.

Law: ND123-2020 30, 32
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import has_right
from motcua.dossiers.states import Act
from motcua.fees import late
from motcua.fees.late import Unreceipted
from motcua.fees.models import Receipt
from motcua.offices.actors import Actor
from motcua.payments.giving_back import TAKING


@dataclass(frozen=True, slots=True)
class Missing:
    """A payment without its receipt, and the dossier that it is for; `may_write`: whether this person writes it."""

    payment: Unreceipted
    dossier: Dossier
    may_write: bool


def without_receipt(actor: Actor, most: int) -> list[Missing]:
    """The payments at this person's counters that have no receipt, the oldest first; of dossiers that exist for them."""
    found = late.unreceipted(actor.offices(*TAKING), most)
    rows = Dossier.objects.visible_to(actor).filter(bill_id__in=[one.bill_id for one in found])
    by_bill = {dossier.bill_id: dossier for dossier in rows}
    return [
        Missing(one, by_bill[one.bill_id], has_right(Act.TAKE_FEE, actor, by_bill[one.bill_id]))
        for one in found
        if one.bill_id in by_bill
    ]


def missing_receipt(entry_id: int, actor: Actor) -> Missing:
    """One of them by the first entry of its payment, for whoever may write its receipt. Raises NotThere, also once it is written."""
    payment = late.unreceipted_payment(entry_id)
    if payment is not None and payment.counter_id in actor.offices(*TAKING):
        dossier = Dossier.objects.visible_to(actor).filter(bill_id=payment.bill_id).first()
        if dossier is not None and has_right(Act.TAKE_FEE, actor, dossier):
            return Missing(payment, dossier, True)
    raise NotThere(_("Không có khoản nào chờ biên lai."))


def write_receipt(entry_id: int, *, actor: Actor, at: datetime) -> Receipt:
    """Write the receipt of money that is booked without one; the ledger stays as it is, and says the same.

    Raises NotThere for who may not, Refused where it was written meanwhile (receipt_written), its money went back
    (already_refunded), or no book is open (no_receipt_book). Law: ND123-2020 30
    """
    found = missing_receipt(entry_id, actor)
    return late.write(found.payment, actor=actor, at=at)
