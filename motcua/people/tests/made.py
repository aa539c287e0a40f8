"""What people have declared and asked, for tests of pages."""

from __future__ import annotations

from motcua.people.models import CorrectionRequest, Relative
from tests.cast import Cast
from tests.world import moment


def relative(cast: Cast, when: str) -> Relative:
    """Somebody whom Minh has declared, with no dossier here."""
    facts = {"full_name": "Phạm Thị Mận", "relation": "vợ", "declared_at": moment(when)}
    return Relative.objects.get_or_create(account=cast.minh, id_no="000190000055", defaults=facts)[0]


def correction_request(cast: Cast, when: str) -> CorrectionRequest:
    """Hoa's name is written wrongly; nobody has decided."""
    facts = {"full_name": "Lê Thị Hòa", "why": "Quyết định cải chính", "asked_at": moment(when)}
    return CorrectionRequest.objects.get_or_create(account=cast.hoa, decided_at=None, defaults=facts)[0]
