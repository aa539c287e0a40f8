"""A draft that was handed in already, met again: by a second click, the back button, another tab, a line that broke."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.dossiers.acts.submission import handed_in_from
from motcua.dossiers.models import Dossier
from motcua.pages.layout.requests import PersonRequest

View = Callable[..., HttpResponse]


def leads_on(view: View) -> View:
    """A page of a draft: where the draft is used up it leads to what became of it, and says that nothing happened twice."""

    @wraps(view)
    def guarded(request: PersonRequest, draft_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, draft_id, *args, **kwargs)
        except NotThere:
            number = handed_in_from(draft_id, request.actor)
            if number is None:
                raise
        messages.info(
            request, _("Hồ sơ này đã được nộp, và chỉ nộp một lần. Muốn sửa điều đã khai, hãy xem hồ sơ dưới đây.")
        )
        return redirect(page_after(number, request), number)

    return guarded


def page_after(submission_no: str, request: PersonRequest) -> str:
    """The page that says what to keep after handing in: of one's own dossier, or of one that was handed in for somebody."""
    is_helped = Dossier.objects.filter(submission_no=submission_no, helper_id=request.actor.account_id).exists()
    return "portal:helped_submitted" if is_helped else "portal:submitted"
