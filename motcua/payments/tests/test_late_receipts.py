"""Money that was booked without a receipt gets one later, once. Law: ND123-2020 30, 32"""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import NotThere, Refused
from motcua.dossiers.acts import ending, fees
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.purse import bill_of, book
from motcua.fees.models import Entry, LateReceipt, Receipt, ReceiptBook
from motcua.fees.receipts import facts_of
from motcua.payments.late_receipts import missing_receipt, without_receipt, write_receipt
from motcua.payments.models import Outcome
from motcua.payments.reconciling import day_of_payments
from motcua.payments.telling import standing
from motcua.payments.tests.server import Bank
from motcua.payments.tests.test_confirming import LATE, SOON, made, says, told
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(gateway: Bank, world: World, owing: Dossier) -> Dossier:
    """Lan paid online while the counter's book was closed."""
    asked = made(owing)
    ReceiptBook.objects.update(closed_on=date(2021, 11, 1))
    says(told(asked.number))
    return owing


def entry_of(world: World, name: str = "minh") -> int:
    (one,) = without_receipt(world.actor(name), 10)
    return one.payment.entry_id


def opened(world: World) -> None:
    book(world, serial="BB-21T")


def test_it_is_listed_until_its_receipt_is_written(bare: Dossier, world: World) -> None:
    (one,) = without_receipt(world.actor("minh"), 10)
    assert (one.dossier, one.payment.amount_vnd, one.may_write) == (bare, 150_000, True)
    opened(world)
    before = list(Entry.objects.order_by("id").values())
    receipt = write_receipt(one.payment.entry_id, actor=world.actor("minh"), at=LATE)
    assert (receipt.amount_vnd, receipt.bill, receipt.issued_by, receipt.at) == (
        150_000, bill_of(bare), world.cast.minh, LATE,
    )  # fmt: skip
    assert receipt.book.serial == "BB-21T"
    assert without_receipt(world.actor("minh"), 10) == []
    assert list(Entry.objects.order_by("id").values()) == before, "the ledger stays as it was"
    assert day_of_payments(SOON.date(), None).differing == []
    (row,) = day_of_payments(SOON.date(), None).rows
    assert (row.receipt_id, row.receipt_vnd) == (receipt.pk, 150_000)
    assert Outcome.objects.get().receipt is None
    assert standing(bill_of(bare).pk, LATE).receipts == (receipt,)


def test_the_paper_says_what_was_paid_for_and_who_wrote_it(bare: Dossier, world: World) -> None:
    opened(world)
    facts = facts_of(write_receipt(entry_of(world), actor=world.actor("minh"), at=LATE))
    assert [amount for _kind, _name, amount in facts.lines] == [100_000, 50_000]
    assert (facts.collector, facts.payer) == (world.cast.minh.full_name, "Trần Thị Lan")


def test_a_second_time_is_refused(bare: Dossier, world: World) -> None:
    opened(world)
    entry = entry_of(world)
    found = missing_receipt(entry, world.actor("minh")).payment
    write_receipt(entry, actor=world.actor("minh"), at=LATE)
    with pytest.raises(NotThere):
        write_receipt(entry, actor=world.actor("dung"), at=LATE)
    from motcua.fees import late

    with pytest.raises(Refused) as error:
        late.write(found, actor=world.actor("dung"), at=LATE)
    assert error.value.code == "receipt_written"
    assert Receipt.objects.count() == 1


def test_without_a_book_nothing_is_written(bare: Dossier, world: World) -> None:
    with pytest.raises(Refused) as error:
        write_receipt(entry_of(world), actor=world.actor("minh"), at=LATE)
    assert error.value.code == "no_receipt_book"
    assert not Receipt.objects.exists() and not LateReceipt.objects.exists()


@pytest.mark.parametrize("name", ["lan", "hoa", "quang", "hien", "khang", "yen", "nobody"])
def test_nobody_else_sees_or_writes_it(bare: Dossier, world: World, name: str) -> None:
    opened(world)
    entry = entry_of(world)
    assert without_receipt(world.actor(name), 10) == []
    with pytest.raises(NotThere):
        write_receipt(entry, actor=world.actor(name), at=LATE)


def test_money_that_went_back_gets_no_receipt(bare: Dossier, world: World) -> None:
    opened(world)
    entry, minh = entry_of(world), world.actor("minh")
    ending.withdraw(bare.pk, reason="Đổi ý", actor=world.actor("lan"), at=LATE)
    fees.refund_fee(bare.pk, way="transfer", reason="Rút", actor=minh, at=LATE)
    with pytest.raises(Refused) as error:
        write_receipt(entry, actor=minh, at=LATE)
    assert error.value.code == "already_refunded"


def test_it_is_not_cancelled_by_hand(bare: Dossier, world: World) -> None:
    opened(world)
    receipt = write_receipt(entry_of(world), actor=world.actor("minh"), at=LATE)
    with pytest.raises(Refused, match="không huỷ được"):
        fees.cancel_receipt(bare.pk, receipt_id=receipt.pk, reason="Sai", actor=world.actor("minh"), at=LATE)


def test_what_is_written_later_stays_for_ever(bare: Dossier, world: World) -> None:
    opened(world)
    write_receipt(entry_of(world), actor=world.actor("minh"), at=LATE)
    for statement in ("UPDATE fees_latereceipt SET reference = 'x'", "DELETE FROM fees_latereceipt"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_two_cashiers_at_once_write_one(gateway: Bank, world: World, owing: Dossier) -> None:
    asked = made(owing)
    ReceiptBook.objects.update(closed_on=date(2021, 11, 1))
    says(told(asked.number))
    opened(world)
    entry = entry_of(world)
    ended: list[int] = []

    def write(name: str) -> None:
        actor: Any = world.actor(name)
        start.wait()
        try:
            ended.append(write_receipt(entry, actor=actor, at=LATE).number)
        except (NotThere, Refused):
            ended.append(0)
        finally:
            connection.close()

    start = threading.Barrier(2)
    both = [threading.Thread(target=write, args=(name,)) for name in ("minh", "dung")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(ended) == [0, 1]
    assert (Receipt.objects.count(), LateReceipt.objects.count()) == (1, 1)
