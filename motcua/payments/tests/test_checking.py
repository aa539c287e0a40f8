"""Orders without an answer are asked about, with patience, and an answer is believed only when it is signed and fits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.purse import bill_of
from motcua.payments import checking
from motcua.payments import gateway as our_gateway
from motcua.payments.checking import check
from motcua.payments.kinds import OrderState
from motcua.payments.models import Money, Order, Outcome, Told
from motcua.payments.ordering import order
from motcua.payments.tests.server import Bank, sign
from tests.world import moment

pytestmark = pytest.mark.django_db
NOW = moment("2021-11-01 09:00")


@pytest.fixture
def asked(gateway: Bank, owing: Dossier) -> Order:
    """An order that the gateway knows and nobody has paid."""
    made = order(owing.pk, by=None, at=NOW)
    gateway.orders[made.number] = {"SoTien": "150000"}
    return made


def after(minutes: float) -> dict[str, int]:
    return check(lambda: NOW + timedelta(minutes=minutes))


def test_asked_about_less_and_less_often_until_it_is_answered(gateway: Bank, asked: Order) -> None:
    gateway.deaf = True
    times = [minute for minute in range(0, 500) if after(minute)["asked"]]
    assert times == [1, 2, 4, 9, 19, 49, 109, 469]
    gateway.deaf = False
    gateway.taken[asked.number] = "GD1"
    assert after(469 + 360) == {"settled": 0, "asked": 1, "answered": 1}
    assert bill_of(asked.dossier).state == "paid"
    assert after(5_000)["asked"] == 0


def test_unpaid_it_waits_and_then_it_is_over(gateway: Bank, asked: Order) -> None:
    assert after(2)["answered"] == 1
    assert Order.objects.get().state == OrderState.OPEN
    assert after(60)["answered"] == 1
    assert (Order.objects.get().state, Order.objects.get().next_ask_at) == (OrderState.EXPIRED, None)
    assert Told.objects.count() == 0, "that nothing happened is not kept each time"


def test_a_bent_amount_is_set_aside(gateway: Bank, asked: Order) -> None:
    gateway.taken[asked.number], gateway.bend = "GD1", 150
    after(2)
    assert Outcome.objects.values_list("verdict", "back_vnd").get() == ("wrong_amount", 150)
    assert bill_of(asked.dossier).state == "unpaid"


def test_another_currency_is_set_aside(gateway: Bank, asked: Order) -> None:
    gateway.taken[asked.number], gateway.currency = "GD1", "USD"
    after(2)
    assert Outcome.objects.get().back_said == "150000 USD"


def test_an_answer_that_takes_too_long_is_no_answer(
    gateway: Bank, asked: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_gateway, "SECONDS", 0.2)
    gateway.taken[asked.number], gateway.slow = "GD1", 1.5
    assert after(2) == {"settled": 0, "asked": 1, "answered": 0}
    gateway.slow = 0.0
    monkeypatch.setattr(our_gateway, "SECONDS", 30)
    assert after(10)["answered"] == 1


def test_an_answer_that_is_not_signed_or_of_another_order_is_none(
    gateway: Bank, asked: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.taken[asked.number] = "GD1"
    good = gateway.word(asked.number, "TRA_LOI")
    answers: list[Any] = [
        {**good, "SoTien": "1"},
        sign({**good, "MaThamChieu": "TT-KHAC"}),
        sign({**good, "LoaiBanTin": "XAC_NHAN"}),
        sign(good, "khoa-khac"),
        {},
    ]
    for number, bent in enumerate(answers):
        monkeypatch.setattr(our_gateway, "_posted", lambda *_words, bent=bent: bent)
        assert after(10_000 * (number + 1))["answered"] == 0
    assert Money.objects.count() == 0


def test_without_a_gateway_nothing_is_asked(asked: Order, settings: Any) -> None:
    settings.PAYMENT_KEY = ""
    assert after(60) == {"settled": 0, "asked": 0, "answered": 0}
    assert not checking.ask_by_hand(asked.pk, NOW)
