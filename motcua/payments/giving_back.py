"""Money that came and was not booked goes back to whoever paid it, once, with a paper and a reason. Law: ND61-2018 22"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import has_right
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor
from motcua.payments.kinds import BackWay, Verdict
from motcua.payments.models import GivenBack, Money, Outcome

TAKING = ("receiver", "unit_head")
# Money that no order of ours explains belongs to no counter.
FOR_NOBODY = "administrator"
# Of another currency it is not known how many đồng it is; all of it goes back.
GOES_BACK = Q(back_vnd__gt=0) | Q(verdict=Verdict.OTHER_CURRENCY)


def seen_by(actor: Actor) -> QuerySet[Money]:
    """The money that this person sees: of their counters' dossiers, and what nobody knows the dossier of for administrators.

    Of a dossier that does not exist for them they see none of it.
    """
    theirs = Q(order__dossier__receiving_office_id__in=actor.offices(*TAKING))
    theirs &= Q(order__dossier__in=Dossier.objects.visible_to(actor))
    if actor.offices(FOR_NOBODY):
        theirs |= Q(order=None)
    return Money.objects.filter(theirs)


def to_give_back(actor: Actor) -> QuerySet[Outcome]:
    """What still has to go back, the oldest first, as far as this person sees it."""
    rows = Outcome.objects.filter(GOES_BACK, money__in=seen_by(actor), given_back=None)
    return rows.select_related("money__order__dossier").order_by("at", "id")


def may_give_back(actor: Actor, money: Money) -> bool:
    """Whoever gives back fees of its dossier; administrators, where there is none. Nobody in a matter of their own."""
    if money.order is None:
        return bool(actor.offices(FOR_NOBODY))
    return has_right(Act.REFUND_FEE, actor, money.order.dossier)


def give_back(outcome_id: int, *, way: str, document: str, reason: str, actor: Actor, at: datetime) -> GivenBack:
    """Record that all of what was set aside of one payment went back.

    Raises NotThere for who may not and where nothing has to go back, Invalid without way, paper or reason, Refused where it went back already.
    """
    wrong = {
        name: _("Cần nhập ô này.") for name, value in (("document", document), ("reason", reason)) if not tidy(value)
    }
    if way not in BackWay.values:
        wrong["way"] = _("Cách hoàn tiền không hợp lệ.")
    if wrong:
        raise Invalid(_("Cần số chứng từ và lý do."), fields=wrong)
    with transaction.atomic():
        rows = Outcome.objects.select_for_update(of=("self",)).select_related("money__order__dossier")
        outcome = rows.filter(GOES_BACK, pk=outcome_id, money__in=seen_by(actor)).first()
        if outcome is None or not may_give_back(actor, outcome.money):
            raise NotThere(_("Không có khoản tiền này."))
        if GivenBack.objects.filter(outcome=outcome).exists():
            raise Refused(_("Không có khoản nào phải hoàn."), code="nothing_to_refund")
        return GivenBack.objects.create(
            outcome=outcome,
            way=way,
            document=tidy(document),
            reason=reason.strip(),
            by_id=actor.account_id or 0,
            by_name=actor.full_name,
            at=at,
        )
