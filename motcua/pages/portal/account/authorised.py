"""Whom I authorised to follow my own dossiers, or to supplement them, until when. Rules: `people.mandates`."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.account.mandate_forms import AgentForm
from motcua.pages.portal.account.organisations import me_of
from motcua.people import mandates
from motcua.people.mandate_rows import Mandate
from motcua.people.mandates import MOST_DOSSIERS


def authorised(request: PersonRequest) -> HttpResponse:
    """Everybody whom I ever authorised; authorise another, for all my dossiers or some."""
    me = me_of(request)
    mine = Dossier.objects.filter(owner_account=me).select_related("version").order_by("-submitted_at", "-id")
    choices: list[tuple[str, str]] = [
        (one.submission_no, format_html('{} · <span lang="vi">{}</span>', one, one.version.name[:80]))
        for one in mine[:MOST_DOSSIERS]
    ]
    form = AgentForm(posted(request), today=day_of(request.at), dossiers=choices)

    def keep() -> Mandate:
        return mandates.authorise(form.naming(), by=me, at=request.at)

    if request.method == "POST" and attempt(form, keep) is not None:
        messages.success(request, _("Đã ủy quyền. Người này thấy bạn trong ô tư cách ở đầu trang."))
        return redirect("portal:authorised")
    page = cursor_page(mandates.trace(me.pk), request, key="named_at", descending=True)
    context = {"page": page, "today": day_of(request.at), "mine": me}
    return show(request, "portal/authorised.html", context, form=form)
