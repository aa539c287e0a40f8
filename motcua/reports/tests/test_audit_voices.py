"""The audit of votes and petitions: clean after real acts; anything bent by SQL is found and named."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from motcua.dossiers.tests.lives import finished
from motcua.offices.actors import ANONYMOUS
from motcua.petitions import acts
from motcua.petitions.tests.saying import AT, answered, from_outside, handling
from motcua.ratings.tests.voting import vote
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def voices(world: World) -> World:
    """Votes and petitions of every fate, through the real acts."""
    vote(finished(world), "very_satisfied")
    changed = finished(world)
    vote(changed, "satisfied")
    vote(changed, "not_satisfied", words="Chậm")
    one = answered(world)
    acts.publish(one.pk, question="Hỏi", text="Đáp", actor=world.actor("tuan"), at=AT)
    acts.reopen(one.pk, text="Chưa", actor=ANONYMOUS, at=AT, secret=one.secret)
    two = handling(world, about_officer_id=world.cast.hoa.pk)
    acts.ask_statement(two.pk, officer_id=world.cast.hoa.pk, text="?", actor=world.actor("thanh"), at=AT)
    three = from_outside(world)
    acts.pass_on(three.pk, agency="Thanh tra", text="Đúng nơi", actor=world.actor("tuan"), at=AT)
    acts.note_arrival(three.pk, on=AT.date(), actor=world.actor("tuan"), at=AT)
    return world


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in (
            "ratings_vote", "ratings_votechain", "petitions_petition", "petitions_petitionevent", "petitions_petitioncounter",
        ):  # fmt: skip
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)


def test_after_real_acts_nothing_is_found(voices: World) -> None:
    verdict = audit()
    assert verdict.findings == []
    assert (verdict.checked["votes"], verdict.checked["petitions"]) == (3, 4)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        (Kind.VOTE, "UPDATE ratings_vote SET level = 'very_satisfied' WHERE level = 'not_satisfied'"),
        (Kind.VOTE, "UPDATE ratings_vote SET words = ''"),
        (Kind.VOTE, "DELETE FROM ratings_vote WHERE serial = 2"),
        (Kind.VOTE, "DELETE FROM ratings_vote WHERE serial = 3"),
        (Kind.VOTE, "DELETE FROM ratings_vote"),
        (Kind.VOTE, "DELETE FROM ratings_votechain"),
        (Kind.PETITION, "UPDATE petitions_petitionevent SET text = 'Khác' WHERE act = 'answer'"),
        (Kind.PETITION, "UPDATE petitions_petitionevent SET due_on = due_on + 9 WHERE act = 'assign'"),
        (Kind.PETITION, "DELETE FROM petitions_petitionevent WHERE act = 'answer'"),
        (Kind.PETITION, "UPDATE petitions_petition SET content = 'Khác'"),
        (Kind.PETITION, "UPDATE petitions_petition SET due_on = due_on + 9"),
        (Kind.PETITION, "UPDATE petitions_petition SET concerned = '{}'"),
        (Kind.PETITION, "UPDATE petitions_petition SET owner_id = NULL"),
        (
            Kind.PETITION,
            "DELETE FROM petitions_petitionevent WHERE petition_id = (SELECT max(id) FROM petitions_petition); "
            "DELETE FROM petitions_petition WHERE id = (SELECT max(id) FROM petitions_petition)",
        ),
    ],
)
def test_what_was_bent_is_found_and_named(voices: World, kind: Kind, statement: str) -> None:
    with transaction.atomic():
        sql(statement)
        assert kind.value in set(audit().counts)
        transaction.set_rollback(True)
