"""The ledger of money: what it comes to, and what the database itself refuses. Law: ND61-2018 22"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import Invalid
from motcua.fees import billing, paying, writing
from motcua.fees.books import open_book
from motcua.fees.kinds import BillState, EntryKind
from motcua.fees.ledger import fold
from motcua.fees.models import Bill, Entry, Line
from motcua.fees.money import whole_vnd
from motcua.fees.paying import Taking
from motcua.fees.rules import set_reduction, set_rule
from motcua.fees.terms import Due, in_force
from motcua.offices.actors import SYSTEM
from tests.cast import Cast
from tests.world import moment

AT = moment("2021-11-01 08:00")
WORDS: dict[str, Any] = {"basis": "Nghị quyết 1", "set_by": "Quang", "at": AT}


def a_bill(cast: Cast, amount: int = 100_000) -> Bill:
    made = billing.issue(
        [Due("PHI", "Phí", amount), Due("LE_PHI", "", 0)],
        procedure_code="9.1",
        channel=1,
        counter_id=cast.center.pk,
        agency_id=cast.justice.pk,
        payer_name="Trần Thị Lan",
        actor=cast.actor("minh"),
        at=AT,
    )
    assert made is not None
    return made


def a_book(cast: Cast) -> None:
    words: dict[str, Any] = {"template_no": "01BLP0-001", "serial": "AA-21T", "first_no": 1, "last_no": 9}
    open_book(office_id=cast.center.pk, valid_from=date(2021, 1, 1), actor=SYSTEM, **words)


def paid(cast: Cast) -> Bill:
    a_book(cast)
    bill = a_bill(cast)
    paying.pay(bill.pk, Taking("cash", "R1"), counter_id=cast.center.pk, actor=cast.actor("minh"), at=AT)
    return Bill.objects.get(pk=bill.pk)


KINDS = st.tuples(st.integers(1, 3), st.sampled_from(list(EntryKind)), st.integers(1, 1_000))


@given(st.lists(KINDS))
def test_the_state_of_a_bill_is_a_fold_that_does_not_ask_for_the_order(
    entries: list[tuple[int, EntryKind, int]],
) -> None:
    assert fold(entries).state == fold(reversed(entries)).state
    total = fold(entries).total
    assert total.outstanding == sum(
        amount * (1 if kind in ("charged", "refunded") else -1) for _line, kind, amount in entries
    )


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ([("charged", 5)], BillState.UNPAID),
        ([("charged", 5), ("paid", 2)], BillState.PARTLY),
        ([("charged", 5), ("paid", 5)], BillState.PAID),
        ([("charged", 5), ("reduced", 2), ("paid", 3)], BillState.PAID),
        ([("charged", 5), ("exempted", 5)], BillState.FREE),
        ([("charged", 5), ("reduced", 5)], BillState.FREE),
        ([("charged", 5), ("cancelled", 5)], BillState.CANCELLED),
        ([("charged", 5), ("paid", 5), ("cancelled", 5)], BillState.REFUND_DUE),
        ([("charged", 5), ("paid", 5), ("cancelled", 5), ("refunded", 4)], BillState.REFUND_DUE),
        ([("charged", 5), ("paid", 5), ("cancelled", 5), ("refunded", 5)], BillState.REFUNDED),
        ([("charged", 5), ("paid", 5), ("refunded", 5)], BillState.UNPAID),
    ],
)
def test_what_a_ledger_comes_to(entries: list[tuple[str, int]], state: BillState) -> None:
    assert fold((1, kind, amount) for kind, amount in entries).state == state


def test_an_amount_is_a_positive_whole_number_of_dong() -> None:
    assert whole_vnd(1) == 1
    for wrong in (0, -1, 1.0, Decimal(5), "5", True, None, 10**12):
        with pytest.raises(Invalid) as error:
            whole_vnd(wrong)
        assert error.value.code == "bad_amount"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fees_entry SET amount_vnd = amount_vnd + 1",
        "UPDATE fees_entry SET booked_on = booked_on + 1",
        "DELETE FROM fees_entry",
        "UPDATE fees_line SET kind = 'PHI'",
        "DELETE FROM fees_line",
        "UPDATE fees_bill SET holds_back = NOT holds_back",
        "DELETE FROM fees_bill",
        "UPDATE fees_receipt SET amount_vnd = 1",
        "DELETE FROM fees_receipt",
        "UPDATE fees_receiptbook SET given_no = given_no - 1",
        "UPDATE fees_receiptbook SET given_no = given_no + 2",
        "UPDATE fees_receiptbook SET serial = 'X'",
        "DELETE FROM fees_receiptbook",
        *(
            "INSERT INTO fees_entry (bill_id, seq, line_id, kind, amount_vnd, way, at, booked_on, by_name, counter_id,"
            f" reference, basis, proof, reason) SELECT bill_id, 99, line_id, 'charged', {amount}, '', at, booked_on, '',"
            " counter_id, '', '', '', '' FROM fees_entry LIMIT 1"
            for amount in ("0", "-5", "1000.5", "0.0001")
        ),
    ],
)
def test_the_database_refuses_to_bend_the_ledger(cast: Cast, statement: str) -> None:
    paid(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
def test_the_program_refuses_a_fraction_before_the_database_does(cast: Cast) -> None:
    bill = a_bill(cast)
    with pytest.raises(TypeError):
        Entry.objects.filter(bill=bill, amount_vnd=1.5).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        by = writing.hand(cast.actor("minh"), cast.center.pk, AT)
        new = writing.New(Line.objects.get().pk, EntryKind.EXEMPTED, Decimal("0.5"), basis="x")  # type: ignore[arg-type]
        writing.append(*writing.lock(bill.pk), [new], by)


@pytest.mark.django_db
def test_a_fee_of_nothing_makes_no_line_and_no_fees_no_bill(cast: Cast) -> None:
    assert list(a_bill(cast).lines.values_list("kind", "name")) == [("PHI", "Phí")]
    words: dict[str, Any] = {
        "procedure_code": "9.1",
        "channel": 1,
        "counter_id": 1,
        "agency_id": 1,
        "payer_name": "x",
        "at": AT,
    }
    assert billing.issue([Due("PHI", "x", 0)], actor=SYSTEM, **words) is None


@pytest.mark.django_db
def test_the_rule_of_a_procedure_goes_before_the_general_one_and_the_newer_before_the_older(cast: Cast) -> None:
    assert in_force("9.1", 1, date(2021, 11, 1))[0].basis == ""
    set_rule("", due_when="after", holds_back=True, valid_from=date(2021, 1, 1), **WORDS)
    set_rule("9.1", due_when="before", holds_back=True, valid_from=date(2021, 6, 1), **WORDS)
    set_rule("9.1", due_when="before", holds_back=False, valid_from=date(2021, 9, 1), **WORDS)

    def said(day: date) -> tuple[str, bool]:
        terms = in_force("9.1", 1, day)[0]
        return terms.due_when, terms.holds_back

    assert said(date(2021, 5, 31)) == ("after", True)
    assert said(date(2021, 6, 1)) == ("before", True)
    assert said(date(2021, 8, 31)) == ("before", True)
    assert said(date(2021, 9, 1)) == ("before", False)
    with pytest.raises(Invalid):
        set_rule("", due_when="after", holds_back=True, valid_from=date(2022, 1, 1), basis=" ", set_by="Q", at=AT)


@pytest.mark.django_db
def test_a_reduction_is_a_share_or_an_amount_and_never_more_than_the_fee(cast: Cast) -> None:
    days: dict[str, Any] = {"valid_from": date(2021, 1, 1), "valid_to": None}
    set_reduction("Cả", amount_vnd=10**9, **days, **WORDS)
    bill = a_bill(cast)
    assert (bill.state, fold(bill.entries.values_list("line_id", "kind", "amount_vnd")).total.owed) == ("free", 0)
    wrongs: list[dict[str, Any]] = [{}, {"percent": Decimal(5), "amount_vnd": 5}]
    for wrong in wrongs:
        with pytest.raises(Invalid):
            set_reduction("x", **wrong, **days, **WORDS)
    with pytest.raises(DatabaseError), transaction.atomic():
        set_reduction("x", percent=Decimal(101), **days, **WORDS)


@pytest.mark.django_db
def test_half_a_dong_rounds_up() -> None:
    from motcua.fees.money import percent_of

    assert (percent_of(101, Decimal(50)), percent_of(99, Decimal("33.33"))) == (51, 33)
