"""Notices that went out, wait, or reached nobody; what was given up is sent again from here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import NotThere, Refused
from motcua.notices import failing
from motcua.notices.failing import MEASURES, READERS
from motcua.notices.inbox import hidden
from motcua.pages.control.board import Cell
from motcua.pages.control.menu import GROUPS
from motcua.pages.layout.access import officers
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.scope import REPORTERS

# By which instant each list is ordered.
KEYS = {"given_up": "tried_at", "waiting": "next_at", "sent": "sent_at", "unreachable": "made_at"}


@officers(*READERS)
def notices(request: PersonRequest) -> HttpResponse:
    """How many of each, and the list behind one of them; first of all what could not be sent."""
    measure = request.GET.get("chitieu", "given_up")
    if measure not in MEASURES:
        raise NotThere(_("Không có chỉ tiêu này."))
    counted = failing.counts(request.actor, request.at)
    oversees = bool(request.actor.offices(*REPORTERS))
    if measure == "unreachable":
        rows: Any = failing.unreachable(request.actor, request.at).select_related("dossier", "petition")
    else:
        rows = failing.deliveries(request.actor, measure, request.at).select_related(
            "notice__dossier", "notice__petition", "notice__account"
        )
    page = cursor_page(rows, request, key=KEYS[measure], descending=measure != "waiting")
    if measure != "unreachable":
        for one in page.items:
            one.address = hidden(one)
    context = {
        "menu": GROUPS if oversees else (),
        "lines": [_cell(key, counted) for key in MEASURES],
        "measure": MEASURES[measure],
        "page": page,
        "oversees": oversees,
        "may_send": measure == "given_up",
    }
    return render(request, "control/notices.html", context)


@require_POST
@officers(*READERS)
def notice_again(request: PersonRequest, delivery_id: int) -> HttpResponse:
    """Have one sent again."""
    try:
        failing.send_again(delivery_id, actor=request.actor, at=request.at)
    except NotThere:
        raise
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Sẽ gửi lại trong ít phút."))
    return redirect("control:notices")


def _cell(key: str, counted: dict[str, int]) -> Cell:
    address = f"{reverse('control:notices')}?{urlencode({'chitieu': key})}" if counted[key] else ""
    return Cell(MEASURES[key], counted[key], address)
