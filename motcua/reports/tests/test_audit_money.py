"""The audit of money and parcels: clean after real acts; one row bent by SQL, of each kind, is found and named."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from motcua.dossiers.acts import ending, fees, handover, reception
from motcua.dossiers.tests.lives import finished
from motcua.dossiers.tests.purse import book, paid_procedure, pay, rule, taken_in
from motcua.fees.closing import close
from motcua.payments.late_receipts import without_receipt, write_receipt
from motcua.post.custody import pass_on
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from tests.house.stage_money import money
from tests.world import World, moment

pytestmark = pytest.mark.django_db
EVENING = moment("2021-11-04 17:00")


@pytest.fixture
def till(world: World) -> World:
    """Bills of every fate, a closed day, a parcel each way; all through the real acts."""
    book(world)
    rule("after", refund_withdrawn=True)
    case = paid_procedure()
    minh = world.actor("minh")
    pay(world, taken_in(world, case))
    taken_in(world, case)
    let_off = taken_in(world, case)
    fees.exempt_fee(let_off.pk, basis="Điều 10", proof="Giấy 1", actor=minh, at=moment("2021-11-01 09:00"))
    back = pay(world, taken_in(world, case))
    ending.withdraw(back.pk, reason="Đổi ý", actor=minh, at=moment("2021-11-01 10:00"))
    fees.refund_fee(back.pk, way="cash", reason="Rút", actor=minh, at=moment("2021-11-01 10:05"))
    words = {"counted": {100_000: 1, 50_000: 1}, "reason": "", "actor": minh, "at": moment("2021-11-01 17:00")}
    close(office_id=world.cast.center.pk, day=moment("2021-11-01 17:00").date(), **words)  # type: ignore[arg-type]
    reception.register(world.intake(channel=3), parcel_no="EA1VN", actor=minh, at=moment("2021-11-01 11:00"))
    sent = finished(world)
    handover.hand_over(sent.pk, way="post", parcel_no="EB1VN", actor=minh, at=moment("2021-11-04 08:00"))
    parcel = type(sent).objects.get(pk=sent.pk).parcel_out
    assert parcel is not None
    step = {"step": "delivered", "to_holder": "recipient", "to_name": "Trần Thị Lan"}
    pass_on(parcel.pk, actor=minh, at=EVENING, **step)
    return world


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in (
            "fees_entry", "fees_bill", "fees_receipt", "fees_receiptbook", "fees_cashclose", "post_custody", "post_parcel",
        ):  # fmt: skip
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE post_custody DROP CONSTRAINT custody_touches_the_one_before")
        cursor.execute("ALTER TABLE fees_receipt DROP CONSTRAINT receipt_touches_the_one_before")
        cursor.execute(statement)


def test_after_real_acts_nothing_is_found(till: World) -> None:
    verdict = audit()
    assert verdict.ok, verdict.findings
    checked = verdict.checked
    assert (checked["bills"], checked["receipts"], checked["cash_closes"], checked["parcels"]) == (4, 2, 1, 2)


BENT = [
    (Kind.BILL, "UPDATE fees_bill SET state = 'paid' WHERE state = 'unpaid'"),
    (Kind.BILL, "UPDATE fees_entry SET amount_vnd = 1 WHERE id = (SELECT min(id) FROM fees_entry)"),
    (Kind.BILL, "DELETE FROM fees_entry WHERE kind = 'exempted'"),
    (Kind.BILL, "UPDATE fees_entry SET amount_vnd = amount_vnd * 9 WHERE kind = 'refunded'"),
    (Kind.BILL, "UPDATE dossiers_dossier SET bill_id = NULL"),
    (Kind.RECEIPT, "UPDATE fees_receiptbook SET given_no = given_no + 1"),
    (Kind.RECEIPT, "UPDATE fees_receipt SET number = 9, previous_no = 8 WHERE number = 2"),
    (Kind.RECEIPT, "UPDATE fees_receipt SET amount_vnd = 1"),
    (Kind.CASH, "UPDATE fees_cashclose SET expected_vnd = 1, reason = 'x'"),
    (Kind.CASH, "UPDATE fees_cashclose SET counted = '{\"1000\": 1}'"),
    (Kind.CASH, "UPDATE fees_entry SET booked_on = booked_on + 1 WHERE kind = 'paid'"),
    (Kind.CUSTODY, "UPDATE post_custody SET from_name = 'Ai đó' WHERE seq = 2"),
    (Kind.CUSTODY, "UPDATE post_custody SET at = at - interval '9 days' WHERE seq = 2"),
    (Kind.CUSTODY, "DELETE FROM post_custody WHERE seq = 1"),
    (Kind.CUSTODY, "UPDATE post_custody SET step = 'lost' WHERE seq = 2"),
    (Kind.CUSTODY, "UPDATE post_parcel SET state = 'lost' WHERE direction = 'out'"),
    (Kind.CUSTODY, "UPDATE post_parcel SET state = 'lost' WHERE direction = 'in'"),
]


@pytest.mark.parametrize(("kind", "statement"), BENT)
def test_one_row_bent_is_found_and_named(till: World, kind: Kind, statement: str) -> None:
    with transaction.atomic():
        sql(statement)
        assert kind.value in set(audit().counts)
        transaction.set_rollback(True)


def test_a_receipt_that_was_written_later_says_what_its_payment_says(world: World) -> None:
    money(world, "unreceipted")
    (one,) = without_receipt(world.actor("minh"), 10)
    write_receipt(one.payment.entry_id, actor=world.actor("minh"), at=EVENING)
    assert audit().ok, audit().findings
    sql("UPDATE fees_receipt SET amount_vnd = amount_vnd + 1")
    assert Kind.RECEIPT.value in audit().counts
