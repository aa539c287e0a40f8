"""Who asks to represent an organisation by a paper, and who represents one now. Rules: `offices.deciding_organisations`."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.offices import deciding_organisations as deciding
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.people.mandate_rows import OrganisationRequest


class AnswerForm(Form):
    """What the person is told; which of the two is the button's."""

    answer = forms.CharField(
        label=lazy("Trả lời"),
        help_text=lazy("Ghi bản chính nào đã được đối chiếu, hoặc vì sao không đăng ký."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    grant = forms.CharField(widget=forms.HiddenInput, required=False)


class EndForm(Form):
    """By which paper somebody represents an organisation no more."""

    why = forms.CharField(label=lazy("Lý do, căn cứ"), max_length=300)


@officers("administrator")
def organisations(request: PersonRequest) -> HttpResponse:
    """Open requests, the newest first; what was decided; who represents which organisation."""
    rows = OrganisationRequest.objects.select_related("account", "decided_by")
    page = cursor_page(rows.filter(decided_at=None), request, key="asked_at", descending=True)
    context = {
        "page": page,
        "decided": rows.filter(decided_at__isnull=False).order_by("-decided_at", "-id")[:50],
        "representatives": deciding.representatives(request.actor).order_by("-named_at", "-id")[:50],
    }
    return render(request, "setup/organisations.html", context)


@officers("administrator")
def organisation_request(request: PersonRequest, organisation_request_id: int) -> HttpResponse:
    """One request: who asks, for which organisation, by which paper; register it or not."""
    found = deciding.seen_by(request.actor, organisation_request_id)
    form = AnswerForm(posted(request))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: deciding.decide_organisation(
                found.pk,
                is_granted=form.cleaned_data["grant"] == "1",
                answer=form.cleaned_data["answer"],
                actor=request.actor,
                at=request.at,
            ),
        )
        if done is not None:
            messages.success(request, _("Đã trả lời đề nghị."))
            return redirect("setup:organisations")
    may_decide = found.decided_at is None and deciding.may_decide(request.actor, found)
    return show(request, "setup/organisation_request.html", {"found": found, "may_decide": may_decide}, form=form)


@officers("administrator")
def end_representation(request: PersonRequest, representation_id: int) -> HttpResponse:
    """Somebody represents their organisation no more."""
    found = deciding.representatives(request.actor).filter(pk=representation_id).first()
    if found is None:
        raise NotThere(_("Không có người đại diện này."))
    form = EndForm(posted(request))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: deciding.end_representation(
                found.pk, why=form.cleaned_data["why"], actor=request.actor, at=request.at
            ),
        )
        if done is not None:
            messages.success(request, _("Đã kết thúc tư cách đại diện."))
            return redirect("setup:organisations")
    return show(request, "setup/end_representation.html", {"found": found}, form=form)
