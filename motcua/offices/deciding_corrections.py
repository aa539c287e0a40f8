"""An administrator decides what others ask to have corrected of their name or number. Never the own; never a relative's.

Law: LBVDLCN-2025; ND61-2018 5
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.offices.actors import Actor
from motcua.offices.deciding import answer_to
from motcua.offices.models import Role
from motcua.people.identities import set_number
from motcua.people.models import Account, CorrectionRequest


def seen_by(actor: Actor, request_id: int, *, lock: bool = False) -> CorrectionRequest:
    """A request as an administrator sees it; for others it does not exist. Raises NotThere."""
    rows = CorrectionRequest.objects.select_for_update(of=["self"]) if lock else CorrectionRequest.objects.all()
    found = rows.select_related("account", "decided_by").filter(pk=request_id).first()
    if found is None or not actor.offices(Role.ADMINISTRATOR):
        raise NotThere(_("Không có đề nghị này."))
    return found


def may_decide(actor: Actor, request: CorrectionRequest) -> bool:
    """Not the own request, nor under a second account with the own number, nor a declared relative's."""
    account = request.account
    numbers = {account.personal_id, request.personal_id} - {""}
    return account.pk not in actor.persons and not numbers & set(actor.kin)


def decide_correction(
    request_id: int, *, is_granted: bool, answer: str, actor: Actor, at: datetime
) -> CorrectionRequest:
    """Grant it (name, number change now; a number other than the verified one is unverified) or not, with an answer.

    Raises NotThere, Forbidden, Refused where it was decided, Invalid without an answer.
    """
    with transaction.atomic():
        request = seen_by(actor, request_id, lock=True)
        said = answer_to(answer, decided_at=request.decided_at, is_free=may_decide(actor, request))
        account = Account.objects.select_for_update().get(pk=request.account_id)
        request.former_name, request.former_number = account.full_name, account.personal_id
        if is_granted and request.full_name:
            Account.objects.filter(pk=account.pk).update(full_name=request.full_name)
        if is_granted and request.personal_id:
            set_number(account.pk, request.personal_id, at)
        request.decided_at, request.is_granted, request.answer = at, is_granted, said
        request.decided_by_id = actor.account_id
        request.save()
    return request
