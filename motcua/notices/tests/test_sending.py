"""What is due goes out by real SMTP and HTTP; what can't is tried again with growing waits, and at last given up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.law.tests.settling import settle_value
from motcua.notices import gateways, sending
from motcua.notices.kinds import Way
from motcua.notices.models import Delivery, Progress
from motcua.notices.outbox import take_all
from motcua.notices.sending import LEASE, WAITS, claim, send_due
from motcua.notices.tests.conftest import open_way
from motcua.notices.tests.servers import Gateway, Post
from tests.world import World, moment

pytestmark = [pytest.mark.django_db, pytest.mark.alone]
NOW = moment("2021-11-01 12:00")
LAN = {"owner_phone": "0912 345 678", "owner_email": "lan@vidu.vn"}


def accepted(world: World) -> Dossier:
    dossier = lives.accepted(world)
    Dossier.objects.filter(pk=dossier.pk).update(**LAN)
    take_all(NOW)
    dossier.refresh_from_db()
    return dossier


def test_a_mail_and_a_message_say_the_code_and_nothing_personal(
    world: World, sms: Gateway, mail: Post, settings: LazySettings
) -> None:
    settings.PUBLIC_ADDRESS = "https://dvc.vidu.vn"
    dossier = accepted(world)
    assert send_due(NOW) == {"sent": 2, "later": 0, "given_up": 0}
    (letter,), ((key, body),) = mail.mails, sms.asked
    text = letter.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert (
        letter["To"] == "lan@vidu.vn"
        and str(dossier.code) in text
        and "https://dvc.vidu.vn/ho-so/tra-cuu/?ma=TN-" in text
    )
    assert key == f"{dossier.submission_no}-1-sms" and letter["Message-ID"].startswith(
        f"<{dossier.submission_no}-1-email@"
    )
    assert body["to"] == "84912345678" and str(dossier.code) in body["text"] and body["text"].isascii()
    for said in (text, body["text"]):
        for secret in (dossier.secret, "Lan", "hộ chiếu", "ho chieu", dossier.owner_id_no):
            assert secret not in said
    sent = Delivery.objects.get(way=Way.SMS)
    assert (sent.state, sent.sent_at, sent.gateway_ref, sent.said) == ("sent", NOW, "gw-1", body["text"])


def test_nothing_is_sent_twice(world: World, sms: Gateway) -> None:
    accepted(world)
    send_due(NOW)
    assert sum(send_due(NOW + timedelta(hours=1)).values()) == 0 and len(sms.asked) == 1


def test_failures_wait_longer_each_time_and_are_given_up_at_last(world: World, sms: Gateway) -> None:
    accepted(world)
    sms.script = [(503, {}, 0.0)] * (len(WAITS) + 1)
    at, waits = NOW, []
    while (one := Delivery.objects.get()).state == Progress.WAITING:
        at = one.next_at
        send_due(at)
        one.refresh_from_db()
        waits.append(one.next_at - at)
    assert one.state == Progress.FAILED and one.attempts == len(WAITS) + 1 == len(sms.asked)
    assert waits[:3] == list(WAITS[:3]) and "HTTP 503" in one.last_error and "84912345678" not in one.last_error
    assert len({key for key, _body in sms.asked}) == 1, "every attempt has the same key"
    assert sum(send_due(at + timedelta(days=9)).values()) == 0


def test_too_many_requests_waits_as_long_as_the_gateway_asks(world: World, sms: Gateway) -> None:
    accepted(world)
    sms.script = [(429, {"Retry-After": "1800"}, 0.0)]
    send_due(NOW)
    one = Delivery.objects.get()
    assert one.next_at == NOW + timedelta(minutes=30)
    assert sum(send_due(NOW + timedelta(minutes=29)).values()) == 0
    assert send_due(NOW + timedelta(minutes=30))["sent"] == 1


def test_a_refused_number_is_not_tried_again(world: World, sms: Gateway) -> None:
    accepted(world)
    sms.script = [(400, {}, 0.0)]
    assert send_due(NOW)["given_up"] == 1
    assert Delivery.objects.get().state == Progress.REFUSED and sum(send_due(NOW + LEASE).values()) == 0


def test_a_slow_gateway_is_not_waited_for_and_its_late_answer_makes_no_second_message(
    world: World, sms: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateways, "SECONDS", 0.2)
    accepted(world)
    sms.script = [(202, {}, 1.0)]
    assert send_due(NOW)["later"] == 1
    assert send_due(NOW + WAITS[0])["sent"] == 1, "409: it was taken before"
    assert len(sms.asked) == 2 and len(sms.delivered) == 1


def test_a_gateway_that_is_down_is_not_asked_by_everybody(world: World, sms: Gateway) -> None:
    for _ in range(6):
        accepted(world)
    sms.script = [(500, {}, 0.0)] * 3
    assert send_due(NOW) == {"sent": 0, "later": 6, "given_up": 0}
    assert len(sms.asked) == sending.DOWN_AFTER
    untried = Delivery.objects.filter(attempts=0)
    assert untried.count() == 3 and set(untried.values_list("state", flat=True)) == {"waiting"}
    assert send_due(NOW + WAITS[0])["sent"] == 6


def test_nobody_listening_and_nonsense_are_failures_not_crashes(world: World) -> None:
    open_way("sms", "http://127.0.0.1:9/")
    accepted(world)
    assert send_due(NOW)["later"] == 1
    assert "refused" in Delivery.objects.get().last_error.lower()


@pytest.mark.parametrize(("answer", "state"), [("550 no such user", "refused"), ("450 later", "waiting")])
def test_a_mail_server_says_no_or_later(answer: str, state: str, world: World, mail: Post) -> None:
    accepted(world)
    mail.answers = [answer]
    send_due(NOW)
    one = Delivery.objects.get()
    assert one.state == state and answer[:3] in one.last_error and mail.mails == []


def test_no_mail_server_is_tried_again(world: World, mail: Post, settings: LazySettings) -> None:
    settings.EMAIL_PORT = 9
    accepted(world)
    assert send_due(NOW)["later"] == 1


def test_what_another_worker_has_taken_is_left_to_it_until_its_lease_is_over(world: World, sms: Gateway) -> None:
    accepted(world)
    (mine,) = claim(Way.SMS, NOW)
    assert claim(Way.SMS, NOW + LEASE - timedelta(seconds=1)) == []
    (theirs,) = claim(Way.SMS, NOW + LEASE)
    assert theirs.attempts == 2
    # The first one wakes up late: what it has to say changes nothing any more.
    sending.record(mine, "sms", gateways.Answer(refused=True, error="x"), "", NOW + LEASE)
    assert Delivery.objects.get().state == Progress.SENDING
    sending.record(theirs, "sms", gateways.Answer(taken=True), "…", NOW + LEASE)
    assert Delivery.objects.get().state == Progress.SENT


def test_telephones_rest_at_night_and_letters_do_not(world: World, sms: Gateway, mail: Post) -> None:
    night, morning = moment("2021-11-01 22:30"), moment("2021-11-02 07:00")
    dossier = lives.accepted(world)
    Dossier.objects.filter(pk=dossier.pk).update(**LAN)
    take_all(night)
    assert send_due(night) == {"sent": 1, "later": 0, "given_up": 0} and len(mail.mails) == 1 and sms.asked == []
    one = Delivery.objects.get(way=Way.SMS)
    assert (one.next_at, one.quiet_until) == (morning, morning)
    assert send_due(moment("2021-11-02 06:59"))["sent"] == 0
    assert send_due(morning)["sent"] == 1


def test_an_attempt_that_would_fall_into_the_night_waits_for_the_morning(world: World, sms: Gateway) -> None:
    accepted(world)
    sms.script = [(429, {"Retry-After": "36000"}, 0.0)]
    send_due(NOW)
    one = Delivery.objects.get()
    assert one.next_at == one.quiet_until == moment("2021-11-02 07:00")


def test_the_province_says_when_it_is_night(world: World, sms: Gateway) -> None:
    settle_value("r1_2018", "quiet_from", "11:00", on=NOW.date())
    accepted(world)
    assert sum(send_due(NOW).values()) == 0
    assert Delivery.objects.get().quiet_until == moment("2021-11-02 07:00")


def test_a_way_that_is_shut_sends_nothing_and_loses_nothing(world: World, sms: Gateway) -> None:
    accepted(world)
    row: dict[str, Any] = {"is_on": False, "gateway": "", "sender": "", "reason": "Hết hợp đồng", "by": "Yến"}
    from motcua.notices.ways import set_way

    set_way("sms", **row, valid_from=NOW, at=NOW)
    assert sum(send_due(NOW).values()) == 0 and Delivery.objects.get().state == Progress.WAITING


def test_the_secret_of_a_gateway_comes_from_the_environment(
    world: World, sms: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_SMS_TOKEN", "k-123")
    accepted(world)
    send_due(NOW)
    assert sms.tokens == ["Bearer k-123"]
