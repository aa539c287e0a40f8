"""What a dossier is, what happened to it, and where it was on any day. Rules live beside, not here."""

from motcua.dossiers.models.asking import Draft, DraftPaper, Extension, GivenPaper, SupplementRequest
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import Event, NumberCounter, Seal, Stay
from motcua.dossiers.models.outcome import Handover, Result
from motcua.dossiers.models.parts import Part

__all__ = [
    "Dossier",
    "Draft",
    "DraftPaper",
    "Event",
    "Extension",
    "GivenPaper",
    "Handover",
    "NumberCounter",
    "Part",
    "Result",
    "Seal",
    "Stay",
    "SupplementRequest",
]
