"""Who calls, who arranges the hall, who reads its figures: asked by pages and acts alike."""

from __future__ import annotations

from motcua.offices.actors import SEES_BELOW, Actor
from motcua.offices.models import Role

CALLING = (Role.RECEIVER, Role.UNIT_HEAD)
ARRANGING = (Role.UNIT_HEAD, Role.ADMINISTRATOR)


def calls_at(actor: Actor) -> frozenset[int]:
    """The offices in whose hall this person may sit at a counter and draw numbers for people."""
    return actor.offices(*CALLING) if actor.is_officer else frozenset()


def may_arrange(actor: Actor, office_id: int) -> bool:
    """Whether they set up lines and counters of this hall: its head in person, an administrator everywhere."""
    if not actor.is_officer:
        return False
    return (Role.UNIT_HEAD, office_id) in actor.postings or any(
        role == Role.ADMINISTRATOR for role, _ in actor.postings
    )


def figures_of(actor: Actor) -> frozenset[int]:
    """The offices whose waiting and service they may read: those they oversee, with everything below."""
    return actor.offices(*SEES_BELOW) | actor.overseen if actor.is_officer else frozenset()
