"""What stands still, is ended, is given at once or gets time back: counted, printed and audited like everything else."""

from datetime import date

import pytest

from motcua.dossiers.acts import decision, delay, ending, financial, supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.outages import apply_all
from motcua.dossiers.tests import test_at_once, test_financial, test_outages, test_supplement_again, test_unanswered
from motcua.dossiers.tests.lives import assigned, handled
from motcua.forms.catalogue import Kind as Paper
from motcua.forms.facts import write
from motcua.forms.sources import Source
from motcua.law.tests.settling import settle_value
from motcua.reports import month
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from motcua.reports.behind import behind
from motcua.reports.measures import Figures
from motcua.reports.periods import between, parse_period
from motcua.reports.scope import Scope, scope_for
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
SEPTEMBER = between(date(2021, 9, 1), date(2021, 9, 30))
NOVEMBER = parse_period("2021-11")


def asked_again(world: World) -> Dossier:
    """A leader asked a second time."""
    settle_value("r1_2018", "supplement_override", "leader", on=date(2021, 11, 1))
    dossier = test_supplement_again.asked_once(world)
    thanh, at = world.actor("thanh"), test_supplement_again.AT
    supplement.ask_supplement_again(dossier.pk, **test_supplement_again.WORDS, actor=thanh, at=at)
    return dossier


def september() -> Figures:
    return month.report(SEPTEMBER, Scope(), "office").total


def test_a_request_beyond_the_law_is_counted_and_listed(world: World) -> None:
    dossier = asked_again(world)
    handled(world)
    scope = scope_for(world.actor("quang"), date(2021, 11, 30))
    assert month.report(NOVEMBER, scope, "office").total["asked_beyond"] == 1
    assert [one.dossier_id for one in behind(NOVEMBER, scope, "asked_beyond").members] == [dossier.pk]
    assert audit().findings == []


@pytest.mark.parametrize(
    ("wait", "deadline"),
    [(5, "Trong 05 ngày làm việc kể từ ngày của phiếu này, chậm nhất ngày 10/09/2021"), (None, "")],
)
def test_form_02_tells_the_last_day(world: World, wait: int | None, deadline: str) -> None:
    source = Source(test_unanswered.asked(world, wait))
    paper = next(one for one in source.papers() if one.kind == Paper.SUPPLEMENT)
    assert write(source, paper, "http://testserver").facts["deadline"] == deadline


def test_whoever_is_not_answered_is_stopped_in_the_report_and_the_audit_agrees(world: World) -> None:
    dossier = test_unanswered.asked(world)
    thanh = world.actor("thanh")
    ending.end_unanswered(dossier.pk, **test_unanswered.WORDS, actor=thanh, at=moment("2021-09-11 08:00"))
    assert (september()["stopped"], september()["open"]) == (1, 0)
    assert audit().findings == []


def test_the_end_gives_form_05_where_the_regime_has_one(world: World) -> None:
    settle_value("r3_2025", "supplement_wait_days", 5, on=date(2025, 9, 16))
    on = date(2025, 10, 1)
    dossier = assigned(world, "2025-10-01 08:00", "2025-10-01 09:00")
    hoa, thanh = world.actor("hoa", on), world.actor("thanh", on)
    items = test_unanswered.ITEMS
    supplement.ask_supplement(dossier.pk, items=items, reason="Mờ", actor=hoa, at=moment("2025-10-02 09:00"))
    ending.end_unanswered(dossier.pk, **test_unanswered.WORDS, actor=thanh, at=moment("2025-10-15 09:00"))
    source = Source(reread(dossier))
    paper = next(one for one in source.papers() if one.kind == Paper.STOP)
    assert (paper.form.no, write(source, paper, "http://testserver").facts["reason"]) == ("05", "Không bổ sung")


def test_a_financial_duty_is_open_within_unless_it_was_late_before(world: World) -> None:
    """Long after its day, because the clock stands still."""
    dossier = test_financial.owing(world)
    late = assigned(world, "2021-08-20 08:00", "2021-08-20 09:00")
    financial.ask_financial_duty(late.pk, **test_financial.DUTY, actor=world.actor("hoa"), at=test_financial.ASKED)
    total = september()
    assert (total["open_within"], total["open_late"], total["waiting_supplement"]) == (1, 1, 0)
    assert total["carried_over"] == total["total"] == 2
    assert [one.dossier_id for one in behind(SEPTEMBER, Scope(), "open_late").members] == [late.pk]
    test_financial.proved(world, dossier)
    assert (september()["open_within"], september()["open_late"]) == (0, 2)
    assert audit().findings == []


def test_a_duty_whose_clock_runs_on_is_audited_too(world: World) -> None:
    settle_value("r1_2018", "pause_on_financial", False, on=date(2021, 8, 31))
    dossier = test_financial.owing(world)
    thanh, at = world.actor("thanh"), test_financial.PROVED
    delay.extend(dossier.pk, new_day=date(2021, 9, 13), reason="Chờ", actor=thanh, at=at)
    assert september()["open_late"] == 1
    ending.withdraw(dossier.pk, reason="Đổi ý", actor=world.actor("minh"), at=at)
    assert september()["withdrawn"] == 1
    assert audit().findings == []


def test_the_audit_finds_a_duty_that_is_gone(world: World) -> None:
    test_financial.owing(world).financial_duties.all().delete()
    assert [finding.kind for finding in audit().findings] == [Kind.COUNTERS]


def test_what_is_given_at_once_is_accepted_and_resolved_on_time(world: World) -> None:
    test_at_once.given(world)
    total = month.report(NOVEMBER, Scope(), "office").total
    assert (total["new_counter"], total["resolved_on_time"], total["returned_counter"]) == (1, 1, 1)
    assert total["total"] == total["resolved"]
    assert audit().findings == []


def test_an_outage_makes_nobody_late_and_the_audit_agrees(world: World) -> None:
    dossier = test_outages.running(world)
    test_outages.approved()
    apply_all(test_outages.AT)
    assert reread(dossier).due_at == moment("2021-09-14 17:00")
    within = month.report(between(date(2021, 9, 1), date(2021, 9, 13)), Scope(), "office").total
    assert (within["open_within"], within["open_late"]) == (1, 0)
    assert audit().findings == []


def test_an_immediate_result_that_is_only_accepted_is_open(world: World) -> None:
    dossier = test_at_once.accepted(world)
    assert month.report(NOVEMBER, Scope(), "office").total["open"] == 1
    decision.give_at_once(dossier.pk, actor=world.actor("tuan"), at=test_at_once.AT)
    assert month.report(NOVEMBER, Scope(), "office").total["open"] == 0
