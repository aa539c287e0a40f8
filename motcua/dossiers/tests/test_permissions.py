"""In whose place somebody acts, for which procedures, and that nobody acts in a matter of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid
from motcua.dossiers.acts import confidence, decision, handover, processing, reception, submission
from motcua.dossiers.acts.intake import Owner
from motcua.dossiers.journal import acts_open_to, event_hash
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.permissions import RIGHTS, RIGHTS_AFTER_THE_END, has_right, is_evident, may_see_contacts
from motcua.dossiers.persons import Submitter
from motcua.dossiers.states import RESOLVED, TRANSITIONS, Act
from motcua.dossiers.telling import told_of
from motcua.dossiers.tests.lives import accepted, assigned, at_approval, finished, handled, submitted
from motcua.dossiers.visibility import may_see
from motcua.offices import granting
from motcua.offices.models import Posting
from motcua.people.models import Account, Relative
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
DAY, AFTER = date(2021, 11, 1), date(2021, 11, 30)
AT = moment("2021-11-01 07:30")
LATER = moment("2021-11-03 10:00")
THURSDAY = moment("2021-11-04 09:00")


def delegated(world: World, **limits: Any) -> None:
    """Tuấn lets Thành decide."""
    granting.delegate(
        from_account_id=world.cast.tuan.pk,
        to_account_id=world.cast.thanh.pk,
        office_id=world.cast.justice.pk,
        valid_from=DAY,
        valid_to=AFTER,
        document="Giấy ủy quyền 01/GUQ-STP",
        actor=world.actor("tuan"),
        at=AT,
        **limits,
    )


def test_a_delegate_decides_on_behalf_of_whoever_delegated(world: World) -> None:
    dossier = at_approval(world)
    with pytest.raises(Forbidden):
        decision.approve(dossier.pk, actor=world.actor("thanh"), at=LATER)
    delegated(world)
    decision.approve(dossier.pk, actor=world.actor("thanh"), at=LATER)
    event = Event.objects.filter(dossier=dossier).latest("seq")
    assert (event.actor_id, event.actor_name) == (world.cast.thanh.pk, "Đỗ Văn Thành")
    assert event.data["on_behalf_of"] == {
        "account": world.cast.tuan.pk,
        "name": "Hoàng Anh Tuấn",
        "document": "Giấy ủy quyền 01/GUQ-STP",
    }
    assert bytes(event.hash) == event_hash(dossier.submission_no, event)
    assert told_of(dossier.pk)[-1].on_behalf_of == "Hoàng Anh Tuấn"


def test_what_one_does_in_one_s_own_right_is_on_nobody_s_behalf(world: World) -> None:
    delegated(world)
    dossier = handled(world)  # Thành passed it on as the head that he is
    assert all("on_behalf_of" not in event.data for event in Event.objects.filter(dossier=dossier))


@pytest.mark.parametrize(
    ("limits", "is_right"),
    [
        ({}, True),
        ({"procedures": ["9.000001"]}, True),
        ({"fields": ["Hộ tịch"]}, True),
        ({"procedures": ["9.000002"]}, False),
        ({"fields": ["Công chứng"]}, False),
    ],
)
def test_a_limited_delegation_covers_its_procedures_and_fields_only(
    world: World, limits: dict[str, list[str]], is_right: bool
) -> None:
    delegated(world, **limits)
    assert has_right(Act.APPROVE, world.actor("thanh"), at_approval(world)) is is_right


def test_a_limited_posting_acts_on_its_procedures_only(world: World) -> None:
    dossier = accepted(world)
    Posting.objects.filter(account=world.cast.minh).update(procedures=["9.000003"])
    minh = world.actor("minh")
    assert may_see(minh, dossier)
    assert acts_open_to(dossier, minh, LATER) == []
    Posting.objects.filter(account=world.cast.minh).update(procedures=["9.000003", "9.000001"])
    assert Act.FORWARD in acts_open_to(dossier, world.actor("minh"), LATER)


def test_who_stands_in_goes_on_with_what_the_absent_person_holds(world: World) -> None:
    dossier = handled(world)
    granting.note_absence(
        account_id=world.cast.hoa.pk,
        stand_in_id=world.cast.nga.pk,
        valid_from=DAY,
        valid_to=AFTER,
        reason="Nghỉ ốm",
        actor=world.actor("thanh"),
        at=AT,
    )
    nga = world.actor("nga")
    assert Dossier.objects.inbox_of(nga).get() == dossier
    processing.forward(dossier.pk, actor=nga, at=LATER)
    event = Event.objects.filter(dossier=dossier).latest("seq")
    assert (event.actor_name, event.data["on_behalf_of"]["name"]) == ("Bùi Thị Nga", "Vũ Thị Hoa")


def test_an_officer_has_no_hand_in_a_matter_of_their_own(world: World) -> None:
    dossier = at_approval(world)
    Account.objects.filter(pk=world.cast.tuan.pk).update(personal_id="000190000001")
    with pytest.raises(Forbidden, match="của bạn hoặc của người thân"):
        decision.approve(dossier.pk, actor=world.actor("tuan"), at=LATER)
    assert acts_open_to(reread(dossier), world.actor("tuan"), LATER) == []


def test_nor_in_that_of_a_declared_relative_nor_of_a_submitter(world: World) -> None:
    Relative.objects.create(
        account=world.cast.minh, full_name="Trần Thị Lan", relation="vợ", id_no="000190000001", declared_at=AT
    )
    with pytest.raises(Forbidden, match="của bạn hoặc của người thân"):
        reception.take_in(world.intake(), actor=world.actor("minh"), at=LATER)
    other = world.intake(
        owner=Owner("Nguyễn Văn Bảy", id_no="000150000007"),
        submitter=Submitter("submitter", "Trần Thị Lan", "000190000001", relation="vợ"),
    )
    with pytest.raises(Forbidden, match="của bạn hoặc của người thân"):
        reception.take_in(other, actor=world.actor("minh"), at=LATER)
    mine = world.intake(owner=Owner("Nguyễn Văn Bảy", id_no="000150000007"))
    assert reception.take_in(mine, actor=world.actor("minh"), at=LATER).code


def test_an_officer_may_hand_in_as_anybody_and_take_it_back(world: World) -> None:
    owner = Owner("Phạm Quang Minh", id_no="034190000077", account_id=world.cast.minh.pk)
    dossier = submission.submit(world.intake(channel=2, owner=owner), actor=world.actor("minh"), at=AT)
    assert acts_open_to(dossier, world.actor("minh"), LATER) == [Act.WITHDRAW]


def test_a_delegate_has_no_hand_in_the_matter_of_whoever_delegated(world: World) -> None:
    delegated(world)
    dossier = at_approval(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.tuan)
    assert not has_right(Act.APPROVE, world.actor("thanh"), reread(dossier))


def test_after_the_end_only_rights_of_their_own_count(world: World) -> None:
    dossier = finished(world)
    for act in RIGHTS.keys() - RIGHTS_AFTER_THE_END.keys():
        for name in ("minh", "dung", "hoa", "thanh", "tuan", "nga", "quang"):
            assert not has_right(act, world.actor(name), dossier), (act, name)
    assert {act for act, row in TRANSITIONS.items() if set(row.sources) & set(RESOLVED)} == set(RIGHTS_AFTER_THE_END)
    handover.hand_over(dossier.pk, way="counter", taken_by="Trần Thị Lan", actor=world.actor("minh"), at=THURSDAY)


def test_restrict_leaves_a_dossier_to_those_on_its_way(world: World) -> None:
    """The owner, whoever holds it or had a hand in it, who is in charge where it lies, and who is named."""
    dossier = handled(world)
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=world.actor("thanh"), at=LATER, readers=[])
    seeing = {
        name
        for name in ("lan", "minh", "dung", "hoa", "thanh", "tuan", "nga", "quang", "khang")
        if may_see(world.actor(name), reread(dossier))
    }
    assert seeing == {"hoa", "thanh"}  # this dossier came over the counter: Lan has no account in it
    for name in ("minh", "hoa", "thanh", "tuan", "nga", "quang"):
        actor = world.actor(name)
        assert Dossier.objects.visible_to(actor).filter(pk=dossier.pk).exists() == may_see(actor, reread(dossier))
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=LATER)
    assert may_see(world.actor("tuan"), reread(dossier))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=LATER)
    assert may_see(world.actor("nga"), reread(dossier))
    decision.finish(dossier.pk, number="1", actor=world.actor("nga"), at=LATER)
    assert may_see(world.actor("minh"), reread(dossier))
    assert not may_see(world.actor("quang"), reread(dossier))


def test_a_named_officer_sees_it_and_it_can_be_opened_again(world: World) -> None:
    dossier = handled(world)
    thanh = world.actor("thanh")
    with pytest.raises(Invalid, match="không làm việc tại nơi"):
        confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=thanh, at=LATER, readers=[world.cast.khang.pk])
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=thanh, at=LATER, readers=[world.cast.nga.pk])
    assert may_see(world.actor("nga"), reread(dossier))
    assert not may_see(world.actor("quang"), reread(dossier))
    confidence.restrict(dossier.pk, reason="Hết nhạy cảm", actor=thanh, at=LATER, readers=None)
    assert may_see(world.actor("quang"), reread(dossier))


def test_a_confidential_dossier_goes_to_a_named_handler(world: World) -> None:
    dossier = assigned(world)
    confidence.restrict(dossier.pk, reason="Nhạy cảm", actor=world.actor("thanh"), at=LATER, readers=[])
    with pytest.raises(Invalid, match="chuyển đích danh"):
        processing.forward(dossier.pk, actor=world.actor("thanh"), at=LATER)
    processing.forward(dossier.pk, to_account_id=world.cast.hoa.pk, actor=world.actor("thanh"), at=LATER)
    assert may_see(world.actor("hoa"), reread(dossier))


def test_whose_business_a_dossier_evidently_is(world: World) -> None:
    everybody = ("minh", "dung", "hoa", "thanh", "tuan", "nga", "quang", "khang", "nobody")
    assert {name for name in everybody if is_evident(world.actor(name), handled(world))} == {
        "minh",
        "dung",
        "hoa",
        "thanh",
        "tuan",
    }
    assert {name for name in everybody if may_see_contacts(world.actor(name), submitted(world))} == {"minh", "dung"}
