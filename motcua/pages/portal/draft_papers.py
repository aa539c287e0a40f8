"""The papers of a draft beside those that the procedure demands online, and what is filled in on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from motcua.catalogue.models import Component
from motcua.catalogue.offers import Offer, OfferedComponent
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.models import Draft, DraftPaper

MOST_TYPED = 4000


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A demanded paper with the files given for it and what was filled in."""

    one: OfferedComponent
    files: list[DraftPaper]
    text: str

    @property
    def on_screen(self) -> bool:
        """Is it a form that is filled in here?"""
        return self.one.kind == Component.Kind.ON_SCREEN

    @property
    def is_missing(self) -> bool:
        """Must it be handed in, and is nothing there?"""
        return self.one.mandatory and not self.one.replaced_by_database and not (self.files or self.text.strip())


def paper_context(draft: Draft, terms: Offer) -> dict[str, Any]:
    """What the pages of a draft say of its papers."""
    given = list(draft.papers.select_related("file").order_by("id"))
    typed = draft.data.get("typed", {})
    rows = [
        PaperRow(one, [paper for paper in given if paper.component_id == one.id], typed.get(str(one.id), ""))
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
    }


def typed_in(draft: Draft, terms: Offer, posted: QueryDict) -> dict[str, str]:
    """What is filled in by now, by component: the posted text, else what the draft has."""
    kept: dict[str, str] = dict(draft.data.get("typed", {}))
    for one in terms.components:
        if one.kind == Component.Kind.ON_SCREEN and f"text-{one.id}" in posted:
            kept[str(one.id)] = posted.get(f"text-{one.id}", "")[:MOST_TYPED]
    return kept


def papers_of(draft: Draft, terms: Offer) -> list[Paper]:
    """Files and filled-in forms, as the act of submission wants them; what is no longer asked for is left out."""
    typed = draft.data.get("typed", {})
    filled = [Paper(one.id, text=typed[str(one.id)]) for one in terms.components if typed.get(str(one.id), "").strip()]
    return [*filled, *(Paper(paper.component_id, paper.name, file_id=paper.file_id) for paper in draft.papers.all())]
