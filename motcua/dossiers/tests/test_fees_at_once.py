"""Several people take money at the same moment: no receipt number twice, none left out. Law: ND123-2020 32"""

from __future__ import annotations

from typing import Any

import pytest

from motcua.base.errors import Refused
from motcua.dossiers.acts import fees
from motcua.dossiers.tests.purse import bill_of, book, paid_procedure, pay, taken_in
from motcua.dossiers.tests.test_journal import in_threads
from motcua.fees.closing import close
from motcua.fees.models import CashClose, Entry, Receipt, ReceiptBook
from tests.world import World, moment

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment("2021-11-01 09:00")


def test_receipt_numbers_run_on_without_a_hole_although_some_payments_fail(world: World) -> None:
    book(world, last_no=5)
    book(world, serial="AB-21T")
    case = paid_procedure()
    dossiers = [taken_in(world, case) for _ in range(12)]

    def work(number: int) -> object:
        who = world.actor("minh" if number % 2 else "dung")
        amount = 150_000 if number % 4 else 149_000
        words: dict[str, Any] = {"way": "cash", "reference": f"R{number}", "amount_vnd": amount}
        return fees.take_fee(dossiers[number].pk, actor=who, at=AT, **words)

    results = in_threads(len(dossiers), work)
    assert sum(isinstance(result, Exception) for result in results) == 3
    numbers = list(Receipt.objects.order_by("book_id", "number").values_list("book__serial", "number"))
    assert numbers == [("AA-21T", 1), ("AA-21T", 2), ("AA-21T", 3), ("AA-21T", 4), ("AA-21T", 5)] + [
        ("AB-21T", number) for number in range(1, 5)
    ]
    assert list(ReceiptBook.objects.order_by("id").values_list("given_no", flat=True)) == [5, 4]


def test_one_payment_told_by_many_at_once_is_recorded_once(world: World) -> None:
    book(world)
    dossier = taken_in(world, paid_procedure())
    results = in_threads(6, lambda _: pay(world, dossier, reference="một lần"))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert (Receipt.objects.count(), Entry.objects.filter(kind="paid").count()) == (1, 2)


def test_two_payments_at_once_are_one_payment_and_one_refusal(world: World) -> None:
    book(world)
    dossier = taken_in(world, paid_procedure())
    results = in_threads(4, lambda number: pay(world, dossier, reference=f"R{number}"))
    assert sum(isinstance(result, Refused) for result in results) == 3
    assert (bill_of(dossier).state, Receipt.objects.count()) == ("paid", 1)


def test_a_close_and_a_payment_at_once_agree_about_the_day(world: World) -> None:
    book(world)
    case = paid_procedure()
    dossiers = [taken_in(world, case) for _ in range(4)]
    minh = world.actor("minh")

    def work(number: int) -> object:
        if number == 0:
            words: dict[str, Any] = {"counted": {}, "reason": "đếm thử", "actor": minh, "at": AT}
            return close(office_id=world.cast.center.pk, day=AT.date(), **words)
        return pay(world, dossiers[number - 1], at="2021-11-01 09:00")

    results = in_threads(5, work)
    assert [result for result in results if isinstance(result, Exception)] == []
    made = CashClose.objects.get()
    that_day = Entry.objects.filter(kind="paid", booked_on=made.day)
    assert made.expected_vnd == sum(that_day.values_list("amount_vnd", flat=True))
    assert Entry.objects.filter(kind="paid").count() == 8
