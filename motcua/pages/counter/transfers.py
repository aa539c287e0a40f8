"""Handing on what was taken in: a batch with its list, the second signature of whoever takes it, what is late to go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from motcua.base.times import day_of
from motcua.calendar.counting import transfer_due
from motcua.dossiers import transfers
from motcua.dossiers.models import Dossier, Transfer
from motcua.dossiers.rulebook import Rulebook
from motcua.pages.counter.person import RECEIVING
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.templatetags.layout import Urgency

MOST_SHOWN = 20


class GiveForm(Form):
    """Which dossiers go now."""

    dossier = forms.TypedMultipleChoiceField(coerce=int, label=lazy("Hồ sơ"))

    def __init__(self, rows: list[Dossier], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossier"].choices = [(one.pk, str(one)) for one in rows]  # type: ignore[attr-defined]


class TakeForm(Form):
    """What was not there, with a word about it."""

    missing = forms.TypedMultipleChoiceField(coerce=int, required=False, label=lazy("Không thấy giấy"))
    note = forms.CharField(label=lazy("Ghi chú"), max_length=500, required=False)

    def __init__(self, rows: list[Dossier], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missing"].choices = [(one.pk, str(one)) for one in rows]  # type: ignore[attr-defined]


@officers(*RECEIVING)
def give(request: PersonRequest) -> HttpResponse:
    """What waits to be handed on, what is late first; what is ticked goes, and each office gets its list."""
    rows = list(
        transfers.to_give(request.actor).select_related("receiving_office", "competent_office")[
            : transfers.MOST_AT_ONCE
        ]
    )
    for one in rows:
        one.goes_until, one.urgency = _until(one, request)  # type: ignore[attr-defined]
    form = GiveForm(rows, posted(request))
    if request.method == "POST":
        given = attempt(form, lambda: transfers.give(form.cleaned_data["dossier"], actor=request.actor, at=request.at))
        if given is not None:
            return _told(request, given)
    context = {
        "rows": rows,
        "given": transfers.given_by_units_of(request.actor).select_related("to_office")[:MOST_SHOWN],
        "chosen": {str(one) for one in (form["dossier"].value() or ())} if form.is_bound else None,
    }
    return show(request, "counter/transfers.html", context, form=form)


@officers()
def transfers_to_take(request: PersonRequest) -> HttpResponse:
    """Lists that wait for somebody of this office to sign that they came."""
    page = cursor_page(transfers.waiting_for(request.actor).select_related("from_office"), request, key="given_at")
    return render(request, "counter/transfers_to_take.html", {"page": page})


@officers()
def transfer(request: PersonRequest, transfer_id: int) -> HttpResponse:
    """One list with both signatures, to be signed by whoever takes it, and to be printed."""
    found = transfers.seen_by(request.actor, transfer_id)
    rows = list(Dossier.objects.filter(transfer_lines__transfer=found).order_by("transfer_lines__id"))
    form = TakeForm(rows, posted(request))
    if request.method == "POST":
        taken = attempt(form, lambda: _take(found, form.cleaned_data, request))
        if taken is not None:
            messages.success(request, _("Đã ký nhận phiếu bàn giao %(list)s.") % {"list": taken})
            return HttpResponseRedirect(reverse("counter:transfer", args=[found.pk]))
    seen = Dossier.objects.visible_to(request.actor).filter(pk__in=[one.pk for one in rows])
    context = {
        "transfer": found,
        "rows": rows,
        "visible": set(seen.values_list("pk", flat=True)),
        "may_take": transfers.may_take(found, request.actor),
        "chosen": {str(one) for one in (form["missing"].value() or ())},
    }
    return show(request, "counter/transfer.html", context, form=form)


def _take(found: Transfer, data: dict[str, Any], request: PersonRequest) -> Transfer:
    return transfers.take(found.pk, missing=data["missing"], note=data["note"], actor=request.actor, at=request.at)


def _until(dossier: Dossier, request: PersonRequest) -> tuple[datetime | None, Urgency | None]:
    """Until when it goes, and how urgent that is: late once the day on which it had to go is over."""
    if dossier.accepted_at is None:
        return None, None
    rules = Rulebook.at(request.at)
    calendar = rules.calendar(dossier.receiving_office.schedule)
    until = transfer_due(dossier.accepted_at, rules.regime_of(dossier).transfer_cutoff, calendar)
    if request.at > calendar.end_of_office(day_of(until)):
        return until, Urgency("late", _("Đã muộn"))
    if day_of(until) > day_of(request.at):
        return until, Urgency("calm", _("ngày làm việc tiếp theo"))
    return until, Urgency("today", _("Chuyển hôm nay"))


def _told(request: PersonRequest, given: transfers.Given) -> HttpResponse:
    """What went, what stayed and why; straight to the list where there is one."""
    for name, why in given.stayed:
        messages.warning(request, _("%(dossier)s chưa chuyển được: %(why)s") % {"dossier": name, "why": why})
    count = len(given.transfers)
    if count:
        words = ngettext("Đã lập %(n)s phiếu bàn giao.", "Đã lập %(n)s phiếu bàn giao.", count)
        messages.success(request, words % {"n": count})
    if count == 1:
        return HttpResponseRedirect(reverse("counter:transfer", args=[given.transfers[0].pk]))
    return HttpResponseRedirect(reverse("counter:transfers"))
