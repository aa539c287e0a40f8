"""What an applicant has of a supplement that is not sent yet: files and a word, gone on with on any device.

It lies in a draft that says which request it answers; a draft of this kind is on no list and no page of drafts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.acts.submission import keep_paper
from motcua.dossiers.models import Draft, SupplementRequest
from motcua.dossiers.visibility import ANSWERS
from motcua.offices.actors import Actor


def begun(asked: SupplementRequest, actor: Actor) -> Draft | None:
    """What this person has of the answer so far, in the capacity they chose."""
    rows = Draft.objects.filter(account_id=actor.account_id or 0, owner_account_id=_whom(actor))
    return rows.filter(**{f"data__{ANSWERS}": asked.pk}).order_by("id").first()


def keep(asked: SupplementRequest, papers: Iterable[Paper], note: str, *, actor: Actor, at: datetime) -> Draft:
    """Keep files and the word; the same file sent twice for one thing is kept once."""
    data: dict[str, Any] = {ANSWERS: asked.pk, "note": note}
    with transaction.atomic():
        # Two files that arrive at the same moment begin one draft.
        SupplementRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
        draft = begun(asked, actor)
        if draft is None:
            case = asked.dossier.case
            draft = Draft(
                account_id=actor.account_id or 0, owner_account_id=_whom(actor), case=case, version=case.version
            )
        draft.data, draft.saved_at = data, at
        draft.save()
        for paper in papers:
            keep_paper(draft, paper.component_id, paper.name, paper.file_id or 0)
    return draft


def papers_of(draft: Draft) -> list[Paper]:
    """The files, as the acts that answer want them."""
    return [Paper(one.component_id, one.name, file_id=one.file_id) for one in draft.papers.order_by("id")]


def _whom(actor: Actor) -> int | None:
    return actor.acting_for.principal_id if actor.acting_for is not None else None
