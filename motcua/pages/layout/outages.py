"""When the database goes away in the middle of a request: reading is tried once more, writing is given back to its sender.

An act is one transaction, so nothing half done is left; whether the last one was kept is not known when the connection
broke at its end. The forms of the house may be sent twice: an act knows what its sender saw, a new dossier its ticket
or its draft.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from typing import Any

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from motcua.base.outages import drop_connections, is_outage

logger = logging.getLogger("motcua.outages")
API_PATH = "/api/"
RETRY_AFTER_SECONDS = 5
SECRET_WORDS = ("password", "secret", "ma-tra-cuu")
MOST_KEPT_BYTES = 200_000


class Outage:
    """One more try for a GET or HEAD on a fresh connection; otherwise 503 with what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        got_request_exception.connect(_note, dispatch_uid="motcua.outages")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _met_outage(request):
            drop_connections()
            if request.method in {"GET", "HEAD"}:
                logger.warning("the database went away during %s %s; tried once more", request.method, request.path)
                request.__dict__.pop("_cached_user", None)
                response = self.get_response(request)
                if not _met_outage(request):
                    return response
                drop_connections()
            logger.error("the database is away: %s %s was answered with 503", request.method, request.path)
            response = unavailable(request)
        return response


def _note(sender: Any, request: HttpRequest | None = None, **named: Any) -> None:
    """Django tells every uncaught exception before it makes the page 500 of it."""
    error = sys.exc_info()[1]
    if request is not None and error is not None and is_outage(error):
        request.met_outage = True  # type: ignore[attr-defined]


def _met_outage(request: HttpRequest) -> bool:
    return bool(request.__dict__.pop("met_outage", False))


def unavailable(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After: problem+json for the API, else a page that asks nothing of the database."""
    sentence = _("Hệ thống vừa bị gián đoạn trong chốc lát.")
    response = _problem(sentence) if request.path.startswith(API_PATH) else _page(request, sentence)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _problem(sentence: str) -> HttpResponse:
    content = {
        "type": "urn:motcua:problem:unavailable",
        "title": _("Tạm thời gián đoạn"),
        "status": 503,
        "detail": sentence + " " + _("Hãy gửi lại sau vài giây, với cùng khóa chống trùng (Idempotency-Key)."),
        "code": "unavailable",
        "fields": {},
        "possible": [],
    }
    body = json.dumps(content, ensure_ascii=False)
    return HttpResponse(body, content_type="application/problem+json", status=503)


def _page(request: HttpRequest, sentence: str) -> HttpResponse:
    kept = _typed(request)
    context = {
        "sentence": sentence,
        "address": request.get_full_path(),
        "is_post": request.method == "POST",
        "kept": kept,
        "files": [file.name for _field, files in request.FILES.lists() for file in files] if kept is not None else [],
    }
    return HttpResponse(render_to_string("layout/unavailable.html", context), status=503)


def _typed(request: HttpRequest) -> list[tuple[str, str]] | None:
    """What was typed, to be sent once more; None where a secret is among it or it is too much to carry."""
    if request.method != "POST":
        return None
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    secret = any(word in name for name, _value in pairs for word in SECRET_WORDS)
    if secret or sum(len(value) for _name, value in pairs) > MOST_KEPT_BYTES:
        return None
    return pairs
