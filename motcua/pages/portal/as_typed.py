"""Checked while it is typed: what autosave answers of the fields that were left, by the same form that judges at the end."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from motcua.pages.layout.forms import Form
from motcua.pages.layout.requests import PersonRequest

LEFT = "left"  # names of the fields that somebody left, apart by spaces


def as_typed(request: PersonRequest, *forms: Form) -> HttpResponse:
    """The sentences about the fields that were left, right or wrong; nothing where the page names none."""
    left = set(request.POST.get(LEFT, "").split())
    fields = [field for form in forms for field in form if field.html_name in left]
    if not fields:
        return HttpResponse(status=204)
    return render(request, "portal/as_typed.html", {"fields": fields})
