"""What was asked, for every page and file of this room: the period, the office, and what to say where they are not clear."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.offices.models import Office, OfficeQuerySet
from motcua.pages.layout.forms import Form, blame
from motcua.pages.layout.periods import wrong_question
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.forms import ReportForm
from motcua.reports.periods import Period
from motcua.reports.scope import Scope, offices_reported_to, scope_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICES_SHOWN = 20


@dataclass
class Asked:
    """A report that somebody asked for: whole when `choices` is empty, else they choose one of these offices first."""

    form: ReportForm
    period: Period | None
    scope: Scope | None
    choices: list[Office]
    by: str

    def needed(self) -> tuple[Period, Scope]:
        """Period and scope; for what has no form to mend the question in. Raises Invalid with what the form would say."""
        if self.period is None or self.scope is None:
            raise wrong_question(self.form, self.choices)
        return self.period, self.scope


def asked_from(request: PersonRequest, form: ReportForm | None = None) -> Asked:
    """The question of this request, as far as it is clear; form: another page's own, with more in it."""
    today = day_of(request.at)
    form = form or ReportForm(request.GET, today)
    if not form.is_valid() or form.period is None:
        return Asked(form, None, None, [], "office")
    by, place = form.cleaned_data["theo"], form.cleaned_data["noi"]
    code, choices = office_meant(request, form)
    if code is None:
        return Asked(form, None, None, choices, by)
    try:
        scope = scope_for(request.actor, today, office_code=code, place=place, period=form.period)
    except Invalid as error:
        blame(form, error)
        return Asked(form, None, None, followers(request, code) if error.code == "office_not_then" else [], by)
    return Asked(form, form.period, scope, [], by)


def office_meant(request: PersonRequest, form: Form) -> tuple[str | None, list[Office]]:
    """The code of the office that a valid form asks for, empty for none; else None, and those that are meant perhaps."""
    wanted = form.cleaned_data["coquan"]
    if not wanted or Office.objects.by_code(wanted).exists():
        return wanted, []
    choices = matching(request, wanted)
    if not choices:
        blame(form, Invalid("", fields={"coquan": _("Không tìm thấy cơ quan nào như vậy trong phạm vi của bạn.")}))
    return (choices[0].code, []) if len(choices) == 1 else (None, choices)


def followers(request: PersonRequest, code: str) -> list[Office]:
    """Who followed an office that was not there any more, and whom it followed, to ask for instead."""
    asked = Office.objects.by_code(code)
    around = Q(predecessions__from_office__in=asked) | Q(successions__to_office__in=asked)
    return list(_reported(request, Office.objects.filter(around).distinct()).in_vi_order())


def matching(request: PersonRequest, text: str) -> list[Office]:
    """Offices that these words may mean, of those whose figures this person may see."""
    return list(_reported(request, Office.objects.search(text)).in_vi_order()[:OFFICES_SHOWN])


def _reported(request: PersonRequest, found: OfficeQuerySet) -> OfficeQuerySet:
    allowed = offices_reported_to(request.actor, day_of(request.at))
    return found if allowed is None else found.filter(pk__in=allowed)


def choices_of(asked: Asked, route: str = "oversight:report") -> list[dict[str, str]]:
    """The offices that were meant perhaps, as links to the page asked for."""
    return links_to(asked.form, asked.choices, route)


def links_to(form: ReportForm, found: list[Office], route: str = "oversight:report") -> list[dict[str, str]]:
    page = reverse(route)
    return [
        {"name": office.name, "code": office.code, "address": f"{page}?{form.address(coquan=office.code)}"}
        for office in found
    ]


def offices_seen(scope: Scope) -> int | None:
    """How many offices the figures are limited to; None where they aren't."""
    return None if scope.allowed is None else len(scope.allowed)


def file_answer(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file to keep, under its name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
