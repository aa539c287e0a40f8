"""The applicant does not send what was asked: where the regime says how long one waits, a leader may end it.

Law: ND61-2018 19(4)
"""

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.dossiers.acts import ending, supplement
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act, State
from motcua.dossiers.tests.lives import assigned
from motcua.law.tests.settling import settle_value
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
ITEMS = [{"name": "Bản sao căn cước công dân", "why": "mờ"}]
WORDS: dict[str, Any] = {"reason": "Không bổ sung", "basis": "Điều 19"}


def asked(world: World, wait: int | None = 5) -> Dossier:
    """Accepted on Tuesday 31/8/2021 and asked on 1 September; 2 and 3 September are days off."""
    if wait:
        settle_value("r1_2018", "supplement_wait_days", wait, on=date(2021, 8, 31))
    dossier = assigned(world, "2021-08-31 16:10", "2021-09-01 07:30")
    hoa = world.actor("hoa")
    supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Mờ", actor=hoa, at=moment("2021-09-01 09:00"))
    return reread(dossier)


def test_the_last_day_skips_days_off_and_is_told(world: World) -> None:
    dossier = asked(world)
    request = dossier.supplement_requests.get()
    assert request.last_day == date(2021, 9, 10)
    assert dossier.events.latest("seq").data["last_day"] == "2021-09-10"


def test_end_unanswered_is_a_leader_s_after_the_last_day(world: World) -> None:
    dossier = asked(world)
    on_the_day, after = moment("2021-09-10 16:59"), moment("2021-09-11 08:00")
    with pytest.raises(Refused, match="đến hết ngày 10/09/2021"):
        ending.end_unanswered(dossier.pk, **WORDS, actor=world.actor("thanh"), at=on_the_day)
    assert Act.END_UNANSWERED not in acts_open_to(dossier, world.actor("thanh"), on_the_day)
    for name in ("hoa", "minh"):
        with pytest.raises(Forbidden):
            ending.end_unanswered(dossier.pk, **WORDS, actor=world.actor(name), at=after)
    with pytest.raises(Invalid):
        ending.end_unanswered(dossier.pk, reason="x", basis=" ", actor=world.actor("thanh"), at=after)
    assert Act.END_UNANSWERED in acts_open_to(dossier, world.actor("thanh"), after)
    ending.end_unanswered(dossier.pk, **WORDS, actor=world.actor("thanh"), at=after)
    dossier = reread(dossier)
    assert (dossier.state, dossier.finished_at) == (State.STOPPED, after)
    # The applicant's waiting is not charged: 5 working days after acceptance, moved by the 6 between pause and end.
    assert dossier.due_at == moment("2021-09-16 17:00")


def test_nothing_ends_by_itself_and_a_late_answer_still_counts(world: World) -> None:
    dossier = asked(world)
    late = moment("2021-09-20 09:00")
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    paper = Paper(None, "Bản sao rõ", copies=1)
    supplement.answer_supplement(dossier.pk, papers=[paper], actor=world.actor("lan"), at=late)
    with pytest.raises(Refused, match="đã được gửi"):
        ending.end_unanswered(dossier.pk, **WORDS, actor=world.actor("thanh"), at=late)
    supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("minh"), at=moment("2021-09-20 10:00"))
    assert reread(dossier).state == State.PROCESSING


def test_where_no_wait_is_set_nothing_is_told_and_nothing_ends(world: World) -> None:
    dossier = asked(world, wait=None)
    assert dossier.supplement_requests.get().last_day is None
    with pytest.raises(Refused, match="không đặt thời hạn chờ"):
        ending.end_unanswered(dossier.pk, **WORDS, actor=world.actor("thanh"), at=moment("2022-09-01 08:00"))
