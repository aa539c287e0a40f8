"""A gateway that is set up, and Lan's dossier that costs something, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from motcua.dossiers.acts import submission
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.purse import MORNING, book, paid_procedure
from motcua.payments.tests.server import Bank, bank, set_up
from tests.world import World, moment


@pytest.fixture
def gateway(db: None, settings: Any) -> Iterator[Bank]:
    """The gateway, running and named in the settings."""
    with bank() as server:
        set_up(settings, server)
        yield server


@pytest.fixture
def owing(world: World) -> Dossier:
    """Lan's dossier, handed in online on 1 November 2021 at eight: 150.000 đồng unpaid, at a counter with a book."""
    book(world)
    return submission.submit(
        world.online(case_id=paid_procedure().pk, papers=()), actor=world.actor("lan"), at=moment(MORNING)
    )
