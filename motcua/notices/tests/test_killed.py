"""A worker that is killed in the middle loses nothing, and nobody gets a message twice from a gateway that knows its keys."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection

from motcua.base.times import day_of, now
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.launcher.places import CHECKOUT
from motcua.law.store import book
from motcua.law.tests.settling import settle_value
from motcua.notices.models import Delivery, Notice, Progress
from motcua.notices.tests.servers import Gateway
from tests.house.test_daily import own_url
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]
PATIENCE = 120  # seconds after which a wait is given up; nothing here is a measurement


@pytest.fixture
def workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for one in started:
        one.kill()
        one.wait()


def start(*words: str) -> subprocess.Popen[bytes]:
    """A worker as the launcher starts it, on the tests' database."""
    environment = {**os.environ, "DATABASE_URL": own_url(connection.settings_dict["NAME"])}
    environment.pop("MOTCUA_NOTIFYING_FOR", None)
    return subprocess.Popen([sys.executable, "-m", "motcua", "notify", *words], cwd=CHECKOUT, env=environment)


def many(world: World, count: int) -> None:
    """So many dossiers that were taken in a moment ago, by the wall's clock, on a day without quiet hours."""
    for _ in range(count):
        lives.accepted(world)
    Dossier.objects.update(owner_phone="0912345678")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dossiers_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE dossiers_event SET at = now()")
        cursor.execute("ALTER TABLE dossiers_event ENABLE TRIGGER USER")
    today = day_of(now())
    settle_value(book().code_on(today) or "", "quiet_from", "07:00", on=today)


def leases_run_out() -> None:
    """As if ten minutes had passed."""
    Delivery.objects.filter(state=Progress.SENDING).update(lease_until=now())
    Delivery.objects.filter(state=Progress.WAITING).update(next_at=now())


def test_killed_between_the_send_and_the_row(
    world: World, sms: Gateway, workers: list[subprocess.Popen[bytes]]
) -> None:
    many(world, 1)
    sms.hold = threading.Event()
    workers.append(start())
    assert sms.got_one.wait(PATIENCE)
    workers[0].kill()  # the gateway has it, the worker never learns
    workers[0].wait()
    sms.hold.set()
    assert Delivery.objects.get().state == Progress.SENDING
    leases_run_out()
    assert start("--once").wait(PATIENCE) == 0
    assert Delivery.objects.get().state == Progress.SENT
    assert len(sms.asked) == 2 and len(sms.delivered) == 1, "asked twice under one key, delivered once"


def test_killed_again_and_again(world: World, sms: Gateway, workers: list[subprocess.Popen[bytes]]) -> None:
    """At three moments: after nothing, one and several messages; each dossier's message arrives exactly once."""
    many(world, 30)
    for upto in (0, 1, 12):
        workers.append(start("--seconds", "0.05"))
        began = time.monotonic()
        while len(sms.asked) < upto and time.monotonic() - began < PATIENCE:
            time.sleep(0.01)
        workers[-1].kill()
        workers[-1].wait()
        leases_run_out()
    assert start("--once").wait(PATIENCE) == 0
    assert Notice.objects.count() == 30
    assert set(Delivery.objects.values_list("state", flat=True)) == {Progress.SENT}
    assert len(sms.delivered) == 30 <= len(sms.asked)
