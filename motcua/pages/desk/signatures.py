"""Signing many results in one sitting, and who signed one."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.forms.results import MOST_AT_ONCE, Outcome, waiting
from motcua.forms.results import sign_many as sign_these
from motcua.forms.verifying import check_result
from motcua.pages.layout.access import officers
from motcua.pages.layout.acting import dossier_seen_by
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.signatures import signatures_page

SIGNING = ("approver", "clerk")


class SignForm(Form):
    """Which results."""

    chosen = forms.TypedMultipleChoiceField(
        label=lazy("Kết quả"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Hãy chọn ít nhất một kết quả.")},
    )

    def __init__(self, choices: list[tuple[int, str]], *args: object) -> None:
        super().__init__(*args)
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]


@officers(*SIGNING)
def sign_many(request: PersonRequest) -> HttpResponse:
    """Results that wait for my signature; sign those that are ticked, and say of each what became of it."""
    rows = list(waiting(request.actor)[:MOST_AT_ONCE])
    form = SignForm([(row.pk, str(row)) for row in rows], posted(request))
    outcomes: list[Outcome] = []
    if request.method == "POST":
        outcomes = (
            attempt(form, lambda: sign_these(form.cleaned_data["chosen"], actor=request.actor, at=request.at)) or []
        )
        rows = list(waiting(request.actor)[:MOST_AT_ONCE]) if outcomes else rows
    signed = sum(one.is_signed for one in outcomes)
    context = {
        "rows": rows,
        "outcomes": outcomes,
        "said": _("Đã ký %(signed)s trên %(all)s kết quả.") % {"signed": signed, "all": len(outcomes)},
        "at": request.at,
    }
    return show(request, "desk/sign_many.html", context, form=form)


def signatures(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """Who signed the result, and whether it is still what they signed."""
    found = dossier_seen_by(request, dossier_id)
    return signatures_page(request, check_result(found, request.at), {"dossier": found, "back": "desk:dossier"})
