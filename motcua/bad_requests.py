"""Requests that are refused before any room is reached, answered as whoever asks reads it."""

from django.http import HttpRequest, HttpResponse

from motcua.api import problems
from motcua.pages.layout import errors
from motcua.pages.layout.middleware import API_PATH


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, such as a host that is not ours: a problem for programs, a page for people."""
    if request.path.startswith(API_PATH):
        return problems.of_error(problems.unreadable())
    return errors.bad_request(request, exception)
