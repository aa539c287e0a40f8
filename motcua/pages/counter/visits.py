"""One person at the counter with several matters: their dossiers of this visit, and what they pay in all.

A visit lives in the officer's session, for as long as one dossier follows another for the same person.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, F
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import MotcuaError
from motcua.base.ids import random_key
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.dossiers.acts import fees
from motcua.dossiers.models import Dossier
from motcua.pages.counter.money import balance_of
from motcua.pages.counter.money_forms import AT_THE_COUNTER
from motcua.pages.counter.person import RECEIVING
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, posted
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.log import read
from motcua.readings.models import Through

VISIT = "counter.visit"
MOST_IN_A_VISIT = 30
USUAL_DAYS = timedelta(days=30)
MOST_USUAL = 9


@dataclass(frozen=True, slots=True)
class Visit:
    """The dossiers of one visit in the order they were taken in, each with what is still owed for it, in đồng."""

    rows: tuple[tuple[Dossier, int], ...]

    @property
    def last(self) -> Dossier:
        """Whose person the next dossier of the visit is for."""
        return self.rows[-1][0]

    @property
    def owed_vnd(self) -> int:
        """What the person pays in all."""
        return sum(owed for _dossier, owed in self.rows)


class PayAllForm(Form):
    """How everything is paid; `reference` is drawn once per page: the same page takes the money once."""

    reference = forms.CharField(widget=forms.HiddenInput, max_length=40)
    way = forms.ChoiceField(label=lazy("Cách nộp"), choices=AT_THE_COUNTER, widget=forms.RadioSelect, initial="cash")


@officers(*RECEIVING)
def visit(request: PersonRequest) -> HttpResponse:
    """The dossiers of this visit, with one sum to pay; each still has a bill and a receipt of its own."""
    form = PayAllForm(posted(request), initial={"reference": f"L-{random_key(20)}"})
    if request.method == "POST" and form.is_valid():
        _pay_all(request, **form.cleaned_data)
        return HttpResponseRedirect(reverse("counter:visit"))
    return render(request, "counter/visit.html", {"visit": visit_of(request), "form": form}, status=form.status)


def note_visit(request: PersonRequest, dossier: Dossier, *, goes_on: bool) -> None:
    """A dossier was taken in: of the same visit, or the first of the next one."""
    before = [one for one in request.session.get(VISIT, []) if one != dossier.pk] if goes_on else []
    request.session[VISIT] = [*before, dossier.pk][-MOST_IN_A_VISIT:]


def visit_of(request: PersonRequest) -> Visit | None:
    """The visit that goes on at this counter; None before the first dossier."""
    ids = request.session.get(VISIT, [])
    if not ids:
        return None
    there = Dossier.objects.visible_to(request.actor).select_related("bill").in_bulk(ids)
    rows = [there[one] for one in ids if one in there]
    owed = [balance_of(one.bill).total.outstanding if one.bill else 0 for one in rows]
    return Visit(tuple(zip(rows, owed, strict=True))) if rows else None


def whose_visit(request: PersonRequest) -> Dossier | None:
    """The dossier whose person stays at the counter, as the address says; None: somebody new, or not theirs to see."""
    said = request.GET.get("cung", "")
    if not said.isdecimal() or len(said) > 18:
        return None
    return Dossier.objects.visible_to(request.actor).filter(pk=int(said)).first()


def same_person(request: PersonRequest, found: Dossier) -> dict[str, Any]:
    """Owner and whoever brought it, as the page of intake calls them."""
    read(request.actor, found, Through.PAGE, at=request.at, is_task=True)
    names = ("kind", "name", "id_no", "phone", "email", "address")
    owner = {f"owner_{name}": getattr(found, f"owner_{name}") for name in names}
    told = found.submitter
    brought = {f"submitter_{name}": getattr(told, name) for name in told.__slots__}
    return {**owner, **brought, "return_way": found.return_way}


def usual_here(offices: Collection[int], at: datetime) -> list[ProcedureCase]:
    """What these units took in most in the last thirty days, as far as it is still offered; the most frequent first."""
    taken = (
        Dossier.objects.filter(receiving_office_id__in=offices, submitted_at__gte=at - USUAL_DAYS)
        .values("case_id")
        .annotate(times=Count("pk"))
        .order_by("-times", "case_id")
        .values_list("case_id", flat=True)[: 2 * MOST_USUAL]
    )
    wanted = list(taken)
    there = (
        ProcedureCase.objects.filter(pk__in=wanted, version__status=ProcedureVersion.Status.PUBLISHED)
        .filter(version__procedure__current=F("version"))
        .select_related("version__procedure")
        .in_bulk()
    )
    return [there[one] for one in wanted if one in there][:MOST_USUAL]


def _pay_all(request: PersonRequest, reference: str, way: str) -> None:
    """Take what is owed for each; one that can't be taken says why and holds up no other."""
    going_on = visit_of(request)
    for dossier, owed in going_on.rows if going_on else ():
        if not owed:
            continue
        try:
            fees.take_fee(
                dossier.pk,
                way=way,
                reference=f"{reference}-{dossier.pk}",
                payer_name=dossier.submitter.name or dossier.owner_name,
                actor=request.actor,
                at=request.at,
            )
        except MotcuaError as error:
            messages.warning(request, _("%(dossier)s: chưa thu được. %(why)s") % {"dossier": dossier, "why": error})
