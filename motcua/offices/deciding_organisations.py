"""An administrator decides at the counter, by the paper, who represents an organisation. Never in an own matter.

Law: BLDS-2015 135; ND61-2018 5
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, NotThere
from motcua.offices.actors import Actor
from motcua.offices.deciding import answer_to
from motcua.offices.models import Role
from motcua.people.mandate_rows import Mandate, MandateKind, OrganisationRequest, Proof
from motcua.people.mandates import ended
from motcua.people.models import Account
from motcua.people.organisations import settle


def seen_by(actor: Actor, request_id: int, *, lock: bool = False) -> OrganisationRequest:
    """A request as an administrator sees it; for others it does not exist. Raises NotThere."""
    rows = OrganisationRequest.objects.select_for_update(of=["self"]) if lock else OrganisationRequest.objects.all()
    found = rows.select_related("account", "decided_by").filter(pk=request_id).first()
    if found is None or not actor.offices(Role.ADMINISTRATOR):
        raise NotThere(_("Không có đề nghị này."))
    return found


def may_decide(actor: Actor, request: OrganisationRequest) -> bool:
    """Not the own request, nor a relative's, nor about an organisation that one declared as a relative's."""
    numbers = {request.account.personal_id, request.number} - {""}
    return request.account_id not in actor.persons and not numbers & set(actor.kin)


def decide_organisation(
    request_id: int, *, is_granted: bool, answer: str, actor: Actor, at: datetime
) -> OrganisationRequest:
    """Grant it (the organisation is registered, the person represents it from now on) or not, with an answer.

    Raises NotThere, Forbidden, Refused where it was decided, Invalid without an answer.
    """
    with transaction.atomic():
        request = seen_by(actor, request_id, lock=True)
        said = answer_to(answer, decided_at=request.decided_at, is_free=may_decide(actor, request))
        by = Account.objects.get(pk=actor.account_id)
        if is_granted:
            settle(
                request.account,
                number=request.number,
                name=request.name,
                kind=request.kind,
                proof=Proof.PAPER,
                paper=request.paper,
                paper_on=request.paper_on,
                by=by,
                at=at,
            )
        request.decided_at, request.is_granted, request.answer, request.decided_by = at, is_granted, said, by
        request.save(update_fields=["decided_at", "is_granted", "answer", "decided_by"])
    return request


def representatives(actor: Actor) -> QuerySet[Mandate]:
    """Who represents which organisation now, for an administrator; nobody for others."""
    rows = Mandate.objects.filter(kind=MandateKind.REPRESENTATIVE, ended_at=None)
    if not actor.offices(Role.ADMINISTRATOR):
        return rows.none()
    return rows.select_related("principal__organisation", "agent", "named_by")


def end_representation(mandate_id: int, *, why: str, actor: Actor, at: datetime) -> Mandate:
    """Somebody represents their organisation no more, by a paper that an administrator saw; members stay as named.

    Raises NotThere, Forbidden, Invalid.
    """
    with transaction.atomic():
        mandate = Mandate.objects.select_for_update().filter(pk=mandate_id, kind=MandateKind.REPRESENTATIVE).first()
        if mandate is None or not actor.offices(Role.ADMINISTRATOR):
            raise NotThere(_("Không có người đại diện này."))
        if mandate.agent_id in actor.persons:
            raise Forbidden(_("Đề nghị của bạn hoặc người thân do người khác giải quyết."), code="own_interest")
        return ended(mandate, why=why, by=Account.objects.get(pk=actor.account_id), at=at)
