"""The gateway's word, in every order and however often: the money is booked once or kept to be given back.

Law: ND61-2018 22
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.dossiers.acts import ending, fees
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.tests.purse import bill_of, pay
from motcua.fees.models import Entry, Receipt, ReceiptBook
from motcua.payments import confirming, protocol
from motcua.payments.checking import check
from motcua.payments.confirming import take
from motcua.payments.gateway import the_gateway
from motcua.payments.giving_back import give_back, to_give_back
from motcua.payments.kinds import OrderState, Through, Verdict
from motcua.payments.models import GivenBack, Money, Order, Outcome, Told
from motcua.payments.ordering import order
from motcua.payments.protocol import Code
from motcua.payments.reconciling import day_of_payments
from motcua.payments.telling import standing
from motcua.payments.tests.server import KEY, PARTNER, Bank, sign
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOW = moment("2021-11-01 09:00")
SOON = moment("2021-11-01 09:05")
LATE = moment("2021-11-01 10:00")


def told(number: str, ref: str = "GD1", amount: str = "150000", state: str = "DA_THANH_TOAN", **more: str) -> Any:
    """A genuine notice."""
    fields = {
        "LoaiBanTin": "XAC_NHAN", "MaDoiTac": PARTNER, "MaThamChieu": number, "TrangThai": state, "SoTien": amount,
        "LoaiTien": "VND", "MaGiaoDich": ref,
    }  # fmt: skip
    return sign({**fields, **more})


def says(fields: dict[str, str], at: Any = SOON) -> str:
    """What we answer to a notice of the gateway."""
    known = the_gateway()
    assert known is not None and known.is_genuine(fields, protocol.NOTICE)
    return take(fields, through=Through.NOTICE, at=at)


def made(dossier: Dossier, at: Any = NOW) -> Order:
    return order(dossier.pk, by=None, at=at)


def test_what_is_paid_is_booked_with_a_receipt_at_once(gateway: Bank, owing: Dossier) -> None:
    asked = made(owing)
    assert (asked.amount_vnd, asked.state) == (150_000, OrderState.OPEN)
    assert says(told(asked.number)) == Code.TAKEN
    receipt = Receipt.objects.get()
    assert (receipt.amount_vnd, str(receipt), receipt.issued_by) == (150_000, "0000001", None)
    assert bill_of(owing).state == "paid"
    event = Event.objects.filter(dossier=owing).latest("seq")
    assert (event.act, event.actor_name, event.data["receipt_no"]) == ("take_fee", "Hệ thống", "0000001")
    asked.refresh_from_db()
    assert (asked.state, asked.next_ask_at) == (OrderState.PAID, None)
    assert standing(owing.bill_id or 0, SOON).is_paid


def test_the_same_word_again_changes_nothing(gateway: Bank, owing: Dossier) -> None:
    asked = made(owing)
    codes = [says(told(asked.number)) for _time in range(3)]
    assert codes == [Code.TAKEN, Code.KNOWN, Code.KNOWN]
    assert (Money.objects.count(), Outcome.objects.count(), Told.objects.count(), Receipt.objects.count()) == (
        1,
        1,
        1,
        1,
    )


def test_out_of_order_a_cancellation_undoes_no_payment_and_a_payment_comes_after_one(
    gateway: Bank, owing: Dossier
) -> None:
    asked = made(owing)
    assert says(told(asked.number, "", state="DA_HUY")) == Code.TAKEN
    assert Order.objects.get().state == OrderState.CANCELLED
    assert says(told(asked.number)) == Code.TAKEN
    assert says(told(asked.number, "", state="THAT_BAI")) == Code.KNOWN
    assert (Order.objects.get().state, bill_of(owing).state) == (OrderState.PAID, "paid")


def test_money_that_comes_after_the_order_expired_counts(gateway: Bank, owing: Dossier) -> None:
    asked = made(owing)
    assert says(told(asked.number, "", state="CHUA_THANH_TOAN"), at=LATE) == Code.TAKEN
    assert Order.objects.get().state == OrderState.EXPIRED
    assert says(told(asked.number), at=LATE) == Code.TAKEN
    assert (Order.objects.get().state, bill_of(owing).state) == (OrderState.PAID, "paid")


@pytest.mark.parametrize(
    ("amount", "currency", "code", "verdict", "back"),
    [
        ("149999", "VND", Code.WRONG_AMOUNT, Verdict.WRONG_AMOUNT, 149_999),
        ("150001", "VND", Code.WRONG_AMOUNT, Verdict.WRONG_AMOUNT, 150_001),
        ("150000", "USD", Code.OTHER_CURRENCY, Verdict.OTHER_CURRENCY, 0),
        ("150000.00", "VND", Code.OTHER_CURRENCY, Verdict.OTHER_CURRENCY, 0),
        ("-150000", "VND", Code.OTHER_CURRENCY, Verdict.OTHER_CURRENCY, 0),
        ("", "", Code.OTHER_CURRENCY, Verdict.OTHER_CURRENCY, 0),
    ],
)
def test_another_amount_or_currency_is_not_booked_and_not_lost(
    gateway: Bank, world: World, owing: Dossier, amount: str, currency: str, code: str, verdict: str, back: int
) -> None:
    asked = made(owing)
    fields = told(asked.number, amount=amount, LoaiTien=currency)
    assert (says(fields), says(fields)) == (code, code)
    outcome = Outcome.objects.get()
    assert (outcome.verdict, outcome.back_vnd, outcome.booked_vnd) == (verdict, back, 0)
    assert (bill_of(owing).state, Receipt.objects.count()) == ("unpaid", 0)
    assert made(owing).number != asked.number, "what is still owed can be paid with another order"
    assert [one.pk for one in to_give_back(world.actor("minh"))] == [outcome.pk]
    assert bool(day_of_payments(SOON.date(), None).differing) == (back == 0), (
        "no number of đồng: shown until it went back"
    )


def test_an_order_that_nobody_made_is_kept_for_the_administrator(gateway: Bank, world: World, owing: Dossier) -> None:
    assert says(told("TT-KHONGCO")) == Code.UNKNOWN_ORDER
    assert says(told("TT-KHONGCO")) == Code.UNKNOWN_ORDER
    assert says(told("TT-KHONGCO", "", state="DA_HUY")) == Code.UNKNOWN_ORDER
    assert Outcome.objects.get().back_vnd == 150_000
    assert [to_give_back(world.actor(name)).count() for name in ("yen", "minh", "dung", "quang", "lan", "nobody")] == [
        1, 0, 0, 0, 0, 0,
    ]  # fmt: skip


def test_what_is_paid_twice_goes_back_once(gateway: Bank, world: World, owing: Dossier) -> None:
    asked = made(owing)
    assert says(told(asked.number)) == Code.TAKEN
    assert says(told(asked.number, "GD2")) == Code.TAKEN, "another transaction for the same order"
    pair = list(Outcome.objects.order_by("id").values_list("verdict", "booked_vnd", "back_vnd"))
    assert pair == [("booked", 150_000, 0), ("nothing_owed", 0, 150_000)]
    assert Entry.objects.filter(kind="paid").count() == 2, "one for each line of the bill, once"
    outcome = Outcome.objects.get(verdict="nothing_owed")
    words: dict[str, Any] = {"way": "transfer", "document": "UNC 12", "reason": "Nộp hai lần", "at": LATE}
    for name in ("lan", "hoa", "hien", "yen", "quang"):
        with pytest.raises(NotThere):
            give_back(outcome.pk, actor=world.actor(name), **words)
    for missing in ("way", "document", "reason"):
        with pytest.raises(Invalid) as wrong:
            give_back(outcome.pk, actor=world.actor("minh"), **{**words, missing: " "})
        assert set(wrong.value.fields) == {missing}
    assert standing(owing.bill_id or 0, LATE).back_vnd == 150_000
    give_back(outcome.pk, actor=world.actor("minh"), **words)
    with pytest.raises(Refused):
        give_back(outcome.pk, actor=world.actor("minh"), **words)
    assert (GivenBack.objects.get().by_name, to_give_back(world.actor("minh")).count()) == ("Phạm Quang Minh", 0)
    assert standing(owing.bill_id or 0, LATE).back_vnd == 0


def test_paid_at_the_counter_meanwhile(gateway: Bank, world: World, owing: Dossier) -> None:
    asked = made(owing)
    pay(world, owing, at="2021-11-01 09:01")
    assert says(told(asked.number)) == Code.TAKEN
    assert Outcome.objects.values_list("verdict", "back_vnd").get() == ("nothing_owed", 150_000)
    with pytest.raises(Refused, match="Không còn khoản nào"):
        made(owing, LATE)


def test_the_dossier_ended_meanwhile(gateway: Bank, world: World, owing: Dossier) -> None:
    asked = made(owing)
    ending.withdraw(owing.pk, reason="Đổi ý", actor=world.actor("lan"), at=moment("2021-11-01 09:01"))
    assert says(told(asked.number)) == Code.TAKEN
    assert Outcome.objects.values_list("verdict", "back_vnd").get() == ("ended", 150_000)
    assert bill_of(owing).state == "cancelled"


def test_what_was_let_off_meanwhile_goes_back_and_the_rest_is_booked(
    gateway: Bank, world: World, owing: Dossier
) -> None:
    from motcua.fees import paying

    asked = made(owing)
    line = bill_of(owing).lines.get(seq=2)
    words = {"basis": "Điều 10", "proof": "Giấy 1", "counter_id": owing.receiving_office_id}
    paying.exempt(owing.bill_id or 0, line_id=line.pk, actor=world.actor("minh"), at=NOW, **words)  # type: ignore[arg-type]
    assert says(told(asked.number)) == Code.TAKEN
    assert Outcome.objects.values_list("verdict", "booked_vnd", "back_vnd").get() == ("booked", 100_000, 50_000)
    assert (Receipt.objects.get().amount_vnd, bill_of(owing).state) == (100_000, "paid")


def test_a_transaction_told_with_two_amounts_is_kept_and_shown(gateway: Bank, owing: Dossier) -> None:
    asked = made(owing)
    assert says(told(asked.number)) == Code.TAKEN
    assert says(told(asked.number, amount="140000")) == Code.CONTRADICTS
    assert (Told.objects.count(), Money.objects.count()) == (2, 1)
    (row,) = day_of_payments(SOON.date(), None).differing
    assert "hai số tiền khác nhau" in row.faults[0]


@pytest.mark.parametrize(
    "fields",
    [
        {"MaThamChieu": ""},
        {"MaThamChieu": "T" * 41},
        {"TrangThai": "XONG"},
        {"MaGiaoDich": ""},
        {"MaGiaoDich": "G" * 41},
    ],
)
def test_a_signed_message_that_says_nothing_is_told_so(gateway: Bank, owing: Dossier, fields: dict[str, str]) -> None:
    assert says(sign({**told("TT-1"), **fields})) == Code.BAD_MESSAGE
    assert Told.objects.count() == 0


@pytest.mark.parametrize("kind", ["TRA_VE", "TRA_LOI", "THANH_TOAN", ""])
def test_one_kind_of_message_never_passes_for_another(gateway: Bank, kind: str) -> None:
    known = the_gateway()
    assert known is not None
    fields = told("TT-1")
    assert known.is_genuine(fields, protocol.NOTICE)
    for bent in (
        sign({**fields, "LoaiBanTin": kind}),
        {**fields, "SoTien": "1"},
        {**fields, "MaXacThuc": ""},
        {**fields, "MaXacThuc": "é"},
        {**fields, "Them": "1"},
        sign(fields, "khoa-khac"),
        sign({**fields, "MaDoiTac": "KHAC"}),
        {name: value for name, value in fields.items() if name != "TrangThai"},
    ):
        assert not known.is_genuine(bent, protocol.NOTICE)
    assert not protocol.is_genuine(sign(fields, ""), "", PARTNER, protocol.NOTICE), "without a key nothing is genuine"
    assert KEY not in repr(Told.objects.all())


def test_without_a_gateway_or_a_book_nothing_is_paid_online(gateway: Bank, settings: Any, owing: Dossier) -> None:
    ReceiptBook.objects.update(closed_on=NOW.date())
    with pytest.raises(Refused, match="quyển biên lai"):
        made(owing)
    for name in ("PAYMENT_ADDRESS", "PAYMENT_QUERY_ADDRESS", "PAYMENT_PARTNER", "PAYMENT_KEY"):
        kept = getattr(settings, name)
        setattr(settings, name, "")
        assert the_gateway() is None
        with pytest.raises(Refused, match="chưa nhận thanh toán trực tuyến"):
            made(owing)
        setattr(settings, name, kept)


def test_money_is_booked_where_the_last_number_of_the_book_went_meanwhile(gateway: Bank, owing: Dossier) -> None:
    asked = made(owing)
    ReceiptBook.objects.update(closed_on=NOW.date())
    assert says(told(asked.number)) == Code.TAKEN
    assert (bill_of(owing).state, Outcome.objects.get().receipt) == ("paid", None)
    (row,) = day_of_payments(SOON.date(), None).differing
    assert row.faults == ["Chưa có biên lai"]


def test_a_second_click_and_another_tab_get_the_same_order(gateway: Bank, owing: Dossier) -> None:
    first = made(owing)
    assert made(owing, SOON).pk == first.pk
    assert made(owing, moment("2021-11-01 09:14:30")).pk != first.pk, "too little of it is left"


def test_a_receipt_of_an_online_payment_is_not_cancelled_by_hand(gateway: Bank, world: World, owing: Dossier) -> None:
    says(told(made(owing).number))
    with pytest.raises(Refused, match="không huỷ được"):
        fees.cancel_receipt(
            owing.pk, receipt_id=Receipt.objects.get().pk, reason="Sai", actor=world.actor("minh"), at=LATE
        )


def test_money_that_was_cut_off_is_decided_later(
    gateway: Bank, owing: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = made(owing)

    def cut(*_args: object, **_words: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(confirming, "settle", cut)
        says(told(asked.number))
    assert (Money.objects.count(), Outcome.objects.count()) == (1, 0)
    assert day_of_payments(SOON.date(), None).differing[0].faults == ["Chưa xử lý xong: hệ thống sẽ làm tiếp"]
    assert check(lambda: SOON)["settled"] == 1
    assert bill_of(owing).state == "paid"
    assert (check(lambda: LATE)["settled"], Outcome.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_order SET amount_vnd = amount_vnd + 1",
        "UPDATE payments_order SET bill_id = bill_id + 1",
        "UPDATE payments_order SET state = 'open'",
        "UPDATE payments_order SET expires_at = expires_at + interval '1 day'",
        "DELETE FROM payments_order",
        "UPDATE payments_told SET said = '1 VND'",
        "DELETE FROM payments_told",
        "UPDATE payments_money SET amount_vnd = 1",
        "DELETE FROM payments_money",
        "UPDATE payments_outcome SET back_vnd = 0, booked_vnd = 1",
        "DELETE FROM payments_outcome",
        "INSERT INTO payments_money (gateway_ref, number, amount_vnd, said, told_at) VALUES ('x', 'y', 0.5, '', now())",
    ],
)
def test_the_database_refuses_to_bend_a_payment(gateway: Bank, owing: Dossier, statement: str) -> None:
    says(told(made(owing).number))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
