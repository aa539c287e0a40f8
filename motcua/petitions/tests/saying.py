"""Short ways to a petition, for tests."""

from datetime import datetime
from typing import Any

from motcua.offices.actors import ANONYMOUS
from motcua.petitions import acts
from motcua.petitions.acts import Said
from motcua.petitions.models import Petition
from tests.world import World, moment

# A Monday.
AT = moment("2021-11-01 09:00")


def said(world: World, kind: str = "conduct", **changes: Any) -> Said:
    """What Bảy says of the Department of Justice."""
    facts = {
        "kind": kind,
        "content": "Cán bộ trả lời không rõ ràng",
        "person_name": "Nguyễn Văn Bảy",
        "phone": "0912345678",
        "about_office_id": world.cast.justice.pk,
    }
    return Said(**{**facts, **changes})


def received(world: World, kind: str = "conduct", at: datetime = AT, **changes: Any) -> Petition:
    """It came in at the Centre's counter."""
    return acts.receive(
        said(world, kind, **changes),
        way="counter",
        actor=world.actor("minh"),
        at=at,
        owner_office_id=world.cast.center.pk,
    )


def from_outside(world: World, kind: str = "conduct", at: datetime = AT, **changes: Any) -> Petition:
    """It came in on the public page."""
    return acts.receive(said(world, kind, **changes), way="page", actor=ANONYMOUS, at=at)


def handling(world: World, kind: str = "conduct", **changes: Any) -> Petition:
    """Thành of the Department of Justice owns it."""
    petition = from_outside(world, kind, **changes)
    return acts.assign(petition.pk, owner_id=world.cast.thanh.pk, actor=world.actor("tuan"), at=AT)


def answered(world: World, at: datetime = AT, **changes: Any) -> Petition:
    """It has an answer."""
    petition = handling(world, **changes)
    return acts.answer(petition.pk, text="Đã nhắc nhở cán bộ", actor=world.actor("thanh"), at=at)
