"""Who may see a petition and who may do what about it.

Whoever it is about neither sees nor owns nor answers it (no retaliation); they are shown what they are asked about, once
somebody asks for their statement. Powers for some procedures only are no powers here. Law: ND61-2018 5
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q

from motcua.offices.actors import Actor
from motcua.petitions.table import TRANSITIONS, Kind, PetitionAct

if TYPE_CHECKING:
    from motcua.petitions.models import Petition

IN_CHARGE = ("unit_head", "head", "approver")
ABOVE = ("unit_head", "overseer", "procedure_control")
WORKING = ("receiver", "handler", "clerk", "procedure_control", *IN_CHARGE)
# The person who sent it, known by the secret.
Predicate = Callable[[Actor, "Petition"], bool]


def offices(actor: Actor, *roles: str) -> frozenset[int]:
    """Offices where they hold any of these roles for everything."""
    whole = {(power.role, power.office_id) for power in actor.powers if not power.limits}
    return frozenset(office for role, office in actor.postings | whole if role in roles)


def is_free(actor: Actor, petition: Petition) -> bool:
    """Neither whom it is about nor who sent it, nor acting for one of them."""
    own = petition.account_id is not None and petition.account_id in actor.persons
    return not own and actor.persons.isdisjoint(petition.concerned)


def in_charge(actor: Actor, petition: Petition) -> bool:
    """Who leads the office that answers for it, or oversees that office."""
    if petition.owner_office_id in offices(actor, *IN_CHARGE):
        return True
    return petition.owner_office_id in actor.overseen and bool(offices(actor, *ABOVE))


def owns(actor: Actor, petition: Petition) -> bool:
    """To whom it was assigned, or who acts for them, still posted at its office."""
    return petition.owner_id in actor.persons and petition.owner_office_id in offices(actor, *WORKING)


def is_asked(actor: Actor, petition: Petition) -> bool:
    """Whose statement is waited for; in person."""
    return petition.asked_officer_id is not None and petition.asked_officer_id == actor.account_id


def leads(actor: Actor, petition: Petition) -> bool:
    """Somebody in charge whom it is not about."""
    return is_free(actor, petition) and in_charge(actor, petition)


def works_on(actor: Actor, petition: Petition) -> bool:
    """The owner or somebody in charge, whom it is not about."""
    return is_free(actor, petition) and (owns(actor, petition) or in_charge(actor, petition))


def is_the_person(actor: Actor, petition: Petition) -> bool:
    """Who sent it, logged in; without an account the secret tells (`journal.performing`)."""
    return actor.kind == "citizen" and petition.account_id == actor.account_id


A = PetitionAct
RIGHTS: dict[PetitionAct, Predicate] = {
    A.ASK_MORE: works_on,
    A.GIVE_MORE: works_on,
    A.REFUSE: leads,
    A.MOVE: leads,
    A.PASS_ON: leads,
    A.NOTE_ARRIVAL: leads,
    A.ASSIGN: leads,
    A.ASK_STATEMENT: works_on,
    A.GIVE_STATEMENT: is_asked,
    A.ANSWER: works_on,
    A.PUBLISH: leads,
}
# A complaint has a law of its own; a question is about a person's own dossier, and about nobody's conduct.
NOT_FOR: dict[str, tuple[PetitionAct, ...]] = {
    Kind.COMPLAINT: (A.ASSIGN, A.ANSWER, A.PUBLISH),
    Kind.QUESTION: (A.ASK_STATEMENT, A.PUBLISH),
}
OF_THE_PERSON = (A.GIVE_MORE, A.REOPEN)


def has_right(act: PetitionAct, actor: Actor, petition: Petition, *, is_person: bool = False) -> bool:
    """Whether the act is theirs. is_person: they showed the petition's secret."""
    if act in OF_THE_PERSON and (is_person or is_the_person(actor, petition)):
        return True
    return act in RIGHTS and RIGHTS[act](actor, petition)


def may_see(actor: Actor, petition: Petition) -> bool:
    """Whether it exists for them: the person, who works on it; whoever is asked sees what they are asked about."""
    return is_the_person(actor, petition) or works_on(actor, petition) or is_asked(actor, petition)


def sees_person(actor: Actor, petition: Petition) -> bool:
    """Name and contacts are for those who answer. Law: ND61-2018 29"""
    return works_on(actor, petition)


def visible_to(actor: Actor) -> Q:
    """`may_see` as SQL."""
    if actor.account_id is None:
        return Q(pk__in=())
    if actor.kind == "citizen":
        return Q(account_id=actor.account_id)
    led = offices(actor, *IN_CHARGE) | (actor.overseen if offices(actor, *ABOVE) else frozenset())
    persons = sorted(actor.persons)
    theirs = Q(owner_office_id__in=led) | Q(owner_id__in=persons, owner_office_id__in=offices(actor, *WORKING))
    own = Q(account_id__in=persons, account_id__isnull=False)
    return theirs & ~Q(concerned__overlap=persons) & ~own | Q(asked_officer_id=actor.account_id)


def acts_open_to(petition: Petition, actor: Actor, *, is_person: bool = False) -> list[PetitionAct]:
    """What they may do now, as far as state and right decide it."""
    return [
        act
        for act, row in TRANSITIONS.items()
        if petition.state in row.sources
        and has_right(act, actor, petition, is_person=is_person)
        and not (act == A.GIVE_STATEMENT and petition.asked_officer_id is None)
        and not (act == A.REOPEN and petition.reopened)
        and act not in NOT_FOR.get(petition.kind, ())
    ]
