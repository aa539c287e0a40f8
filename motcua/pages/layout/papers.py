"""Papers of dossiers as pages use them: the list with what is issued, and how a PDF is sent."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from motcua.base.errors import MotcuaError
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.forms.catalogue import Kind
from motcua.forms.issuing import issue_all
from motcua.forms.models import IssuedForm
from motcua.forms.sources import Source
from motcua.pages.layout.requests import PersonRequest

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shown:
    """One paper in a list: what it is, and the issued one if there is one."""

    kind: str
    number: int
    title: str
    row: IssuedForm | None

    @property
    def is_working_print(self) -> bool:
        """The control slip goes round with the dossier and is never issued."""
        return self.kind == Kind.CONTROL


def papers_of(dossier: Dossier, request: PersonRequest, asked: list[SupplementRequest] | None = None) -> list[Shown]:
    """The papers that this dossier has or calls for, for an officer; `asked` as `Source` takes it."""
    source = Source(dossier, asked)
    rows = {
        (row.kind, row.occasion): row
        for row in IssuedForm.objects.filter(dossier=dossier).select_related("file", "sealed_with")
    }
    papers = source.papers()
    if (slip := source.control_slip(request.at)) is not None:
        papers.append(slip)
    return [
        Shown(one.kind.value, one.occasion, one.form.title, rows.get((one.kind.value, one.occasion))) for one in papers
    ]


def issue_after_act(request: PersonRequest, dossier_id: int) -> None:
    """After an act: issue whatever it calls for. The act stands even where a paper has to wait; the officer is told."""
    try:
        issue_all(dossier_id, actor=request.actor, at=request.at, portal=portal_of(request))
    except MotcuaError as error:
        log.warning("papers of dossier %s wait: %s", dossier_id, error)
        messages.warning(request, _("Phiếu chưa phát hành được: %(why)s") % {"why": error})


def portal_of(request: HttpRequest) -> str:
    """The address of the portal for codes on papers: as configured, else as this request came."""
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """A PDF to look at, kept by nobody on the way."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
