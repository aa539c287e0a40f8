"""What a dossier is, what happened to it, and where it was on any day. Rules live beside, not here."""

from motcua.dossiers.models.asking import (
    Draft,
    DraftPaper,
    Extension,
    FinancialDuty,
    GivenPaper,
    ReusedAs,
    SupplementRequest,
)
from motcua.dossiers.models.consent import ConsentCode
from motcua.dossiers.models.corrections import Correction, FormerResult
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.history import Event, NumberCounter, Seal, Stay
from motcua.dossiers.models.inquiries import Consultation, Verification
from motcua.dossiers.models.outage import Outage
from motcua.dossiers.models.outcome import Handover, Result
from motcua.dossiers.models.parts import Part
from motcua.dossiers.models.transfers import Transfer, TransferLine

__all__ = [
    "ConsentCode",
    "Consultation",
    "Correction",
    "Dossier",
    "Draft",
    "DraftPaper",
    "Event",
    "Extension",
    "FinancialDuty",
    "FormerResult",
    "GivenPaper",
    "Handover",
    "NumberCounter",
    "Outage",
    "Part",
    "Result",
    "ReusedAs",
    "Seal",
    "Stay",
    "SupplementRequest",
    "Transfer",
    "TransferLine",
    "Verification",
]
