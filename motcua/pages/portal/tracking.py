"""Track a dossier without an account. The code alone shows how far it is; with the secret, everything.

Law: TT01-2018 16
"""

from __future__ import annotations

from secrets import compare_digest

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.ids import tidy_key
from motcua.dossiers.telling import followed, state_of
from motcua.pages.layout.access import public
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.forms import Form, show
from motcua.pages.layout.history import progress_of
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.following import story_of
from motcua.pages.portal.kiosk import FOLLOWED
from motcua.people.guesses import Guesser


class TrackForm(Form):
    """A code, and a secret for those who have it."""

    code = forms.CharField(
        label=lazy("Mã số hồ sơ hoặc mã nộp hồ sơ"),
        help_text=lazy("Ví dụ 000.00.18.H54-211130-0042 hoặc TN-7K3M9PQRST."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=lazy("Mã tra cứu"),
        help_text=lazy("In trên giấy hẹn, cạnh mã QR. Không có thì chỉ xem được mức độ hoàn thành."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )


@public
def track(request: PersonRequest) -> HttpResponse:
    """The form; a code in the address (as in the QR code) shows the degree of completion at once."""
    if request.method == "POST":
        return _with_form(request)
    code = request.GET.get("ma", "").strip()[:40]
    return _degree_of(code, request, TrackForm(initial={"code": code}))


def _degree_of(code: str, request: PersonRequest, form: TrackForm) -> HttpResponse:
    """How far the dossier with this code is, and nothing else; without a code the empty form.

    Codes are numbered in their order, so whoever tries many that are not there waits; apart from those who try secrets.
    """
    misses = Guesser(code, f"MA {request.META.get('REMOTE_ADDR', '')}")
    if code and misses.closed_until(request.at):
        return locked_out(request)
    found = state_of(code) if code else None
    if code and found is None:
        misses.was_wrong(request.at)
    context = {"asked": code, "found": found, "progress": progress_of(found) if found else None}
    if code and found is None:
        form.status = 404
    return show(request, "portal/track.html", context, form=form)


def _with_form(request: PersonRequest) -> HttpResponse:
    form = TrackForm(request.POST)
    if not form.is_valid():
        return show(request, "portal/track.html", form=form)
    code, secret = form.cleaned_data["code"], tidy_key(form.cleaned_data["secret"])
    if not secret:
        return _degree_of(code, request, form)
    guesser = Guesser(code, request.META.get("REMOTE_ADDR", ""))
    if guesser.closed_until(request.at):
        return locked_out(request)
    found = followed(code)
    # Compared even when there is no such dossier, so that the answer takes as long.
    if not compare_digest((found.secret if found else "-").encode(), secret.encode()) or found is None:
        guesser.was_wrong(request.at)
        form.add_error(None, _("Mã hồ sơ hoặc mã tra cứu không đúng."))
        form.status = 404
        return show(request, "portal/track.html", form=form)
    if request.kiosk:
        # No answer to a form stays in the history of a machine for everybody.
        request.session[FOLLOWED] = found.submission_no
        return redirect("portal:kiosk_dossier")
    return render(request, "portal/tracked.html", story_of(found, request))
