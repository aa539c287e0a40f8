"""One dossier for an officer's page, noted as read. Who must say why first is `readings.log`'s to know."""

from __future__ import annotations

from motcua.dossiers.models import Dossier
from motcua.pages.layout.acting import dossier_seen_by
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.log import read
from motcua.readings.models import Through


def dossier_read_by(request: PersonRequest, dossier_id: int, through: Through) -> Dossier:
    """The dossier, if this person may see it, and the note that they read it. Raises NotThere, Forbidden."""
    found = dossier_seen_by(request, dossier_id)
    read(request.actor, found, through, at=request.at)
    return found
