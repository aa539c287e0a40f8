"""Codes go out by real SMTP and HTTP at once; nothing else goes to a contact that was not proved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.notices.codes import send_codes
from motcua.notices.models import Delivery, Notice
from motcua.notices.outbox import take_all
from motcua.notices.tests.servers import Gateway, Post
from motcua.people import contacts
from motcua.people.code_rows import OneTimeCode
from motcua.people.codes import LIFE, digits_of
from motcua.people.models import Account
from tests.world import World, moment

pytestmark = [pytest.mark.django_db, pytest.mark.alone]
NIGHT = moment("2021-11-01 23:30")
NOW = moment("2021-11-01 12:00")


@pytest.fixture
def hue(db: None) -> Account:
    return Account.objects.create_account(
        "hue@vidu.vn", "cu-rich-mot-minh", "Lê Thị Huệ", email="hue@vidu.vn", phone="0912345678"
    )


def test_a_code_goes_by_mail_and_by_message_also_at_night(hue: Account, mail: Post, sms: Gateway) -> None:
    for address in (hue.email, hue.phone):
        contacts.ask_to_confirm(hue, address, NIGHT)
    assert send_codes(NIGHT) == 2 and send_codes(NIGHT) == 0
    by_mail, by_sms = OneTimeCode.objects.order_by("id")
    (letter,), ((key, body),) = mail.mails, sms.asked
    text = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert letter["To"] == "hue@vidu.vn" and digits_of(by_mail) in text and "Huệ" not in text
    assert key == f"code-{by_sms.pk}" and body["to"] == "84912345678"
    assert digits_of(by_sms) in body["text"] and body["text"].isascii() and len(body["text"]) <= 160


def test_what_the_gateway_could_not_take_is_tried_again_while_it_lives(hue: Account, sms: Gateway) -> None:
    contacts.ask_to_confirm(hue, hue.phone, NOW)
    sms.script = [(503, {}, 0.0)]
    assert send_codes(NOW) == 0 and OneTimeCode.objects.get().sent_at is None
    assert send_codes(NOW + timedelta(seconds=10)) == 1
    contacts.ask_to_confirm(hue, hue.phone, NOW)
    assert send_codes(NOW + LIFE) == 0


def test_where_no_way_is_open_nothing_goes(hue: Account) -> None:
    contacts.ask_to_confirm(hue, hue.phone, NOW)
    assert send_codes(NOW) == 0 and OneTimeCode.objects.get().sent_at is None


def test_nothing_goes_to_a_contact_that_was_not_proved(world: World, hue: Account, mail: Post, sms: Gateway) -> None:
    dossier = lives.accepted(world)
    Dossier.objects.filter(pk=dossier.pk).update(
        owner_account=hue, owner_email="nan-nhan@vidu.vn", owner_phone="0987654321"
    )
    take_all(NOW)
    assert Notice.objects.filter(account=hue).exists()  # the portal tells all the same
    assert not Delivery.objects.exists()
    contacts.vouched(hue, [hue.phone], NOW)
    again = lives.accepted(world)
    Dossier.objects.filter(pk=again.pk).update(owner_account=hue)
    take_all(NOW + timedelta(minutes=1))
    assert set(Delivery.objects.values_list("way", "address")) == {("sms", "84912345678")}
