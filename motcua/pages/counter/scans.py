"""What is scanned at the counter, straight into the papers of a procedure; and what a person has here already.

A stack that was scanned at once goes to the papers in their order: what is named after a paper's number (`2.pdf`,
`02-don.pdf`) to that one, everything else to the first that has none yet. What was taken stays taken while the page is mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid
from motcua.catalogue.offers import OfferedComponent
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.handed_in import take_in
from motcua.dossiers.models import Dossier
from motcua.dossiers.vault import Held, held_at_counter, take_out
from motcua.files.models import StoredFile
from motcua.pages.layout.acting import retype
from motcua.pages.layout.forms import Form
from motcua.pages.layout.paper_forms import short
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.log import read
from motcua.readings.models import Through

KEPT = "counter.scans"
STACK = "scans"
ACCEPTS = ".pdf,.jpg,.jpeg,.png,.heic,.docx,.xlsx"
NUMBERED = re.compile(r"0*([1-9][0-9]?)(?:[^0-9]|$)")
MOST_FILES = 60


class _Files(forms.FileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """A list of files, each checked as one; empty where none came."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(_FilesField, self).clean(one, initial) for one in files]


def add_scan_fields(form: Form, components: Sequence[OfferedComponent]) -> None:
    """Files for each paper, a stack for all, and what is kept of an earlier try."""
    for component in components:
        label = lazy("Bản quét: %(name)s") % {"name": short(component.name)}
        form.fields[f"c{component.id}_files"] = _field(label, **{"class": "form-control", "aria-label": label})
    if components:
        form.fields[STACK] = _field(
            lazy("Quét cả tập: tệp vào lần lượt từng giấy tờ theo thứ tự"), **{"class": "form-control"}
        )
    form.fields["kept_scans"] = forms.CharField(widget=forms.HiddenInput, required=False)


def _field(label: Any, **attrs: Any) -> _FilesField:
    return _FilesField(
        required=False, label=label, widget=_Files(attrs={"accept": ACCEPTS, "data-scans": True, **attrs})
    )


def scanned(form: Form, components: Sequence[OfferedComponent], request: PersonRequest) -> list[Paper]:
    """Everything that was scanned, now or in an earlier try, as papers. Raises Invalid, beside its field, for a bad file."""
    known = kept(form)
    wrong: dict[str, str] = {}
    for name, component_id, upload in _sorted(form, components, {one for one, _file in known}):
        try:
            known.append(
                (
                    component_id,
                    take_in(upload.name or "", upload.chunks(), request.at, request.actor.account_id).file.pk,
                )
            )
        except Invalid as error:
            wrong[name] = " ".join(filter(None, [wrong.get(name, ""), f"{upload.name}: {error}"]))
    retype(form, kept_scans=signing.dumps(known, salt=KEPT))
    if wrong:
        raise Invalid(_("Có tệp chưa dùng được; các tệp khác đã được giữ lại."), fields=wrong, code="bad_scan")
    return [Paper(component_id, file_id=file_id) for component_id, file_id in known]


def with_files(papers: Sequence[Paper], files: Sequence[Paper]) -> list[Paper]:
    """What came on paper with its first scan beside it, one paper; every other file for itself."""
    left = list(files)
    joined = []
    for paper in papers:
        scan = next((one for one in left if one.component_id == paper.component_id), None)
        if scan is not None:
            left.remove(scan)
        joined.append(replace(scan, originals=paper.originals, copies=paper.copies) if scan is not None else paper)
    return [*joined, *left]


def kept(form: Form) -> list[tuple[int, int]]:
    """Component and stored file of what an earlier try of this page brought; nothing where the page says nonsense."""
    try:
        said = signing.loads(form["kept_scans"].value() or "", salt=KEPT)
    except signing.BadSignature:
        return []
    return [(int(component_id), int(file_id)) for component_id, file_id in said]


def kept_files(form: Form) -> list[tuple[int, StoredFile]]:
    """The same with the files themselves, to be shown."""
    pairs = kept(form)
    there = StoredFile.objects.in_bulk([file_id for _component, file_id in pairs])
    return [(component_id, there[file_id]) for component_id, file_id in pairs if file_id in there]


def _sorted(
    form: Form, components: Sequence[OfferedComponent], filled: set[int]
) -> Iterable[tuple[str, int, UploadedFile]]:
    """Field, component and file of everything that came, the stack after the papers' own fields."""
    count = 0
    for component in components:
        for upload in form.cleaned_data.get(f"c{component.id}_files") or ():
            count += 1
            filled.add(component.id)
            yield f"c{component.id}_files", component.id, upload
    stack = form.cleaned_data.get(STACK) or []
    if count + len(stack) > MOST_FILES:
        sentence = _("Mỗi hồ sơ nhận không quá %(most)s tệp một lần.") % {"most": MOST_FILES}
        raise Invalid(sentence, fields={STACK: sentence}, code="too_many_files")
    for upload, component_id in zip(
        stack, in_order([one.name or "" for one in stack], components, filled), strict=True
    ):
        yield STACK, component_id, upload


def in_order(names: Sequence[str], components: Sequence[OfferedComponent], filled: set[int]) -> list[int]:
    """For each file of a stack its component: by the number its name begins with, else the first that has none yet.

    What is more than there are papers goes to the last one: nothing that was scanned is lost.
    """
    filled = set(filled)
    found: list[int] = []
    for name in names:
        number = NUMBERED.match(name)
        place = int(number.group(1)) - 1 if number else len(components)
        free = [one.id for one in components if one.id not in filled] or [components[-1].id]
        found.append(components[place].id if place < len(components) else free[0])
        filled.add(found[-1])
    return found


def offered(
    number: str, components: Sequence[OfferedComponent], request: PersonRequest
) -> list[tuple[Held, OfferedComponent]]:
    """What this person has here already that fits a paper of the procedure; the newest of each, replaced results not."""
    held = [one for one in held_at_counter(number, request.actor) if not one.is_replaced]
    pairs = ((next((one for one in held if one.fits(component.name)), None), component) for component in components)
    return [(one, component) for one, component in pairs if one is not None]


def reused(form: Form, components: Sequence[OfferedComponent], request: PersonRequest) -> list[Paper]:
    """The papers that were chosen out of what was offered. Raises Invalid for a file that no longer holds."""
    chosen = set(request.POST.getlist("own"))
    if not chosen or request.actor.account_id is None:
        return []
    offers = offered(form.cleaned_data["owner_id_no"], components, request)
    pairs = [(held, component) for held, component in offers if held.key in chosen]
    for dossier in Dossier.objects.filter(pk__in={held.dossier_id for held, _component in pairs}):
        read(request.actor, dossier, Through.FILE, at=request.at, is_task=True)
    by = request.actor.account_id
    return [take_out(held, component.id, at=request.at, by=by) for held, component in pairs]
