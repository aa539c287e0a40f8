"""Errors that are corrected later: past months keep their figures, each correction is counted, the audit stays clean."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from motcua.dossiers.acts import correction, decision, ending, handover, processing, supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.lives import finished, handled
from motcua.dossiers.tests.wrongs import corrected, proposed, redated, reopened, returned
from motcua.law.tests.settling import settle_value
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from motcua.reports.behind import behind
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER, JANUARY = (parse_period(key) for key in ("2021-11", "2021-12", "2022-01"))


def told(period: object) -> dict[str, int]:
    return {key: count for key, count in report(period, Scope()).total.items() if count}  # type: ignore[arg-type]


def to_the_end(world: World, dossier: Dossier) -> None:
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-12-30 09:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-12-30 10:00"))
    decision.finish(dossier.pk, number="13/GP-STP", actor=world.actor("nga"), at=moment("2022-01-04 11:00"))
    handover.hand_over(
        dossier.pk, way="post", parcel_no="EA1VN", actor=world.actor("minh"), at=moment("2022-01-05 08:00")
    )


def test_the_figures_of_a_month_are_the_same_before_and_after_a_reopening(world: World) -> None:
    dossier = returned(world)
    november = told(NOVEMBER)
    assert november["resolved"] == november["returned_counter"] == 1
    reopened(world, dossier)
    assert told(NOVEMBER) == november
    assert told(DECEMBER) == {"corrected": 1, "corrected_reopen": 1}
    to_the_end(world, dossier)
    assert (told(NOVEMBER), told(JANUARY)) == (november, {})
    assert audit().ok, audit().findings


def test_another_version_is_handed_over_again_and_counted_as_a_correction(world: World) -> None:
    dossier = returned(world)
    november = told(NOVEMBER)
    corrected(world, dossier)
    handover.hand_over(dossier.pk, way="counter", actor=world.actor("minh"), at=moment("2021-12-07 08:00"))
    assert told(NOVEMBER) == november
    assert told(DECEMBER) == {"corrected": 1, "corrected_result": 1}
    assert [one.code for one in behind(DECEMBER, Scope(), "corrected").members] == [dossier.code]
    assert audit().ok, audit().findings


def test_what_is_handled_again_and_waits_in_vain_was_done_when_it_was_done_first(world: World) -> None:
    settle_value("r1_2018", "supplement_wait_days", 5, on=date(2021, 11, 1))
    dossier = reopened(world, returned(world))
    november, hoa, leader = told(NOVEMBER), world.actor("hoa"), world.actor("thanh")
    items = [{"name": "Tờ khai", "why": "thiếu chữ ký"}]
    supplement.ask_supplement(
        dossier.pk, items=items, reason="Thiếu", basis="Điều 9", actor=hoa, at=moment("2021-12-07 09:00")
    )
    ending.end_unanswered(
        dossier.pk, reason="Không bổ sung", basis="Điều 19", actor=leader, at=moment("2021-12-20 09:00")
    )
    assert reread(dossier).finished_at == dossier.finished_at
    assert told(NOVEMBER) == november
    assert audit().ok, audit().findings


def late(world: World) -> Dossier:
    """Promised for 8 November, done on the 12th."""
    dossier = handled(world)
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-11 10:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-12 10:00"))
    return decision.finish(dossier.pk, number="1", actor=world.actor("nga"), at=moment("2021-11-12 15:00"))


def test_a_late_dossier_stays_late_when_its_day_is_corrected_afterwards(world: World) -> None:
    dossier = late(world)
    november = told(NOVEMBER)
    assert november["resolved_late"] == 1
    redated(world, dossier, date(2021, 11, 30), at="2021-11-15 09:00")
    correction.correct_date(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-15 10:00"))
    after = told(NOVEMBER)
    assert after == {**november, "corrected": 1, "corrected_date": 1}
    (member,) = behind(NOVEMBER, Scope(), "resolved_late").members
    assert member.is_redated and member.days_late == 4
    assert audit().ok, audit().findings


def test_a_day_corrected_in_time_is_seen_in_the_list_of_what_was_on_time(world: World) -> None:
    dossier = handled(world)
    redated(world, dossier, date(2021, 11, 30), at="2021-11-02 09:00")
    correction.correct_date(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-02 10:00"))
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-11 10:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-12 10:00"))
    decision.finish(dossier.pk, number="1", actor=world.actor("nga"), at=moment("2021-11-12 15:00"))
    (member,) = behind(NOVEMBER, Scope(), "resolved_early").members
    assert member.is_redated
    assert reread(dossier).original_due_at == moment("2021-11-08 17:00")


def test_what_waits_or_was_refused_is_not_counted(world: World) -> None:
    dossier = returned(world)
    proposed(world, dossier)
    assert told(DECEMBER) == {}
    assert audit().ok, audit().findings
    correction.refuse_correction(
        dossier.pk, reason="Không sai", actor=world.actor("tuan"), at=moment("2021-12-07 09:00")
    )
    assert told(DECEMBER) == {}
    assert audit().ok, audit().findings


TAMPERED = [
    "UPDATE dossiers_formerresult SET number = 'khác'",
    "UPDATE dossiers_formerresult SET summary = 'khác'",
    "UPDATE dossiers_formerresult SET version = 7",
    "DELETE FROM dossiers_formerresult",
    "UPDATE dossiers_correction SET wrong = 'khác'",
    "UPDATE dossiers_correction SET proposed_by_id = decided_by_id + 1",
    "UPDATE dossiers_correction SET is_approved = false",
    "UPDATE dossiers_correction SET decided_at = decided_at + interval '1 day'",
    "DELETE FROM dossiers_formerresult; DELETE FROM dossiers_correction",
    "UPDATE dossiers_dossier SET correction_waits = 'date'",
    "UPDATE dossiers_result SET number = 'khác'",
]


def test_a_bent_version_or_decision_is_found(world: World) -> None:
    corrected(world, finished(world))
    assert audit().ok, audit().findings
    for statement in TAMPERED:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE dossiers_formerresult DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE dossiers_correction DISABLE TRIGGER USER")
            cursor.execute(statement)
            assert Kind.CORRECTION.value in audit().counts, statement
            transaction.set_rollback(True)
