"""The home page."""

from django.http import HttpResponse
from django.shortcuts import render

from motcua.pages.layout.access import public
from motcua.pages.layout.requests import PersonRequest


@public
def home(request: PersonRequest) -> HttpResponse:
    """Search, frequent procedures, track a dossier."""
    return render(request, "portal/home.html")
