"""Money on one dossier: its bill, and the page of each act on it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.dossiers.acts import fees
from motcua.dossiers.journal import is_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act
from motcua.fees.ledger import Balance, fold
from motcua.fees.models import Bill, Receipt
from motcua.forms.fee_receipt import fee_receipt_pdf
from motcua.pages.counter.money_forms import (
    CancelReceiptForm,
    ChargeFeeForm,
    ExemptFeeForm,
    RefundFeeForm,
    TakeFeeForm,
)
from motcua.pages.layout.acting import ACT_ROUTES, act_page, sending
from motcua.pages.layout.papers import pdf_response
from motcua.pages.layout.reading import dossier_read_by
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.log import read
from motcua.readings.models import Through

FEE_ACTS = (Act.TAKE_FEE, Act.EXEMPT_FEE, Act.CHARGE_FEE, Act.REFUND_FEE, Act.CANCEL_RECEIPT)
DONE = "counter:bill"


def bill(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """What a dossier costs, what was paid, with its ledger and receipts."""
    dossier = dossier_read_by(request, dossier_id, Through.PAGE)
    made = dossier.bill
    opened = [act for act in FEE_ACTS if is_open_to(act, dossier, request.actor, request.at)]
    context = {
        "dossier": dossier,
        "bill": made,
        "lines": lines_of(made),
        "balance": balance_of(made).total if made else None,
        "entries": made.entries.select_related("line", "receipt").order_by("seq") if made else (),
        "receipts": made.receipts.select_related("book", "cancellation").order_by("id") if made else (),
        "buttons": [(act, ACT_ROUTES[act]) for act in opened],
    }
    return render(request, "counter/bill.html", context)


def balance_of(made: Bill) -> Balance:
    """What the ledger of a bill comes to."""
    return fold(made.entries.values_list("line_id", "kind", "amount_vnd"))


def lines_of(made: Bill | None) -> list[dict[str, object]]:
    """The lines with what they come to."""
    if made is None:
        return []
    balance = balance_of(made)
    return [{"line": line, "money": balance.lines[line.pk]} for line in made.lines.all()]


def take_fee(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.TAKE_FEE,
        TakeFeeForm,
        sending(request, dossier_id, fees.take_fee, "way", "reference", "payer_name"),
        context={"owed": owed(request, dossier_id)},
        template="counter/take_fee.html",
        done_route=DONE,
    )


def owed(request: PersonRequest, dossier_id: int) -> int | None:
    """What is still to be paid, for whoever may see the dossier."""
    found = Dossier.objects.visible_to(request.actor).select_related("bill").filter(pk=dossier_id).first()
    return balance_of(found.bill).total.outstanding if found and found.bill else None


def exempt_fee(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.EXEMPT_FEE,
        ExemptFeeForm,
        sending(request, dossier_id, fees.exempt_fee, "basis", "proof"),
        done_route=DONE,
    )


def charge_fee(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.CHARGE_FEE,
        ChargeFeeForm,
        sending(request, dossier_id, fees.charge_fee, "lines", "basis"),
        done_route=DONE,
    )


def refund_fee(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.REFUND_FEE,
        RefundFeeForm,
        sending(request, dossier_id, fees.refund_fee, "way", "reason", "amount_vnd"),
        done_route=DONE,
    )


def cancel_receipt(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.CANCEL_RECEIPT,
        CancelReceiptForm,
        lambda data: fees.cancel_receipt(
            dossier_id,
            receipt_id=data["receipt"],
            reason=data["reason"],
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
        ),
        done_route=DONE,
    )


def receipt(request: PersonRequest, receipt_id: int) -> HttpResponse:
    """A receipt as PDF, for whoever may see its dossier. A cancelled one says so across."""
    found = (
        Receipt.objects.filter(pk=receipt_id, bill__dossiers__in=Dossier.objects.visible_to(request.actor))
        .select_related("book__office", "bill__agency")
        .first()
    )
    if found is None:
        raise NotThere(_("Không có biên lai này."))
    dossier = found.bill.dossiers.get()
    read(request.actor, dossier, Through.PAPER, at=request.at)
    return pdf_response(fee_receipt_pdf(found, str(dossier)), f"bien-lai-{found}.pdf")
