"""The papers of a draft beside those that the procedure demands online, and what is filled in on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import QueryDict

from motcua.catalogue.models import Component
from motcua.catalogue.offers import Offer, OfferedComponent
from motcua.dossiers.acts import submission
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.assistance import CONSENT_PAPER, HELPING_AT
from motcua.dossiers.models import Draft, DraftPaper
from motcua.dossiers.vault import Held, for_draft
from motcua.offices.actors import Actor
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.helped_draft import CONSENT_INPUT, helping_of
from motcua.pages.portal.on_screen import FILLED, OnScreenForm, filled_in, filled_of, form_of
from motcua.pages.portal.two_windows import lines, of_both
from motcua.pages.portal.uploads import Kept, take

MOST_TYPED = 4000
MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A demanded paper with the files given for it and what was filled in."""

    one: OfferedComponent
    files: list[DraftPaper]
    text: str
    held: list[Held]
    form: OnScreenForm | None = None

    @property
    def on_screen(self) -> bool:
        """Is it a form that is filled in here?"""
        return self.one.kind == Component.Kind.ON_SCREEN or bool(self.one.fields)

    @property
    def is_missing(self) -> bool:
        """Must it be handed in, and is nothing there?"""
        there = self.files or self.text.strip() or (self.form is not None and self.form.is_right)
        return self.one.mandatory and not self.one.replaced_by_database and not there


def paper_context(draft: Draft, terms: Offer, actor: Actor, on: date, *, strict: bool = False) -> dict[str, Any]:
    """What the pages of a draft say of its papers. strict: in a form that was begun, what is still empty is a mistake."""
    helping = helping_of(draft)
    consent = {paper.pk for paper in helping.papers} if helping else set()
    given = [
        paper for paper in draft.papers.select_related("file", "reused_from").order_by("id") if paper.pk not in consent
    ]
    typed = draft.data.get("typed", {})
    # The helper's own papers are nobody else's.
    held = [] if helping else for_draft(draft, actor)
    rows = [
        PaperRow(
            one,
            [paper for paper in given if paper.component_id == one.id],
            "" if one.fields else typed.get(str(one.id), ""),
            [paper for paper in held if paper.fits(one.name)][:MOST_OFFERED],
            form_of(one, draft, on, strict=strict),
        )
        for one in terms.components
    ]
    likely = [row for row in rows if row.one.mandatory or row.one.needs_person]
    rare = [row for row in rows if row not in likely]
    return {
        "rows": rows,
        "likely": likely,
        "rare": rare,
        "rare_given": any(row.files for row in rare) or not likely,
        "more": [paper for paper in given if paper.component_id is None],
        "missing": [row.one for row in rows if row.is_missing],
        "to_show": terms.to_show,
        "helping": helping,
        "held": held,
        "most_bytes": settings.MAX_FILE_BYTES,
    }


def keep_sent(draft: Draft, terms: Offer, request: PersonRequest) -> Kept:
    """Everything that came with the form of papers: good files are kept, bad ones named, what was typed is saved."""
    names: dict[str, tuple[int | None, str]] = {f"file-{one.id}": (one.id, one.name) for one in terms.components}
    if HELPING_AT in draft.data:
        names[CONSENT_INPUT] = (None, CONSENT_PAPER)
    kept = take(request, {**names, "file-more": (None, "")})
    for paper in kept.papers:
        submission.keep_paper(draft, paper.component_id, paper.name, paper.file_id or 0)
    for note in kept.notes:
        messages.warning(request, note)

    def change(data: dict[str, Any]) -> dict[str, Any]:
        return {"typed": typed_in(data, terms, request.POST), FILLED: filled_in(data, terms, request.POST)}

    draft.data = submission.rewrite_draft(draft.pk, change, actor=request.actor, at=request.at).data
    return kept


def typed_in(data: dict[str, Any], terms: Offer, posted: QueryDict) -> dict[str, str]:
    """What is filled in by now, by component: the posted text, else what the draft's data have."""
    kept: dict[str, str] = dict(data.get("typed", {}))
    for one in terms.components:
        if one.kind == Component.Kind.ON_SCREEN and not one.fields and f"text-{one.id}" in posted:
            now = lines(str(posted[f"text-{one.id}"]))[:MOST_TYPED]
            kept[str(one.id)] = of_both(posted.get(f"was-{one.id}"), now, kept.get(str(one.id), ""), is_long=True)
    return kept


def papers_of(draft: Draft, terms: Offer, on: date) -> list[Paper]:
    """Files and filled-in forms, as the act of submission wants them; what is no longer asked for is left out.

    A form with mistakes goes along, to be refused in words, unless a file was sent in its place.
    """
    typed = draft.data.get("typed", {})
    filled = [
        Paper(one.id, text=typed[str(one.id)])
        for one in terms.components
        if not one.fields and typed.get(str(one.id), "").strip()
    ]
    with_file = set(draft.papers.values_list("component_id", flat=True))
    for one in terms.components:
        form = form_of(one, draft, on)
        if form is not None and form.is_begun and (form.is_right or one.id not in with_file):
            filled.append(Paper(one.id, typed=filled_of(draft, one)))
    sent = [
        Paper(
            paper.component_id,
            paper.name,
            file_id=paper.file_id,
            reused_from_id=paper.reused_from_id,
            reused_as=paper.reused_as,
        )
        for paper in draft.papers.all()
    ]
    return [*filled, *sent]
