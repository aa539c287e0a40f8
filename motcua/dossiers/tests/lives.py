"""Short ways to bring a dossier of the test world to a certain point of its life, through the real acts."""

from __future__ import annotations

from motcua.dossiers.acts import decision, processing, reception, submission
from motcua.dossiers.models import Dossier
from tests.world import World, moment

MORNING = "2021-11-01 08:00"


def submitted(world: World, at: str = MORNING) -> Dossier:
    """Lan handed it in online."""
    return submission.submit(world.online(), actor=world.actor("lan"), at=moment(at))


def accepted(world: World, at: str = MORNING) -> Dossier:
    """Minh took it in over the counter."""
    return reception.take_in(world.intake(), actor=world.actor("minh"), at=moment(at))


def assigned(world: World, at: str = MORNING, to_at: str = "2021-11-01 09:00") -> Dossier:
    """At the Department of Justice, waiting for its head."""
    dossier = accepted(world, at)
    return processing.forward(dossier.pk, actor=world.actor("minh"), at=moment(to_at))


def handled(world: World) -> Dossier:
    """In Hoa's hand."""
    dossier = assigned(world)
    return processing.forward(
        dossier.pk, to_account_id=world.cast.hoa.pk, actor=world.actor("thanh"), at=moment("2021-11-01 10:00")
    )


def at_approval(world: World) -> Dossier:
    """Prepared by Hoa, waiting for Tuấn."""
    dossier = handled(world)
    return processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-02 10:00"))


def decided(world: World) -> Dossier:
    """Approved by Tuấn, waiting for number and seal."""
    dossier = at_approval(world)
    return decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-03 10:00"))


def finished(world: World) -> Dossier:
    """The result is at the centre."""
    dossier = decided(world)
    return decision.finish(dossier.pk, number="12/GP-STP", actor=world.actor("nga"), at=moment("2021-11-03 15:00"))
