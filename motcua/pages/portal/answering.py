"""Answer what was asked of my dossier: files one by one, also from a phone, kept until all is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Refused
from motcua.dossiers import answering
from motcua.dossiers.acts import reception, supplement
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, Draft, DraftPaper, SupplementRequest
from motcua.dossiers.states import Act
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.following import asked_of, own_dossier
from motcua.pages.portal.uploads import Kept, take

DOES = {Act.ANSWER_AT_INTAKE: reception.answer_at_intake, Act.ANSWER_SUPPLEMENT: supplement.answer_supplement}
KEEP, AUTOSAVE, DROP = "keep", "autosave", "drop"  # what a page adds when it sends only to keep


class AnswerForm(Form):
    """A word with the papers that were asked for."""

    note = forms.CharField(
        label=lazy("Lời nhắn cho cán bộ"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was asked, and the files that are there for it."""

    field: str
    name: str
    why: str
    component_id: int | None
    files: list[DraftPaper]


def answer(request: PersonRequest, submission_no: str) -> HttpResponse:
    """Send what was asked: a file for each thing on the list, and a word. What came stays until it is sent."""
    found = own_dossier(request, submission_no)
    asked = asked_of(found)
    act = next((one for one in acts_open_to(found, request.actor, request.at) if one in DOES), None)
    if asked is None or act is None:
        raise Refused(_("Lúc này hồ sơ không chờ bạn bổ sung gì."))
    draft = answering.begun(asked, request.actor)
    form = AnswerForm(posted(request), initial={"note": draft.data.get("note", "") if draft is not None else ""})
    if request.method == "POST":
        draft, kept = _keep(asked, request)
        if not kept.faults and (AUTOSAVE in request.POST and not request.FILES):
            return HttpResponse(status=204)
        if not kept.faults and request.POST.keys() & {KEEP, DROP}:
            return redirect("portal:answer", submission_no)
        if not kept.faults and not draft.papers.exists():
            kept.faults.append(_("Hãy chọn ít nhất một tệp."))
        for fault in kept.faults:
            form.add_error(None, fault)
            form.status = 422
        if not kept.faults and attempt(form, lambda: _send(act, found, draft, form, request)) is not None:
            messages.success(request, _("Đã gửi. Bộ phận Một cửa sẽ kiểm tra và trả lời bạn."))
            return redirect("portal:dossier", submission_no)
    items, more = _items(asked, draft)
    context = {"dossier": found, "asked": asked, "items": items, "more": more, "most_bytes": settings.MAX_FILE_BYTES}
    return show(request, "portal/answer.html", context, form=form)


def _keep(asked: SupplementRequest, request: PersonRequest) -> tuple[Draft, Kept]:
    """Everything that came: good files and the word are kept, bad files named; a file to be taken out is."""
    names: dict[str, tuple[int | None, str]] = {
        f"file-{number}": (item.get("component"), item.get("name", "")) for number, item in enumerate(asked.items)
    }
    kept = take(request, {**names, "file-more": (None, "")})
    for note in kept.notes:
        messages.warning(request, note)
    before = answering.begun(asked, request.actor)
    word = request.POST.get("note", before.data.get("note", "") if before is not None else "")[:1000]
    draft = answering.keep(asked, kept.papers, word, actor=request.actor, at=request.at)
    if (gone := request.POST.get(DROP, "")).isdigit():
        draft.papers.filter(pk=int(gone)).delete()
    return draft, kept


def _items(asked: SupplementRequest, draft: Draft | None) -> tuple[list[Item], list[DraftPaper]]:
    """Each thing that was asked with its files, and the files that nobody asked for."""
    files = list(draft.papers.select_related("file", "reused_from").order_by("id")) if draft is not None else []
    items = []
    for number, item in enumerate(asked.items):
        component, name = item.get("component"), item.get("name", "")
        for_it = [one for one in files if (one.component_id, one.name) == (component, name)]
        items.append(Item(f"file-{number}", name, item.get("why", ""), component, for_it))
    known = {one.pk for item in items for one in item.files}
    return items, [one for one in files if one.pk not in known]


def _send(act: Act, found: Dossier, draft: Draft, form: AnswerForm, request: PersonRequest) -> Any:
    papers, note = answering.papers_of(draft), form.cleaned_data["note"]
    done = DOES[act](found.pk, papers=papers, note=note, actor=request.actor, at=request.at)
    draft.delete()
    return done
