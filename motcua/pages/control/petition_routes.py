"""Which office answers for which petitions; who controls procedures adds a row from a day to come."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import OfficeField
from motcua.petitions.models import Route
from motcua.petitions.routing import may_set_route, set_route, topics
from motcua.petitions.table import CHOSEN
from motcua.reports.scope import REPORTERS

SHOWN = 200


class RouteForm(Form):
    """One more row of the table."""

    kind = forms.ChoiceField(label=lazy("Phản ánh về"), choices=[(kind.value, kind.label) for kind in CHOSEN])
    topic = forms.ChoiceField(label=lazy("Lĩnh vực"), required=False)
    level = forms.ChoiceField(
        label=lazy("Cấp của cơ quan được phản ánh"), required=False, choices=[("", "–"), *Office.Level.choices]
    )
    office = OfficeField(
        label=lazy("Cơ quan xử lý"),
        required=False,
        help_text=lazy("Mã hoặc vài chữ trong tên. Để trống: bỏ dòng trước, như chưa từng đặt."),
    )
    valid_from = forms.DateField(label=lazy("Từ ngày"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=lazy("Lý do, văn bản"), max_length=300)


@officers(*REPORTERS)
def petition_routes(request: PersonRequest) -> HttpResponse:
    """Every row, the latest first; the nearest one that fits a petition counts."""
    form = RouteForm(posted(request))
    form.fields["topic"].choices = [("", "–"), *((topic, topic) for topic in topics())]  # type: ignore[attr-defined]
    if request.method == "POST":
        if not may_set_route(request.actor):
            raise Forbidden(_("Chỉ người kiểm soát thủ tục hành chính đặt nơi xử lý phản ánh."))
        if attempt(form, lambda: _set(request, form)) is not None:
            messages.success(request, _("Đã đặt nơi xử lý."))
            return redirect("control:petition_routes")
    rows = Route.objects.select_related("office").order_by("-valid_from", "-id")[:SHOWN]
    context = {"rows": rows, "may_set": may_set_route(request.actor)}
    return show(request, "control/petition_routes.html", context, form=form)


def _set(request: PersonRequest, form: RouteForm) -> Route:
    given = dict(form.cleaned_data)
    office = given.pop("office")
    return set_route(
        given.pop("kind"), office_id=office.pk if office else None, **given, actor=request.actor, at=request.at
    )
