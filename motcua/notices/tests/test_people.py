"""Who is told on which way, who sees what failed, and who may have it sent again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.acts import confidence
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.notices import failing, inbox
from motcua.notices.choosing import BY_DUTY, choose, chosen
from motcua.notices.models import Delivery, Notice, Progress, WayChoice
from motcua.notices.outbox import take_all
from motcua.notices.sending import send_due
from motcua.notices.tests.conftest import open_way
from motcua.notices.tests.servers import Gateway, Post
from motcua.people.models import Account
from tests.world import World, moment

pytestmark = [pytest.mark.django_db, pytest.mark.alone]
NOW = moment("2021-11-01 12:00")
ALL = {"email": True, "sms": True, "zalo": True}


def lan(world: World, phone: str = "0912345678", email: str = "lan@vidu.vn") -> None:
    Account.objects.filter(pk=world.cast.lan.pk).update(phone=phone, email=email)


def ways_of_a_new_dossier(world: World) -> set[str]:
    dossier = lives.submitted(world)
    take_all(NOW)
    return set(Delivery.objects.filter(notice__dossier=dossier).values_list("way", flat=True))


def test_people_choose_and_zalo_needs_their_word(world: World, sms: Gateway, mail: Post) -> None:
    open_way("zalo", sms.address)
    lan(world)
    who: dict[str, Any] = {"actor": world.actor("lan"), "at": NOW}
    assert ways_of_a_new_dossier(world) == {"email", "sms"}, "by duty, without asking; Zalo is a third party's"
    with pytest.raises(Invalid):
        choose(ALL, agrees=False, **who)
    assert WayChoice.objects.count() == 0
    assert choose(ALL, agrees=True, **who) == 1
    assert WayChoice.objects.get().consent
    assert ways_of_a_new_dossier(world) == {"email", "sms", "zalo"}
    assert choose({"email": False, "sms": False, "zalo": False}, agrees=False, **who) == 3
    assert ways_of_a_new_dossier(world) == set()
    assert chosen([world.cast.lan.pk])[world.cast.lan.pk] == dict.fromkeys(BY_DUTY, False)
    assert inbox.unread(world.cast.lan.pk) == 3, "the portal can't be turned off"


def test_a_way_to_nowhere_is_not_chosen(world: World) -> None:
    lan(world, phone="", email="")
    who: dict[str, Any] = {"actor": world.actor("lan"), "at": NOW}
    choose({"email": False, "sms": False}, agrees=False, **who)
    with pytest.raises(Invalid) as wrong:
        choose({"email": True, "sms": True}, agrees=False, **who)
    assert set(wrong.value.fields) == {"email", "sms"}
    with pytest.raises(NotThere):
        choose(ALL, agrees=True, actor=world.actor("nobody"), at=NOW)


@pytest.mark.parametrize("phone", ["", "02273831234", "123", "khong co"])
def test_a_telephone_that_gets_no_messages_gets_none(phone: str, world: World, sms: Gateway) -> None:
    lan(world, phone=phone, email="")
    Dossier.objects.update(owner_phone="")
    assert ways_of_a_new_dossier(world) == set()


def given_up(world: World, sms: Gateway) -> tuple[Dossier, Delivery]:
    dossier = lives.accepted(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_phone="0912345678")
    take_all(NOW)
    sms.script = [(400, {}, 0.0)]
    send_due(NOW)
    return dossier, Delivery.objects.get(notice__dossier=dossier)


def test_who_sees_what_failed(world: World, sms: Gateway) -> None:
    given_up(world, sms)
    for name in ("dung", "quang", "yen"):
        assert failing.counts(world.actor(name), NOW) == {"given_up": 1, "waiting": 0, "sent": 0, "unreachable": 0}, (
            name
        )
    assert (
        failing.counts(world.actor("hien"), NOW)["given_up"] == 0 if world.actor("hien").offices("unit_head") else True
    )
    for name in ("minh", "hoa", "lan", "khang", "nobody"):
        with pytest.raises(NotThere):
            failing.counts(world.actor(name), NOW)


def test_nobody_learns_of_a_confidential_dossier_here(world: World, sms: Gateway) -> None:
    dossier, one = given_up(world, sms)
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=world.actor("dung"), at=moment("2021-11-01 09:00"))
    assert (
        failing.counts(world.actor("yen"), NOW)["given_up"]
        == 0
        == failing.counts(world.actor("quang"), NOW)["given_up"]
    )
    with pytest.raises(NotThere):
        failing.send_again(one.pk, actor=world.actor("yen"), at=NOW)
    assert failing.counts(world.actor("dung"), NOW)["given_up"] == 1


def test_sending_again_goes_to_the_address_as_it_is_now_under_a_new_key(world: World, sms: Gateway) -> None:
    dossier, one = given_up(world, sms)
    Dossier.objects.filter(pk=dossier.pk).update(owner_phone="0987654321")
    failing.send_again(one.pk, actor=world.actor("quang"), at=NOW)
    assert send_due(NOW)["sent"] == 1
    (first, _), (second, body) = sms.asked
    assert second == f"{first}-1" and body["to"] == "84987654321"
    one.refresh_from_db()
    assert one.again_by == world.cast.quang and one.state == Progress.SENT
    with pytest.raises(Refused):
        failing.send_again(one.pk, actor=world.actor("quang"), at=NOW)


def test_what_only_was_not_answered_keeps_its_key(world: World, sms: Gateway) -> None:
    _dossier, one = given_up(world, sms)
    Delivery.objects.filter(pk=one.pk).update(state=Progress.FAILED)
    failing.send_again(one.pk, actor=world.actor("dung"), at=NOW)
    send_due(NOW)
    assert sms.asked[0][0] == sms.asked[1][0]
    with pytest.raises(Forbidden):
        failing.send_again(one.pk, actor=world.actor("minh"), at=NOW)


def test_whom_nobody_can_tell_is_on_a_list(world: World) -> None:
    dossier = lives.accepted(world)
    take_all(NOW)
    assert failing.counts(world.actor("dung"), NOW)["unreachable"] == 1
    (told,) = inbox.told_of(dossier.pk, contacts=True)
    assert told.is_unreachable


def test_the_officer_sees_every_way_with_its_state_and_masked_addresses(world: World, sms: Gateway) -> None:
    dossier, _one = given_up(world, sms)
    (seen,) = inbox.told_of(dossier.pk, contacts=False)
    assert seen.ways[0].address == "849*****678" and seen.ways[0].state == "refused"
    (known,) = inbox.told_of(dossier.pk, contacts=True)
    assert known.ways[0].address == "84912345678"


def test_reading_is_one_s_own(world: World) -> None:
    lives.submitted(world)
    take_all(NOW)
    one = Notice.objects.get()
    with pytest.raises(NotThere):
        inbox.mark_read(one.pk, world.actor("bay"), NOW)
    assert inbox.mark_all_read(one.pk, world.actor("bay"), NOW) == 0 == inbox.unread(None)
    inbox.mark_read(one.pk, world.actor("lan"), NOW)
    inbox.mark_read(one.pk, world.actor("lan"), NOW + timedelta(days=1))
    one.refresh_from_db()
    assert one.read_at == NOW and inbox.unread(world.cast.lan.pk) == 0


@pytest.mark.parametrize(
    "bent",
    [
        "DELETE FROM notices_delivery",
        "UPDATE notices_notice SET facts = '{}'",
        "UPDATE notices_notice SET made_at = now()",
        "UPDATE notices_delivery SET said = 'x' WHERE state = 'sent'",
        "UPDATE notices_waysetting SET gateway = 'http://xau.vn/'",
        "UPDATE notices_waychoice SET is_on = NOT is_on",
        "INSERT INTO notices_notice (key, kind, facts, made_at) VALUES ('x', 'ready', '{}', now())",
    ],
)
def test_what_was_told_can_t_be_bent_by_sql(bent: str, world: World, sms: Gateway) -> None:
    lan(world)
    choose({"email": False}, agrees=False, actor=world.actor("lan"), at=NOW)
    ways_of_a_new_dossier(world)
    send_due(NOW)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(bent)
