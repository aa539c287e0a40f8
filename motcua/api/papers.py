"""Files: sent before they are named in an act, fetched by those who may see a dossier that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from motcua.api.callers import Caller, calling, needs
from motcua.api.reading import Id, Why, later
from motcua.base.errors import Invalid, NotThere
from motcua.dossiers.handed_in import take_in
from motcua.dossiers.inquiries import may_read_inquiries
from motcua.dossiers.models import Consultation, Dossier, FormerResult, GivenPaper, Part, Result, Verification
from motcua.files.models import StoredFile
from motcua.files.store import open_file
from motcua.readings.log import read
from motcua.readings.models import Through

router = Router(tags=["files"])


class FileOut(Schema):
    id: int
    name: str
    media_type: str
    size_bytes: int
    sha256: str


def own_files(ids: Sequence[int | None], caller: Caller) -> None:
    """Only files that the caller sent may be handed in: a number alone opens nobody else's file. Raises Invalid."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return
    if StoredFile.objects.filter(pk__in=wanted, stored_by=caller.actor.account_id).count() < len(wanted):
        sentence = _("Có tệp không phải do bạn gửi lên.")
        raise Invalid(sentence, fields={"file_id": sentence}, code="not_your_file")


@router.post("", auth=needs("dossiers:act"), response={201: FileOut}, summary=later(gettext_lazy("Gửi tệp")))
def upload(request: HttpRequest, file: File[UploadedFile]) -> StoredFile:
    """PDF, JPEG, PNG, DOCX or XLSX by content, at most 20 MB; HEIC becomes a PDF. Opened and scanned before it is kept."""
    caller = calling(request)
    return take_in(file.name or "", file.chunks(), caller.at, caller.actor.account_id).file


@router.get(
    "/{file_id}",
    auth=needs("dossiers:read"),
    response={200: bytes},
    summary=later(gettext_lazy("Tải tệp")),
)
def download(request: HttpRequest, file_id: Id, reason: Why = "") -> Any:
    """Your own files, and those of dossiers that you may see. Every reading is noted."""
    stored = _visible(file_id, calling(request), reason)
    response = FileResponse(open_file(stored), as_attachment=True, filename=stored.name)
    response["Content-Type"] = stored.media_type
    response["Content-Security-Policy"] = "sandbox"
    return response


def _visible(file_id: int, caller: Caller, reason: str) -> StoredFile:
    stored = StoredFile.objects.filter(pk=file_id).first()
    if stored is None:
        raise NotThere(_("Không có tệp này."))
    given = GivenPaper.objects.filter(file_id=file_id).values("dossier_id")
    decided = Result.objects.filter(file_id=file_id).values("dossier_id")
    former = FormerResult.objects.filter(file_id=file_id).values("dossier_id")
    said = Consultation.objects.filter(file_id=file_id).values("dossier_id")
    kept = Verification.objects.filter(file_id=file_id).values("dossier_id")
    parted = Part.objects.filter(file_id=file_id)
    if not caller.actor.is_officer:
        # What passes between the agencies is the applicant's once the whole is done.
        parted = parted.filter(dossier__finished_at__isnull=False)
    theirs = Q(pk__in=given) | Q(pk__in=decided) | Q(pk__in=former) | Q(pk__in=parted.values("dossier_id"))
    within = theirs | Q(pk__in=said) | Q(pk__in=kept)
    dossier = Dossier.objects.visible_to(caller.actor).filter(within).first()
    if dossier is not None and not may_read_inquiries(caller.actor, dossier):
        # What offices tell each other is not the applicant's.
        dossier = Dossier.objects.filter(theirs, pk=dossier.pk).first()
    if dossier is None:
        if stored.stored_by == caller.actor.account_id is not None:
            return stored
        raise NotThere(_("Không có tệp này."))
    read(caller.actor, dossier, Through.FILE, at=caller.at, reason=reason)
    return stored
