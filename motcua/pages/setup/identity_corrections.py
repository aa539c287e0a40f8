"""What people ask to have corrected of their name or number. Rules: `offices.deciding_corrections`."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.offices.deciding_corrections import decide_correction, may_decide, seen_by
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.people.models import CorrectionRequest


class AnswerForm(Form):
    """What the person is told; which of the two is the button's."""

    answer = forms.CharField(label=lazy("Trả lời"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    grant = forms.CharField(widget=forms.HiddenInput, required=False)


@officers("administrator")
def identity_corrections(request: PersonRequest) -> HttpResponse:
    """Open requests first, the newest first; then what was decided."""
    rows = CorrectionRequest.objects.select_related("account", "decided_by")
    page = cursor_page(rows.filter(decided_at=None), request, key="asked_at", descending=True)
    decided = rows.filter(decided_at__isnull=False).order_by("-decided_at", "-id")[:50]
    return render(request, "setup/identity_corrections.html", {"page": page, "decided": decided})


@officers("administrator")
def identity_correction(request: PersonRequest, correction_request_id: int) -> HttpResponse:
    """One request: what stands, what is asked, why; grant it or not."""
    found = seen_by(request.actor, correction_request_id)
    form = AnswerForm(posted(request))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: decide_correction(
                found.pk,
                is_granted=form.cleaned_data["grant"] == "1",
                answer=form.cleaned_data["answer"],
                actor=request.actor,
                at=request.at,
            ),
        )
        if done is not None:
            messages.success(request, _("Đã trả lời đề nghị."))
            return redirect("setup:identity_corrections")
    context = {"found": found, "may_decide": found.decided_at is None and may_decide(request.actor, found)}
    return show(request, "setup/identity_correction.html", context, form=form)
