"""One tap asks a question about a dossier: from its page, by its owner or by whoever came with code and secret.

The page carries a pass that says so for a while, so neither the secret nor who the owner is goes through the browser anew.
"""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from motcua.base.errors import NotThere
from motcua.base.ids import random_key
from motcua.dossiers.models import Dossier
from motcua.dossiers.telling import Followed
from motcua.pages.layout.access import public
from motcua.pages.layout.forms import Form, attempt, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.petitions import keep_petition
from motcua.people.guesses import Guesser
from motcua.petitions import acts

SALT, HOLDS = "question", timedelta(hours=2)
# Vietnamese in every language of the page: an officer reads it.
BEGINNING = "Hồ sơ {code} đang được giải quyết đến đâu, khi nào có kết quả?"


class QuestionForm(Form):
    """What is asked."""

    content = forms.CharField(label=lazy("Bạn muốn hỏi"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    may_ask = forms.CharField(widget=forms.HiddenInput, max_length=200)
    once = forms.CharField(widget=forms.HiddenInput, max_length=20)


def question_form(found: Followed) -> QuestionForm:
    """The form for the page of a dossier, with a question that most people have; it asks the database nothing."""
    return QuestionForm(
        auto_id="hoi-%s",
        initial={
            "content": BEGINNING.format(code=found),
            "may_ask": signing.dumps(found.submission_no, salt=SALT),
            "once": random_key(20),
        },
    )


@public
@require_POST
def ask_question(request: PersonRequest) -> HttpResponse:
    """The question goes to the office that holds the dossier; then the two codes to read the answer by."""
    form = QuestionForm(request.POST)
    dossier = _dossier_of(str(form.data.get("may_ask", "")))
    # Five about one dossier from one network address within a quarter of an hour are enough.
    sender = Guesser(f"HOI {dossier.submission_no}", request.META.get("REMOTE_ADDR", ""))
    if sender.closed_until(request.at):
        form.add_error(None, _("Bạn vừa hỏi nhiều lần về hồ sơ này. Hãy gửi lại sau ít phút."))
        form.status = 429
        return show(request, "portal/ask_question.html", {"dossier": dossier}, form=form)
    made = attempt(
        form,
        lambda: acts.ask(
            dossier,
            form.cleaned_data["content"],
            actor=request.actor,
            at=request.at,
            once=form.cleaned_data["once"],
        ),
    )
    if made is None:
        return show(request, "portal/ask_question.html", {"dossier": dossier}, form=form)
    sender.was_wrong(request.at)
    keep_petition(request, made)
    return redirect("portal:petition_sent")


def _dossier_of(may_ask: str) -> Dossier:
    """The dossier whose page was shown a while ago. Raises NotThere for a bent or an old pass."""
    try:
        submission_no = signing.loads(may_ask, salt=SALT, max_age=HOLDS)
    except signing.BadSignature as error:
        raise NotThere(_("Hãy mở lại trang của hồ sơ rồi gửi câu hỏi.")) from error
    return Dossier.objects.get(submission_no=submission_no)
