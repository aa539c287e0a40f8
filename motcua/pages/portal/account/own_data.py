"""What the house knows of me: seen, taken away as one file, who read it, what is to be corrected. Law: LBVDLCN-2025"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, QuerySet, Value
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.models import Dossier, Draft, GivenPaper
from motcua.dossiers.own_data import dossiers_data
from motcua.notices.models import Notice
from motcua.notices.own_data import notices_data
from motcua.offices.own_data import postings_data
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import PAGE_SIZE, page_of, place_of
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.following import role_words
from motcua.people.correcting import ask_correction
from motcua.people.mandates import held_by
from motcua.people.models import Account
from motcua.people.own_data import account_data
from motcua.people.own_details import not_one_s_own
from motcua.petitions.models import Petition
from motcua.petitions.own_data import petitions_data
from motcua.readings import log
from motcua.readings.models import Purpose, Reading


class CorrectionForm(Form):
    """What is wrong and why."""

    full_name = forms.CharField(label=lazy("Họ và tên đúng"), max_length=200, required=False)
    personal_id = forms.CharField(label=lazy("Số định danh hoặc mã số đúng"), max_length=30, required=False)
    why = forms.CharField(
        label=lazy("Lý do"),
        help_text=lazy("Nêu giấy tờ làm căn cứ, ví dụ quyết định cải chính hộ tịch."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def everything_of(account: Account, request: PersonRequest) -> dict[str, Any]:
    """All that the house keeps of this person, room by room."""
    return {
        "taken_at": request.at,
        **account_data(account),
        "postings": postings_data(account.pk),
        **dossiers_data(account.pk),
        "readings": [
            {name: getattr(row, name) for name in log.ToldOf.__slots__ if name != "pk"}
            for row in log.told_to(account.pk)
        ],
        **notices_data(account.pk, request.at),
        "petitions": petitions_data(account.pk),
    }


def own_data(request: PersonRequest) -> HttpResponse:
    """How much of what the house keeps of me, and where each can be looked at; counted, however much it is."""
    me = Account.objects.get(pk=request.user.pk)
    mine = {"dossier__owner_account": me}
    counts: dict[str, QuerySet[Any]] = {
        "dossiers": Dossier.objects.filter(owner_account=me),
        "papers": GivenPaper.objects.filter(**mine),
        "drafts": Draft.objects.filter(account=me),
        "readings": Reading.objects.filter(**mine),
        "notices": Notice.objects.of(me.pk),
        "petitions": Petition.objects.filter(account=me),
        "passkeys": me.passkeys.all(),
        "identities": me.identities.all(),
        "memberships": held_by(me),
    }
    context = {
        "mine": me,
        "counts": _counted(counts),
        "asks": bool(not_one_s_own(me)),
    }
    return render(request, "portal/own_data.html", context)


def _counted(sets: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each of these has, in one statement."""
    one, *others = [rows.order_by().values_list(Value(name)).annotate(rows=Count("*")) for name, rows in sets.items()]
    return dict.fromkeys(sets, 0) | dict(one.union(*others, all=True))


def own_data_file(request: PersonRequest) -> HttpResponse:
    """Everything, as one JSON file; kept by nobody on the way."""
    me = Account.objects.get(pk=request.user.pk)
    content = json.dumps(everything_of(me, request), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="du-lieu-cua-toi.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


def all_readers(request: PersonRequest) -> HttpResponse:
    """Who in the offices read any dossier of mine, when and what for."""
    rows = log.told_to(request.user.pk or 0, after=place_of(request), most=PAGE_SIZE + 1)
    page = page_of(rows, request, key="first_at")
    told = [(row, role_words(row.role), Purpose(row.purpose).label) for row in page.items]
    return render(request, "portal/all_readers.html", {"page": page, "rows": told})


def ask_to_correct(request: PersonRequest) -> HttpResponse:
    """Ask for another name or number where I may not change it alone; what I asked before, with the answers."""
    me = Account.objects.get(pk=request.user.pk)
    fixed = not_one_s_own(me)
    form = CorrectionForm(posted(request), initial={"full_name": me.full_name, "personal_id": me.personal_id})
    for name in {"full_name", "personal_id"} - fixed:
        del form.fields[name]
    if request.method == "POST":
        done = attempt(form, lambda: ask_correction(me, **form.cleaned_data, at=request.at))
        if done is not None:
            messages.success(request, _("Đã gửi đề nghị. Trả lời sẽ ở ngay trang này."))
            return redirect("portal:ask_to_correct")
    context = {"asked": me.correction_requests.order_by("-id")[:20], "may_ask": bool(fixed)}
    return show(request, "portal/ask_to_correct.html", context, form=form)
