"""Which office answers for what is said: a dated table, and procedure control for rules. Law: ND20-2008 8"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from motcua.base.errors import Forbidden, Invalid
from motcua.dossiers.tests.lives import finished
from motcua.offices.models import Office
from motcua.petitions import acts
from motcua.petitions.models import Route
from motcua.petitions.routing import set_route, topics
from motcua.petitions.tests.saying import AT, from_outside, received
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LATER = moment("2021-12-01 09:00")


def routed(world: World, kind: str = "conduct", **said: Any) -> Route:
    """From 1 December on."""
    facts = {"topic": "", "level": "", "office_id": world.cast.industry.pk, "valid_from": date(2021, 12, 1)}
    changes = {"reason": "QĐ 12/QĐ-UBND", "actor": world.actor("quang"), "at": AT}
    return set_route(kind, **{**facts, **changes, **said})


def test_rules_go_to_procedure_control_and_conduct_to_the_office_it_is_about(world: World) -> None:
    one = from_outside(world, "regulation")
    assert one.owner_office.kind == Office.Kind.PROVINCE and one.about_office == world.cast.justice
    assert acts.Petition.objects.visible_to(world.actor("quang")).filter(pk=one.pk).exists()
    assert from_outside(world, "conduct").owner_office == from_outside(world, "both").owner_office == world.cast.justice
    assert received(world, "regulation").owner_office == world.cast.center, "who took it in at the counter passes it on"


def test_the_nearest_row_counts_from_its_day_on(world: World) -> None:
    dossier = finished(world)
    field = dossier.version.field
    assert field in topics()
    routed(world)
    assert from_outside(world).owner_office == world.cast.justice, "not yet"
    assert from_outside(world, at=LATER).owner_office == world.cast.industry
    routed(world, level="province", office_id=world.cast.center.pk)
    assert from_outside(world, at=LATER).owner_office == world.cast.center
    assert from_outside(world, about_office_id=world.cast.commune.pk, at=LATER).owner_office == world.cast.industry
    routed(world, topic=field, office_id=world.cast.justice.pk)
    one = from_outside(world, dossier=dossier, at=LATER)
    assert one.owner_office == world.cast.justice and one.events.get().data["topic"] == field
    assert from_outside(world, topic=field, at=LATER).owner_office == world.cast.justice
    routed(world, topic=field, office_id=None, valid_from=date(2021, 12, 2))
    assert from_outside(world, dossier=dossier, at=moment("2021-12-02 09:00")).owner_office == world.cast.center


def test_a_question_stays_with_whoever_holds_the_dossier(world: World) -> None:
    dossier = finished(world)
    routed(world)
    assert acts.ask(dossier, "Khi nào?", actor=world.actor("lan"), at=LATER).owner_office == dossier.at_office


def test_who_may_set_it_from_when_and_it_stays_as_it_was_set(world: World) -> None:
    with pytest.raises(Forbidden):
        routed(world, actor=world.actor("dung"))
    for wrong in (
        {"topic": "Không có"}, {"level": "x"}, {"office_id": 0}, {"valid_from": date(2021, 11, 1)}, {"reason": "a"},
        {"kind": "question"},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            routed(world, **wrong)
    one = routed(world)
    with pytest.raises(Invalid):
        routed(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        one.delete()
