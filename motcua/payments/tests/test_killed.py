"""Ten at once, killed in between, the notice lost: money is booked exactly once, with one receipt each."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection

from motcua.base.times import now
from motcua.dossiers.acts import submission
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.purse import book, paid_procedure, pay
from motcua.fees.models import Bill, Entry, Receipt
from motcua.launcher.places import CHECKOUT
from motcua.payments.confirming import take
from motcua.payments.kinds import OrderState, Through
from motcua.payments.models import Money, Order, Outcome
from motcua.payments.ordering import order
from motcua.payments.reconciling import day_of_payments
from motcua.payments.tests.server import Bank
from motcua.payments.tests.test_confirming import told
from tests.house.test_daily import own_url
from tests.world import World, moment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]
PATIENCE = 120  # seconds after which a wait is given up; nothing here is a measurement
NOW, SOON = moment("2021-11-01 09:00"), moment("2021-11-01 09:05")
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(gateway: Bank) -> Iterator[Start]:
    """Start a command of the house on the tests' database, with the tests' gateway."""
    started: list[subprocess.Popen[bytes]] = []
    names = {
        "MOTCUA_PAYMENT_ADDRESS": f"{gateway.address}/pay",
        "MOTCUA_PAYMENT_QUERY_ADDRESS": f"{gateway.address}/query",
    }
    from motcua.payments.tests.server import KEY, PARTNER

    names |= {"MOTCUA_PAYMENT_PARTNER": PARTNER, "MOTCUA_PAYMENT_KEY": KEY}

    def start(*words: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **names, "DATABASE_URL": own_url(connection.settings_dict["NAME"])}
        environment.pop("MOTCUA_NOTIFYING_FOR", None)
        started.append(subprocess.Popen([sys.executable, "-m", "motcua", *words], cwd=CHECKOUT, env=environment))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()


def at_once(what: Callable[[int], object], count: int) -> list[str]:
    """So many threads do it at the same moment; what went wrong in them."""
    gate, wrong = threading.Barrier(count), []

    def run(number: int) -> None:
        try:
            gate.wait(PATIENCE)
            what(number)
        except Exception as error:
            wrong.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return wrong


def dues(world: World, gateway: Bank, count: int) -> list[Order]:
    """So many dossiers whose orders are paid at the gateway, which tells nobody; their turn to be asked has come."""
    book(world)
    case = paid_procedure()
    gateway.dies = True
    for _number in range(count):
        handed = submission.submit(
            world.online(case_id=case.pk, papers=()), actor=world.actor("lan"), at=now() - timedelta(minutes=10)
        )
        made = order(handed.pk, by=None, at=now() - timedelta(minutes=5))
        gateway.orders[made.number] = {"SoTien": str(made.amount_vnd)}
        gateway.pay(made.number)
    return list(Order.objects.order_by("id"))


def booked_once(count: int) -> None:
    """Every payment is in the ledger once, with one receipt, and nothing differs."""
    assert Outcome.objects.filter(verdict="booked").count() == Receipt.objects.count() == count
    assert Entry.objects.filter(kind="paid").count() == 2 * count
    assert set(Bill.objects.values_list("state", flat=True)) == {"paid"}
    assert set(Order.objects.values_list("state", "next_ask_at")) == {(OrderState.PAID, None)}
    assert [row.faults for row in day_of_payments(Money.objects.first().told_at.date(), None).differing] == []  # type: ignore[union-attr]


def test_ten_at_once_are_one(gateway: Bank, world: World, owing: Dossier) -> None:
    words = told(order(owing.pk, by=None, at=NOW).number)
    codes: list[str] = []
    assert at_once(lambda _n: codes.append(take(words, through=Through.NOTICE, at=SOON)), 10) == []
    assert set(codes) <= {"00", "02"} and "00" in codes
    booked_once(1)


def test_two_transactions_of_one_order_and_the_counter_at_the_same_moment(
    gateway: Bank, world: World, owing: Dossier
) -> None:
    """Whoever comes first is booked; of all others the money is set aside, to the đồng."""
    number = order(owing.pk, by=None, at=NOW).number
    refused: list[str] = []

    def come(n: int) -> None:
        if n < 4:
            take(told(number, f"GD{n}"), through=Through.NOTICE, at=SOON)
            return
        try:
            pay(world, Dossier.objects.get(pk=owing.pk), reference="Q-1")
        except Exception as error:
            refused.append(type(error).__name__)

    assert at_once(come, 5) == []
    assert Receipt.objects.count() == 1 and Entry.objects.filter(kind="paid").count() == 2
    by_gateway = Outcome.objects.filter(verdict="booked").count()
    assert by_gateway + (0 if refused else 1) == 1
    assert sum(Outcome.objects.values_list("back_vnd", flat=True)) == 150_000 * (4 - by_gateway)


def test_two_tabs_press_pay_at_once(gateway: Bank, world: World, owing: Dossier) -> None:
    made: list[int] = []
    assert at_once(lambda _n: made.append(order(owing.pk, by=None, at=NOW).pk), 6) == []
    assert len(set(made)) == 1 == Order.objects.count()


def test_the_worker_beside_the_pages_finds_what_was_lost(gateway: Bank, world: World, start: Start) -> None:
    dues(world, gateway, 2)
    start("notify")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and Outcome.objects.count() < 2:
        time.sleep(0.05)
    booked_once(2)


def test_killed_again_and_again(gateway: Bank, world: World, start: Start) -> None:
    """At several moments of asking and booking; what was begun is ended by the next one, once."""
    orders = dues(world, gateway, 24)
    for upto in (1, 3, 9):
        one = start("payments", "check")
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and len(gateway.asked) < upto and one.poll() is None:
            time.sleep(0.005)
        one.kill()
        one.wait()
        Order.objects.filter(state=OrderState.OPEN).update(next_ask_at=now())
    for _round in range(2):  # twenty at a time
        assert start("payments", "check").wait(PATIENCE) == 0
    assert len(orders) == 24
    booked_once(24)


def test_a_gateway_that_does_not_answer_is_asked_again_later(gateway: Bank, world: World, start: Start) -> None:
    (asked,) = dues(world, gateway, 1)
    gateway.deaf = True
    assert start("payments", "check").wait(PATIENCE) == 0
    asked.refresh_from_db()
    assert (asked.state, asked.asked) == (OrderState.OPEN, 1)
    assert asked.next_ask_at is not None and asked.next_ask_at > now()
    gateway.deaf = False
    Order.objects.update(next_ask_at=now())
    assert start("payments", "check").wait(PATIENCE) == 0
    booked_once(1)
