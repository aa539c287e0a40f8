"""Agencies judged by their parts, the whole counted once; and the audit that finds a bent part."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.calendar.limits import Limit
from motcua.dossiers.acts import ending, parts, processing, supplement
from motcua.dossiers.acts.parts import Plan
from motcua.dossiers.models import Dossier
from motcua.dossiers.outages import apply_all, decide, record
from motcua.dossiers.tests.joint import both_done, done, ly, opened
from motcua.law.tests.settling import QUANG, YEN
from motcua.offices.actors import actor_of
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from motcua.reports.month import report
from motcua.reports.parts import (
    PART_MEASURES,
    behind_figure,
    by_agency,
    figures_as_json,
    figures_workbook,
    total,
)
from motcua.reports.periods import between, parse_period
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")
ITEMS = [{"name": "Bản sao căn cước công dân", "why": "mờ"}]


def figures(world: World, today: date, allowed: set[int] | None = None) -> dict[int, dict[str, int]]:
    rows = by_agency(NOVEMBER, today, allowed)
    return {row.office_id: {key: count for key, count in row.figures.items() if count} for row in rows}


@pytest.fixture
def town(world: World) -> World:
    """Parts of every fate: done early, on time and late, come back and given again, dropped, held up, open."""
    hoa, son, tuan = world.actor("hoa"), world.actor("son"), world.actor("tuan")
    both_done(world)
    late = opened(world)
    done(world, late, 1, "tuan", "2021-11-05 09:00")
    done(world, late, 2, "son", "2021-11-05 09:00", "refusal")
    back = opened(world)
    parts.return_part(back.pk, part=2, reason="Sai nơi", actor=son, at=moment("2021-11-02 09:00"))
    again = Plan(1, world.cast.district.pk, "Xác nhận cư trú", Limit.parse("1wd"))
    parts.assign_part(back.pk, part=2, plan=again, reason="Đúng nơi", actor=hoa, at=moment("2021-11-02 10:00"))
    asked = opened(world)
    done(world, asked, 2, "son", "2021-11-02 08:00")
    parts.take_part(asked.pk, part=1, actor=hoa, at=moment("2021-11-02 08:30"))
    supplement.ask_supplement(asked.pk, items=ITEMS, reason="Mờ", actor=hoa, at=moment("2021-11-02 09:00"))
    supplement.receive_supplement(asked.pk, papers=[], actor=world.actor("minh"), at=moment("2021-11-10 09:00"))
    waiting = opened(world)
    supplement.ask_supplement(waiting.pk, items=ITEMS, reason="Mờ", actor=hoa, at=moment("2021-11-02 09:00"))
    stopped = opened(world)
    ending.stop(stopped.pk, reason="x", basis="y", actor=tuan, at=moment("2021-11-03 09:00"))
    taken_back = opened(world)
    asking = moment("2021-11-02 09:00")
    supplement.ask_supplement(taken_back.pk, items=ITEMS, reason="Mờ", actor=hoa, at=asking)
    ending.withdraw(taken_back.pk, reason="Đổi ý", actor=world.actor("minh"), at=moment("2021-11-09 09:00"))
    skipped = opened(world)
    parts.drop_part(skipped.pk, part=2, reason="Đã có", actor=tuan, at=moment("2021-11-02 09:00"))
    done(world, skipped, 1, "tuan", "2021-11-02 10:00")
    parts.propose_part(
        skipped.pk, part=3, summary="Thẻ", actor=actor_of(ly(world), date(2021, 11, 2)), at=moment("2021-11-02 11:00")
    )
    put_off(world)
    return world


def put_off(world: World) -> None:
    """One part that its agency put off and did in time; then an outage that some parts began in, and one told late."""
    slow, son = opened(world), world.actor("son")
    new_day, at = date(2021, 11, 4), moment("2021-11-01 11:00")
    parts.extend_part(slow.pk, part=2, new_day=new_day, reason="Xác minh", actor=son, at=at)
    done(world, slow, 2, "son", "2021-11-04 09:00")
    grounds: dict[str, Any] = {"what": "Hỏng máy chủ", "document": "BB 3", "by": YEN, "at": moment("2021-11-11 08:00")}
    for began, ended in (("2021-11-09 08:00", "2021-11-10 16:00"), ("2021-11-01 11:00", "2021-11-02 10:30")):
        made = record(began_at=moment(began), ended_at=moment(ended), **grounds)
        decide(made.pk, approved=True, by=QUANG, at=moment("2021-11-11 08:00"))
    assert all(outage.moved for outage in apply_all(moment("2021-11-11 09:00")))


def test_each_agency_is_judged_on_its_own_part(world: World) -> None:
    dossier = opened(world)
    done(world, dossier, 2, "son", "2021-11-03 09:00")  # due on Tuesday the 2nd
    done(world, dossier, 1, "tuan", "2021-11-03 09:00")  # due on Wednesday the 3rd
    found = figures(world, date(2021, 11, 8))
    assert found[world.cast.commune.pk] == {"done_late": 1}
    assert found[world.cast.justice.pk] == {"done_on_time": 1}
    assert found[world.cast.industry.pk] == {"open_late": 1}  # begun on the 3rd, due on the 5th
    assert figures(world, date(2021, 11, 5))[world.cast.industry.pk] == {"open_within": 1}
    rows = {row.office_id: row.in_time for row in by_agency(NOVEMBER, date(2021, 11, 8), None)}
    assert rows[world.cast.commune.pk] == 0 and rows[world.cast.justice.pk] == 100
    assert rows[world.cast.industry.pk] is None


def test_every_figure_is_its_list_and_no_part_is_counted_twice(town: World) -> None:
    today = date(2021, 11, 12)
    rows = by_agency(NOVEMBER, today, None)
    listed: list[int] = []
    for row in rows:
        for key, count in row.figures.items():
            found = list(behind_figure(key, NOVEMBER, today, None, row.office_id))
            assert len(found) == count, (row.name, key)
            listed += [part.pk for part in found]
    assert len(listed) == len(set(listed)) == sum(total(rows).figures.values())
    assert all(total(rows).figures[key] for key in PART_MEASURES), total(rows).figures


def test_the_figures_of_a_past_day_stay_whatever_happens_later(world: World) -> None:
    """Open, held up, given back and put off as they stood then; each figure still opens its list."""
    late, asked, back = opened(world), opened(world), opened(world)
    hoa, son, tuan, minh = (world.actor(name) for name in ("hoa", "son", "tuan", "minh"))
    parts.return_part(back.pk, part=2, reason="Sai nơi", actor=son, at=moment("2021-11-02 09:00"))
    supplement.ask_supplement(asked.pk, items=ITEMS, reason="Mờ", actor=hoa, at=moment("2021-11-02 09:00"))
    day = date(2021, 11, 3)
    period = between(date(2021, 11, 1), day)
    before = {row.office_id: row.figures for row in by_agency(period, day, None)}
    told = {key: count for key, count in total(by_agency(period, day, None)).figures.items() if count}
    # Of three dossiers: parts 1 and 2 of the first, two of the one that waits for papers, part 1 of the last.
    assert told == {"came_back": 1, "held_up": 2, "open_within": 2, "open_late": 1}
    parts.drop_part(back.pk, part=2, reason="Đã có", actor=tuan, at=moment("2021-11-04 08:00"))
    supplement.receive_supplement(asked.pk, papers=[], actor=minh, at=moment("2021-11-10 09:00"))
    parts.extend_part(
        asked.pk, part=1, new_day=date(2021, 11, 15), reason="x", actor=tuan, at=moment("2021-11-10 10:00")
    )
    done(world, late, 1, "tuan", "2021-11-10 09:00")
    ending.withdraw(late.pk, reason="Đổi ý", actor=minh, at=moment("2021-11-11 09:00"))
    today = date(2021, 11, 12)
    assert {row.office_id: row.figures for row in by_agency(period, today, None)} == before
    for key, count in told.items():
        found = list(behind_figure(key, period, today, None))
        assert len(found) == count, key
    held = behind_figure("held_up", period, today, None, world.cast.justice.pk).get()
    due_then = held.due_then  # type: ignore[attr-defined]
    assert (due_then, held.due_at) == (moment("2021-11-03 17:00"), moment("2021-11-15 17:00"))
    with CaptureQueriesContext(connection) as asked_of:
        by_agency(period, today, None)
    assert len(asked_of) == 3


def test_the_figures_go_out_as_data_and_as_a_workbook(town: World) -> None:
    rows = by_agency(NOVEMBER, date(2021, 11, 12), None)
    said = figures_as_json(NOVEMBER, rows)
    assert said["total"]["figures"] == total(rows).figures and said["period"]["to"] == "2021-11-30"
    sheet = zipfile.ZipFile(io.BytesIO(figures_workbook(NOVEMBER, rows))).read("xl/worksheets/sheet1.xml").decode()
    last = sheet.rpartition("<row ")[2]
    assert "Tất cả" in last and sheet.count("<row ") == len(rows) + 3
    assert re.findall(r"<v>(\d+)</v>", last)[: len(PART_MEASURES)] == [str(n) for n in total(rows).figures.values()]


def test_whoever_reports_sees_their_own_agencies_and_the_parts_of_their_own_dossiers(world: World) -> None:
    opened(world)
    today = date(2021, 11, 2)
    assert set(figures(world, today, {world.cast.commune.pk})) == {world.cast.commune.pk}
    assert set(figures(world, today, {world.cast.center.pk})) == {world.cast.commune.pk, world.cast.justice.pk}
    assert figures(world, today, {world.cast.district.pk}) == {}


def test_reports_count_the_dossier_once_whatever_its_parts(town: World) -> None:
    dossiers = Dossier.objects.count()
    for place in ("competent", "receiving"):
        for by in ("office", "branch", "field", "procedure"):
            made = report(NOVEMBER, Scope(place=place), by)
            assert made.total["new"] == made.total["total"] == dossiers
            assert sum(row.figures["new"] for row in made.rows) == dossiers
    rows = report(NOVEMBER, Scope(), "office").rows
    assert [row.key for row in rows if row.figures["new"]] == [town.cast.justice.pk]


def test_a_whole_that_is_late_makes_no_part_late(world: World) -> None:
    dossier = opened(world)
    done(world, dossier, 2, "son", "2021-11-02 09:00")
    done(world, dossier, 1, "tuan", "2021-11-03 09:00")
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment("2021-11-03 10:00"))
    made = report(parse_period("2021-11"), Scope(), "office")
    assert made.total["open_late"] == 1
    assert "done_late" not in figures(world, date(2021, 12, 1))[world.cast.justice.pk]


def test_after_real_acts_the_audit_finds_nothing(town: World) -> None:
    verdict = audit()
    assert verdict.ok, verdict.findings
    assert verdict.checked["parts"] == 3 * Dossier.objects.count() + 1  # one was given again


SOME = "(SELECT min(id) FROM dossiers_part WHERE state = 'done')"
BENT = [
    f"UPDATE dossiers_part SET ended_at = ended_at - interval '1 day', started_at = started_at - interval '2 days' WHERE id = {SOME}",
    f"UPDATE dossiers_part SET due_at = due_at + interval '1 day' WHERE id = {SOME}",
    "UPDATE dossiers_part SET extensions = '[]' WHERE extensions <> '[]'",
    "UPDATE dossiers_part SET extensions = jsonb_set(extensions, '{0,reason}', '\"Khác\"') WHERE extensions <> '[]'",
    f"UPDATE dossiers_part SET outcome = 'refusal' WHERE id = {SOME} AND outcome = 'granted'",
    f"UPDATE dossiers_part SET office_id = (SELECT max(id) FROM offices_office) WHERE id = {SOME}",
    f"UPDATE dossiers_part SET waits_for = '{{3}}' WHERE id = {SOME}",
    f"UPDATE dossiers_part SET clock = jsonb_set(clock, '{{at}}', '\"2021-10-01T08:00:00+07:00\"') WHERE id = {SOME}",
    f"UPDATE dossiers_part SET last_seq = last_seq + 1 WHERE id = {SOME}",
    "UPDATE dossiers_part SET holder_id = (SELECT max(id) FROM people_account) WHERE state = 'held'",
    "UPDATE dossiers_part SET state = 'ready', ended_at = NULL WHERE state = 'dropped' AND started_at IS NOT NULL",
    f"DELETE FROM dossiers_part WHERE id = {SOME}",
    "UPDATE dossiers_dossier SET joint_offices = NULL WHERE joint_offices IS NOT NULL",
    "UPDATE dossiers_dossier SET joint_offices = '{1}' WHERE joint_offices IS NOT NULL",
]  # fmt: skip


@pytest.mark.parametrize("statement", BENT)
def test_a_bent_part_is_found_and_named(town: World, statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
        assert cursor.rowcount
        found = audit()
        assert Kind.PART.value in found.counts, statement
        assert all(finding.dossier for finding in found.findings if finding.kind is Kind.PART)
        transaction.set_rollback(True)


def test_a_journal_that_speaks_of_no_such_part_is_found(town: World) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE dossiers_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE dossiers_event SET data = data || '{\"part\": 77}' WHERE act = 'take_part'")
        assert audit().counts[Kind.PART.value]
        transaction.set_rollback(True)
