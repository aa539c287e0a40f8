"""Files that came with a form: each is checked and kept by itself, so that one bad file loses none of the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.handed_in import Taken, keep, take_in_photos
from motcua.files import store
from motcua.files.check import PHOTOS
from motcua.files.receiving import examine_content, first_look
from motcua.pages.layout.requests import PersonRequest

MOST_FILES = 60
MOST_SECONDS = 10.0  # after which no further file of one sending is opened


@dataclass
class Kept:
    """Files taken so far, as papers; `faults`: which were not taken and why; `notes`: what to look at."""

    papers: list[Paper] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, taken: Taken, component_id: int | None, title: str) -> None:
        """One more file is kept; what a person should look at is said beside its name."""
        self.papers.append(Paper(component_id, title or taken.file.name, file_id=taken.file.pk))
        self.notes += [f"{taken.file.name}: {note}" for note in taken.notes]


def take(request: PersonRequest, names: dict[str, tuple[int | None, str]]) -> Kept:
    """Keep every file of the request; the photos for one paper become one PDF.

    `names`: name of an input → component (None: one more paper) and what it is.
    """
    kept, started = Kept(), monotonic()
    for name, (component_id, title) in names.items():
        photos: list[tuple[str, bytes]] = []
        for upload in request.FILES.getlist(name):
            file_name = store.safe_name(upload.name or "tep")
            if len(kept.papers) + len(photos) >= MOST_FILES:
                kept.faults.append(_("Nhiều tệp quá: mỗi lần gửi không quá %(most)s tệp.") % {"most": MOST_FILES})
                break
            if monotonic() - started > MOST_SECONDS:
                kept.faults.append(_("%(file)s: chưa kịp kiểm tra. Hãy gửi lại tệp này.") % {"file": file_name})
                continue
            with _told(kept, file_name):
                content, media_type = first_look(_chunks(upload))
                if media_type in PHOTOS:
                    photos.append((file_name, content))
                else:
                    examined = examine_content(file_name, content, media_type)
                    kept.add(keep(examined, request.at, request.actor.account_id), component_id, title)
        if photos:
            _join(kept, photos, component_id, title, request)
    return kept


def _join(
    kept: Kept, photos: list[tuple[str, bytes]], component_id: int | None, title: str, request: PersonRequest
) -> None:
    """Photos of one paper, as one PDF; a photo that can't be taken is told by its name."""
    contents = [content for _name, content in photos]
    with _told(kept, photos[0][0]):
        taken, refused = take_in_photos(photos[0][0], contents, request.at, request.actor.account_id)
        kept.faults += [f"{photos[place][0]}: {error}" for place, error in sorted(refused.items())]
        if taken is not None:
            kept.add(taken, component_id, title)


@contextmanager
def _told(kept: Kept, file_name: str) -> Iterator[None]:
    """What is wrong with one file is told beside its name, and stops none of the others."""
    try:
        yield
    except Invalid as error:
        kept.faults.append(f"{file_name}: {error}")


def _chunks(upload: UploadedFile) -> Iterable[bytes]:
    return upload.chunks()
