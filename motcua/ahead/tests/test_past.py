"""Past and open dossiers as sets: nothing later than the day is known, and every case is counted once."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.ahead import history as history_room
from motcua.ahead.asking import answer, hours_asked, limit_asked, mode_asked, people_asked, share_asked
from motcua.ahead.backtest import back_test
from motcua.ahead.flows import load_ahead
from motcua.ahead.history import procedure_of, read_history
from motcua.ahead.lab import PRESENT, Laboratory, Scenario
from motcua.ahead.likelihood import Experience
from motcua.ahead.likely import experience_of, likeliest
from motcua.ahead.pace_backtest import Kept, lines, pace_test
from motcua.ahead.past import numbered, on_the_way, open_on, open_with_outcome, past_cases, past_courses
from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of, start_of
from motcua.calendar.limits import Limit
from motcua.calendar.store import calendar_for, current_edition
from motcua.dossiers.models import Dossier, Stay
from motcua.dossiers.tests import lives
from motcua.offices.demo import make_synthetic_officers
from motcua.reports.periods import between
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOW = moment("2026-11-21 08:00")
ALL = Scope()
YEAR = between(date(2025, 11, 21), date(2026, 11, 20))


@pytest.fixture
def year(world: World) -> None:
    make_synthetic_officers(moment("2026-11-22 08:00"))
    call_command("year", "--dossiers", "700", "--last", "2026-11-20", "--workers", "1", "--json", stdout=StringIO())


def busiest() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT procedure_id FROM dossiers_dossier GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
        pk = cursor.fetchone()[0]
    return Dossier.objects.filter(procedure=pk).select_related("procedure")[0].procedure


@pytest.mark.usefixtures("year")
def test_what_was_known_on_a_day_does_not_change_with_what_comes_after() -> None:
    cut, days = start_of(date(2026, 6, 15)), numbered(date(2026, 11, 21))
    known = sorted(past_cases(cut, days))
    lay, courses = sorted(open_on(cut, days, ALL)), sorted(past_courses(cut, days), key=str)
    assert known and lay and courses
    with connection.cursor() as cursor:
        # Whatever happened since is undone or made up: none of it was known on that day.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM dossiers_stay WHERE entered_at >= %s", [cut])
        cursor.execute("UPDATE dossiers_stay SET left_at = NULL WHERE left_at >= %s", [cut])
        cursor.execute(
            "UPDATE dossiers_dossier SET finished_at = NULL, due_at = due_at + interval '9 days', state = 'processing'"
            " WHERE finished_at >= %s", [cut],
        )  # fmt: skip
        cursor.execute("SET session_replication_role = origin")
    assert sorted(past_cases(cut, days)) == known
    assert sorted(open_on(cut, days, ALL)) == lay
    assert sorted(past_courses(cut, days), key=str) == courses


@pytest.mark.usefixtures("year")
def test_a_case_counts_against_a_slow_reading() -> None:
    """Dossiers that never stood still: for each step and day, by hand."""
    cut, days = start_of(date(2026, 11, 21)), numbered(date(2026, 11, 21))
    still = set(Stay.objects.filter(stands_still=True).values_list("dossier_id", flat=True))

    def number(instant: datetime) -> int:
        return days.counts[(day_of(instant) - days.first).days]

    seen: set[tuple[int, int | None, int]] = set()
    late: set[tuple[int, int | None, int]] = set()
    lay = Stay.objects.filter(state__in=("accepted", "processing", "decided"), due_at__lt=cut, step__isnull=False)
    for stay in lay.filter(dossier__accepted_at__lt=cut).exclude(dossier__in=still).select_related("dossier"):
        assert stay.due_at is not None
        due, end = number(stay.due_at), number(stay.dossier.finished_at or cut)
        if stay.dossier.finished_at is None and end <= due:
            continue
        for left in range(11):
            if number(stay.entered_at) < due - left <= number(stay.left_at or cut):
                seen.add((stay.dossier_id, stay.step, left))
                if end > due:
                    late.add((stay.dossier_id, stay.step, left))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE dossiers_dossier SET accepted_at = %s WHERE id = ANY(%s)", [moment("2019-01-02 08:00"), list(still)]
        )
        cursor.execute("SET session_replication_role = origin")
    near = [row for row in past_cases(cut, days) if row.left <= 10]
    assert [sum(row.cases for row in near), sum(row.late for row in near)] == [len(seen), len(late)] and late


@pytest.mark.usefixtures("year")
def test_open_dossiers_have_an_outcome_once_it_is_known_and_the_scope_holds() -> None:
    days, cut = numbered(date(2026, 11, 21)), start_of(date(2026, 9, 14))
    found = open_with_outcome(cut, days, ALL, NOW)
    assert found and all(row.case.left >= 0 for row in found)
    for row in found:
        # Those that never stood still: done after the day that was promised then, or not.
        end = Dossier.objects.get(pk=row.dossier).finished_at
        if end is not None and not Stay.objects.filter(dossier=row.dossier, stands_still=True).exists():
            assert row.missed == (day_of(end) > day_of(row.due_at))
    assert any(row.missed is False for row in found)
    early = open_with_outcome(cut, days, ALL, cut)
    assert {row.dossier for row in early} == {row.dossier for row in found} and {row.missed for row in early} == {None}
    office = Dossier.objects.get(pk=found[0].dossier).competent_office_id
    mine = open_on(cut, days, Scope(allowed=frozenset({office})))
    assert {row.dossier for row in mine} < {row.dossier for row in found}
    assert open_on(cut, days, Scope(offices=frozenset(), allowed=frozenset())) == []


@pytest.mark.usefixtures("year")
def test_a_back_test_tells_its_table_and_few_statements() -> None:
    period = between(date(2026, 9, 7), date(2026, 9, 11))
    with CaptureQueriesContext(connection) as asked:
        made = back_test(period, ALL, NOW)
    assert made.calibration is not None and made.calibration.forecasts >= made.dossiers > 0
    assert len(asked) <= 3 + 3 * made.days
    assert 0 <= made.calibration.brier < 1
    empty = back_test(between(date(2021, 9, 7), date(2021, 9, 7)), ALL, NOW)
    assert empty.calibration is None and empty.dossiers == 0


@pytest.mark.usefixtures("year")
def test_how_long_it_took_from_a_day_on_against_a_slow_reading() -> None:
    days, cut = numbered(date(2026, 11, 21)), start_of(date(2026, 9, 14))
    still = set(Stay.objects.filter(stands_still=True).values_list("dossier_id", flat=True))

    def number(instant: datetime) -> int:
        return days.counts[(day_of(instant) - days.first).days]

    found = {row.dossier: row for row in on_the_way(cut, days, ALL, NOW)}
    lay = Stay.objects.filter(
        state__in=("accepted", "processing", "decided"), step__isnull=False, stands_still=False, entered_at__lt=cut
    ).exclude(left_at__lt=cut).exclude(dossier__state__in=("withdrawn", "stopped")).select_related("dossier")  # fmt: skip
    assert set(found) == {stay.dossier_id for stay in lay}
    simple = [stay for stay in lay if stay.dossier_id not in still]
    assert simple
    for stay in simple:
        end = stay.dossier.finished_at or NOW
        assert found[stay.dossier_id][5:] == (number(end) - number(cut), stay.dossier.finished_at is not None)
        assert found[stay.dossier_id].step == stay.step


@pytest.mark.usefixtures("year")
def test_expected_days_of_days_gone_by_are_laid_beside_what_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.ahead.pace_backtest.ENOUGH", 1)
    monkeypatch.setattr("motcua.ahead.expected.ENOUGH", 1)
    period = between(date(2026, 9, 7), date(2026, 9, 11))
    with CaptureQueriesContext(connection) as asked:
        made = pace_test(period, ALL, NOW)
    assert len(asked) <= 3 + 3 * made.days and made.days == 5
    for one in (made.half, made.nine_tenths):
        assert one.held + one.broken + one.hanging + one.without_day == made.told > 0
        assert one.held > 0
    assert made.half.without_day <= made.nine_tenths.without_day
    assert "chín phần mười" in lines(made)[-1]
    empty = pace_test(between(date(2021, 9, 7), date(2021, 9, 7)), ALL, NOW)
    assert (empty.told, empty.half.share, empty.half.middle) == (0, None, None) and "–" in lines(empty)[-1]


def test_a_told_day_holds_or_is_broken_once_it_is_over() -> None:
    one = Kept()
    for told, took, is_done in ((3, 3, True), (3, 4, True), (3, 4, False), (3, 3, False), (None, 9, True)):
        one.count(told, took, is_done)
    assert (one.held, one.broken, one.hanging, one.without_day, one.middle) == (1, 2, 1, 1, 3)
    assert one.share == pytest.approx(1 / 3)


@pytest.mark.usefixtures("year")
def test_the_likeliest_come_first_with_a_reason() -> None:
    learned = experience_of(NOW)
    with CaptureQueriesContext(connection) as asked:
        made = likeliest(NOW, ALL, learned)
    assert len(asked) <= 5
    values = [row.found.value or 0 for row in made.rows]
    assert values == sorted(values, reverse=True) and 0 < made.expected < made.open
    assert all("không kịp ngày hẹn" in row.why for row in made.rows)
    assert likeliest(NOW, Scope(allowed=frozenset()), learned).rows == ()


def test_without_a_past_nothing_is_claimed(world: World) -> None:
    lives.handled(world)
    at = moment("2021-11-02 08:00")
    made = likeliest(at, ALL, experience_of(at))
    assert (made.rows, made.unknown, made.base) == ((), made.open, None)
    assert Experience(past_cases(moment("2021-11-02 00:00"), numbered(date(2021, 11, 2)))).cases == 0


@pytest.mark.usefixtures("year")
def test_loads_add_up_to_what_lies_there() -> None:
    with CaptureQueriesContext(connection) as asked:
        made = load_ahead(NOW, ALL)
    assert len(asked) <= 8
    lies = Stay.objects.filter(
        left_at=None, state__in=("accepted", "processing", "decided"), stands_still=False, step__isnull=False
    ).count()
    assert sum(one.load.in_hand for one in made.offices) == lies > 0
    assert sum(step.lies for one in made.offices for step in one.steps) == lies
    office = made.offices[0].office
    assert [one.office for one in load_ahead(NOW, Scope(allowed=frozenset({office}))).offices] == [office]


@pytest.mark.usefixtures("year")
def test_the_laboratory_meets_the_past_and_is_monotone() -> None:
    history = read_history(busiest(), YEAR, ALL, NOW)
    laboratory = Laboratory(history, calendar_for(current_edition()))
    actual = sum(past.is_late for past in history.dossiers)
    again = laboratory.as_they_were()
    assert abs(again.late - actual) <= 0.02 * len(history.dossiers)
    lates = [laboratory.as_they_were(Scenario(limit=Limit.working_days(days))).late for days in (1, 2, 5, 10, 60)]
    assert lates == sorted(lates, reverse=True) and lates[0] > lates[-1]
    assert laboratory.drawn(PRESENT, 1) == laboratory.drawn(PRESENT, 1)
    eased = laboratory.as_they_were(Scenario(mode="five"))
    assert sum(eased.needed) < sum(again.needed)


@pytest.mark.usefixtures("year")
def test_an_answer_is_the_same_each_time_and_says_both_sides() -> None:
    history = read_history(busiest(), YEAR, ALL, NOW)
    step = history.steps[1].seq
    scenario = Scenario(
        limit_asked("2"), people_asked(f"{step}=3", history), hours_asked(f"{step}=1,5", history), "four"
    )
    made = answer(history, scenario, share=share_asked(""), runs=2)
    assert made == answer(history, scenario, share=share_asked("90"), runs=2)
    assert made.present.low <= made.present.high and made.present.keeps is not None
    assert made.cut_late[0] >= made.present.run.late
    shown = next(one for one in made.changed.run.steps if one.step == step)
    assert shown.people % 3 == 0


@pytest.mark.usefixtures("year")
def test_bad_questions_get_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    procedure = busiest()
    history = read_history(procedure, YEAR, ALL, NOW)
    for ask in (
        lambda: limit_asked("0"), lambda: limit_asked("none"), lambda: limit_asked("mai"), lambda: limit_asked("unknown"),
        lambda: people_asked("2=0", history), lambda: people_asked("2=1.5", history), lambda: people_asked("99=1", history),
        lambda: people_asked("hai=1", history), lambda: hours_asked("2=-1", history), lambda: hours_asked("2=1e9", history),
        lambda: hours_asked("²=1", history), lambda: share_asked("0"), lambda: share_asked("101"), lambda: mode_asked("six"),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            ask()
    with pytest.raises(Invalid, match="không có gì để diễn lại"):
        read_history(procedure, between(date(2021, 1, 1), date(2021, 1, 2)), ALL, NOW)
    with pytest.raises(Invalid, match="không có gì để diễn lại"):
        read_history(procedure, YEAR, Scope(allowed=frozenset()), NOW)
    monkeypatch.setattr(history_room, "MOST", 1)
    with pytest.raises(Invalid, match="nhiều nhất 1"):
        read_history(procedure, YEAR, ALL, NOW)
    with pytest.raises(NotThere):
        procedure_of("x")


@pytest.mark.usefixtures("year")
def test_the_commands_say_the_same() -> None:
    out = StringIO()
    call_command(
        "lab",
        busiest().code,
        "--from",
        "2025-11-21",
        "--to",
        "2026-11-20",
        "--limit",
        "2",
        "--json",
        "--runs",
        "1",
        stdout=out,
    )
    said = json.loads(out.getvalue())
    assert said["changed"]["late"] >= said["present"]["late"] and said["scenario"]["limit"] == "2wd"
    with pytest.raises(SystemExit):
        call_command(
            "lab", busiest().code, "--from", "2025-11-21", "--to", "2026-11-20", "--limit", "0", stderr=StringIO()
        )
    out = StringIO()
    call_command("ahead", "back-test", "--from", "2026-09-07", "--to", "2026-09-08", "--json", stdout=out)
    assert json.loads(out.getvalue())["days"] == 2
