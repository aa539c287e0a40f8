"""What a dossier costs, when it has to be paid, and what becomes of the money when it ends.

Law: ND61-2018 22; LPLP-2015 10
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import decision, ending, fees, handover, processing, reception, submission
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.states import Act, State
from motcua.dossiers.tests.purse import MORNING, bill_of, book, paid_procedure, pay, rule, taken_in
from motcua.fees.ledger import fold
from motcua.fees.models import Bill, Entry, Receipt, ReceiptCancellation
from motcua.fees.paying import Taking
from motcua.fees.rules import set_reduction
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
LATER = moment("2021-11-02 09:00")


def entries(dossier: Dossier) -> list[tuple[str, int]]:
    return list(Entry.objects.filter(bill__dossiers=dossier.pk).values_list("kind", "amount_vnd"))


def finished(world: World, dossier: Dossier) -> Dossier:
    processing.forward(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-01 09:00"))
    processing.forward(dossier.pk, actor=world.actor("thanh"), at=moment("2021-11-01 10:00"))
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-02 10:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-03 10:00"))
    return decision.finish(dossier.pk, number="1", actor=world.actor("nga"), at=moment("2021-11-03 15:00"))


def test_the_fee_is_fixed_as_the_dossier_comes_in_phi_and_le_phi_apart(world: World) -> None:
    dossier = taken_in(world, paid_procedure())
    bill = bill_of(dossier)
    assert list(bill.lines.values_list("kind", "name")) == [("PHI", "Phí thẩm định"), ("LE_PHI", "Lệ phí cấp giấy")]
    assert entries(dossier) == [("charged", 100_000), ("charged", 50_000)]
    assert (bill.state, bill.agency, bill.counter) == ("unpaid", world.cast.justice, world.cast.center)
    assert reread(dossier).fee_vnd == 150_000


def test_a_dossier_without_a_fee_asks_no_statement_of_money(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        dossier = reception.take_in(world.intake(), actor=world.actor("minh"), at=moment(MORNING))
    assert dossier.bill_id is None
    assert [
        query["sql"] for query in asked if "fees_" in query["sql"] and "INSERT INTO dossiers" not in query["sql"]
    ] == []


def test_a_bill_costs_two_statements(world: World) -> None:
    case = paid_procedure()
    taken_in(world, case)
    with CaptureQueriesContext(connection) as asked:
        taken_in(world, case)
    assert len([query for query in asked if '"fees_' in query["sql"] or " fees_" in query["sql"]]) == 2


def test_a_reduction_for_online_submission_is_an_entry_with_its_basis(world: World) -> None:
    case = paid_procedure()
    words: dict[str, Any] = {"basis": "TT 117/2026/TT-BTC", "set_by": "Quang", "at": moment("2021-01-01 08:00")}
    days: dict[str, Any] = {"valid_from": date(2021, 10, 1), "valid_to": date(2021, 12, 1)}
    set_reduction("Nộp trực tuyến", percent=Decimal("33.33"), kinds=["PHI"], channels=[2], **days, **words)
    set_reduction("Ít hơn", amount_vnd=1, channels=[2], **days, **words)
    online = submission.submit(world.online(case_id=case.pk, papers=()), actor=world.actor("lan"), at=moment(MORNING))
    assert entries(online) == [("charged", 100_000), ("reduced", 33_330), ("charged", 50_000), ("reduced", 1)]
    assert (
        Entry.objects.filter(bill__dossiers=online.pk, amount_vnd=33_330).get().basis
        == "Nộp trực tuyến: TT 117/2026/TT-BTC"
    )
    assert entries(taken_in(world, case)) == [("charged", 100_000), ("charged", 50_000)]
    after = submission.submit(
        world.online(case_id=case.pk, papers=()), actor=world.actor("lan"), at=moment("2021-12-01 00:00")
    )
    assert entries(after) == [("charged", 100_000), ("charged", 50_000)]


def test_a_fee_due_before_must_be_paid_before_acceptance(world: World) -> None:
    case = paid_procedure()
    rule("before")
    book(world)
    with pytest.raises(Refused) as refused:
        taken_in(world, case)
    assert (refused.value.code, Dossier.objects.count(), Bill.objects.count()) == ("fee_unpaid", 0, 0)
    paid = taken_in(world, case, fee=Taking("cash", "quay-1"))
    assert (paid.state, bill_of(paid).state) == (State.ACCEPTED, "paid")
    online = submission.submit(world.online(case_id=case.pk, papers=()), actor=world.actor("lan"), at=moment(MORNING))
    with pytest.raises(Refused, match="thu trước khi tiếp nhận"):
        reception.accept(online.pk, actor=world.actor("minh"), at=moment("2021-11-01 09:00"))
    assert Act.ACCEPT not in acts_open_to(reread(online), world.actor("minh"), LATER)
    pay(world, online)
    assert reception.accept(online.pk, actor=world.actor("minh"), at=moment("2021-11-01 09:00")).code


def test_a_fee_due_after_must_be_paid_before_the_result_goes_back(world: World) -> None:
    rule("after")
    book(world)
    dossier = finished(world, taken_in(world, paid_procedure()))
    with pytest.raises(Refused, match="thu trước khi trả kết quả"):
        handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment("2021-11-04 08:00"))
    pay(world, dossier, at="2021-11-04 08:00")
    handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment("2021-11-04 08:01"))
    assert reread(dossier).state == State.RETURNED


def test_without_a_rule_of_the_province_nothing_is_held_back(world: World) -> None:
    dossier = finished(world, taken_in(world, paid_procedure()))
    handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment("2021-11-04 08:00"))
    assert (reread(dossier).state, bill_of(dossier).state) == (State.RETURNED, "unpaid")


def test_cash_is_taken_with_a_receipt_and_an_event(world: World) -> None:
    book(world)
    dossier = pay(world, taken_in(world, paid_procedure()))
    receipt = Receipt.objects.get()
    assert (str(receipt), receipt.amount_vnd, receipt.payer_name) == ("0000001", 150_000, "Trần Thị Lan")
    assert entries(dossier)[2:] == [("paid", 100_000), ("paid", 50_000)]
    event = Event.objects.filter(dossier=dossier).latest("seq")
    assert (event.act, event.from_state, event.to_state) == ("take_fee", "accepted", "accepted")
    assert event.data == {
        "way": "cash", "reference": f"R-{dossier.pk}", "receipt": receipt.pk, "receipt_no": "0000001", "amount_vnd": 150_000,
    }  # fmt: skip


def test_a_payment_told_twice_is_recorded_once(world: World) -> None:
    book(world)
    dossier = taken_in(world, paid_procedure())
    pay(world, dossier)
    again = pay(world, dossier, at="2021-11-01 08:06")
    assert (Receipt.objects.count(), again.last_seq) == (1, reread(dossier).last_seq)
    assert Event.objects.filter(dossier=dossier, act="take_fee").count() == 1


def test_a_second_payment_is_refused_with_its_sentence(world: World) -> None:
    book(world)
    dossier = taken_in(world, paid_procedure())
    pay(world, dossier)
    with pytest.raises(Refused, match="Không còn khoản nào phải nộp"):
        fees.take_fee(dossier.pk, way="cash", reference="khác", actor=world.actor("minh"), at=LATER)


@pytest.mark.parametrize("amount", [0, -1, 149_999, 150_001, 150_000.5, Decimal("150000.5"), True, 10**12])
def test_a_wrong_amount_is_refused_with_its_sentence(world: World, amount: object) -> None:
    book(world)
    dossier = taken_in(world, paid_procedure())
    with pytest.raises(Invalid) as refused:
        pay(world, dossier, amount_vnd=amount)
    assert "Số tiền phải" in str(refused.value.fields["amount_vnd"])
    assert Receipt.objects.count() == 0


def test_a_counter_without_a_book_of_receipts_takes_no_cash(world: World) -> None:
    dossier = taken_in(world, paid_procedure())
    with pytest.raises(Refused, match="chưa có quyển biên lai"):
        pay(world, dossier)
    assert bill_of(dossier).state == "unpaid"
    assert bill_of(pay(world, dossier, way="gateway", reference="PG-1")).state == "paid"


def test_an_exemption_needs_its_basis_and_a_proof(world: World) -> None:
    dossier = taken_in(world, paid_procedure())
    minh = world.actor("minh")
    with pytest.raises(Invalid) as refused:
        fees.exempt_fee(dossier.pk, basis=" ", proof="", actor=minh, at=LATER)
    assert set(refused.value.fields) == {"basis", "proof"}
    fees.exempt_fee(
        dossier.pk, basis="Điều 10 Luật Phí và lệ phí", proof="Giấy xác nhận hộ nghèo 12", actor=minh, at=LATER
    )
    assert (bill_of(dossier).state, entries(dossier)[2:]) == ("free", [("exempted", 100_000), ("exempted", 50_000)])
    with pytest.raises(Refused):
        fees.exempt_fee(dossier.pk, basis="x", proof="y", actor=minh, at=LATER)


def test_a_fee_that_the_catalogue_leaves_open_is_said_by_a_person_with_a_basis(world: World) -> None:
    dossier = taken_in(world, paid_procedure(fees_of=(("PHI", None, "theo biểu"),)))
    minh = world.actor("minh")
    assert (dossier.bill_id, dossier.fee_vnd) == (None, None)
    assert Act.CHARGE_FEE in acts_open_to(dossier, minh, LATER)
    with pytest.raises(Invalid):
        fees.charge_fee(dossier.pk, lines=[("PHI", "Phí", 20_000)], basis="", actor=minh, at=LATER)
    with pytest.raises(Invalid):
        fees.charge_fee(dossier.pk, lines=[("PHI", "Phí", -5)], basis="NQ 12", actor=minh, at=LATER)
    fees.charge_fee(dossier.pk, lines=[("PHI", "Phí", 20_000)], basis="NQ 12", actor=minh, at=LATER)
    assert (reread(dossier).fee_vnd, entries(dossier)) == (20_000, [("charged", 20_000)])
    with pytest.raises(Refused, match="đã được xác định"):
        fees.charge_fee(dossier.pk, lines=[("PHI", "Phí", 20_000)], basis="NQ 12", actor=minh, at=LATER)


def test_only_the_unit_that_received_takes_money(world: World) -> None:
    book(world)
    dossier = taken_in(world, paid_procedure())
    with pytest.raises(Forbidden):
        pay(world, dossier, who="hoa")


def test_refused_at_intake_everything_goes_back(world: World) -> None:
    book(world)
    case = paid_procedure()
    minh = world.actor("minh")
    paid = submission.submit(world.online(case_id=case.pk, papers=()), actor=world.actor("lan"), at=moment(MORNING))
    pay(world, paid)
    reception.refuse_intake(paid.pk, reason="Sai", basis="Điều 17", actor=minh, at=LATER)
    assert bill_of(paid).state == "refund_due"
    with pytest.raises(Invalid, match="quá số phải hoàn"):
        fees.refund_fee(paid.pk, way="cash", reason="Từ chối", amount_vnd=150_001, actor=minh, at=LATER)
    with pytest.raises(Invalid):
        fees.refund_fee(paid.pk, way="cash", reason="", actor=minh, at=LATER)
    fees.refund_fee(paid.pk, way="cash", reason="Từ chối tiếp nhận", amount_vnd=120_000, actor=minh, at=LATER)
    assert bill_of(paid).state == "refund_due"
    fees.refund_fee(paid.pk, way="cash", reason="Từ chối tiếp nhận", actor=minh, at=LATER)
    assert (bill_of(paid).state, reread(paid).state) == ("refunded", State.REFUSED)
    with pytest.raises(Refused, match="Không có khoản nào phải hoàn"):
        fees.refund_fee(paid.pk, way="cash", reason="nữa", actor=minh, at=LATER)
    assert sum(amount for kind, amount in entries(paid) if kind == "refunded") == 150_000


@pytest.mark.parametrize(("gives_back", "state"), [(True, "refund_due"), (False, "paid")])
def test_withdrawn_after_acceptance_the_rule_of_the_procedure_decides(
    world: World, gives_back: bool, state: str
) -> None:
    rule("after", refund_withdrawn=gives_back)
    book(world)
    case = paid_procedure()
    paid, unpaid = pay(world, taken_in(world, case)), taken_in(world, case)
    for dossier in (paid, unpaid):
        ending.withdraw(dossier.pk, reason="Đổi ý", actor=world.actor("minh"), at=LATER)
    assert (bill_of(paid).state, bill_of(unpaid).state) == (state, "cancelled")


@pytest.mark.parametrize(("gives_back", "state"), [(True, "refund_due"), (False, "paid")])
def test_refused_after_appraisal_the_rule_of_the_procedure_decides(world: World, gives_back: bool, state: str) -> None:
    rule("after", code="9.000010", refund_refused=gives_back)
    rule("before", refund_refused=not gives_back)
    book(world)
    dossier = pay(world, taken_in(world, paid_procedure()))
    processing.forward(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-01 09:00"))
    processing.forward(dossier.pk, actor=world.actor("thanh"), at=moment("2021-11-01 10:00"))
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-02 10:00"))
    decision.refuse_result(
        dossier.pk, reason="Không đủ", basis="Điều 5", actor=world.actor("tuan"), at=moment("2021-11-03 10:00")
    )
    assert bill_of(dossier).state == state


def test_a_receipt_written_in_error_stays_marked_and_the_fee_is_owed_again(world: World) -> None:
    book(world)
    dossier = pay(world, taken_in(world, paid_procedure()))
    wrong = Receipt.objects.get()
    minh = world.actor("minh")
    with pytest.raises(Invalid):
        fees.cancel_receipt(dossier.pk, receipt_id=wrong.pk, reason="", actor=minh, at=LATER)
    fees.cancel_receipt(dossier.pk, receipt_id=wrong.pk, reason="Ghi sai tên", actor=minh, at=LATER)
    assert ReceiptCancellation.objects.get().receipt == wrong
    assert bill_of(dossier).state == "unpaid"
    pay(world, dossier, at="2021-11-02 09:05", reference="R2", payer_name="Trần Văn Bình")
    assert list(Receipt.objects.values_list("number", "payer_name")) == [(1, "Trần Thị Lan"), (2, "Trần Văn Bình")]
    bill = bill_of(dossier)
    assert fold(bill.entries.values_list("line_id", "kind", "amount_vnd")).state == bill.state == "paid"
    with pytest.raises(Refused, match="đã huỷ"):
        fees.cancel_receipt(dossier.pk, receipt_id=wrong.pk, reason="lại", actor=minh, at=LATER)


def test_a_replay_gets_no_bill(world: World) -> None:
    case = paid_procedure()
    intake = world.intake(case, origin="replay", competent_office_id=world.cast.justice.pk)
    dossier = reception.take_in(intake, actor=world.actor("minh"), at=moment(MORNING))
    assert (dossier.bill_id, dossier.fee_vnd) == (None, 150_000)
