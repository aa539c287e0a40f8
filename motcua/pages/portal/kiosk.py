"""The portal at a machine in the hall: where it begins, what one followed there, and the end. Law: ND309-2026 1, 2"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import NotThere
from motcua.dossiers.telling import followed
from motcua.offices.models import Kiosk
from motcua.pages.layout.access import public
from motcua.pages.layout.at_kiosk import forget, is_anybody, this_kiosk
from motcua.pages.layout.frame import CONTRAST_COOKIE, TEXT_COOKIE, THEME_COOKIE
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.following import story_of

FOLLOWED = "followed"  # in the session: back and forth shows nothing once the person is gone
CHOICES = (TEXT_COOKIE, CONTRAST_COOKIE, THEME_COOKIE, settings.LANGUAGE_COOKIE_NAME)


@public
def kiosk(request: PersonRequest) -> HttpResponse:
    """The first page; whoever was here before is forgotten."""
    machine = this_kiosk(request)
    if is_anybody(request):
        forget(request)
    if machine.use != Kiosk.Use.KIOSK:
        return redirect("portal:wall" if machine.use == Kiosk.Use.SCREEN else "portal:kiosk_ticket")
    return render(request, "portal/kiosk.html", {"machine": machine})


@public
@require_POST
def kiosk_done(request: PersonRequest) -> HttpResponse:
    """Whoever was here goes: nothing of them stays in this browser, not even how they like to read."""
    this_kiosk(request)
    forget(request)
    response = redirect("portal:kiosk")
    for cookie in CHOICES:
        response.delete_cookie(cookie)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@public
def kiosk_here(request: PersonRequest) -> HttpResponse:
    """Somebody is still here; the answer marks the instant."""
    this_kiosk(request)
    return HttpResponse(status=204)


@public
def kiosk_dossier(request: PersonRequest) -> HttpResponse:
    """The dossier that was opened at this machine with code and secret, as long as its person is here."""
    this_kiosk(request)
    found = followed(request.session.get(FOLLOWED, ""))
    if found is None:
        raise NotThere(_("Hãy tra cứu lại: máy đã quên lần tra cứu trước."))
    return render(request, "portal/tracked.html", story_of(found, request))
