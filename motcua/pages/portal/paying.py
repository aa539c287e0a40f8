"""Paying online, with an account or by a dossier's link: the page that says what is owed, the way to the gateway, receipts.

What the browser brings back from the gateway is not even read: the page shows what the gateway itself told us.
Law: ND61-2018 22
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from csp.constants import HEADER
from csp.utils import build_policy
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.base.errors import Forbidden, MotcuaError, NotThere, Refused
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import may_pay_for, not_in_role
from motcua.dossiers.telling import Followed
from motcua.dossiers.visibility import owns
from motcua.fees.models import Receipt
from motcua.forms.fee_receipt import fee_receipt_pdf
from motcua.pages.layout.access import public
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.papers import pdf_response, portal_of
from motcua.pages.layout.requests import PersonRequest
from motcua.payments import protocol
from motcua.payments.checking import ask_by_hand
from motcua.payments.confirming import take
from motcua.payments.gateway import the_gateway
from motcua.payments.kinds import Through
from motcua.payments.links import opens, pay_key
from motcua.payments.ordering import address_at, order, why_not
from motcua.payments.protocol import Code
from motcua.payments.telling import Standing, standing
from motcua.people.guesses import Guesser

LONGEST_NOTICE = 16 * 1024


@dataclass(frozen=True, slots=True)
class DossierMoney:
    """What the page of a dossier says of its money, and where one goes on."""

    standing: Standing
    address: str


def money_of(found: Followed, at: datetime) -> DossierMoney | None:
    """The money of a dossier; None, and no statement, where it has no bill."""
    if found.bill_id is None:
        return None
    return DossierMoney(standing(found.bill_id, at), pay_address(found.submission_no, found.secret))


def pay_address(submission_no: str, secret: str) -> str:
    """Where this dossier's fee is paid."""
    return reverse("portal:pay", args=[submission_no, pay_key(submission_no, secret)])


@public
def pay(request: PersonRequest, submission_no: str, pay_key: str) -> HttpResponse:
    """What is owed, why, and how to pay it; on POST off to the gateway, or ask it once more."""
    dossier = _dossier(submission_no, pay_key)
    if request.method == "POST" and "ask" in request.POST:
        return _asked_again(request, dossier)
    if request.method == "POST":
        return _off_to_pay(request, dossier)
    return _page(request, dossier)


def _page(request: PersonRequest, dossier: Dossier, refused: str = "", status: int = 200) -> HttpResponse:
    money = standing(dossier.bill_id or 0, request.at)
    # While an order waits for its answer the page looks again by itself, as long as the order can still be paid.
    waits = money.waiting is not None and money.owed_vnd > 0
    context: dict[str, Any] = {
        "dossier": dossier,
        "money": money,
        "waits": waits,
        "looks_again": waits and money.waiting is not None and request.at < money.waiting.expires_at,
        "why_not": why_not(dossier, request.at),
        "refused": refused,
        "address": request.path,
        "is_mine": owns(request.actor, dossier),
    }
    response = render(request, "portal/pay.html", context, status=status)
    if gateway := the_gateway():
        # A browser lets a form lead only where the page says, also after it was sent on.
        response.headers[HEADER] = build_policy(update={"form-action": [gateway.origin]})
    # The address is a key: no other host may see it. (Stricter, a browser would not say where a form comes from.)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _off_to_pay(request: PersonRequest, dossier: Dossier) -> HttpResponse:
    gateway = the_gateway()
    if request.actor.acting_for is not None and not may_pay_for(request.actor, dossier):
        return _page(request, dossier, not_in_role(request.actor.acting_for), Forbidden.status)
    try:
        made = order(dossier.pk, by=request.actor.account_id, at=request.at)
    except Refused as error:
        return _page(request, dossier, str(error), error.status)
    if gateway is None:
        return _page(request, dossier)
    back = f"{portal_of(request)}{request.path}"
    response = redirect(address_at(gateway, made, back, request.at))
    response.headers[HEADER] = build_policy(update={"form-action": [gateway.origin]})
    return response


def _asked_again(request: PersonRequest, dossier: Dossier) -> HttpResponse:
    waiting = standing(dossier.bill_id or 0, request.at).waiting
    if waiting is not None and not ask_by_hand(waiting.pk, request.at):
        messages.info(request, _("Cổng thanh toán chưa trả lời. Hệ thống tự hỏi lại; bạn không phải nộp lần nữa."))
    return redirect(request.path)


@public
def paid_receipt(request: PersonRequest, submission_no: str, pay_key: str, receipt_id: int) -> HttpResponse:
    """A receipt as PDF, for whoever has the dossier's link."""
    dossier = _dossier(submission_no, pay_key)
    rows = Receipt.objects.filter(bill_id=dossier.bill_id or 0).select_related("book__office", "bill__agency")
    found = rows.filter(pk=receipt_id).first()
    if found is None:
        raise NotThere(_("Không có biên lai này."))
    return pdf_response(fee_receipt_pdf(found, str(dossier)), f"bien-lai-{found}.pdf")


@csrf_exempt
@public
@require_POST
def gateway_notice(request: HttpRequest) -> HttpResponse:
    """The gateway tells what became of an order. Its signature is its only right; no session, no cookie.

    A genuine message always gets through; who sends others too often from one address waits.
    """
    gateway, fields = the_gateway(), _fields_of(request)
    if gateway is None:
        raise NotThere(_("Không có trang này."))
    if fields is None or not gateway.is_genuine(fields, protocol.NOTICE):
        guesser, at = Guesser("payment-notice", request.META.get("REMOTE_ADDR", "")), request.at  # type: ignore[attr-defined]
        if guesser.closed_until(at):
            return locked_out(request)
        guesser.was_wrong(at)
        return _code(Code.BAD_SIGNATURE, 403)
    try:
        return _code(take(fields, through=Through.NOTICE, at=request.at))  # type: ignore[attr-defined]
    except MotcuaError:
        return _code(Code.TRY_AGAIN)  # what came is kept; the gateway tells it again


def _code(code: str, status: int = 200) -> JsonResponse:
    return JsonResponse({"MaLoi": code}, status=status)


def _fields_of(request: HttpRequest) -> protocol.Fields | None:
    """The fields of a notice; None where it is no form, is too long or says something twice."""
    if len(request.body) > LONGEST_NOTICE:
        return None
    try:
        pairs = parse_qsl(request.body.decode(), keep_blank_values=True, max_num_fields=protocol.MOST_FIELDS)
    except ValueError:
        return None
    fields = dict(pairs)
    is_good = len(fields) == len(pairs) and all(len(value) <= protocol.LONGEST_FIELD for value in fields.values())
    return fields if is_good and not any("\0" in value for value in fields.values()) else None


def _dossier(submission_no: str, key: str) -> Dossier:
    """The dossier of a link that has a bill. Raises NotThere for a wrong link, in the same words."""
    rows = Dossier.objects.select_related("version", "procedure", "receiving_office", "bill")
    found = rows.filter(submission_no=submission_no.upper(), bill__isnull=False).first()
    if not opens(key, submission_no.upper(), found.secret if found else "-") or found is None:
        raise NotThere(_("Không có trang này."))
    return found
