"""Whoever sent a petition is told what becomes of it, in their language, with its code and nothing else. Law: ND20-2008 9"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, IntegrityError, transaction

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.notices import failing, inbox
from motcua.notices.kinds import OF_PETITION, Kind
from motcua.notices.models import Delivery, Notice
from motcua.notices.petition_outbox import take_petitions
from motcua.notices.sending import send_due
from motcua.notices.tests.servers import Gateway, Post
from motcua.people.models import Account
from motcua.petitions import acts
from motcua.petitions.tests.saying import AT, answered, from_outside, handling, said
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOON = moment("2021-11-01 12:00")
CONTACT: dict[str, Any] = {"phone": "0912 345 678", "email": "bay@vidu.vn"}


def test_received_asked_answered_refused_and_passed_on(
    world: World, sms: Gateway, mail: Post, settings: LazySettings
) -> None:
    settings.PUBLIC_ADDRESS = "https://dvc.vidu.vn"
    tuan = world.actor("tuan")
    done = answered(world, **CONTACT)
    asked, refused, passed = (from_outside(world, **CONTACT) for _number in range(3))
    acts.ask_more(asked.pk, text="Ngày nào, ở quầy nào?", actor=tuan, at=AT)
    acts.refuse(refused.pk, text="Không rõ nội dung", actor=tuan, at=AT)
    acts.pass_on(passed.pk, agency="Công an tỉnh", text="Thuộc công an", actor=tuan, at=AT)
    assert (take_petitions(NOON), take_petitions(NOON)) == (8, 0)
    told = Notice.objects.filter(petition=done).order_by("id").values_list("kind", flat=True)
    assert list(told) == [Kind.PETITION_IN, Kind.PETITION_ANSWER]
    assert set(Notice.objects.values_list("kind", flat=True)) == set(OF_PETITION.values())
    assert send_due(NOON)["sent"] == 16
    texts = [body["text"] for _key, body in sms.asked]
    letters = [letter.get_payload(decode=True).decode() for letter in mail.mails]  # type: ignore[union-attr]
    for words in (*texts, *letters):
        (code,) = {one.code for one in (done, asked, refused, passed) if one.code in words}
        assert f"https://dvc.vidu.vn/phan-anh/theo-doi/?ma={code}" in words
        for secret in (done.secret, asked.secret, "Nguyễn", "Bảy", "Ngày nào", "nhắc nhở", "Công an", "không rõ ràng"):
            assert secret not in words
    assert any("22/11/2021" in text for text in texts), "until when it is answered"
    assert {body["to"] for _key, body in sms.asked} == {"84912345678"}


def test_who_has_an_account_reads_it_there_and_in_their_language(world: World, mail: Post) -> None:
    Account.objects.filter(pk=world.cast.bay.pk).update(language="en", email="bay@vidu.vn")
    made = acts.receive(said(world, phone="", address="Thôn 3"), way="page", actor=world.actor("bay"), at=AT)
    take_petitions(NOON)
    (shown,) = inbox.shown(Notice.objects.of(world.cast.bay.pk), NOON)
    assert (shown.petition, shown.submission_no) == (made.code, "")
    assert send_due(NOON)["sent"] == 1
    assert "received" in str(mail.mails[0]["Subject"])


def test_what_is_old_or_of_a_replay_or_only_a_vote_is_not_told(world: World, sms: Gateway) -> None:
    dossier = lives.finished(world)
    from_outside(world, at=AT - timedelta(days=40))
    late = from_outside(world, at=AT - timedelta(days=10))
    acts.open_from_vote(dossier, "Chậm", at=AT)
    from_outside(world, dossier=dossier)
    Dossier.objects.filter(pk=dossier.pk).update(origin="replay")
    assert take_petitions(NOON) == 1
    assert Notice.objects.get().petition_id == late.pk and not Delivery.objects.exists()


def test_of_a_petition_about_an_officer_the_officer_learns_nothing(world: World, sms: Gateway) -> None:
    dossier = lives.handled(world)
    one = handling(world, dossier=dossier, about_officer_id=world.cast.quang.pk)
    take_petitions(NOON)
    assert inbox.told_of(dossier.pk, contacts=True) == []
    sms.script = [(400, {}, 0.0)]
    assert send_due(NOON)["given_up"] == 1
    assert failing.counts(world.actor("quang"), NOON)["given_up"] == 0
    assert failing.counts(world.actor("yen"), NOON)["given_up"] == 1
    (given_up,) = failing.deliveries(world.actor("yen"), "given_up", NOON)
    failing.send_again(given_up.pk, actor=world.actor("yen"), at=NOON)
    assert send_due(NOON)["sent"] == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.filter(petition=one).update(petition=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            key="x", kind=Kind.PETITION_IN, petition=one, dossier=dossier, made_at=NOON, facts={"code": one.code}
        )


def test_whom_nothing_reaches_is_listed(world: World) -> None:
    one = from_outside(world, phone="", address="Thôn 3")
    take_petitions(NOON)
    assert [notice.petition_id for notice in failing.unreachable(world.actor("yen"), NOON)] == [one.pk]
    assert [notice.petition_id for notice in failing.unreachable(world.actor("quang"), NOON)] == [one.pk]
    assert not failing.unreachable(world.actor("dung"), NOON).exists(), "it does not exist for the centre"
