"""Online payments as the counter sees them: a day side by side, what the gateway has not answered, what has to go back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.fees.receipts import has_numbers_for
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.payments import late_receipts
from motcua.payments.giving_back import FOR_NOBODY, TAKING, give_back, may_give_back, to_give_back
from motcua.payments.kinds import BackWay
from motcua.payments.late_receipts import missing_receipt, without_receipt
from motcua.payments.models import Outcome
from motcua.payments.reconciling import day_of_payments

ROUTE = "counter:online_payments"
MOST_BACK = 200
YEARS = (2000, 2100)


class GiveBackForm(Form):
    """How it went back, by which paper, and why."""

    way = forms.ChoiceField(
        label=lazy("Cách hoàn"), choices=BackWay.choices, widget=forms.RadioSelect, initial=BackWay.TRANSFER
    )
    document = forms.CharField(
        label=lazy("Số chứng từ"), max_length=100, help_text=lazy("Số ủy nhiệm chi, giao dịch hoàn hoặc phiếu chi.")
    )
    reason = forms.CharField(label=lazy("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


@officers(*TAKING, FOR_NOBODY)
def online_payments(request: PersonRequest) -> HttpResponse:
    """One day of one's counters, and everything that waits; administrators see what no order explains."""
    actor, today = request.actor, day_of(request.at)
    day = _day(request.GET.get("ngay", ""), today)
    found = day_of_payments(day, actor.offices(*TAKING), unknown=bool(actor.offices(FOR_NOBODY)))
    back = list(to_give_back(actor)[:MOST_BACK])
    context = {
        "day": day,
        "before": day - timedelta(days=1),
        "found": found,
        "totals": found.totals,
        "seen": _seen(request, (row.dossier_id for row in found.rows)),
        "back": [(row, may_give_back(actor, row.money)) for row in back],
        "back_vnd": sum(row.back_vnd for row in back),
        "takes": bool(actor.offices(*TAKING)),
        "missing": without_receipt(actor, MOST_BACK),
    }
    return render(request, "counter/online_payments.html", context)


@officers(*TAKING, FOR_NOBODY)
def give_back_payment(request: PersonRequest, outcome_id: int) -> HttpResponse:
    """Write down that what was set aside went back to whoever paid it."""
    outcome = to_give_back(request.actor).filter(pk=outcome_id).first()
    if outcome is None or not may_give_back(request.actor, outcome.money):
        raise NotThere(_("Không có khoản tiền này."))
    form = GiveBackForm(posted(request))
    if request.method == "POST":
        words: dict[str, Any] = {"actor": request.actor, "at": request.at}
        if attempt(form, lambda: give_back(outcome.pk, **form.cleaned_data, **words)) is not None:
            messages.success(request, _("Đã ghi việc hoàn %(amount)s.") % {"amount": outcome.back_said})
            return redirect(ROUTE)
    return show(request, "counter/give_back.html", {"outcome": outcome, "dossier": _dossier_of(outcome)}, form=form)


@officers(*TAKING)
def write_receipt(request: PersonRequest, entry_id: int) -> HttpResponse:
    """Write the receipt of money that was booked without one."""
    found = missing_receipt(entry_id, request.actor)
    form = Form(posted(request))
    if request.method == "POST":
        made = attempt(form, lambda: late_receipts.write_receipt(entry_id, actor=request.actor, at=request.at))
        if made is not None:
            messages.success(
                request, _("Đã viết biên lai %(number)s cho hồ sơ %(code)s.") % {"number": made, "code": found.dossier}
            )
            return redirect("counter:bill", found.dossier.pk)
    context = {"found": found, "has_book": has_numbers_for(found.payment.counter_id, request.actor, day_of(request.at))}
    return show(request, "counter/write_receipt.html", context, form=form)


def _dossier_of(outcome: Outcome) -> Dossier | None:
    order = outcome.money.order
    return order.dossier if order is not None else None


def _seen(request: PersonRequest, ids: Iterable[int | None]) -> set[int]:
    """The dossiers among these that exist for this person; of the others no code is shown."""
    wanted = {one for one in ids if one is not None}
    return set(Dossier.objects.visible_to(request.actor).filter(pk__in=wanted).values_list("pk", flat=True))


def _day(text: str, today: date) -> date:
    """The day asked for; nonsense, and days that no ledger knows, are today."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return day if YEARS[0] <= day.year <= YEARS[1] else today
