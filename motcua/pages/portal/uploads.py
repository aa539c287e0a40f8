"""Files that came with a form: each is checked and kept by itself, so that one bad file loses none of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.dossiers.acts.intake import Paper
from motcua.files import store
from motcua.pages.layout.requests import PersonRequest

SALT = "motcua.portal.kept"
MOST_FILES = 60


@dataclass
class Kept:
    """Files taken so far, as papers; `faults` says which were not taken and why."""

    papers: list[Paper] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def token(self, account_id: int | None) -> str:
        """What the form carries to its next showing: signed, and bound to the account."""
        rows = [[paper.component_id, paper.name, paper.file_id] for paper in self.papers]
        return signing.dumps([account_id, rows], salt=SALT, compress=True)


def kept_before(request: PersonRequest) -> Kept:
    """Files that an earlier sending of the same form brought. A token that is not ours counts as none."""
    try:
        account_id, rows = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return Kept()
    if account_id != request.actor.account_id:
        return Kept()
    return Kept([Paper(component, name, file_id=file_id) for component, name, file_id in rows])


def take(request: PersonRequest, names: dict[str, tuple[int | None, str]]) -> Kept:
    """Keep every file of the request. `names`: name of an input → component (None: one more paper) and what it is."""
    kept = kept_before(request)
    for name, (component_id, title) in names.items():
        for upload in request.FILES.getlist(name):
            if len(kept.papers) >= MOST_FILES:
                kept.faults.append(_("Nhiều tệp quá: mỗi lần gửi không quá %(most)s tệp.") % {"most": MOST_FILES})
                return kept
            _keep_one(kept, upload, component_id, title, request)
    return kept


def _keep_one(kept: Kept, upload: UploadedFile, component_id: int | None, title: str, request: PersonRequest) -> None:
    file_name = upload.name or "tep"
    try:
        stored = store.store(file_name, _chunks(upload), request.at, request.actor.account_id)
    except Invalid as error:
        kept.faults.append(f"{store.safe_name(file_name)}: {error}")
        return
    kept.papers.append(Paper(component_id, title or stored.name, file_id=stored.pk))


def _chunks(upload: UploadedFile) -> Iterable[bytes]:
    return upload.chunks()
