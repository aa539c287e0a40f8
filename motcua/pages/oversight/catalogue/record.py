"""Recording what was decided about procedures, for those who keep the catalogue."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base.errors import NotThere
from motcua.catalogue.life.reviews import move, with_state
from motcua.catalogue.life.rows import LifeEvent, ProposalStep
from motcua.catalogue.offers import forget_offers
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.catalogue.forms import FORMS, CorrectForm, MoveForm
from motcua.pages.oversight.catalogue.views import KEEPERS, shared

LISTS = {
    "vong-doi": "oversight:catalogue_deadlines",
    "tai-cho": "oversight:catalogue_onsite",
    "ra-soat": "oversight:catalogue_reviews",
}


@officers(*KEEPERS)
def catalogue_record(request: PersonRequest, what: str) -> HttpResponse:
    """One of the five things that are recorded, for many procedures at once."""
    if what not in FORMS:
        raise NotThere(_("Không có trang này."))
    initial = {name: value for name, value in request.GET.items() if name in FORMS[what].base_fields}
    form = FORMS[what](posted(request), initial=initial)

    def save() -> int:
        with transaction.atomic():
            return form.record(request.user, request.at)

    count = attempt(form, save) if request.method == "POST" else None
    if count is not None:
        forget_offers()
        words = ngettext("Đã ghi nhận cho %(count)s thủ tục.", "Đã ghi nhận cho %(count)s thủ tục.", count)
        messages.success(request, words % {"count": count})
        return redirect(LISTS.get(what, "oversight:catalogue"))
    return show(request, "oversight/catalogue/record.html", {"title": form.title, **shared(request)}, form=form)


@officers(*KEEPERS)
def catalogue_proposal(request: PersonRequest, reviewed_id: int) -> HttpResponse:
    """One proposal, and where it got to."""
    proposal: Any = with_state().filter(pk=reviewed_id).first()
    if proposal is None:
        raise NotThere(_("Không có đề xuất này."))
    form = MoveForm(proposal.state, posted(request))

    def save() -> ProposalStep:
        with transaction.atomic():
            act, given = form.act(request.user, request.at), form.cleaned_data
            return move(proposal.pk, given["state"], on=given["on"], act=act, by=request.user, at=request.at)

    if request.method == "POST" and attempt(form, save) is not None:
        messages.success(request, _("Đã ghi nhận."))
        return redirect("oversight:catalogue_proposal", proposal.pk)
    steps = proposal.steps.select_related("act", "recorded_by")
    context = {
        "proposal": proposal,
        "state": ProposalStep.State(proposal.state).label,
        "steps": steps,
        **shared(request),
    }
    return show(request, "oversight/catalogue/proposal.html", context, form=form)


@officers(*KEEPERS)
def catalogue_correct(request: PersonRequest, event_id: int) -> HttpResponse:
    """Say that something was recorded by mistake; both rows stay."""
    event = LifeEvent.objects.select_related("procedure", "act").filter(pk=event_id).exclude(kind="corrected").first()
    if event is None:
        raise NotThere(_("Không có dòng này."))
    form = CorrectForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: form.record(event.pk, request.user, request.at)) is not None:
        forget_offers()
        messages.success(request, _("Đã đính chính."))
        return redirect("oversight:catalogue_procedure", event.procedure.code)
    return show(request, "oversight/catalogue/correct.html", {"event": event, **shared(request)}, form=form)
