"""A paper that a database replaces is asked for only with a reason, which the event keeps and the office answers for."""

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Invalid
from motcua.catalogue.models import Component, ComponentReplacement
from motcua.catalogue.offers import forget_offers
from motcua.dossiers.acts import processing, reception, submission, supplement
from motcua.dossiers.known_data import asked_anyway, papers_asked_anyway
from motcua.dossiers.models import Dossier
from tests.world import World, moment

DATABASE = "Cơ sở dữ liệu quốc gia về dân cư"
DAY = date(2026, 11, 2)
NOVEMBER = (moment("2026-11-01 00:00"), moment("2026-12-01 00:00"))
SAID = {"code": "wrong_data", "words": "Dữ liệu ghi sai năm sinh"}


def online(world: World) -> Dossier:
    forget_offers()
    text = "Bản sao căn cước công dân"
    ComponentReplacement.objects.create(procedure_code="9.000001", component_text=text, database=DATABASE)
    return submission.submit(world.online(), actor=world.actor("lan", DAY), at=moment("2026-11-02 08:00"))


def item(world: World, **more: Any) -> dict[str, Any]:
    component = Component.objects.get(case=world.passport, seq=2)
    return {"name": component.name, "why": "mờ", "component": component.pk} | more


def ask(world: World, dossier: Dossier, *items: dict[str, Any]) -> Any:
    facts: dict[str, Any] = {"reason": "Thiếu", "actor": world.actor("minh", DAY), "at": moment("2026-11-02 09:00")}
    return reception.ask_at_intake(dossier.pk, items=list(items), **facts)


@pytest.mark.parametrize("override", [{}, {"override": {"code": "because", "words": "Thích"}}, {"override": {"code": "outage", "words": " "}}])  # fmt: skip
def test_without_reason_and_words_it_is_refused(world: World, override: dict[str, Any]) -> None:
    dossier = online(world)
    with pytest.raises(Invalid, match=DATABASE) as error:
        ask(world, dossier, item(world, **override))
    assert list(error.value.fields) == [f"c{item(world)['component']}_override"]


def test_typing_its_name_by_hand_is_asking_for_it(world: World) -> None:
    dossier = online(world)
    with pytest.raises(Invalid, match=DATABASE):
        ask(world, dossier, {"name": "bản sao  Căn cước công dân", "why": "mờ"})
    ask(world, dossier, {"name": "Ảnh 4x6", "why": "sai cỡ"})


def test_the_event_keeps_the_reason_and_the_office_is_counted(world: World) -> None:
    dossier = online(world)
    request = ask(world, dossier, item(world, override=SAID), {"name": "Ảnh", "why": "mờ"})
    event = dossier.events.get(act="ask_at_intake")
    assert event.data["items"][0]["override"] == {"database": DATABASE, **SAID}
    assert request.items == event.data["items"]
    (counted,) = asked_anyway(*NOVEMBER)
    assert (counted.office_id, counted.code, counted.papers, counted.dossiers) == (
        world.cast.center.pk,
        "wrong_data",
        1,
        1,
    )
    (paper,) = papers_asked_anyway(*NOVEMBER, offices=[world.cast.center.pk])
    assert (paper.officer, paper.database, paper.words) == (world.cast.minh.full_name, DATABASE, SAID["words"])
    assert paper.reason == "Dữ liệu trong cơ sở dữ liệu sai, thiếu hoặc chưa cập nhật"
    assert papers_asked_anyway(*NOVEMBER, offices=[world.cast.justice.pk]) == []
    assert asked_anyway(NOVEMBER[1], moment("2027-01-01 00:00")) == []


def test_during_appraisal_the_authority_is_counted(world: World) -> None:
    dossier = online(world)
    reception.accept(dossier.pk, actor=world.actor("minh", DAY), at=moment("2026-11-02 09:00"))
    processing.forward(dossier.pk, actor=world.actor("minh", DAY), at=moment("2026-11-02 10:00"))
    facts: dict[str, Any] = {"reason": "Mờ", "actor": world.actor("hoa", DAY), "at": moment("2026-11-03 08:00")}
    with pytest.raises(Invalid, match=DATABASE):
        supplement.ask_supplement(dossier.pk, items=[item(world)], **facts)
    supplement.ask_supplement(dossier.pk, items=[item(world, override=SAID)], **facts)
    assert [row.office_id for row in asked_anyway(*NOVEMBER)] == [world.cast.justice.pk]


def test_before_the_law_forbade_it_no_reason_was_needed(world: World) -> None:
    ComponentReplacement.objects.create(
        procedure_code="9.000001", component_text="Bản sao căn cước công dân", database=DATABASE
    )
    forget_offers()
    at = moment("2021-11-01 08:00")
    dossier = submission.submit(world.online(), actor=world.actor("lan"), at=at)
    reception.ask_at_intake(dossier.pk, items=[item(world)], reason="Mờ", actor=world.actor("minh"), at=at)
    assert "override" not in dossier.events.get(act="ask_at_intake").data["items"][0]
