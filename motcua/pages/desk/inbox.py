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
from motcua.dossiers.visibility import ANSWERING
from motcua.dossiers.waiting import desk_page
from motcua.pages.desk.corrections import LEADING
from motcua.pages.desk.signatures import SIGNING
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form
from motcua.pages.layout.paging import PAGE_SIZE, page_of, place_of
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
    is_narrowed = any(chosen.values())
    among = narrowed(chosen, request) if is_narrowed else None
    found, asked = desk_page(request.actor, place_of(request), PAGE_SIZE + 1, among)
    context = {
        "page": page_of(found, request, key="due_at"),
        "filters": filters,
        "narrowed": is_narrowed,
        "at": request.at,
        "may_sign": bool(request.actor.offices(*SIGNING)),
        "may_correct": bool(request.actor.offices(*LEADING)),
        "may_explain": bool(request.actor.offices("head", "approver")),
        "may_answer": bool(request.actor.offices(*ANSWERING)),
        "asked": asked,
    }
    context["several"] = len(request.actor.offices()) > 1
    return render(request, "desk/home.html", context)


def narrowed(chosen: dict[str, str], request: PersonRequest) -> QuerySet[Dossier]:
    """The dossiers that answer every filter."""
    rows = Dossier.objects.all()
    if chosen.get("due") == OVERDUE:
        rows = rows.overdue(request.at)
    if chosen.get("due") == TODAY:
        rows = rows.due_on(day_of(request.at))
    if chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("held") == MINE:
        rows = rows.filter(holder_id=request.actor.account_id)
    if chosen.get("held") == NOBODYS:
        rows = rows.filter(holder__isnull=True)
    if words := re.findall(r"\w+", fold(chosen.get("procedure", ""))):
        query = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
        rows = rows.filter(procedure_id__in=Procedure.objects.filter(search_vector=query).values("pk"))
    return rows.search(chosen["q"]) if chosen.get("q") else rows
