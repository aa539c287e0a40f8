"""Why dossiers are late: leaders of deciding agencies say it here, from the list of what is late. Law: TT01-2020 2"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import leading
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.statutory.forms import StatutoryForm, statutory_shortcuts
from motcua.reports.behind import Member, behind_counted
from motcua.reports.models import LateCause
from motcua.reports.scope import Scope
from motcua.reports.statutory.causes import LATE, LONGEST, is_late, say_cause

LEADERS = ("head", "approver")
SHOWN = 100


class CauseForm(Form):
    """Why, in a word and in words, and what is proposed."""

    cause = forms.ChoiceField(label=lazy("Nguyên nhân"), choices=[("", "–"), *LateCause.Cause.choices])
    words = forms.CharField(label=lazy("Lý do cụ thể"), max_length=LONGEST, widget=forms.Textarea({"rows": 3}))
    proposal = forms.CharField(
        label=lazy("Đề xuất"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )


@dataclass(frozen=True)
class LateLine:
    """A late dossier, and the last thing that was said of it."""

    member: Member
    said: LateCause | None


@officers(*LEADERS)
def late_causes(request: PersonRequest) -> HttpResponse:
    """What was resolved late in a period, or is late now, at the agencies that this person leads; unexplained ones first."""
    form = StatutoryForm(request.GET, day_of(request.at))
    context: dict[str, Any] = {"shortcuts": statutory_shortcuts(form)}
    if form.is_valid() and form.period is not None:
        period = form.period
        scope = Scope(offices=frozenset(request.actor.offices(*LEADERS)))
        page = behind_counted(period, scope, LATE, after=request.GET.get("sau", ""), limit=SHOWN)
        said = LateCause.objects.said_of(one.dossier_id for one in page.members)
        lines = [LateLine(one, said.get(one.dossier_id)) for one in page.members]
        context |= {
            "period": period,
            "lines": sorted(lines, key=lambda line: line.said is not None),
            "unsaid": sum(line.said is None for line in lines),
            "next_query": f"?{form.address(sau=page.next)}" if page.next else "",
        }
    return show(request, "oversight/late_causes.html", context, form=form)


@officers(*LEADERS)
def late_cause(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """Say why one dossier is late; what was said before stays beside it."""
    dossier = (
        Dossier.objects.visible_to(request.actor).select_related("procedure", "version").filter(pk=dossier_id).first()
    )
    if dossier is None or leading(request.actor, dossier) is None:
        raise NotThere(_("Không có trang này."))
    said = list(LateCause.objects.filter(dossier=dossier).order_by("-number"))
    last = said[0] if said else None
    first = {"cause": last.cause, "words": last.words, "proposal": last.proposal} if last else None
    form = CauseForm(posted(request), initial=first)
    if request.method == "POST":
        made = attempt(form, lambda: say_cause(dossier_id, **form.cleaned_data, actor=request.actor, at=request.at))
        if made is not None:
            return redirect(reverse("oversight:late_causes"))
    context = {"dossier": dossier, "said": said, "is_late": is_late(dossier, request.at)}
    return show(request, "oversight/late_cause.html", context, form=form)
