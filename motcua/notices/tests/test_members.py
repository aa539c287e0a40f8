"""A notice about an organisation's dossier reaches the members who had a hand in it, each on their own ways; nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua.dossiers.acts import reception
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.dossiers.tests.organised import handed_in_for
from motcua.notices import failing
from motcua.notices.choosing import choose
from motcua.notices.inbox import unread
from motcua.notices.models import Delivery, Notice, Progress
from motcua.notices.outbox import take_all
from motcua.notices.own_data import notices_data
from motcua.notices.sending import send_due
from motcua.notices.tests.conftest import mail, sms
from motcua.notices.tests.servers import Gateway, Post
from motcua.people.contacts import vouched
from motcua.people.mandate_rows import Organisation
from motcua.people.mandates import end_mandate
from motcua.people.models import Account
from motcua.people.tests.made import member, organisation
from tests.world import World, moment

__all__ = ["mail", "sms"]
pytestmark = [pytest.mark.django_db, pytest.mark.alone]
NOW, LATER = moment("2021-11-01 12:00"), moment("2021-11-01 14:00")
COMPANY, LAN, BAY = "van-phong@gom.vn", "lan@vidu.vn", "bay@vidu.vn"


@pytest.fixture
def pottery(world: World) -> Organisation:
    """With its own address; Bảy represents it, Lan is its member, Khang too but has no hand in anything."""
    made = organisation(world.cast, "2021-11-01 08:00")
    Account.objects.filter(pk=made.account_id).update(email=COMPANY)
    vouched(made.account, [COMPANY], moment("2021-11-01 08:00"))
    Account.objects.filter(pk=world.cast.bay.pk).update(email=BAY)
    Account.objects.filter(pk=world.cast.khang.pk).update(email="khang@vidu.vn")
    Account.objects.filter(pk=world.cast.lan.pk).update(email=LAN, phone="0912345678", language="en")
    for who in (world.cast.lan, world.cast.khang):
        member(made, who, world.cast.bay, "2021-11-01 08:00", may_file=True)
    return made


@pytest.fixture
def theirs(world: World, pottery: Organisation) -> Dossier:
    return handed_in_for(world, pottery, world.cast.lan, "2021-11-01 09:00")


def told() -> set[tuple[str, str, str]]:
    return set(Delivery.objects.values_list("way", "address", "language"))


def test_who_filed_it_is_told_beside_the_organisation_in_their_language(
    world: World, theirs: Dossier, mail: Post, sms: Gateway
) -> None:
    take_all(NOW)
    assert told() == {("email", COMPANY, "vi"), ("email", LAN, "en"), ("sms", "84912345678", "en")}
    assert (unread(theirs.owner_account_id), unread(world.cast.lan.pk)) == (1, 0), (
        "in the portal it is the organisation's"
    )
    assert send_due(NOW)["sent"] == 3
    assert any("has received your dossier" in one.said for one in Delivery.objects.filter(address=LAN))
    data = notices_data(world.cast.lan.pk, NOW)
    assert {one["address"] for one in data["messages"]} == {LAN, "84912345678"} and data["notices"] == []


def test_what_they_chose_is_honoured(world: World, theirs: Dossier, mail: Post, sms: Gateway) -> None:
    choose({"email": False, "sms": True}, agrees=False, actor=world.actor("lan"), at=NOW)
    take_all(NOW)
    assert {way for way, address, _language in told() if address != COMPANY} == {"sms"}


def test_a_member_whose_mandate_is_over_hears_no_more(
    world: World, theirs: Dossier, pottery: Organisation, mail: Post
) -> None:
    take_all(NOW)
    one = member(pottery, world.cast.lan, world.cast.bay, "2021-11-01 08:00")
    end_mandate(one.pk, why="Nghỉ việc", by=world.cast.bay, at=NOW)
    reception.accept(theirs.pk, actor=world.actor("minh"), at=moment("2021-11-01 13:00"))
    take_all(LATER)
    kinds = Delivery.objects.filter(notice__kind="accepted").values_list("address", flat=True)
    assert list(kinds) == [COMPANY]


def test_who_answers_for_it_later_is_told_from_then_on(world: World, pottery: Organisation, mail: Post) -> None:
    handed_in_for(world, pottery, world.cast.bay, "2021-11-01 09:00")
    take_all(NOW)
    assert {address for _way, address, _language in told()} == {COMPANY, BAY}, "whoever represents it filed it"


def test_one_address_is_told_once(world: World, theirs: Dossier, mail: Post) -> None:
    Account.objects.filter(pk=world.cast.lan.pk).update(email=COMPANY, phone="")
    take_all(NOW)
    assert told() == {("email", COMPANY, "vi")}
    assert Notice.objects.count() == 1


def test_a_person_s_own_dossier_is_told_to_nobody_else(world: World, pottery: Organisation, mail: Post) -> None:
    lives.submitted(world)
    take_all(NOW)
    assert {address for _way, address, _language in told()} == {LAN}


def test_limited_to_other_dossiers_it_is_not_theirs(world: World, pottery: Organisation, mail: Post) -> None:
    made = handed_in_for(world, pottery, world.cast.lan, "2021-11-01 09:00")
    one = member(pottery, world.cast.lan, world.cast.bay, "2021-11-01 08:00")
    end_mandate(one.pk, why="Đổi", by=world.cast.bay, at=moment("2021-11-01 10:00"))
    words: dict[str, Any] = {"valid_from": date(2021, 11, 1), "dossiers": ("TN-XXXXXXXXXX",)}
    member(pottery, world.cast.lan, world.cast.bay, "2021-11-01 10:00", **words)
    take_all(NOW)
    assert {address for _way, address, _language in told()} == {COMPANY}, made.submission_no


def test_what_failed_goes_again_to_the_member_s_own_address(
    world: World, theirs: Dossier, sms: Gateway, mail: Post
) -> None:
    take_all(NOW)
    sms.script = [(400, {}, 0.0)]
    send_due(NOW)
    one = Delivery.objects.get(way="sms")
    assert one.state == Progress.REFUSED
    Account.objects.filter(pk=world.cast.lan.pk).update(phone="0987654321")
    failing.send_again(one.pk, actor=world.actor("yen"), at=NOW)
    one.refresh_from_db()
    assert one.address == "84987654321"
    assert failing.counts(world.actor("yen"), NOW)["unreachable"] == 0
