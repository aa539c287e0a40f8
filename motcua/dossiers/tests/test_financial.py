"""A financial duty towards another body: told, paid there, proved at the unit; what becomes of the limit.

Law: ND61-2018 19
"""

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import delay, ending, financial
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_words import summary
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.states import NATIONAL_CODE, Act, State
from motcua.dossiers.tests.lives import assigned, handled
from motcua.law.tests.settling import settle_value
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
DUTY: dict[str, Any] = {
    "content": "Lệ phí trước bạ nhà, đất",
    "document_no": "12/TB-CCT",
    "payee": "Chi cục Thuế",
    "amount_vnd": 1_500_000,
    "pay_by": date(2021, 9, 30),
}
PROOF: dict[str, Any] = {"proof_no": "BL 0007", "paid_on": date(2021, 9, 7)}
ASKED, PROVED = moment("2021-09-01 09:00"), moment("2021-09-08 09:00")


def owing(world: World, **changes: Any) -> Dossier:
    """Accepted on Tuesday 31/8/2021 for 5 working days, asked on 1 September; 2 and 3 September are days off."""
    dossier = assigned(world, "2021-08-31 16:10", "2021-09-01 07:30")
    financial.ask_financial_duty(dossier.pk, **{**DUTY, **changes}, actor=world.actor("hoa"), at=ASKED)
    return reread(dossier)


def proved(world: World, dossier: Dossier) -> Dossier:
    financial.record_financial_duty(dossier.pk, **PROOF, actor=world.actor("minh"), at=PROVED)
    return reread(dossier)


def test_ask_financial_duty_stops_the_clock_and_record_lets_it_go_on(world: World) -> None:
    dossier = owing(world)
    assert (dossier.state, dossier.stands_still) == (State.PAYMENT, True)
    assert (dossier.at_office_id, dossier.holder_id) == (world.cast.center.pk, None)
    assert NATIONAL_CODE[State.PAYMENT] == 6
    assert dossier.due_at == moment("2021-09-09 17:00")
    dossier = proved(world, dossier)
    # Three working days stood still (6, 7 and 8 September): the golden vector of a resumption.
    assert (dossier.due_at, dossier.original_due_at) == (moment("2021-09-14 17:00"), moment("2021-09-09 17:00"))
    assert (dossier.state, dossier.stands_still) == (State.PROCESSING, False)
    assert (dossier.at_office_id, dossier.holder_id) == (world.cast.justice.pk, world.cast.hoa.pk)
    duty = dossier.financial_duties.get()
    assert (duty.proof_no, duty.paid_on, duty.recorded_by_id) == ("BL 0007", date(2021, 9, 7), world.cast.minh.pk)
    assert dossier.papers.latest("id").name.endswith("BL 0007")


def test_why_this_date_says_what_was_waited_for(world: World) -> None:
    dossier = owing(world)
    told = summary(story(clock_events_of(dossier)))
    assert "đang tạm dừng (chờ thực hiện nghĩa vụ tài chính)" in told
    told = summary(story(clock_events_of(proved(world, dossier))))
    assert "hẹn trả 17:00 ngày 14/09/2021" in told
    assert "3 ngày tạm dừng (chờ thực hiện nghĩa vụ tài chính)" in told


def test_where_the_regime_says_so_the_clock_runs_on(world: World) -> None:
    settle_value("r1_2018", "pause_on_financial", False, on=date(2021, 8, 31))
    dossier = owing(world)
    assert (dossier.state, dossier.stands_still) == (State.PAYMENT, False)
    assert Dossier.objects.overdue(moment("2021-09-10 08:00")).filter(pk=dossier.pk).exists()
    delay.extend(dossier.pk, new_day=date(2021, 9, 13), reason="Chờ", actor=world.actor("thanh"), at=PROVED)
    assert reread(dossier).state == State.PAYMENT
    assert proved(world, dossier).due_at == moment("2021-09-13 17:00")


def test_rights_of_both_acts(world: World) -> None:
    dossier = handled(world)
    at = moment("2021-11-02 09:00")
    for name in ("minh", "nga", "quang"):
        with pytest.raises(Forbidden):
            financial.ask_financial_duty(dossier.pk, **{**DUTY, "pay_by": None}, actor=world.actor(name), at=at)
    dossier = owing(world)
    with pytest.raises(Forbidden):
        financial.record_financial_duty(dossier.pk, **PROOF, actor=world.actor("hoa"), at=PROVED)
    assert Act.RECORD_FINANCIAL_DUTY in acts_open_to(dossier, world.actor("minh"), PROVED)
    assert Dossier.objects.inbox_of(world.actor("minh")).filter(pk=dossier.pk).exists()
    assert not Dossier.objects.inbox_of(world.actor("hoa")).filter(pk=dossier.pk).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("content", " "),
        ("document_no", ""),
        ("payee", " "),
        ("amount_vnd", 0),
        ("amount_vnd", -5),
        ("pay_by", date(2021, 8, 31)),
    ],
)
def test_what_is_missing_or_wrong_is_said(world: World, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as error:
        owing(world, **{field: value})
    assert list(error.value.fields) == [field]
    assert not Dossier.objects.filter(state=State.PAYMENT).exists()


def test_the_amount_and_the_last_day_may_be_open(world: World) -> None:
    duty = owing(world, amount_vnd=None, pay_by=None).financial_duties.get()
    assert (duty.amount_vnd, duty.pay_by) == (None, None)


@pytest.mark.parametrize(("field", "value"), [("proof_no", "  "), ("paid_on", date(2021, 9, 9))])
def test_a_proof_has_its_number_and_no_day_to_come(world: World, field: str, value: Any) -> None:
    dossier = owing(world)
    with pytest.raises(Invalid) as error:
        financial.record_financial_duty(dossier.pk, **{**PROOF, field: value}, actor=world.actor("minh"), at=PROVED)
    assert list(error.value.fields) == [field]
    assert reread(dossier).state == State.PAYMENT
    assert dossier.financial_duties.get().recorded_at is None


def test_withdraw_and_stop_are_open_and_extend_is_not_while_it_stands_still(world: World) -> None:
    dossier = owing(world)
    with pytest.raises(Refused, match="đang tạm dừng"):
        delay.extend(dossier.pk, new_day=date(2021, 9, 20), reason="Chờ", actor=world.actor("thanh"), at=ASKED)
    assert Act.EXTEND not in acts_open_to(dossier, world.actor("thanh"), ASKED)
    assert Act.STOP in acts_open_to(dossier, world.actor("thanh"), ASKED)
    ending.withdraw(dossier.pk, reason="Đổi ý", actor=world.actor("minh"), at=PROVED)
    assert reread(dossier).state == State.WITHDRAWN


def test_a_second_duty_has_its_own_number(world: World) -> None:
    dossier = proved(world, owing(world))
    later = moment("2021-09-09 09:00")
    financial.ask_financial_duty(dossier.pk, **DUTY, actor=world.actor("hoa"), at=later)
    again = {**PROOF, "paid_on": date(2021, 9, 10)}
    financial.record_financial_duty(dossier.pk, **again, actor=world.actor("minh"), at=moment("2021-09-10 09:00"))
    assert list(dossier.financial_duties.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert reread(dossier).due_at == moment("2021-09-15 17:00")
