"""The audit: clean after real acts; one row tampered with by SQL, of each kind, is found and named."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from motcua.base.times import day_of, now
from motcua.dossiers.acts import decision, delay, ending, handover, reception, supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.seals import seal, seal_past_days
from motcua.dossiers.tests.lives import assigned, at_approval, decided, finished, handled, submitted
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from motcua.reports.measures import Unbalanced
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
ITEMS = [{"name": "Bản sao căn cước công dân", "why": "mờ"}]


@pytest.fixture
def town(world: World) -> World:
    """One dossier of every fate, all through the real acts."""
    minh, hoa, tuan = world.actor("minh"), world.actor("hoa"), world.actor("tuan")
    returned = finished(world)
    handover.hand_over(returned.pk, way="counter", actor=minh, at=moment("2021-11-04 08:00"))
    submitted(world)
    refused = submitted(world)
    reception.refuse_intake(refused.pk, reason="Sai", basis="Luật", actor=minh, at=moment("2021-11-01 09:00"))
    withdrawn = submitted(world)
    ending.withdraw(withdrawn.pk, reason="Đổi ý", actor=world.actor("lan"), at=moment("2021-11-01 09:00"))
    waiting = handled(world)
    supplement.ask_supplement(waiting.pk, items=ITEMS, reason="Thiếu", actor=hoa, at=moment("2021-11-02 09:00"))
    completed = handled(world)
    supplement.ask_supplement(completed.pk, items=ITEMS, reason="Thiếu", actor=hoa, at=moment("2021-11-02 09:00"))
    supplement.receive_supplement(completed.pk, papers=[], actor=minh, at=moment("2021-11-09 09:00"))
    delayed = handled(world)
    in_time = moment("2021-11-05 09:00")
    delay.extend(delayed.pk, new_day=date(2021, 12, 3), reason="Chờ ý kiến", actor=tuan, at=in_time)
    stopped = handled(world)
    ending.stop(stopped.pk, reason="x", basis="y", actor=tuan, at=moment("2021-11-08 09:00"))
    taken_back = assigned(world)
    ending.withdraw(taken_back.pk, reason="Đổi ý", actor=minh, at=moment("2021-11-08 09:00"))
    answered_no = at_approval(world)
    decision.refuse_result(answered_no.pk, reason="x", basis="y", actor=tuan, at=moment("2021-11-12 09:00"))
    decided(world)
    seal(now() - timedelta(microseconds=1), now())
    return world


def sql(*statements: str) -> None:
    """What somebody does who owns the database and goes round the program."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("dossiers_event", "dossiers_stay", "dossiers_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)


def found() -> set[str]:
    return set(audit().counts)


def test_after_real_acts_nothing_is_found(town: World) -> None:
    verdict = audit()
    assert verdict.ok, verdict.findings
    assert verdict.checked["dossiers"] == Dossier.objects.count() == 11
    assert verdict.checked["seals"] == 1
    assert verdict.checked["sealed_events"] == verdict.checked["events"]
    assert verdict.checked["months"] == 1


FIRST = "(SELECT min(dossier_id) FROM dossiers_event)"
LATE_ONE = "(SELECT max(id) FROM dossiers_dossier)"
TAMPERED = [
    (Kind.EVENT_ALTERED, f"UPDATE dossiers_event SET reason = 'khác' WHERE dossier_id = {FIRST} AND seq = 2"),
    (Kind.EVENT_ALTERED, f"UPDATE dossiers_event SET data = data || '{{\"x\": 1}}' WHERE dossier_id = {FIRST} AND seq = 1"),
    (Kind.EVENT_ALTERED, f"UPDATE dossiers_event SET actor_name = 'Ai đó' WHERE dossier_id = {LATE_ONE} AND seq = 3"),
    (Kind.CHAIN_BROKEN, f"UPDATE dossiers_event SET previous_hash = hash WHERE dossier_id = {FIRST} AND seq = 2"),
    (Kind.SEQ_HOLE, f"DELETE FROM dossiers_event WHERE dossier_id = {FIRST} AND seq = 2"),
    (Kind.LAST_EVENT, f"DELETE FROM dossiers_event WHERE dossier_id = {LATE_ONE} AND seq = (SELECT max(seq) FROM dossiers_event WHERE dossier_id = {LATE_ONE})"),
    (Kind.LAST_EVENT, f"DELETE FROM dossiers_event WHERE dossier_id = {LATE_ONE}"),
    (Kind.LAST_EVENT, f"UPDATE dossiers_dossier SET last_seq = last_seq + 1 WHERE id = {FIRST}"),
    (Kind.ILLEGAL_STEP, f"UPDATE dossiers_event SET to_state = 'returned' WHERE dossier_id = {FIRST} AND seq = 2"),
    (Kind.TIME_BACKWARDS, f"UPDATE dossiers_event SET at = at - interval '9 days' WHERE dossier_id = {FIRST} AND seq = 2"),
    (Kind.STATE, f"UPDATE dossiers_dossier SET state = 'processing' WHERE id = {FIRST}"),
    (Kind.PLACE, f"UPDATE dossiers_dossier SET at_office_id = competent_office_id WHERE id = {FIRST}"),
    (Kind.PLACE, f"UPDATE dossiers_stay SET step = 99 WHERE left_at IS NULL AND dossier_id = {LATE_ONE}"),
    (Kind.DUE, f"UPDATE dossiers_dossier SET due_at = due_at + interval '1 day' WHERE id = {LATE_ONE}"),
    (Kind.DUE, f"UPDATE dossiers_dossier SET original_due_at = original_due_at + interval '1 day' WHERE id = {FIRST}"),
    (Kind.DUE, f"UPDATE dossiers_event SET clock = NULL WHERE dossier_id = {FIRST} AND seq = 1"),
    (Kind.DUE, f"UPDATE dossiers_event SET clock = jsonb_set(clock, '{{kind}}', '\"nonsense\"') WHERE dossier_id = {FIRST} AND seq = 1"),
    (Kind.DUE, f"UPDATE dossiers_dossier SET stands_still = NOT stands_still WHERE id = {FIRST}"),
    (Kind.PLACE, f"UPDATE dossiers_stay SET stands_still = NOT stands_still WHERE left_at IS NULL AND dossier_id = {FIRST}"),
    (Kind.COUNTERS, "UPDATE dossiers_supplementrequest SET beyond = true"),
    (Kind.COUNTERS, "UPDATE dossiers_dossier SET supplements = 0 WHERE state = 'supplement'"),
    (Kind.COUNTERS, "UPDATE dossiers_dossier SET returned_way = 'post' WHERE returned_at IS NOT NULL"),
    (Kind.COUNTERS, f"UPDATE dossiers_dossier SET times_corrected = 1 WHERE id = {FIRST}"),
    (Kind.COUNTERS, "DELETE FROM dossiers_extension"),
    (Kind.COUNTERS, "DELETE FROM dossiers_handover"),
    (Kind.ACCEPTANCE, f"UPDATE dossiers_dossier SET accepted_at = accepted_at - interval '1 month' WHERE id = {FIRST}"),
    (Kind.ACCEPTANCE, f"UPDATE dossiers_dossier SET code = code || '9' WHERE id = {FIRST}"),
    (Kind.ACCEPTANCE, f"UPDATE dossiers_dossier SET finished_at = finished_at - interval '1 hour' WHERE id = {FIRST}"),
    (Kind.HELP, f"UPDATE dossiers_event SET data = data || '{{\"help\": {{\"account\": 1}}}}' WHERE dossier_id = {FIRST} AND seq = 1"),
    (Kind.NUMBER, "UPDATE dossiers_numbercounter SET last = last + 1"),
    (Kind.NUMBER, f"UPDATE dossiers_dossier SET code = 'X-211101-0001' WHERE id = {FIRST}"),
    (Kind.NUMBER, "DELETE FROM dossiers_numbercounter"),
    (Kind.UNBALANCED, f"UPDATE dossiers_dossier SET accepted_at = accepted_at - interval '1 month' WHERE id = {FIRST}"),
    (Kind.UNBALANCED, f"UPDATE dossiers_dossier SET channel = 7 WHERE id = {FIRST}"),
    (Kind.SEAL, "UPDATE dossiers_seal SET root = previous_root"),
    (Kind.SEAL, "UPDATE dossiers_seal SET events = events + 1"),
    (Kind.SEAL, f"UPDATE dossiers_event SET recorded_at = now() + interval '1 day' WHERE dossier_id = {FIRST} AND seq = 1"),
    (Kind.SEAL, f"UPDATE dossiers_event SET hash = previous_hash WHERE dossier_id = {FIRST} AND seq = 1"),
]  # fmt: skip


GAP = "ALTER TABLE dossiers_stay DROP CONSTRAINT stay_touches_the_one_before"
MOVED = f"UPDATE dossiers_stay SET {{0}} = {{0}} + interval '1 minute' WHERE dossier_id = {FIRST} AND seq = {{1}}"
STAYS_TAMPERED = [
    (Kind.STAY_GAP, [MOVED.format("left_at", 2)]),
    (Kind.STAY_EVENT, [MOVED.format("left_at", 1), MOVED.format("entered_at", 2)]),
    (Kind.OPEN_STAY, [f"UPDATE dossiers_stay SET left_at = now() WHERE left_at IS NULL AND dossier_id = {FIRST}"]),
]


def test_one_row_tampered_with_is_found_and_named(town: World) -> None:
    for kind, statement in TAMPERED:
        with transaction.atomic():
            sql(statement)
            assert kind.value in found(), (kind, statement)
            transaction.set_rollback(True)
    assert audit().ok


def test_stays_that_do_not_touch_or_were_never_begun_are_found(town: World) -> None:
    for kind, statements in STAYS_TAMPERED:
        with transaction.atomic():
            sql(GAP, *statements)
            assert kind.value in found(), (kind, statements)
            transaction.set_rollback(True)


def test_remains_of_a_dossier_are_found(town: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'dossiers_event'::regclass AND contype = 'f'"
        )
        (constraint,) = [name for (name,) in cursor.fetchall() if "dossier_id" in name.split("_fk_")[0]]
    sql(
        f"ALTER TABLE dossiers_event DROP CONSTRAINT {constraint}",
        f"UPDATE dossiers_event SET dossier_id = 999999999 WHERE dossier_id = {LATE_ONE}",
    )
    assert {Kind.ORPHAN.value, Kind.LAST_EVENT.value} <= found()


def test_a_ledger_that_was_rewritten_whole_breaks_the_seal(town: World) -> None:
    """Somebody who recomputes every hash of a dossier still can't recompute the seal that was published."""
    from motcua.dossiers.journal import event_hash
    from motcua.dossiers.models import Event

    first = Dossier.objects.order_by("id")[0]
    previous = bytes(32)
    sql()
    for event in Event.objects.filter(dossier=first).order_by("seq"):
        event.actor_name, event.previous_hash = "Ai đó", previous
        event.hash = previous = event_hash(first.submission_no, event)
        event.save()
    Dossier.objects.filter(pk=first.pk).update(last_hash=previous)
    assert found() == {Kind.SEAL.value}


def test_the_command_says_what_it_found(town: World) -> None:
    out = io.StringIO()
    call_command("audit", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert said["ok"] is True
    assert said["findings"] == []
    sql(f"UPDATE dossiers_event SET reason = 'khác' WHERE dossier_id = {FIRST} AND seq = 2")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "--json", stdout=out)
    assert ended.value.code == 1
    said = json.loads(out.getvalue())
    (finding,) = [one for one in said["findings"] if one["code"] == "event_altered"]
    assert finding["dossier"] == Dossier.objects.order_by("id")[0].code
    assert "dấu băm" in finding["sentence"]


def test_the_report_after_real_acts(town: World) -> None:
    total = report(parse_period("2021-11"), Scope()).total
    counted = {key: count for key, count in total.items() if count}
    assert counted == {
        "new": 8, "new_counter": 8, "total": 8, "resolved": 1, "resolved_early": 1, "ended": 2, "withdrawn": 1,
        "stopped": 1, "waiting_supplement": 1, "open": 4, "open_within": 1, "open_late": 3, "waiting_acceptance": 1,
        "refused": 1, "withdrawn_before": 1, "extended": 1, "returned": 1, "returned_counter": 1,
    }  # fmt: skip
    assert total["carried_over"] == 0
    december = report(parse_period("2021-12"), Scope()).total
    assert december["carried_over"] == total["open"] + total["waiting_supplement"]


def test_days_are_sealed_one_by_one_and_chained(town: World) -> None:
    sql("DELETE FROM dossiers_seal", "UPDATE dossiers_event SET recorded_at = at")
    made = seal_past_days(moment("2021-11-09 03:00"))
    days = ["2021-11-01", "2021-11-02", "2021-11-03", "2021-11-04", "2021-11-05", "2021-11-08"]
    assert [day_of(one.covers_to).isoformat() for one in made] == days
    assert [bytes(later.previous_root) for later in made[1:]] == [bytes(before.root) for before in made[:-1]]
    assert seal_past_days(moment("2021-11-09 04:00")) == []
    verdict = audit()
    assert verdict.ok
    assert verdict.checked["unsealed_events"] == 2


def test_an_unbalanced_ledger_prints_no_report(town: World) -> None:
    sql(f"UPDATE dossiers_dossier SET accepted_at = accepted_at - interval '1 month' WHERE id = {FIRST}")
    with pytest.raises(Unbalanced):
        report(parse_period("2021-11"), Scope())
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("report", "2021-11", stdout=out, stderr=err)
    assert (ended.value.code, out.getvalue()) == (1, "")
    assert "không cân" in err.getvalue()
