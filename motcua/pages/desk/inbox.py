"""What waits for this officer, the most urgent first."""

from __future__ import annotations

import re

from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.base.text import fold
from motcua.base.times import day_of
from motcua.catalogue.models import Procedure
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import IN_HAND, State
from motcua.pages.desk.signatures import SIGNING
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest

OVERDUE, TODAY = "qua-han", "hom-nay"
MINE, NOBODYS = "toi", "chua-ai"
SHOWN_STATES = (State.SUBMITTED, State.PRE_SUPPLEMENT, *IN_HAND, State.FINISHED)


class Filters(Form):
    """How the list is narrowed; an answer that is not on the list narrows nothing."""

    q = forms.CharField(label=_("Mã, tên, số định danh"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[("", _("Mọi trạng thái")), *((state.value, state.label) for state in SHOWN_STATES)],
    )
    due = forms.ChoiceField(
        label=_("Hạn trả"),
        required=False,
        choices=[("", _("Mọi hạn")), (OVERDUE, _("Đã quá hạn")), (TODAY, _("Hạn hôm nay"))],
    )
    held = forms.ChoiceField(
        label=_("Người giữ"),
        required=False,
        choices=[("", _("Tôi và chưa ai nhận")), (MINE, _("Tôi đang giữ")), (NOBODYS, _("Chưa ai nhận"))],
    )
    procedure = forms.CharField(label=_("Thủ tục"), required=False, max_length=100)


@officers()
def home(request: PersonRequest) -> HttpResponse:
    """The inbox: due soonest first, whoever holds it, narrowed by what was chosen."""
    filters = Filters(request.GET or None)
    chosen: dict[str, str] = {}
    if filters.is_bound:
        filters.is_valid()
        chosen = filters.cleaned_data
        filters = Filters(initial=chosen)
    rows = narrowed(Dossier.objects.inbox_of(request.actor), chosen, request)
    page = cursor_page(rows.select_related("at_office", "holder"), request, key="due_at")
    context = {"page": page, "filters": filters, "narrowed": any(chosen.values()), "at": request.at}
    context["may_sign"] = bool(request.actor.offices(*SIGNING))
    context["several"] = len(request.actor.offices()) > 1
    return render(request, "desk/home.html", context)


def narrowed(rows: QuerySet[Dossier], chosen: dict[str, str], request: PersonRequest) -> QuerySet[Dossier]:
    """The rows that answer every filter."""
    inbox = Dossier.objects.filter(pk__in=rows.order_by().values("pk")) if chosen.get("due") else rows
    if chosen.get("due") == OVERDUE:
        inbox = inbox & Dossier.objects.overdue(request.at)
    if chosen.get("due") == TODAY:
        inbox = inbox & Dossier.objects.due_on(day_of(request.at))
    if chosen.get("state"):
        inbox = inbox.filter(state=chosen["state"])
    if chosen.get("held") == MINE:
        inbox = inbox.filter(holder_id=request.actor.account_id)
    if chosen.get("held") == NOBODYS:
        inbox = inbox.filter(holder__isnull=True)
    if words := re.findall(r"\w+", fold(chosen.get("procedure", ""))):
        query = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
        inbox = inbox.filter(procedure_id__in=Procedure.objects.filter(search_vector=query).values("pk"))
    return inbox.search(chosen["q"]) if chosen.get("q") else inbox  # type: ignore[attr-defined]
