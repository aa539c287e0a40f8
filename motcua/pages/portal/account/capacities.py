"""Choosing for whom one acts: oneself, an organisation, somebody who authorised one. Never chosen by itself.

What the choice allows is asked anew at every request (`offices.actors.as_chosen`); the session keeps the choice alone.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import Forbidden
from motcua.pages.layout.requests import ACTING_FOR, PersonRequest

OF_ONE_CAPACITY = "/ho-so/"  # pages of one dossier: in another capacity they are not there


@require_POST
def act_as(request: PersonRequest) -> HttpResponse:
    """From now on as whom was chosen; an empty choice is oneself. Raises Forbidden where one may not (any more)."""
    given = request.POST.get("principal", "")
    if not given:
        request.session.pop(ACTING_FOR, None)
        messages.success(request, _("Bạn đang làm việc với tư cách chính mình."))
        return _on(request)
    chosen = next((one for one in request.actor.may_act_for if str(one.principal_id) == given), None)
    if chosen is None:
        raise Forbidden(_("Bạn không có, hoặc không còn, quyền thay mặt tổ chức hay người này."), code="capacity")
    request.session[ACTING_FOR] = chosen.principal_id
    messages.success(request, _("Từ bây giờ bạn làm việc thay mặt %(whom)s.") % {"whom": chosen.name})
    return _on(request)


def _on(request: PersonRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return redirect(wanted if is_ours and not wanted.startswith(OF_ONE_CAPACITY) else "portal:dossiers")
