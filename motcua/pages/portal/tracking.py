"""Track a dossier without an account. The code alone shows how far it is; with the secret, everything.

Law: TT01-2018 16
"""

from __future__ import annotations

from secrets import compare_digest

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth.signals import user_login_failed
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.ids import tidy_key
from motcua.dossiers.models import Dossier
from motcua.pages.layout.access import public
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.forms import Form, show
from motcua.pages.layout.history import progress_of
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.following import story_of


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
    found = _by_code(code) if code else None
    form = TrackForm(initial={"code": code})
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
        found = _by_code(code)
        context = {"asked": code, "found": found, "progress": progress_of(found) if found else None}
        form.status = 200 if found else 404
        return show(request, "portal/track.html", context, form=form)
    # The secret is a password of one dossier: wrong ones are counted as such, per code and address.
    credentials = {"username": f"tra-cuu:{code.upper()}"}
    if not AxesProxyHandler.is_allowed(request, credentials):
        return locked_out(request)
    found = _by_code(code, whole=True)
    # Compared even when there is no such dossier, so that the answer takes as long.
    if not compare_digest((found.secret if found else "-").encode(), secret.encode()) or found is None:
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        form.add_error(None, _("Mã hồ sơ hoặc mã tra cứu không đúng."))
        form.status = 404
        return show(request, "portal/track.html", form=form)
    return render(request, "portal/tracked.html", story_of(found, request))


# What the story of a dossier reads: the rows are wide, and this page is asked most of all.
TOLD = (
    "code", "submission_no", "secret", "state", "regime", "step", "process_id", "due_at", "original_due_at",
    "answer_due_at", "accepted_at", "finished_at", "version__name", "receiving_office__name",
    "competent_office__name", "at_office__name", "holder__full_name",
)  # fmt: skip


def _by_code(code: str, *, whole: bool = False) -> Dossier | None:
    """The dossier with this code or submission number; `whole`: with the names that its story tells."""
    wanted = code.strip().upper()
    rows = Dossier.objects.only("state")
    if whole:
        related = [field.partition("__")[0] for field in TOLD if "__" in field]
        rows = Dossier.objects.select_related(*related).only(*TOLD)
    return rows.filter(Q(code=wanted) | Q(submission_no=wanted)).first()
