"""What a page tells of corrected errors; a dossier without any costs no statement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from motcua.dossiers.models import Correction, FormerResult
from motcua.dossiers.states import Act
from motcua.dossiers.telling import Told

PROPOSALS = frozenset({Act.PROPOSE_CORRECTION, Act.PROPOSE_DATE})


def errors_told(dossier_id: int, events: Iterable[Told], *, applicant: bool = False) -> dict[str, Any]:
    """`corrections`, the newest first (for the applicant those that were approved), and `former`: earlier versions."""
    if not any(event.act in PROPOSALS for event in events):
        return {"corrections": [], "former": []}
    rows = Correction.objects.filter(dossier_id=dossier_id).select_related("proposed_by", "decided_by")
    former = FormerResult.objects.filter(dossier_id=dossier_id).select_related("file", "decided_by", "correction")
    return {
        "corrections": list((rows.filter(is_approved=True) if applicant else rows).order_by("-number")),
        "former": list(former.order_by("-version")),
    }
