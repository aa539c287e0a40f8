"""The report on a document's signatures, the same for everybody who asks: a page, or JSON with `dang=json`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from motcua.base.times import VIETNAM
from motcua.forms.verifying import Checked
from motcua.signing.checking import Signature

PAGE = "layout/signatures.html"


def signatures_page(request: HttpRequest, found: Checked, context: Mapping[str, Any]) -> HttpResponse:
    """What was found of a result, as page or JSON."""
    if wants_json(request):
        return JsonResponse(
            {
                "holds": found.holds,
                "sentence": found.sentence,
                "intact": found.is_intact,
                "sha256": found.sha256,
                "qr": {"verdict": found.code.value, "sentence": found.code_sentence},
                "signatures": [as_json(one) for one in found.signatures],
            }
        )
    return render(request, PAGE, {**context, "checked": found, "signatures": found.signatures})


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks."""
    return "json" in (request.GET.get("dang"), request.POST.get("dang"))


def as_json(one: Signature) -> dict[str, Any]:
    """One signature with its verdict: a stable code, and the sentence in the reader's language."""
    return {
        "verdict": one.verdict.value,
        "sentence": str(one.verdict.label),
        "signer": one.signer,
        "organisation": one.organisation,
        "signed_at": _instant(one.signed_at),
        "time_is_certified": one.time_is_certified,
        "for_long": one.for_long,
        "unchanged": one.unchanged,
        "reason": one.reason,
        "certificate": {
            "issuer": one.issuer,
            "serial": one.serial,
            "valid_from": _instant(one.valid_from),
            "valid_to": _instant(one.valid_to),
            "valid_then": one.valid_then,
            "is_development": one.is_development,
        },
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.astimezone(VIETNAM).isoformat(timespec="seconds") if moment else None
