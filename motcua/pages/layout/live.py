"""Pieces of a page that keep themselves fresh: `live.js` asks again and again, and is told when nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import get_language


def tag_of(stamp: str) -> str:
    """The ETag of a piece: what it shows, in which language."""
    return f'"{stamp}-{get_language()}"'


def piece(request: HttpRequest, stamp: str, template: str, context: Callable[[], Mapping[str, Any]]) -> HttpResponse:
    """The piece as it is now, or 304 where this browser has it; only then is `context` asked for."""
    tag = tag_of(stamp)
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = render(request, template, dict(context()))
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, no-cache"
    return response
