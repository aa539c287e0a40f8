"""Numbers under real concurrency: threads, transactions, one register."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from motcua.dossiers.tests import lives
from motcua.forms.issuing import Asked, issue
from motcua.forms.models import IssuedForm, Register
from motcua.forms.tests.test_papers import PORTAL
from tests.world import World, moment

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment("2021-11-01 12:00")


def at_once(acts: list[Callable[[], object]]) -> list[BaseException]:
    """Do all in threads of their own, started together; what went wrong."""
    gate = Barrier(len(acts))
    faults: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait()
            act()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


def test_eight_at_once_get_the_numbers_one_to_eight(world: World) -> None:
    minh = world.actor("minh")
    dossiers = [lives.accepted(world, f"2021-11-01 08:{minute:02d}") for minute in range(8)]
    faults = at_once(
        [lambda one=one: issue(Asked(one.pk, "receipt"), actor=minh, at=AT, portal=PORTAL) for one in dossiers]  # type: ignore[misc]
    )
    assert faults == []
    assert list(IssuedForm.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 9))
    assert Register.objects.get().last == 8


def test_six_who_ask_for_one_paper_get_one_paper(world: World) -> None:
    minh, dossier = world.actor("minh"), lives.accepted(world)
    got: list[tuple[int, str]] = []

    def ask() -> None:
        row = issue(Asked(dossier.pk, "receipt"), actor=minh, at=AT, portal=PORTAL)
        got.append((row.pk, row.sha256))

    assert at_once([ask] * 6) == []
    assert len(got) == 6 and len(set(got)) == 1 and got[0][1]
    assert Register.objects.get().last == 1
    following = issue(Asked(lives.accepted(world).pk, "receipt"), actor=minh, at=AT, portal=PORTAL)
    assert following.number == 2
