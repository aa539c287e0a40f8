"""The province's system of petitions hears of each act by a real HTTP gateway, each once, and what failed is listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.lives import finished
from motcua.notices import failing
from motcua.notices.forwarding import take_forwarding
from motcua.notices.models import Delivery
from motcua.notices.sending import WAITS, send_due
from motcua.notices.tests.conftest import open_way
from motcua.notices.tests.servers import Gateway, gateway
from motcua.notices.ways import set_way
from motcua.petitions import acts
from motcua.petitions.tests.saying import AT, from_outside
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOON = moment("2021-11-01 12:00")


@pytest.fixture
def pakn(db: None) -> Iterator[Gateway]:
    """The province's system, and the way to it open."""
    with gateway() as server:
        open_way("pakn", server.address)
        yield server


def told(server: Gateway) -> list[dict[str, Any]]:
    return [body for _key, body in server.asked]


def test_while_the_way_is_shut_nothing_is_lined_up(world: World) -> None:
    from_outside(world)
    assert take_forwarding(NOON) == 0


def test_what_came_in_and_what_became_of_it_each_once(
    world: World, pakn: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_PAKN_TOKEN", "t0")
    one, tuan = from_outside(world), world.actor("tuan")
    acts.assign(one.pk, owner_id=world.cast.thanh.pk, actor=tuan, at=AT)
    acts.answer(one.pk, text="Đã nhắc nhở", actor=tuan, at=AT)
    acts.publish(one.pk, question="Trả lời không rõ?", text="Đã nhắc", actor=tuan, at=AT)
    for kind in ("complaint",):
        from_outside(world, kind)
    acts.ask(finished(world), "Khi nào xong?", actor=world.actor("lan"), at=AT)
    assert (take_forwarding(NOON), take_forwarding(NOON)) == (3, 0)
    assert send_due(NOON)["sent"] == 3 and send_due(NOON)["sent"] == 0
    came, answered, published = told(pakn)
    assert came["code"] == answered["code"] == published["code"] == one.code
    assert (came["act"], came["content"], came["answer_by"]) == ("receive", one.content, "2021-11-22")
    assert came["person"]["name"] == one.person_name and came["about_office"]["code"] == world.cast.justice.code
    assert (answered["act"], answered["text"], answered["state"]) == ("answer", "Đã nhắc nhở", "answered")
    assert "person" not in answered and published["question"] == "Trả lời không rõ?"
    assert [key for key, _body in pakn.asked] == [f"{one.code}-{seq}-out-pakn" for seq in (1, 3, 4)]
    assert pakn.tokens == ["Bearer t0"] * 3
    assert one.secret not in json.dumps(told(pakn))


def test_what_does_not_arrive_is_tried_again_then_listed_and_sent_anew(world: World, pakn: Gateway) -> None:
    one = from_outside(world)
    take_forwarding(NOON)
    pakn.script = [(503, {}, 0.0)] * (len(WAITS) + 1)
    at = NOON
    for wait in WAITS:
        assert send_due(at)["later"] == 1
        assert send_due(at + wait - timedelta(seconds=1)) == {"sent": 0, "later": 0, "given_up": 0}
        at += wait
    assert send_due(at)["given_up"] == 1
    assert {key for key, _body in pakn.asked} == {f"{one.code}-1-out-pakn"}, "one key, so that it arrives once"
    quang = world.actor("quang")
    (lost,) = failing.deliveries(quang, "given_up", at)
    assert lost.notice.petition_id == one.pk
    failing.send_again(lost.pk, actor=quang, at=at)
    assert send_due(at)["sent"] == 1 and len(pakn.delivered) == 1
    assert Delivery.objects.get().address == "pakn"


def test_nothing_from_before_the_way_was_open_nor_of_a_replay(world: World, pakn: Gateway) -> None:
    dossier = finished(world)
    from_outside(world, dossier=dossier)
    Dossier.objects.filter(pk=dossier.pk).update(origin="replay")
    from_outside(world, at=moment("2021-09-30 09:00"))
    set_way(
        "pakn",
        is_on=True,
        gateway=pakn.address,
        sender="H54",
        valid_from=NOON,
        reason="Theo kế hoạch",
        by="Yến",
        at=NOON,
    )
    from_outside(world)
    assert take_forwarding(NOON) == 0
    assert send_due(NOON) == {"sent": 0, "later": 0, "given_up": 0}
