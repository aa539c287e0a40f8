"""Opinions and verifications that differ from the events, by one word or one instant, are found."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from motcua.dossiers.acts import consultation, decision, ending, verification
from motcua.dossiers.acts.consultation import Question
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.lives import at_approval, handled
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from tests.house.stage import set_stage
from tests.world import World, moment

pytestmark = pytest.mark.django_db
OPEN = "(SELECT min(id) FROM dossiers_consultation WHERE closed_at IS NULL)"
CLOSED = "(SELECT min(id) FROM dossiers_consultation WHERE outcome = 'answered')"
DONE = "(SELECT min(id) FROM dossiers_verification WHERE outcome = 'recorded')"
TAMPERED = [
    f"UPDATE dossiers_consultation SET answer = 'Khác' WHERE id = {CLOSED}",
    f"UPDATE dossiers_consultation SET closed_at = closed_at - interval '1 day' WHERE id = {CLOSED}",
    f"UPDATE dossiers_consultation SET due_at = due_at + interval '1 day' WHERE id = {CLOSED}",
    f"UPDATE dossiers_consultation SET file_id = NULL WHERE id = {CLOSED}",
    f"UPDATE dossiers_consultation SET question = 'Khác' WHERE id = {OPEN}",
    f"UPDATE dossiers_consultation SET outcome = 'answered', answer = 'Ừ', closed_at = now() WHERE id = {OPEN}",
    f"DELETE FROM dossiers_consultation WHERE id = {CLOSED}",
    "INSERT INTO dossiers_consultation (dossier_id, office_id, question, asked_by_id, asked_at, due_at, outcome, answer, reason)"
    f" SELECT dossier_id, (SELECT max(id) FROM offices_office), 'x', asked_by_id, asked_at, due_at, '', '', '' FROM dossiers_consultation WHERE id = {OPEN}",
    f"UPDATE dossiers_verification SET minutes = 'Khác' WHERE id = {DONE}",
    f"UPDATE dossiers_verification SET attended = 'Ai đó' WHERE id = {DONE}",
    f"UPDATE dossiers_verification SET begins_at = begins_at - interval '1 day' WHERE id = {DONE}",
    f"DELETE FROM dossiers_verification WHERE id = {DONE}",
    "UPDATE dossiers_dossier SET asked_offices = NULL WHERE asked_offices IS NOT NULL",
    "UPDATE dossiers_dossier SET asked_offices = asked_offices || 1::bigint WHERE asked_offices IS NOT NULL",
    "UPDATE dossiers_dossier SET asked_offices = ARRAY[1]::bigint[] WHERE asked_offices IS NULL",
    "UPDATE dossiers_dossier SET being_verified = NOT being_verified",
    "UPDATE dossiers_event SET data = '{\"asked\": 7}' WHERE act = 'consult'",
]  # fmt: skip


@pytest.fixture
def town(world: World, settings: Any, tmp_path: Path) -> World:
    """Opinions and verifications of every fate, all through the real acts."""
    settings.FILES_ROOT = tmp_path
    hoa, tuan = world.actor("hoa"), world.actor("tuan")
    set_stage(world, "asked")
    at = moment("2021-11-02 11:00")
    for end in (decision.approve, ending.stop):
        dossier = at_approval(world)
        asked_and_planned(world, dossier)
        words: dict[str, Any] = {} if end is decision.approve else {"reason": "x", "basis": "y"}
        end(dossier.pk, actor=tuan, at=moment("2021-11-09 09:00"), **words)
    dossier = handled(world)
    asked_and_planned(world, dossier)
    one, visit = dossier.consultations.get(), dossier.verifications.get()
    consultation.drop_consultation(dossier.pk, consultation_id=one.pk, reason="Nhầm", actor=hoa, at=at)
    asked_again = [Question(world.cast.industry.pk, "Nữa?", days=2)]
    consultation.consult(dossier.pk, questions=asked_again, actor=hoa, at=at)
    when: dict[str, Any] = {"begins_at": moment("2021-11-08 08:00"), "ends_at": moment("2021-11-08 09:00")}
    facts: dict[str, Any] = {"verification_id": visit.pk, "reason": "Mưa", "actor": hoa, "at": at}
    verification.move_verification(dossier.pk, place="Xã", **when, **facts)
    verification.cancel_verification(dossier.pk, **facts)
    return world


def asked_and_planned(world: World, dossier: Dossier) -> None:
    hoa, at = world.actor("hoa"), moment("2021-11-02 10:30")
    questions = [Question(world.cast.industry.pk, "Gì?", due_on=date(2021, 11, 5))]
    consultation.consult(dossier.pk, questions=questions, actor=hoa, at=at)
    when: dict[str, Any] = {"begins_at": moment("2021-11-04 08:00"), "ends_at": moment("2021-11-04 09:00")}
    words: dict[str, Any] = {"place": "Nhà", "participants": "Sở", "content": "Nơi ở"}
    verification.plan_verification(dossier.pk, needs_applicant=False, **when, **words, actor=hoa, at=at)


def test_after_real_acts_nothing_is_found_and_a_word_changed_by_hand_is(town: World) -> None:
    verdict = audit()
    assert verdict.ok, verdict.findings
    for statement in TAMPERED:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in ("event", "consultation", "verification"):
                cursor.execute(f"ALTER TABLE dossiers_{table} DISABLE TRIGGER USER")
            cursor.execute(statement)
            assert cursor.rowcount, statement
            assert Kind.INQUIRY.value in audit().counts, statement
            transaction.set_rollback(True)
    assert audit().ok
