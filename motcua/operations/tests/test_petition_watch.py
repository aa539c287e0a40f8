"""A petition that must be answered tomorrow, or is late, is not forgotten; whom it is about never learns of it."""

from __future__ import annotations

import pytest

from motcua.notices.kinds import Kind
from motcua.notices.models import Notice
from motcua.operations.petition_watch import watch_petitions
from motcua.petitions import acts
from motcua.petitions.tests.saying import AT, from_outside, handling
from tests.world import World, moment

pytestmark = pytest.mark.django_db
# Received on Monday 1 November, to be answered by Monday the 22nd.
BEFORE, EVE, LATE, LONG = (moment(f"{day} 07:00") for day in ("2021-11-18", "2021-11-19", "2021-11-23", "2021-11-30"))


def told(world: World, kind: Kind) -> set[str]:
    """Who has a notice of a kind."""
    ids = set(Notice.objects.filter(kind=kind).values_list("account_id", flat=True))
    return {name for name, account in vars(world.cast).items() if hasattr(account, "login") and account.pk in ids}


def test_its_owner_the_day_before_its_leaders_after_it_the_overseer_at_last(world: World) -> None:
    one = handling(world)
    assert watch_petitions(BEFORE) == 0
    assert (watch_petitions(EVE), watch_petitions(EVE)) == (1, 0)
    assert told(world, Kind.PETITION_DUE) == {"thanh"}
    watch_petitions(LATE), watch_petitions(LATE)
    assert told(world, Kind.PETITION_LATE) == {"thanh", "tuan"}
    watch_petitions(LONG)
    assert told(world, Kind.PETITION_LATE) == {"thanh", "tuan", "quang"}
    (notice,) = Notice.objects.of(world.cast.thanh.pk).filter(kind=Kind.PETITION_DUE)
    assert notice.facts == {"codes": one.code, "office": world.cast.justice.name, "last_day": "2021-11-22"}
    assert notice.dossier_id is None


def test_whom_it_is_about_is_never_told_even_where_nobody_else_is_there(world: World) -> None:
    from_outside(world, about_person="Thành")
    watch_petitions(EVE)
    assert told(world, Kind.PETITION_DUE) == {"tuan"}, "nobody owns it: who leads the office, but whom it is about"
    both = from_outside(world, at=AT)
    type(both).objects.filter(pk=both.pk).update(concerned=[world.cast.thanh.pk, world.cast.tuan.pk])
    assert watch_petitions(EVE) == 1
    assert told(world, Kind.PETITION_DUE) == {"tuan", "quang"}


def test_nothing_is_said_of_what_is_answered_or_waits_for_the_person(world: World) -> None:
    asked, done = from_outside(world), handling(world)
    acts.ask_more(asked.pk, text="Ngày nào?", actor=world.actor("tuan"), at=AT)
    acts.answer(done.pk, text="Xong", actor=world.actor("thanh"), at=AT)
    assert watch_petitions(EVE) == watch_petitions(LONG) == 0
