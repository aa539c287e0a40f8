"""Who may see a dossier: one rule, asked of rows in SQL and of one dossier in hand.

Law: ND61-2018 9; ND61-2018 11; ND61-2018 12
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from motcua.offices.actors import Actor

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier, Draft

# Who is on the way of a confidential dossier that nobody holds: those in charge where it lies, the unit, the clerk.
IN_CHARGE = ("head", "approver", "unit_head", "receiver", "clerk")
# Who may hand in online for a person that can't do it alone, in the name of their unit.
HELPING = ("receiver", "unit_head", "helper")
# Who answers for an office that is asked for its opinion; of a confidential dossier those in charge there only.
ANSWERING = ("handler", "head", "approver")
ANSWERING_IN_CHARGE = ("head", "approver")


def owned_by(actor: Actor) -> Q:
    """The rows that are this person's as an applicant, in the capacity they chose, as SQL; `owns` is the same for one.

    For themselves their own and nobody else's; for an organisation or a person that one's and never their own; for
    whom they may act no more, none. Law: BLDS-2015 140
    """
    if actor.owner_id is None:
        return Q(pk__in=())
    rule = Q(owner_account_id=actor.owner_id)
    if actor.acting_for is not None and actor.acting_for.dossiers:
        rule &= Q(submission_no__in=sorted(actor.acting_for.dossiers))
    return rule


def owns(actor: Actor, dossier: Dossier) -> bool:
    """Whether this dossier is theirs as an applicant, in the capacity they chose."""
    if actor.owner_id is None or dossier.owner_account_id != actor.owner_id:
        return False
    limited = actor.acting_for.dossiers if actor.acting_for is not None else frozenset()
    return not limited or dossier.submission_no in limited


def may_know_secret(actor: Actor, dossier: Dossier) -> bool:
    """Whether the secret is shown, with which one follows without an account: to the owner and who represents them by law.

    Whoever is named for a while would keep it beyond the end.
    """
    return owns(actor, dossier) and (actor.acting_for is None or actor.acting_for.represents)


ANSWERS = "answers"  # in a draft's data: the request for a supplement that it answers (`answering`)


def drafts_of(actor: Actor) -> Q:
    """The drafts that this person goes on with in the capacity they chose; always what they typed themselves.

    The answer to a request is none: it is gone on with on the page of that request.

    What they typed for somebody for whom they may act no more stays with them. Law: BLDS-2015 140
    """
    mine = Q(account_id=actor.account_id or 0) & ~Q(data__has_key=ANSWERS)
    if actor.acting_for is not None:
        return mine & Q(owner_account_id=actor.acting_for.principal_id)
    others = [one.principal_id for one in actor.may_act_for]
    return mine & (Q(owner_account=None) | ~Q(owner_account_id__in=others))


def writes_for(actor: Actor, draft: Draft) -> bool:
    """Whether this draft can be handed in as things stand: for whom it is written is whom they may file for now."""
    whom = draft.owner_account_id or draft.account_id
    return whom == actor.owner_id and actor.may_as_applicant("file")


def visible_to(actor: Actor) -> Q:
    """The rows this person may see, as SQL; `may_see` is the same rule for one row."""
    if actor.kind == "system":
        return Q()
    if actor.account_id is None:
        return Q(pk__in=())
    rule = owned_by(actor)
    if helping := actor.offices(*HELPING):
        is_told = Q(confidential_to=None) | Q(confidential_to__contains=[actor.account_id])
        rule |= Q(helper_id=actor.account_id, helper_office_id__in=helping) & is_told
    offices = business_offices(actor)
    if offices:
        # A dossier always lies at one of the first two, so where it lies adds nobody.
        places = Q(receiving_office_id__in=offices) | Q(competent_office_id__in=offices)
        places |= Q(joint_offices__overlap=sorted(offices))
        on_its_way = Q(confidential_to__overlap=sorted(actor.persons)) | Q(holder_id__in=actor.persons)
        if in_charge := actor.offices(*IN_CHARGE):
            on_its_way |= Q(holder_id=None, at_office_id__in=in_charge)
            on_its_way |= Q(joint_offices__overlap=sorted(in_charge))
        rule |= places & (Q(confidential_to=None) | on_its_way)
    if answering := actor.offices(*ANSWERING):
        rule |= Q(asked_offices__overlap=sorted(answering), confidential_to=None)
    if in_charge := actor.offices(*ANSWERING_IN_CHARGE):
        rule |= Q(asked_offices__overlap=sorted(in_charge))
    return rule


def may_see(actor: Actor, dossier: Dossier) -> bool:
    """Whether this person may see this dossier: its owner, officers of its offices (of its parts too), overseers above
    them; as long as an office is asked for its opinion, whoever answers for that office; whoever
    helped its owner to hand it in.

    A confidential one is seen by its owner, whoever holds it, whoever had a hand in it or was named, those in charge
    where it lies in nobody's hand, and those in charge where a part of it is.
    """
    if actor.kind == "system":
        return True
    if actor.account_id is None:
        return False
    if owns(actor, dossier):
        return True
    if is_asked(actor, dossier) or has_helped(actor, dossier):
        return True
    places = {dossier.receiving_office_id, dossier.competent_office_id, *(dossier.joint_offices or ())}
    if places.isdisjoint(business_offices(actor)):
        return False
    return dossier.confidential_to is None or _on_its_way(actor, dossier)


def _on_its_way(actor: Actor, dossier: Dossier) -> bool:
    if not actor.persons.isdisjoint(dossier.confidential_to or ()) or dossier.holder_id in actor.persons:
        return True
    in_charge = actor.offices(*IN_CHARGE)
    if not in_charge.isdisjoint(dossier.joint_offices or ()):
        return True
    return dossier.holder_id is None and dossier.at_office_id in in_charge


def has_helped(actor: Actor, dossier: Dossier) -> bool:
    """Whoever handed it in for its owner, as long as they help at that unit; a confidential one where they are named."""
    if dossier.helper_id is None or dossier.helper_id != actor.account_id:
        return False
    is_told = dossier.confidential_to is None or actor.account_id in dossier.confidential_to
    return is_told and dossier.helper_office_id in actor.offices(*HELPING)


def business_offices(actor: Actor) -> frozenset[int]:
    """Offices whose dossiers are this officer's business. An administrator has no business rights."""
    worked = actor.offices("receiver", "handler", "head", "approver", "clerk", "unit_head", "procedure_control")
    return worked | actor.overseen


def is_asked(actor: Actor, dossier: Dossier) -> bool:
    """Somebody who answers for an office whose opinion is asked for now. Law: ND61-2018 19(5)"""
    roles = ANSWERING if dossier.confidential_to is None else ANSWERING_IN_CHARGE
    return dossier.asked_offices is not None and not actor.offices(*roles).isdisjoint(dossier.asked_offices)
