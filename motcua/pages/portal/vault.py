"""My vault of papers, beside a draft: choose one that is there already instead of uploading it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.catalogue.offers import offer
from motcua.dossiers import vault
from motcua.dossiers.acts import submission
from motcua.dossiers.assistance import HELPING_AT
from motcua.dossiers.kinds import Channel
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.draft_papers import keep_sent
from motcua.pages.portal.resuming import leads_on


@leads_on
def draft_vault(request: PersonRequest, draft_id: int) -> HttpResponse:
    """What I have, for one paper of the draft (?giay=…); sent with `held` it is put there."""
    draft = submission.own_draft(draft_id, request.actor)
    if HELPING_AT in draft.data:
        raise NotThere(_("Nộp giúp người khác thì không dùng kho giấy tờ của bạn."))
    terms = offer(draft.case_id, Channel.ONLINE)
    wanted = request.POST.get("giay", request.GET.get("giay", ""))
    component = next((one for one in terms.components if str(one.id) == wanted), None)
    fault = ""
    if request.method == "POST":
        for trouble in keep_sent(draft, terms, request).faults:
            messages.error(request, trouble)
        key = request.POST.get("held", "")
        try:
            paper = vault.choose(draft_id, component.id if component else None, key, actor=request.actor, at=request.at)
        except Invalid as error:
            fault = str(error)
        else:
            messages.success(request, _("Đã dùng giấy có sẵn: %(name)s.") % {"name": paper.name[:120]})
            return redirect("portal:draft_papers", draft_id)
    context = {"draft": draft, "component": component, "held": vault.for_draft(draft, request.actor), "fault": fault}
    return render(request, "portal/draft_vault.html", context, status=422 if fault else 200)
