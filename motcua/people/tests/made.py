"""What people have declared and asked, for tests of pages."""

from __future__ import annotations

from typing import Any

from motcua.people.mandate_rows import Mandate, Organisation, OrganisationRequest, Proof
from motcua.people.mandates import Naming, name_member
from motcua.people.models import Account, CorrectionRequest, Relative
from motcua.people.organisations import settle
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


NUMBER = "0100109106"


def organisation(cast: Cast, when: str, number: str = NUMBER, name: str = "Công ty TNHH Gốm Trà Lý") -> Organisation:
    """Bảy represents it by a paper that Yến saw."""
    known = Organisation.objects.filter(number=number).first()
    paper: dict[str, Any] = {
        "paper": "GCN ĐKDN 12",
        "paper_on": moment(when).date(),
        "by": cast.yen,
        "at": moment(when),
    }
    return known or settle(cast.bay, number=number, name=name, kind=2, proof=Proof.PAPER, **paper)


def member(of: Organisation, who: Account, by: Account, when: str, **rights: Any) -> Mandate:
    """Somebody named for it from that day on, for a year unless said otherwise."""
    known = Mandate.objects.filter(principal_id=of.account_id, agent=who, ended_at=None).first()
    naming = Naming(who.login, who.full_name, valid_from=rights.pop("valid_from", moment(when).date()), **rights)
    return known or name_member(of.account_id, naming, by=by, at=moment(when))


def organisation_request(cast: Cast, when: str) -> OrganisationRequest:
    """The company's bookkeeper says that she represents it; nobody has decided."""
    facts: dict[str, Any] = {"kind": 2, "name": "Công ty TNHH May Sông Trà", "position": "Giám đốc"}
    facts |= {"paper": "GCN ĐKDN 7", "paper_on": moment(when).date(), "asked_at": moment(when)}
    rows = OrganisationRequest.objects
    return rows.get_or_create(account=cast.company, number="0100109107", decided_at=None, defaults=facts)[0]
