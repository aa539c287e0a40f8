"""Papers to look at, issue and print, for whoever may see the dossier."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import Forbidden, NotThere
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import may_see_contacts, serves
from motcua.forms.catalogue import Kind
from motcua.forms.issuing import Asked, copy_of, issue, issued, original_of, preview
from motcua.pages.layout.acting import dossier_seen_by
from motcua.pages.layout.papers import pdf_response, portal_of
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.log import read
from motcua.readings.models import Through


def slip(request: PersonRequest, dossier_id: int, kind: str, number: int) -> HttpResponse:
    """One paper as PDF: the issued original, a marked copy (?ban-sao=1), or a draft while it is not issued.

    For an outsider neither the paper nor the dossier exists; drafts and control slips stay inside the offices.
    """
    dossier = Dossier.objects.visible_to(request.actor).filter(pk=dossier_id).first()
    if dossier is None or (kind == Kind.CONTROL and not request.actor.is_officer):
        raise NotThere(_("Không có hồ sơ này."))
    if kind == Kind.RECEIPT and not may_see_contacts(request.actor, dossier):
        raise Forbidden(_("Giấy tiếp nhận do Bộ phận Một cửa in, vì có thông tin liên lạc của người nộp."))
    read(request.actor, dossier, Through.PAPER, at=request.at)
    asked = Asked(dossier_id, kind, number)
    row = issued(asked)
    if row is None or row.file is None:
        if not request.actor.is_officer:
            raise NotThere(_("Hồ sơ này không có phiếu như vậy."))
        content = preview(asked, at=request.at, portal=portal_of(request))
    elif "ban-sao" in request.GET:
        content = copy_of(row, request.at)
    else:
        content = original_of(row)
    return pdf_response(content, f"{dossier}-{kind}-{number}.pdf")


@require_POST
def issue_slip(request: PersonRequest, dossier_id: int, kind: str, number: int) -> HttpResponse:
    """Issue one paper: number, seal, record; what is issued already is shown as it is."""
    dossier = dossier_seen_by(request, dossier_id)
    if not serves(request.actor, dossier):
        raise Forbidden(_("Phiếu do nơi tiếp nhận hoặc nơi giải quyết hồ sơ phát hành."))
    row = issue(Asked(dossier.pk, kind, number), actor=request.actor, at=request.at, portal=portal_of(request))
    messages.success(request, _("Đã phát hành: %(title)s, số %(number)s.") % {"title": row.title, "number": row})
    return HttpResponseRedirect(reverse("desk:dossier", args=[dossier.pk]) + "#slips-head")
