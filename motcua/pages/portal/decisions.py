"""The list of decisions that made procedures public, and the procedures of one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.catalogue.decisions import decisions as every
from motcua.catalogue.decisions import made_public_by
from motcua.pages.layout.access import public
from motcua.pages.layout.requests import PersonRequest

MOST_OF_A_NUMBER = 200


@public
def decisions(request: PersonRequest) -> HttpResponse:
    """Every decision by ministry; with ?so=… its procedures."""
    number = request.GET.get("so", "")[:MOST_OF_A_NUMBER]
    if not number:
        return render(request, "portal/decisions.html", {"decisions": every()})
    found = list(made_public_by(number))
    if not found:
        raise NotThere(_("Không có quyết định công bố nào có số này."))
    return render(request, "portal/decision.html", {"number": number, "found": found})
