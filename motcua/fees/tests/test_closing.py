"""The end of a cash day and of a quarter. Law: ND61-2018 22; LKT-2015 40"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.fees import closing, paying
from motcua.fees.closing import close, day_to_close, entries_of_day, open_days
from motcua.fees.models import CashClose, Entry
from motcua.fees.paying import Taking
from motcua.fees.settlement import Quarter, entries_behind, parse_quarter, quarter_of, shares, total
from motcua.fees.tests.test_ledger import a_bill, a_book
from tests.cast import Cast
from tests.world import World, moment

pytestmark = pytest.mark.django_db
DAY = date(2021, 11, 1)
EVENING = moment("2021-11-01 17:00")


def take(cast: Cast, amount: int, at: str = "2021-11-01 09:00", who: str = "minh", way: str = "cash") -> int:
    bill = a_bill(cast, amount)
    words: dict[str, Any] = {"counter_id": cast.center.pk, "actor": cast.actor(who), "at": moment(at)}
    paying.pay(bill.pk, Taking(way, f"R{bill.pk}"), **words)
    return bill.pk


def shut(cast: Cast, counted: dict[int, int], day: date = DAY, reason: str = "", who: str = "minh") -> CashClose:
    at = EVENING if day <= DAY else moment(f"{day} 17:00")
    return close(office_id=cast.center.pk, day=day, counted=counted, reason=reason, actor=cast.actor(who), at=at)


def test_a_day_that_agrees_is_closed_and_signed(world: World) -> None:
    cast = world.cast
    a_book(cast)
    take(cast, 100_000)
    take(cast, 70_000)
    take(cast, 999_000, way="transfer")
    take(cast, 500_000, who="dung")
    made = shut(cast, {100_000: 1, 50_000: 1, 20_000: 1})
    assert (made.expected_vnd, made.counted_vnd, made.difference_vnd) == (170_000, 170_000, 0)
    assert (made.officer, made.signed_at) == (cast.minh, EVENING)
    assert made.counted == {"100000": 1, "50000": 1, "20000": 1}
    assert entries_of_day(cast.center.pk, cast.minh.pk, DAY).count() == 3


def test_a_difference_needs_its_reason(world: World) -> None:
    a_book(world.cast)
    take(world.cast, 100_000)
    with pytest.raises(Invalid) as refused:
        shut(world.cast, {50_000: 1})
    assert (refused.value.code, "reason" in refused.value.fields) == ("difference_needs_reason", True)
    assert shut(world.cast, {50_000: 1}, reason="Thối nhầm").difference_vnd == -50_000


def test_a_day_is_closed_once(world: World) -> None:
    shut(world.cast, {})
    with pytest.raises(Refused, match="đã khoá sổ"):
        shut(world.cast, {})
    for statement in ("UPDATE fees_cashclose SET counted_vnd = 1", "DELETE FROM fees_cashclose"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_money_after_the_close_belongs_to_the_next_day(world: World) -> None:
    cast = world.cast
    a_book(cast)
    take(cast, 100_000)
    shut(cast, {100_000: 1})
    late = take(cast, 20_000, at="2021-11-01 17:30")
    assert set(Entry.objects.filter(bill=late, kind="paid").values_list("booked_on", flat=True)) == {date(2021, 11, 2)}
    other = take(cast, 20_000, at="2021-11-01 17:30", who="dung")
    assert set(Entry.objects.filter(bill=other, kind="paid").values_list("booked_on", flat=True)) == {DAY}
    assert shut(cast, {20_000: 1}, day=date(2021, 11, 2)).expected_vnd == 20_000


def test_days_are_closed_in_their_order_and_not_before_they_come(world: World) -> None:
    cast = world.cast
    a_book(cast)
    take(cast, 100_000)
    take(cast, 30_000, at="2021-11-02 09:00")
    assert [row.day for row in open_days(cast.center.pk, cast.minh.pk)] == [DAY, date(2021, 11, 2)]
    with pytest.raises(Refused, match="Còn ngày 01/11/2021 chưa khoá sổ"):
        shut(cast, {20_000: 1, 10_000: 1}, day=date(2021, 11, 2))
    with pytest.raises(Refused, match="Chưa đến ngày này"):
        close(
            office_id=cast.center.pk, day=date(2021, 11, 3), counted={}, reason="", actor=cast.actor("minh"), at=EVENING
        )
    turn = day_to_close(cast.center.pk, cast.minh.pk, date(2021, 11, 2))
    assert turn is not None and (turn.day, turn.expected_vnd, turn.payments) == (DAY, 100_000, 1)


def test_cash_given_back_is_taken_off(world: World) -> None:
    cast = world.cast
    a_book(cast)
    bill = take(cast, 100_000)
    take(cast, 200_000)
    words: dict[str, Any] = {"counter_id": cast.center.pk, "actor": cast.actor("minh"), "at": EVENING}
    paying.settle(bill, gives_back=True, reason="Rút", **words)
    paying.refund(bill, way="cash", reason="Rút", **words)
    assert shut(cast, {200_000: 1}).expected_vnd == 200_000


def test_only_who_takes_money_there_closes(world: World) -> None:
    with pytest.raises(Forbidden):
        shut(world.cast, {}, who="hoa")


@pytest.mark.parametrize("counted", [{500: 1}, {1_000: -1}, {1_000: 1.5}, {1_000: True}, {1_000: 100_001}])
def test_a_count_that_makes_no_sense_is_refused_at_its_note(counted: dict[int, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        closing.count(counted)
    assert list(refused.value.fields) == [f"n{note}" for note in counted]


def test_the_quarter_is_settled_by_agency_and_kind_and_its_figures_open(world: World) -> None:
    cast = world.cast
    a_book(cast)
    take(cast, 100_000)
    take(cast, 30_000, way="transfer")
    back = take(cast, 50_000)
    words: dict[str, Any] = {"counter_id": cast.center.pk, "actor": cast.actor("minh"), "at": EVENING}
    paying.settle(back, gives_back=True, reason="Rút", **words)
    paying.refund(back, way="cash", reason="Rút", **words)
    take(cast, 7_000, at="2022-01-01 00:00")
    (row,) = shares(Quarter(2021, 4), [cast.center.pk])
    assert (row.agency, row.kind, row.bills) == (cast.justice.name, "PHI", 3)
    assert (row.paid_vnd, row.refunded_vnd, row.net_vnd, row.cash_vnd) == (180_000, 50_000, 130_000, 100_000)
    behind = entries_behind(Quarter(2021, 4), [cast.center.pk], cast.justice.pk, "PHI")
    assert sum(entry.amount_vnd if entry.kind == "paid" else -entry.amount_vnd for entry in behind) == row.net_vnd
    assert total(shares(Quarter(2022, 1), [cast.center.pk]))["net_vnd"] == 7_000
    assert shares(Quarter(2021, 4), [cast.district.pk]) == []


def test_quarters() -> None:
    assert (Quarter(2026, 4).first, Quarter(2026, 4).end) == (date(2026, 10, 1), date(2027, 1, 1))
    assert (Quarter(2026, 1).first, Quarter(2026, 1).end) == (date(2026, 1, 1), date(2026, 4, 1))
    assert [quarter_of(date(2026, month, 1)).number for month in range(1, 13)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]
    assert (parse_quarter("2026-Q3"), Quarter(2026, 1).before()) == (Quarter(2026, 3), Quarter(2025, 4))
    for wrong in ("2026-Q5", "2026", "1999-Q1", "Q1-2026"):
        with pytest.raises(Invalid):
            parse_quarter(wrong)
