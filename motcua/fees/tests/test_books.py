"""Books of receipts: opened and closed by who heads the counter, held by one officer or shared, without a hole.

Law: ND123-2020 30
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.fees import paying, receipts
from motcua.fees.books import books_of, close_book, following, open_book
from motcua.fees.models import Receipt, ReceiptBook
from motcua.fees.paying import Taking
from motcua.fees.tests.test_ledger import a_bill
from motcua.offices.actors import SYSTEM
from tests.cast import Cast
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-02 08:00")


def opened(cast: Cast, who: str = "dung", **changes: Any) -> ReceiptBook:
    words: dict[str, Any] = {
        "office_id": cast.center.pk, "template_no": "01BLP0-001", "serial": "AA-21T", "first_no": 1, "last_no": 100,
        "valid_from": date(2021, 11, 1),
    }  # fmt: skip
    return open_book(**{**words, **changes}, actor=cast.actor(who))


def take(cast: Cast, who: str = "minh", at: str = "2021-11-01 08:05") -> Receipt:
    """Somebody takes 100.000 đồng in cash."""
    bill = a_bill(cast, 100_000)
    words: dict[str, Any] = {"counter_id": cast.center.pk, "actor": cast.actor(who), "at": moment(at)}
    paying.pay(bill.pk, Taking("cash", f"R{bill.pk}"), **words)
    return Receipt.objects.get(bill=bill)


def test_who_heads_the_counter_opens_and_closes(world: World) -> None:
    cast = world.cast
    made = opened(cast)
    assert (made.opened_by, made.used, made.left) == (cast.dung, 0, 100)
    for who in ("minh", "tuan", "lan"):
        with pytest.raises(Forbidden):
            opened(cast, who, serial="AB-21T")
        with pytest.raises(Forbidden):
            close_book(made.pk, actor=cast.actor(who), at=AT)
    closed = close_book(made.pk, actor=cast.actor("dung"), at=AT)
    assert (closed.closed_on, closed.closed_by) == (date(2021, 11, 2), cast.dung)
    with pytest.raises(Refused, match="đã đóng"):
        close_book(made.pk, actor=cast.actor("dung"), at=AT)
    with pytest.raises(NotThere):
        close_book(0, actor=cast.actor("dung"), at=AT)


def test_from_a_closed_book_nobody_writes(world: World) -> None:
    made = opened(world.cast)
    take(world.cast)
    close_book(made.pk, actor=world.actor("dung"), at=moment("2021-11-01 09:00"))
    with pytest.raises(Refused, match="chưa có quyển biên lai"):
        take(world.cast, at="2021-11-01 09:05")
    assert Receipt.objects.count() == 1


def test_a_held_book_is_its_holder_s_and_comes_first(world: World) -> None:
    cast = world.cast
    opened(cast)
    opened(cast, serial="AM-21T", holder_id=cast.minh.pk)
    for who in ("minh", "dung", "minh"):
        take(cast, who)
    written = Receipt.objects.order_by("at", "id").values_list("book__serial", "number", "issued_by__login")
    assert sorted(written) == [("AA-21T", 1, "dung"), ("AM-21T", 1, "minh"), ("AM-21T", 2, "minh")]


def test_who_takes_no_money_there_holds_no_book(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        opened(world.cast, holder_id=world.cast.hoa.pk)
    assert "holder" in refused.value.fields


@pytest.mark.parametrize(("first", "last"), [(100, 200), (1, 1), (50, 60)])
def test_no_number_of_a_serial_is_in_two_books(world: World, first: int, last: int) -> None:
    opened(world.cast)
    with pytest.raises(Invalid, match="Chưa mở được"):
        opened(world.cast, first_no=first, last_no=last)
    assert opened(world.cast, first_no=101, last_no=200).left == 100


def test_the_next_book_goes_on_where_the_last_ends(world: World) -> None:
    assert following(world.cast.center.pk) == {}
    opened(world.cast)
    expected = {"template_no": "01BLP0-001", "serial": "AA-21T", "first_no": 101, "last_no": 200}
    assert following(world.cast.center.pk) == expected
    # Another counter has the numbers after it.
    open_book(**{**expected, "office_id": world.cast.commune.pk, "valid_from": date(2021, 11, 1)}, actor=SYSTEM)  # type: ignore[arg-type]
    assert following(world.cast.center.pk)["first_no"] == 201


def test_the_list_says_used_cancelled_and_left(world: World) -> None:
    opened(world.cast, last_no=10)
    written = [take(world.cast) for _n in range(3)]
    receipts.cancel(written[1], reason="Ghi nhầm", actor=world.actor("minh"), at=AT)
    [row] = books_of({world.cast.center.pk})
    assert (row.used, row.cancelled, row.left) == (3, 1, 7)  # type: ignore[attr-defined]
    assert list(row.receipts.values_list("number", flat=True)) == [1, 2, 3]


def test_the_database_lets_nobody_change_whose_book_it_is(world: World) -> None:
    made = opened(world.cast)
    for change in ({"holder": world.cast.minh}, {"first_no": 2}, {"given_no": 5}, {"closed_by": world.cast.dung}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ReceiptBook.objects.filter(pk=made.pk).update(**change)
