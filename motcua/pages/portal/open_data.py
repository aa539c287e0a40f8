"""Open data for everybody: the months that the province closed, with definitions, checksums and a signature."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.pages.layout.access import public
from motcua.reports.measures import MEASURES
from motcua.reports.models import OpenMonth
from motcua.reports.open_data import MANIFEST, MEASURES_PUBLISHED, file_names

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "manifest": "application/json"}
KEPT = 3600


@public
def open_data(request: HttpRequest) -> HttpResponse:
    """Every published month, the newest first, and what the numbers mean."""
    context = {
        "months": [{"one": one, "names": file_names(one.close)} for one in _newest()],
        "measures": [MEASURES[key] for key in MEASURES_PUBLISHED],
        "licence": settings.OPEN_DATA_LICENCE,
        "manifest": MANIFEST,
    }
    return render(request, "portal/open_data.html", context)


@public
def open_data_file(request: HttpRequest, open_office: str, open_month: str, open_file: str) -> HttpResponse:
    """One file; whoever has it already is told that it is the same."""
    kind = open_file
    if kind not in TYPES:
        raise NotThere(_("Không có tệp này."))
    found = (
        OpenMonth.objects.filter(close__text=open_month, close__office__code_qd20=open_office)
        .select_related("close__office")
        .only(kind, "close__text", "close__office__code_qd20")
        .order_by("-close__number")
        .first()
    )
    if found is None:
        raise NotThere(_("Tháng %(month)s chưa được tỉnh chốt nên chưa có dữ liệu mở.") % {"month": open_month})
    content = getattr(found, kind).encode()
    etag = quote_etag(sha256(content).hexdigest())
    response = HttpResponse(content, content_type=TYPES[kind])
    name = MANIFEST if kind == "manifest" else file_names(found.close)[kind]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["Access-Control-Allow-Origin"] = "*"
    # Answered without a body where the reader has it.
    return get_conditional_response(request, etag=etag, response=response) or response


def _newest() -> list[OpenMonth]:
    """The last publication of each month and province, without the files themselves; one statement."""
    rows = (
        OpenMonth.objects.select_related("close__office")
        .only(
            "threshold", "made_at", "close__text", "close__first", "close__number", "close__closed_at",
            "close__office__name", "close__office__code_qd20",
        )
        .order_by("-close__first", "close__office_id", "-close__number")
        .distinct("close__first", "close__office_id")
    )  # fmt: skip
    return list(rows)
