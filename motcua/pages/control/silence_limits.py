"""How long a dossier may be silent at which office; who controls procedures sets another limit from a day to come."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden
from motcua.base.times import day_of
from motcua.operations.models import SilenceLimit
from motcua.operations.watching import may_set_limit, set_limit, usual_limit
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import OfficeField
from motcua.reports.scope import REPORTERS

SHOWN = 200


class LimitForm(Form):
    """Another limit for one office."""

    office = OfficeField(label=lazy("Cơ quan"), help_text=lazy("Mã hoặc vài chữ trong tên."))
    days = forms.IntegerField(label=lazy("Số ngày làm việc"), min_value=1, max_value=60)
    valid_from = forms.DateField(label=lazy("Từ ngày"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=lazy("Lý do, văn bản"), max_length=300)


@officers(*REPORTERS)
def silence_limits(request: PersonRequest) -> HttpResponse:
    """The usual limit, and every office's own, the latest first."""
    form = LimitForm(posted(request))
    if request.method == "POST":
        if not may_set_limit(request.actor):
            raise Forbidden(_("Chỉ người kiểm soát thủ tục hành chính đặt giới hạn im lặng."))
        made = attempt(
            form,
            lambda: set_limit(
                form.cleaned_data["office"].pk,
                days=form.cleaned_data["days"],
                valid_from=form.cleaned_data["valid_from"],
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                at=request.at,
            ),
        )
        if made is not None:
            messages.success(request, _("Đã đặt giới hạn im lặng."))
            return redirect("control:silence_limits")
    rows = SilenceLimit.objects.select_related("office").order_by("-valid_from", "-id")[:SHOWN]
    context = {"usual": usual_limit(day_of(request.at)), "rows": rows, "may_set": may_set_limit(request.actor)}
    return show(request, "control/silence_limits.html", context, form=form)
