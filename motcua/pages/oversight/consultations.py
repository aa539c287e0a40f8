"""Which offices let the lead agencies wait for their opinions: told to the heads of units and to whoever oversees.

Law: ND61-2018 19(5)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.models.inquiries import InquiryQuerySet, is_in_time, is_overdue, was_answered_late
from motcua.pages.layout.access import officers
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.scope import REPORTERS, office_coded

FIGURES = {
    "con-han": _("Đang chờ, còn hạn"),
    "qua-han": _("Quá hạn, chưa trả lời"),
    "tra-loi-tre": _("Trả lời trễ trong năm"),
}


@dataclass(frozen=True)
class Row:
    """One office that was asked, its figures by key, each with the query of its list, and its longest delay in days."""

    name: str
    figures: list[tuple[str, int, str]]
    longest: int


@officers(*REPORTERS)
def consultations(request: PersonRequest) -> HttpResponse:
    """By office: how many opinions are waited for, overdue, came late; every figure opens its list."""
    shown, office = request.GET.get("xem", ""), request.GET.get("coquan", "")
    if shown and shown not in FIGURES:
        raise NotThere(_("Không có trang này."))
    sets = _sets(request.at)
    rows = told_to(request).filter(sets["con-han"] | sets["qua-han"] | sets["tra-loi-tre"])
    context: dict[str, Any] = {"rows": _by_office(rows, request.at), "heads": FIGURES.values(), "at": request.at}
    if shown:
        listed = rows.filter(sets[shown]).select_related("dossier", "dossier__competent_office", "office")
        if office:
            listed = listed.filter(office=office_coded(office))
        context |= {"page": cursor_page(listed, request, key="due_at"), "title": FIGURES[shown], "one_office": office}
    return render(request, "oversight/consultations.html", context)


def told_to(request: PersonRequest) -> InquiryQuerySet:
    """Consultations about the dossiers that this person answers for or oversees."""
    return Consultation.objects.filter(dossier__in=Dossier.objects.visible_to(request.actor))


def _sets(at: datetime) -> dict[str, Q]:
    return {
        "con-han": is_in_time(at),
        "qua-han": is_overdue(at),
        "tra-loi-tre": was_answered_late(day_of(at).replace(month=1, day=1)),
    }


def _by_office(rows: InquiryQuerySet, at: datetime) -> list[Row]:
    """The longest waits first."""
    sets = _sets(at)
    counts = {key.replace("-", "_"): Count("id", filter=condition) for key, condition in sets.items()}
    found = rows.values("office__name", "office__code").annotate(**counts, oldest=Min("due_at", filter=is_overdue(at)))
    return [
        Row(
            row["office__name"],
            [
                (str(FIGURES[key]), row[key.replace("-", "_")], urlencode({"xem": key, "coquan": row["office__code"]}))
                for key in FIGURES
            ],
            (day_of(at) - day_of(row["oldest"])).days if row["oldest"] else 0,
        )
        for row in found.order_by("oldest", "office__name_order")
    ]
