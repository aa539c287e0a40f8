"""The register of dossiers (sổ theo dõi), to print."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from motcua.base.times import day_of
from motcua.forms.register_book import lines_of, register_pdf
from motcua.offices.models import Office
from motcua.pages.counter.intake import RECEIVING
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, show
from motcua.pages.layout.papers import pdf_response
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.log import export


def day_field(label: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class RegisterForm(Form):
    """Whose register, for which days of one year."""

    office = forms.ModelChoiceField(label=lazy("Nơi tiếp nhận"), queryset=Office.objects.none(), empty_label=None)
    first = day_field(lazy("Từ ngày"))
    last = day_field(lazy("Đến ngày"))

    def __init__(self, request: PersonRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Office.objects.filter(pk__in=request.actor.offices(*RECEIVING)).select_related("parent")
        self.fields["office"].queryset = mine.order_by("id")  # type: ignore[attr-defined]


@officers(*RECEIVING)
def register(request: PersonRequest) -> HttpResponse:
    """Choose unit and days; asked with them (?office=…&first=…&last=…) it is the PDF."""
    today = day_of(request.at)
    asked = request.GET if "first" in request.GET else None
    form = RegisterForm(request, asked, initial={"first": date(today.year, today.month, 1), "last": today})
    if asked is not None:
        content = attempt(
            form,
            lambda: register_pdf(
                form.cleaned_data["office"], form.cleaned_data["first"], form.cleaned_data["last"], at=request.at
            ),
        )
        if content is not None:
            named = lines_of(*(form.cleaned_data[name] for name in ("office", "first", "last")))
            export(request.actor, named.values_list("pk", flat=True), reason="", at=request.at)
            return pdf_response(content, f"so-theo-doi-{form.cleaned_data['first']}-{form.cleaned_data['last']}.pdf")
    return show(request, "counter/register.html", form=form)
