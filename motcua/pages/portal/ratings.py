"""Rating by the link of a dossier: without an account, without JavaScript, in two taps. Law: ND61-2018 27, 29, 31"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.pages.layout.access import public
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import PLACES, petition_address
from motcua.ratings.casting import Opinion, cast, changeable_until, ratable, vote_of, why_not
from motcua.ratings.kinds import Level, Place, Reason


class RatingForm(Form):
    """One level; what it is about and words, for whoever likes."""

    level = forms.ChoiceField(label=lazy("Bạn thấy thế nào?"), choices=Level.choices, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=lazy("Vì điều gì?"), choices=Reason.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=lazy("Bạn muốn nói thêm"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def opinion(self) -> Opinion:
        """What was chosen."""
        given = self.cleaned_data
        return Opinion(given["level"], tuple(given["reasons"]), given["words"])


@public
def rate(request: PersonRequest, place: str, submission_no: str, voice_key: str) -> HttpResponse:
    """The three levels; after that, thanks. At home one sees one's own vote and may change it for some days."""
    if place not in PLACES:
        raise NotThere(_("Không có trang này."))
    where = PLACES[place]
    dossier = ratable(submission_no, where, voice_key)
    vote = vote_of(dossier)
    is_home = where == Place.HOME
    given: dict[str, Any] = {}
    if vote is not None and is_home:
        given = {"level": vote.level, "reasons": vote.reasons, "words": vote.words}
    form = RatingForm(posted(request), initial=given)
    if request.method == "POST":
        done = attempt(
            form, lambda: cast(submission_no, place=where, key=voice_key, opinion=form.opinion(), at=request.at)
        )
        if done is not None:
            messages.success(request, _("Cảm ơn bạn. Đánh giá của bạn đã được ghi nhận."))
            return redirect("portal:rate", place, submission_no, voice_key)
    context = {
        "dossier": dossier,
        "vote": vote,
        "is_home": is_home,
        "refused": why_not(dossier, request.at),
        "until": changeable_until(dossier) if vote is not None and is_home else None,
        "petition": petition_address(dossier.submission_no, dossier.secret) if is_home else "",
    }
    return show(request, "portal/rate.html", context, form=form)
