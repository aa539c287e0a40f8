"""Consent by a code to the person's own telephone: sent, read out, typed; short-lived, few tries, kept as a digest alone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import ConsentCode, Dossier, Draft, Event
from motcua.notices.models import Delivery
from motcua.notices.tests.conftest import sms
from motcua.notices.tests.servers import Gateway
from motcua.pages.portal.tests.conftest import Watch
from motcua.pages.portal.tests.test_helping import PERSON, begin, minh, with_papers
from motcua.reports.measures import MEASURES
from tests.house.pages import assert_good_page
from tests.world import World

__all__ = ["minh", "sms"]
pytestmark = [pytest.mark.django_db, pytest.mark.alone]
BY_CODE = {**PERSON, "help_way": "code"}


def at_the_last_step(minh: Client, world: World, **changes: str) -> tuple[Draft, str]:
    draft = begin(minh, world)
    assert minh.post(f"/nop-ho-so/{draft.pk}/thong-tin/", {**BY_CODE, **changes}).status_code == 302
    with_papers(minh, draft, world, consent=False)
    return draft, f"/nop-ho-so/{draft.pk}/xem-lai/"


def sent(gateway: Gateway) -> str:
    """The code of the last message, as the telephone shows it."""
    body = gateway.asked[-1][1]
    assert body["to"] == "84912345678"
    found = re.search(r"\b\d{6}\b", body["text"])
    assert found is not None
    return found[0]


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_code_reaches_the_person_and_hands_in(minh: Client, world: World, sms: Gateway) -> None:
    _draft, page = at_the_last_step(minh, world)
    html = assert_good_page(minh.get(page))
    assert "091****678" in html and 'name="consent"' not in html
    assert "Đã gửi mã" in assert_good_page(minh.post(page, {"send_code": "1"}, follow=True))
    code = sent(sms)
    row = ConsentCode.objects.get()
    assert code not in str(ConsentCode.objects.values().get()) and "912345678" not in row.phone_digest
    assert not Delivery.objects.exists(), "the words of a code are kept nowhere"
    answer = minh.post(page, {"code": f" {code[:3]} {code[3:]} ", "read_aloud": "on"})
    dossier = Dossier.objects.get()
    assert answer.url == f"/giup-nop/{dossier.submission_no}/da-nop/"  # type: ignore[attr-defined]
    said = Event.objects.get(dossier=dossier, act="submit").data["help"]
    assert (said["way"], said["code"], said["phone"]) == ("code", row.pk, "0912345678")
    assert said["confirmed_at"] and code not in str(said)
    assert "Đọc mã được gửi tới điện thoại 0912345678" in assert_good_page(
        minh.get(f"/giup-nop/{dossier.submission_no}/")
    )
    row.refresh_from_db()
    assert row.draft_id is None and row.confirmed_at is not None
    helped = Dossier.objects.filter(helper__isnull=False, channel=2)
    assert list(helped) == [dossier] and "new_online_helped" in MEASURES, "counted apart as every other help"


def test_without_the_code_nothing_is_handed_in(minh: Client, world: World, sms: Gateway) -> None:
    _draft, page = at_the_last_step(minh, world)
    for typed, says in (({}, "Mã đồng ý"), ({"code": "123456"}, "Chưa gửi mã tới số điện thoại này.")):
        html = assert_good_page(minh.post(page, {**typed, "read_aloud": "on"}), 422)
        assert says in html
    minh.post(page, {"send_code": "1"})
    assert_good_page(minh.post(page, {"code": sent(sms)}), 422)  # nothing was read aloud
    assert not Dossier.objects.exists()


def test_five_wrong_ones_end_a_code_and_a_right_one_comes_too_late(minh: Client, world: World, sms: Gateway) -> None:
    _draft, page = at_the_last_step(minh, world)
    minh.post(page, {"send_code": "1"})
    code = sent(sms)
    told = [minh.post(page, {"code": another(code), "read_aloud": "on"}).content.decode() for _try in range(5)]
    assert "Còn thử được 4 lần" in told[0] and "hãy gửi mã mới" in told[4]
    assert "hãy gửi mã mới" in minh.post(page, {"code": code, "read_aloud": "on"}).content.decode()
    assert ConsentCode.objects.get().tries == 5 and not Dossier.objects.exists()


@pytest.mark.parametrize(("when", "is_good"), [("2021-11-01 09:09", True), ("2021-11-01 09:10", False)])
def test_a_code_lasts_ten_minutes(
    minh: Client, world: World, sms: Gateway, watch: Watch, when: str, is_good: bool
) -> None:
    _draft, page = at_the_last_step(minh, world)
    minh.post(page, {"send_code": "1"})
    watch.set(when)
    answer = minh.post(page, {"code": sent(sms), "read_aloud": "on"})
    assert (answer.status_code, Dossier.objects.count()) == ((302, 1) if is_good else (422, 0))
    assert is_good or "Mã đã hết hạn" in answer.content.decode()


def test_a_new_code_ends_the_one_before_and_a_telephone_is_not_rung_all_day(
    minh: Client, world: World, sms: Gateway, watch: Watch
) -> None:
    draft, page = at_the_last_step(minh, world)
    minh.post(page, {"send_code": "1"})
    first = sent(sms)
    assert "hãy đợi một phút" in minh.post(page, {"send_code": "1"}, follow=True).content.decode()
    watch.set("2021-11-01 09:01")
    minh.post(page, {"send_code": "1"})
    assert len(sms.asked) == 2
    if first != sent(sms):
        assert minh.post(page, {"code": first, "read_aloud": "on"}).status_code == 422
    for minute in (2, 3, 4):
        watch.set(f"2021-11-01 09:{minute:02d}")
        minh.post(page, {"send_code": "1"})
    watch.set("2021-11-01 09:05")
    assert "Hôm nay đã gửi đủ" in minh.post(page, {"send_code": "1"}, follow=True).content.decode()
    minh.post(f"/nop-ho-so/{draft.pk}/xoa/")
    _other, page = at_the_last_step(minh, world)
    assert "Hôm nay đã gửi đủ" in minh.post(page, {"send_code": "1"}, follow=True).content.decode(), (
        "nor by a new draft"
    )
    assert len(sms.asked) == 5


def test_another_number_needs_another_code(minh: Client, world: World, sms: Gateway) -> None:
    draft, page = at_the_last_step(minh, world)
    minh.post(page, {"send_code": "1"})
    code = sent(sms)
    minh.post(f"/nop-ho-so/{draft.pk}/thong-tin/", {**BY_CODE, "owner_phone": "0987654321"})
    answer = minh.post(page, {"code": code, "read_aloud": "on"})
    assert "Chưa gửi mã tới số điện thoại này." in assert_good_page(answer, 422)
    assert not Dossier.objects.exists()


def test_a_gateway_that_does_not_take_it_is_said(minh: Client, world: World, sms: Gateway) -> None:
    _draft, page = at_the_last_step(minh, world)
    sms.script = [(500, {}, 0.0)]
    assert "Tin nhắn chưa gửi được" in assert_good_page(minh.post(page, {"send_code": "1"}, follow=True))


@pytest.mark.parametrize("phone", ["02273831234", "0212345678"])
def test_a_number_without_messages_is_said(minh: Client, world: World, sms: Gateway, phone: str) -> None:
    _draft, page = at_the_last_step(minh, world, owner_phone=phone)
    assert "ần số điện thoại di động" in assert_good_page(minh.post(page, {"send_code": "1"}, follow=True))
    assert sms.asked == []


def test_while_no_message_can_go_out_the_way_is_not_offered(minh: Client, world: World, watch: Any) -> None:
    draft = begin(minh, world)
    html = assert_good_page(minh.get(f"/nop-ho-so/{draft.pk}/thong-tin/"))
    assert 'value="witness"' in html and 'value="code"' not in html
    assert minh.post(f"/nop-ho-so/{draft.pk}/thong-tin/", BY_CODE).status_code == 422


def test_anothers_draft_sends_no_code(minh: Client, lan: Client, world: World, sms: Gateway) -> None:
    _draft, page = at_the_last_step(minh, world)
    assert lan.post(page, {"send_code": "1"}).status_code == 404
    assert sms.asked == []
