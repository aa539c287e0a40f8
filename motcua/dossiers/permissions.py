"""Who may see a dossier and who may do what to it: one table of named predicates, asked everywhere.

A predicate that does not know says no. Law: ND61-2018 9; ND61-2018 11; ND61-2018 12; ND61-2018 19
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

from motcua.dossiers import steps
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

Predicate = Callable[[Actor, "Dossier"], bool]


def visible_to(actor: Actor) -> Q:
    """The rows this person may see, as SQL; `may_see` is the same rule for one row."""
    if actor.kind == "system":
        return Q()
    if actor.account_id is None:
        return Q(pk__in=())
    rule = Q(owner_account_id=actor.account_id)
    offices = business_offices(actor)
    if offices:
        # A dossier always lies at one of these two, so where it lies adds nobody.
        rule |= Q(receiving_office_id__in=offices) | Q(competent_office_id__in=offices)
    return rule


def may_see(actor: Actor, dossier: Dossier) -> bool:
    """Whether this person may see this dossier: its owner, officers of its offices, overseers above them."""
    if actor.kind == "system":
        return True
    if actor.account_id is None:
        return False
    if dossier.owner_account_id == actor.account_id:
        return True
    places = {dossier.receiving_office_id, dossier.competent_office_id}
    return not places.isdisjoint(business_offices(actor))


def business_offices(actor: Actor) -> frozenset[int]:
    """Offices whose dossiers are this officer's business. An administrator has no business rights."""
    worked = actor.offices("receiver", "handler", "head", "approver", "clerk", "unit_head", "procedure_control")
    return worked | actor.overseen


def is_owner(actor: Actor, dossier: Dossier) -> bool:
    """The applicant whom the dossier belongs to."""
    return actor.account_id is not None and dossier.owner_account_id == actor.account_id


def is_citizen(actor: Actor, dossier: Dossier) -> bool:
    """Anybody with an account may hand in for themselves."""
    return actor.account_id is not None and dossier.owner_account_id == actor.account_id


def receives_here(actor: Actor, dossier: Dossier) -> bool:
    """A receiver, or the head, of the one-stop unit that took the dossier."""
    return actor.has("receiver", dossier.receiving_office_id) or actor.has("unit_head", dossier.receiving_office_id)


def holds(actor: Actor, dossier: Dossier) -> bool:
    """The officer in whose hand the dossier is, still posted at its office."""
    return dossier.holder_id == actor.account_id is not None and dossier.at_office_id in actor.offices()


def may_pick_up(actor: Actor, dossier: Dossier) -> bool:
    """Nobody holds it, and the officer has the role of its step where it lies."""
    step = steps.current_step(dossier)
    return dossier.holder_id is None and step is not None and actor.has(step.role, dossier.at_office_id)


def heads_place(actor: Actor, dossier: Dossier) -> bool:
    """The head of the office where the dossier lies."""
    return actor.has("head", dossier.at_office_id)


def handles_for_authority(actor: Actor, dossier: Dossier) -> bool:
    """A handler, head or approver of the competent office."""
    return dossier.competent_office_id in actor.offices("handler", "head", "approver")


def leads_authority(actor: Actor, dossier: Dossier) -> bool:
    """A head or approver of the competent office."""
    return dossier.competent_office_id in actor.offices("head", "approver")


def approves_for_authority(actor: Actor, dossier: Dossier) -> bool:
    """An approver of the competent office."""
    return actor.has("approver", dossier.competent_office_id)


def issues_for_authority(actor: Actor, dossier: Dossier) -> bool:
    """The clerk of the competent office, or its approver where it has none at hand."""
    return dossier.competent_office_id in actor.offices("clerk", "approver")


def has_signed(actor: Actor, dossier: Dossier) -> bool:
    """Whether their signature is on the result already; for whoever only seals, whether the office's seal is."""
    if actor.has("approver", dossier.competent_office_id):
        return dossier.events.filter(actor_id=actor.account_id, data__signed_as="person").exists()
    return dossier.events.filter(data__signed_as="office").exists()


def has_still_to_sign(actor: Actor, dossier: Dossier) -> bool:
    """Whoever issues for the authority, once."""
    return issues_for_authority(actor, dossier) and not has_signed(actor, dossier)


# act → any of these is enough
RIGHTS: dict[Act, tuple[Predicate, ...]] = {
    Act.SUBMIT: (is_citizen,),
    Act.REGISTER: (receives_here,),
    Act.TAKE_IN: (receives_here,),
    Act.ACCEPT: (receives_here,),
    Act.ASK_AT_INTAKE: (receives_here,),
    Act.ANSWER_AT_INTAKE: (is_owner, receives_here),
    Act.REFUSE_INTAKE: (receives_here,),
    Act.REDIRECT: (receives_here,),
    Act.FORWARD: (holds, may_pick_up, heads_place),
    Act.SEND_BACK: (holds, may_pick_up, heads_place),
    Act.ASK_SUPPLEMENT: (handles_for_authority,),
    Act.ANSWER_SUPPLEMENT: (is_owner,),
    Act.RECEIVE_SUPPLEMENT: (receives_here,),
    Act.EXTEND: (leads_authority,),
    Act.APPROVE: (approves_for_authority,),
    Act.REFUSE_RESULT: (approves_for_authority,),
    Act.FINISH: (issues_for_authority,),
    Act.SIGN_RESULT: (has_still_to_sign,),
    Act.WITHDRAW: (is_owner, receives_here),
    Act.STOP: (leads_authority,),
    Act.HAND_OVER: (receives_here,),
    Act.CHARGE_FEE: (receives_here,),
    Act.EXEMPT_FEE: (receives_here,),
    Act.TAKE_FEE: (receives_here,),
    Act.REFUND_FEE: (receives_here,),
    Act.CANCEL_RECEIPT: (receives_here,),
}


def has_right(act: Act, actor: Actor, dossier: Dossier) -> bool:
    """Whether any predicate of the act's row says yes."""
    return actor.kind == "system" or any(predicate(actor, dossier) for predicate in RIGHTS[act])
