"""What the owner must do next: one rule, the same in list, page, tracking and API; who sees it, and what it costs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.acts import ending, financial, supplement, verification
from motcua.dossiers.models import Dossier
from motcua.dossiers.next_step import Need, NextStep, facts_of
from motcua.dossiers.telling import followed
from motcua.dossiers.tests import lives
from motcua.fees.models import Bill
from motcua.ratings.next_steps import PRESSING_MOST, next_step_of, owners_steps, steps_of, waiting_of
from motcua.ratings.tests.voting import vote
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
AT = moment("2021-11-03 16:00")


def said(dossier: Dossier, at: Any = AT) -> NextStep:
    (facts,) = facts_of([dossier.pk])
    found = followed(dossier.submission_no)
    assert found is not None and found.facts == facts, "a page and a list judge by the same facts"
    return next_step_of(facts, at)


def lans(world: World, dossier: Dossier) -> Dossier:
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    return reread(dossier)


def asked(world: World, last_day: date | None = date(2021, 11, 30)) -> Dossier:
    dossier = lans(world, lives.handled(world))
    items = [{"name": "Bản sao căn cước công dân", "why": "Ảnh mờ"}]
    supplement.ask_supplement(
        dossier.pk, items=items, reason="Mờ", actor=world.actor("hoa"), at=moment("2021-11-02 10:00")
    )
    dossier.supplement_requests.update(last_day=last_day)
    return reread(dossier)


def test_an_office_has_it_and_until_when(world: World) -> None:
    waiting, handled = said(lives.submitted(world)), said(lives.handled(world))
    assert waiting.need == handled.need == Need.WAIT and not handled.is_owners
    assert "Trung tâm" in waiting.sentence and waiting.day is not None
    assert "Sở Tư pháp" in handled.sentence and "08/11/2021" in handled.sentence
    late = said(lives.handled(world), moment("2021-11-09 08:00"))
    assert "đã quá ngày hẹn 08/11/2021" in late.sentence and late.need == Need.WAIT


def test_no_officer_is_named(world: World) -> None:
    dossier = lives.handled(world)
    assert dossier.holder == world.cast.hoa
    assert world.cast.hoa.full_name not in said(dossier).sentence


def test_a_supplement_has_its_last_day_and_is_answered_once(world: World) -> None:
    dossier = asked(world)
    step = said(dossier)
    assert (step.need, step.day, step.is_owners) == (Need.SUPPLEMENT, date(2021, 11, 30), True)
    assert "chậm nhất ngày 30/11/2021" in step.sentence
    assert "đã qua" not in said(dossier, moment("2021-11-30 23:00")).sentence, "the last day is inclusive"
    assert "đã qua" in said(dossier, moment("2021-12-01 00:00")).sentence
    dossier.supplement_requests.update(last_day=None)
    assert said(dossier).day is None
    dossier.supplement_requests.update(answered_at=AT)
    answered = said(dossier)
    assert answered.need == Need.WAIT and "đang kiểm tra" in answered.sentence


def test_a_financial_duty_says_where_and_until_when(world: World) -> None:
    dossier = lives.handled(world)
    financial.ask_financial_duty(
        dossier.pk, content="Thuế đất", document_no="12/TB", payee="Kho bạc", amount_vnd=5_000_000,
        pay_by=date(2021, 11, 20), actor=world.actor("hoa"), at=moment("2021-11-02 10:00"),
    )  # fmt: skip
    step = said(dossier)
    assert (step.need, step.day) == (Need.DUTY, date(2021, 11, 20))
    assert "Kho bạc" in step.sentence and "20/11/2021" in step.sentence


def test_a_result_is_collected_as_it_was_asked_for(world: World) -> None:
    dossier = lives.finished(world)
    assert said(dossier).need == Need.COLLECT and "đến Trung tâm" in said(dossier).sentence
    Dossier.objects.filter(pk=dossier.pk).update(return_way="online")
    assert "tải về" in said(dossier).sentence
    Dossier.objects.filter(pk=dossier.pk).update(return_way="post")
    assert said(dossier).need == Need.WAIT and "bưu chính" in said(dossier).sentence


@pytest.mark.parametrize(
    ("state", "due_when", "bill_state", "need"),
    [
        ("handled", "after", "unpaid", Need.WAIT),
        ("handled", "before", "unpaid", Need.FEE),
        ("finished", "after", "unpaid", Need.FEE),
        ("finished", "after", "paid", Need.COLLECT),
        ("submitted", "before", "partly", Need.FEE),
        ("submitted", "after", "unpaid", Need.WAIT),
        ("handled", "after", "refund_due", Need.REFUND),
    ],
)
def test_a_fee_is_asked_for_when_it_is_due(
    world: World, state: str, due_when: str, bill_state: str, need: Need
) -> None:
    dossier = getattr(lives, state)(world)
    bill = Bill.objects.create(
        reference="T1", due_when=due_when, holds_back=True, refund_withdrawn=True, refund_refused=False,
        counter=world.cast.center, agency=world.cast.justice, payer_name="Lan", issued_at=AT, state=bill_state,
    )  # fmt: skip
    Dossier.objects.filter(pk=dossier.pk).update(bill=bill)
    assert said(dossier).need == need


def test_whoever_must_come_to_a_visit_is_told_when_and_where_until_it_began(world: World) -> None:
    dossier = lives.handled(world)
    verification.plan_verification(
        dossier.pk, place="Số 1 Trần Phú", begins_at=moment("2021-11-04 08:00"), ends_at=moment("2021-11-04 09:00"),
        participants="Hoa, Lan", content="Đo đạc", needs_applicant=True, actor=world.actor("hoa"),
        at=moment("2021-11-02 10:00"),
    )  # fmt: skip
    step = said(dossier)
    assert step.need == Need.COME and "08:00 04/11/2021" in step.sentence and "Trần Phú" in step.sentence
    assert said(dossier, moment("2021-11-04 08:01")).need == Need.WAIT


def test_rating_comes_last_and_once(world: World) -> None:
    dossier = ending.withdraw(
        lives.handled(world).pk, reason="Thôi", actor=world.actor("minh"), at=moment("2021-11-02 11:00")
    )
    assert said(dossier).need == Need.RATE and not said(dossier).is_owners
    vote(dossier, at=AT)
    assert said(dossier).need == Need.OVER
    never = ending.withdraw(
        lives.submitted(world).pk, reason="Thôi", actor=world.actor("lan"), at=moment("2021-11-02 11:00")
    )
    assert said(never).need == Need.OVER, "nobody took it up, so there is nothing to rate"


def test_the_nearest_last_day_stands_first_and_only_what_is_theirs(world: World) -> None:
    first, second = asked(world), lans(world, lives.finished(world))
    third = asked(world, date(2021, 11, 4))
    lans(world, lives.handled(world))
    foreign = lives.finished(world)
    with CaptureQueriesContext(connection) as seen:
        found = owners_steps(world.cast.lan.pk, AT)
    assert list(found) == [third.pk, first.pk, second.pk] and len(seen) == 1
    assert foreign.pk not in found and owners_steps(world.cast.bay.pk, AT) == {}
    assert owners_steps(0, AT) == {}
    mine = list(Dossier.objects.filter(owner_account=world.cast.lan).values_list("pk", flat=True))
    assert len(mine) == 4 and waiting_of(steps_of(mine, AT)) == found, "whoever has few is told the same of all"


def test_however_many_dossiers_it_is_two_statements_and_a_bounded_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [asked(world), *(lans(world, lives.finished(world)) for _one in range(3))]
    gone = ending.withdraw(many[0].pk, reason="Thôi", actor=world.actor("minh"), at=moment("2021-11-03 11:00"))
    with CaptureQueriesContext(connection) as seen:
        found = steps_of([one.pk for one in many], AT)
    assert len(seen) == 2 and len(found) == 4 and found[gone.pk][1].need == Need.RATE
    monkeypatch.setattr("motcua.ratings.next_steps.PRESSING_MOST", 2)
    assert len(owners_steps(world.cast.lan.pk, AT)) == 2 and PRESSING_MOST >= 50


def test_a_bent_row_is_still_a_sentence(world: World) -> None:
    """Waiting for a supplement that nobody asked for: an office has it."""
    dossier = lives.handled(world)
    Dossier.objects.filter(pk=dossier.pk).update(state="supplement")
    assert said(dossier).need == Need.WAIT
