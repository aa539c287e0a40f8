"""Short ways to a correction of the test world: Thành proposes, Tuấn decides."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.dossiers.acts import correction, handover
from motcua.dossiers.acts.correction import Again, Grounds, NewResult
from motcua.dossiers.models import Correction, Dossier
from motcua.dossiers.tests.lives import finished
from tests.world import World, moment

PROPOSED, APPROVED = "2021-12-06 09:00", "2021-12-06 15:00"
GROUNDS = Grounds("Sai ngày sinh", "Nhập nhầm ngày sinh từ tờ khai", "45/BB-STP", date(2021, 12, 3))
NEW = NewResult("12a/GP-STP", "Ngày sinh 02/03/1990")


def returned(world: World) -> Dossier:
    """Lan has the result."""
    return handover.hand_over(
        finished(world).pk, way="counter", actor=world.actor("minh"), at=moment("2021-11-04 08:00")
    )


def proposed(
    world: World,
    dossier: Dossier,
    remedy: NewResult | Again = NEW,
    *,
    by: str = "thanh",
    at: str = PROPOSED,
    grounds: Grounds = GROUNDS,
) -> Correction:
    """A correction of the result waits."""
    return correction.propose_correction(
        dossier.pk, grounds=grounds, remedy=remedy, actor=world.actor(by), at=moment(at)
    )


def redated(world: World, dossier: Dossier, new_day: date, *, at: str, by: str = "thanh", **changes: Any) -> Correction:
    """A correction of the promised day waits."""
    grounds = Grounds("Ghi nhầm tháng", "Nhập nhầm", "46/BB-STP", date(2021, 11, 1), **changes)
    return correction.propose_date(dossier.pk, grounds=grounds, new_day=new_day, actor=world.actor(by), at=moment(at))


def corrected(world: World, dossier: Dossier) -> Dossier:
    """The result has another version."""
    proposed(world, dossier)
    return correction.correct_result(dossier.pk, actor=world.actor("tuan"), at=moment(APPROVED))


def reopened(world: World, dossier: Dossier, limit_days: int | None = None, step: int = 3) -> Dossier:
    """It is handled again, from Hoa's step on."""
    proposed(world, dossier, Again(step, limit_days))
    return correction.reopen(dossier.pk, actor=world.actor("tuan"), at=moment(APPROVED))
