"""I tried to hand in while a system was out of order: say when, and how one can know."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.dossiers.guards import obstacle
from motcua.dossiers.journal import is_open_to
from motcua.dossiers.states import Act
from motcua.pages.layout.attempt_form import AttemptForm, note
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.following import own_dossier


def note_attempt(request: PersonRequest, submission_no: str) -> HttpResponse:
    """Note it; where I am waited for, my last day moves."""
    found = own_dossier(request, submission_no)
    form = AttemptForm(found, posted(request), request.FILES or None)
    if request.method == "POST":
        if attempt(form, lambda: note(request, found.pk, form.cleaned_data, form)) is not None:
            messages.success(request, _("Đã ghi nhận việc bạn đã thử nộp."))
            return redirect("portal:dossier", found.submission_no)
        form.has_seen(own_dossier(request, submission_no))
    elif not is_open_to(Act.NOTE_ATTEMPT, found, request.actor, request.at):
        raise Refused(obstacle(Act.NOTE_ATTEMPT, found, request.at) or _("Lúc này không cần ghi nhận việc thử nộp."))
    return show(request, "portal/note_attempt.html", {"dossier": found}, form=form)
