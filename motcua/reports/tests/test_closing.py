"""A month that was closed stays as it was; what is found out later is a difference with its dossiers, never a new past."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Forbidden, Invalid
from motcua.dossiers.acts import decision, processing, reception
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.lives import finished, handled
from motcua.offices.models import Office
from motcua.reports import measures
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from motcua.reports.closing import closable_offices, close_period, frozen_report
from motcua.reports.comparing import differences, moved
from motcua.reports.models import FrozenFigure, PeriodClose
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")
CLOSED = "2021-12-01 08:00"


def province() -> Office:
    return Office.objects.get(kind=Office.Kind.PROVINCE)


def closed(
    world: World, at: str = CLOSED, reason: str = "", place: str = "competent", who: str = "quang"
) -> PeriodClose:
    return close_period(NOVEMBER, province(), place=place, reason=reason, actor=world.actor(who), at=moment(at))


def found_later(world: World) -> Dossier:
    """A dossier of November that reaches the ledger after November was closed, as one that was kept on paper does."""
    return reception.take_in(world.intake(), actor=world.actor("minh"), at=moment("2021-11-15 09:00"))


def test_a_close_holds_the_figures_of_the_report_and_their_dossiers(world: World) -> None:
    dossier = finished(world)
    still_open = handled(world)
    made = closed(world)
    now = report(NOVEMBER, Scope())
    frozen = frozen_report(made)
    assert frozen.total == now.total and [row.figures for row in frozen.rows] == [row.figures for row in now.rows]
    behind = {row.measure: row.dossiers for row in made.figures.all()}
    assert behind["new_counter"] == [dossier.pk, still_open.pk]
    assert made.number == 1 and made.closed_by_name == "Trần Đức Quang"
    assert audit().ok, audit().findings


def test_what_comes_to_light_later_changes_no_close_and_is_shown_by_dossier(world: World) -> None:
    finished(world)
    first = closed(world)
    was = frozen_report(first).total
    assert differences(first) == []
    late = found_later(world)
    assert frozen_report(first).total == was
    found = {one.measure: (one.before, one.after, one.came, one.went) for one in differences(first)}
    assert found == {"new_counter": (1, 2, 1, 0), "open_late": (0, 1, 1, 0)}
    (one,), more = moved(first, None, "new_counter")
    assert (one.dossier_id, one.came, one.act, more) == (late.pk, True, "Tiếp nhận tại quầy", None)
    second = closed(world, "2021-12-03 08:00", reason="Nhập bổ sung hồ sơ giấy của tháng 11")
    assert second.number == 2
    assert differences(second) == [] and differences(first, second) == differences(first)
    assert [row.came for row in differences(second, first)] == [0, 0]
    assert audit().ok, audit().findings


def test_what_happens_after_the_month_is_no_difference(world: World) -> None:
    dossier = handled(world)
    made = closed(world)
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-12-02 10:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment("2021-12-02 11:00"))
    assert differences(made) == []


def test_a_second_close_needs_a_reason_and_a_difference(world: World) -> None:
    finished(world)
    closed(world)
    with pytest.raises(Invalid) as caught:
        closed(world)
    assert caught.value.code == "close_reason" and "reason" in caught.value.fields
    with pytest.raises(Invalid) as caught:
        closed(world, reason="Thử lại")
    assert caught.value.code == "close_same"
    assert PeriodClose.objects.count() == 1
    # Another place is another question.
    assert closed(world, place="receiving").number == 1


def test_another_definition_is_a_difference_of_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    finished(world)
    first = closed(world)
    changed = measures.Measure("carried_over", "Kỳ trước chuyển sang", "Định nghĩa khác.", "TT01-2020 2")
    monkeypatch.setitem(measures.MEASURES, "carried_over", changed)
    second = closed(world, reason="Định nghĩa thay đổi")
    assert first.digest == second.digest and first.definition_version != second.definition_version
    assert first.definitions["measures"]["carried_over"][1] != "Định nghĩa khác."
    assert audit().ok, audit().findings


@pytest.mark.parametrize("who", ["minh", "thanh", "yen", "lan"])
def test_who_does_not_answer_for_the_figures_cannot_close(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        closed(world, who=who)


def test_the_head_of_a_centre_closes_the_centre_and_nothing_above(world: World) -> None:
    dung = world.actor("dung")
    centre = next(office_id for role, office_id in dung.postings if role == "unit_head")
    assert centre in closable_offices(dung, moment(CLOSED))
    with pytest.raises(Forbidden):
        closed(world, who="dung")


def test_a_period_that_is_not_over_and_an_office_that_was_not_there(world: World) -> None:
    with pytest.raises(Invalid) as caught:
        closed(world, "2021-11-30 23:59")
    assert caught.value.code == "period_open"
    with pytest.raises(Invalid) as caught:
        close_period(
            parse_period("1995-01"), province(), place="competent", actor=world.actor("quang"),
            at=moment(CLOSED),
        )  # fmt: skip
    assert caught.value.code == "office_not_yet"
    with pytest.raises(Invalid) as caught:
        closed(world, place="elsewhere")
    assert caught.value.code == "place"


def test_the_database_refuses_to_change_a_close(world: World) -> None:
    finished(world)
    made = closed(world)
    for sql in (
        "UPDATE reports_periodclose SET reason = 'x'",
        "DELETE FROM reports_periodclose",
        "UPDATE reports_frozenfigure SET measure = 'x'",
        "DELETE FROM reports_frozenfigure",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert FrozenFigure.objects.filter(close=made).exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_frozenfigure SET dossiers = dossiers || 99 WHERE measure = 'new_counter'",
        "UPDATE reports_frozenfigure SET measure = 'resolved_late' WHERE measure LIKE 'resolved%'",
        "UPDATE reports_periodclose SET signature = replace(signature, 'MC1.', 'MC1.0')",
        "UPDATE reports_periodclose SET definitions = jsonb_set(definitions, '{measures,new,1}', '\"x\"')",
        "UPDATE reports_periodclose SET number = 2, reason = 'x'",
    ],
)
def test_a_bent_close_is_found(world: World, sql: str) -> None:
    finished(world)
    closed(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_periodclose DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE reports_frozenfigure DISABLE TRIGGER USER")
        cursor.execute(sql)
    assert {finding.kind for finding in audit().findings} == {Kind.CLOSE}
