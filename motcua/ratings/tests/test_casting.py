"""One vote for one dossier, by whoever has its link, and kept for ever. Law: ND61-2018 27, 29, 31"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.acts import reception
from motcua.dossiers.tests.lives import finished, handled, submitted
from motcua.petitions.models import Petition
from motcua.ratings.casting import Opinion, cast, enter_slip, vote_of, why_not
from motcua.ratings.kinds import Place
from motcua.ratings.links import LETTERS, link_key
from motcua.ratings.models import Vote, VoteChain
from motcua.ratings.tests.voting import AT, key_of, vote
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db


def test_whoever_has_the_link_rates_once_and_nobody_is_named(world: World) -> None:
    dossier = finished(world)
    made = vote(dossier, "very_satisfied", reasons=("attitude", "time"), words=" Rất nhanh ")
    assert (made.number, made.level, made.reasons, made.words) == (
        1,
        "very_satisfied",
        ["attitude", "time"],
        "Rất nhanh",
    )
    assert (made.place, made.entered_by_id) == (Place.HOME, None)
    assert vote_of(dossier) == made


def test_a_dossier_without_an_answer_is_not_rated(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Refused) as early:
        vote(dossier)
    assert early.value.code == "not_ratable"
    assert not Vote.objects.exists()


def test_a_dossier_refused_with_its_form_is_rated(world: World) -> None:
    dossier = submitted(world)
    with pytest.raises(Refused):
        vote(dossier)
    reception.refuse_intake(dossier.pk, reason="Không thuộc phạm vi", basis="Điều 17", actor=world.actor("minh"), at=AT)
    assert vote(reread(dossier), "satisfied").number == 1


@pytest.mark.parametrize("wrong", ["", "AAAAAAAAAAAA", "one letter less", "another place", "another dossier"])
def test_a_link_that_is_not_the_dossier_s_opens_nothing(world: World, wrong: str) -> None:
    dossier, other = finished(world), finished(world)
    key = {
        "one letter less": key_of(dossier)[:-1],
        "another place": key_of(dossier, Place.COUNTER),
        "another dossier": key_of(other),
    }.get(wrong, wrong)
    with pytest.raises(NotThere):
        cast(dossier.submission_no, place=Place.HOME, key=key, opinion=Opinion("satisfied"), at=AT)
    with pytest.raises(NotThere):
        cast("TN-0000000000", place=Place.HOME, key=key, opinion=Opinion("satisfied"), at=AT)


def test_the_link_for_paper_does_not_exist(world: World) -> None:
    dossier = finished(world)
    with pytest.raises(NotThere):
        vote(dossier, place=Place.PAPER)


def test_a_key_tells_nothing_of_the_secret_and_reads_aloud(world: World) -> None:
    dossier = finished(world)
    key = key_of(dossier)
    assert len(key) == LETTERS
    assert dossier.secret not in key
    spoken = f"{key[:4].lower()} {key[4:8]}-{key[8:]}"
    assert cast(dossier.submission_no, place=Place.HOME, key=spoken, opinion=Opinion("satisfied"), at=AT)
    assert link_key(dossier.submission_no, "OTHER", Place.HOME) != key


def test_one_may_change_one_s_mind_for_five_working_days_and_the_first_vote_stays(world: World) -> None:
    dossier = finished(world)
    vote(dossier, "satisfied", at=moment("2021-11-04 09:00"))
    vote(dossier, "very_satisfied", at=moment("2021-11-11 16:00"))
    assert [(row.number, row.level) for row in Vote.objects.order_by("number")] == [
        (1, "satisfied"),
        (2, "very_satisfied"),
    ]
    with pytest.raises(Refused) as late:
        vote(dossier, "satisfied", at=moment("2021-11-12 08:00"))
    assert late.value.code == "rated"
    assert why_not(dossier, moment("2021-11-12 08:00"))


@pytest.mark.parametrize(
    ("opinion", "field"), [(Opinion("great"), "level"), (Opinion("satisfied", ("weather",)), "reasons")]
)
def test_a_level_or_reason_that_the_law_does_not_know_is_refused(world: World, opinion: Opinion, field: str) -> None:
    dossier = finished(world)
    with pytest.raises(Invalid) as wrong:
        cast(dossier.submission_no, place=Place.HOME, key=key_of(dossier), opinion=opinion, at=AT)
    assert field in wrong.value.fields


def test_a_paper_slip_is_typed_in_once_by_the_unit_that_received(world: World) -> None:
    dossier, other = finished(world), finished(world)
    opinion = Opinion("satisfied", ("time",))
    with pytest.raises(Invalid):
        enter_slip(dossier.pk, slip_no=" ", opinion=opinion, actor=world.actor("minh"), at=AT)
    made = enter_slip(dossier.pk, slip_no="P-17", opinion=opinion, actor=world.actor("minh"), at=AT)
    assert (made.place, made.entered_by) == (Place.PAPER, world.cast.minh)
    with pytest.raises(Invalid) as known:
        enter_slip(other.pk, slip_no="P-17", opinion=opinion, actor=world.actor("minh"), at=AT)
    assert known.value.code == "slip_known"
    with pytest.raises(Refused):
        enter_slip(dossier.pk, slip_no="P-18", opinion=opinion, actor=world.actor("minh"), at=AT)
    with pytest.raises(Forbidden):
        enter_slip(other.pk, slip_no="P-18", opinion=opinion, actor=world.actor("tuan"), at=AT)
    with pytest.raises(NotThere):
        enter_slip(other.pk, slip_no="P-18", opinion=opinion, actor=world.actor("hien"), at=AT)


def test_the_person_corrects_what_was_typed_for_them(world: World) -> None:
    dossier = finished(world)
    enter_slip(dossier.pk, slip_no="P-17", opinion=Opinion("satisfied"), actor=world.actor("minh"), at=AT)
    assert vote(dossier, "not_satisfied").number == 2


def test_somebody_dissatisfied_gets_a_case_with_the_head_of_the_unit_once(world: World) -> None:
    dossier = finished(world)
    vote(dossier, "not_satisfied", reasons=("attitude",), words="Không ai giải thích")
    case = Petition.objects.get()
    assert (case.kind, case.way, case.owner_office, case.dossier) == (
        "dissatisfied",
        "vote",
        world.cast.center,
        dossier,
    )
    assert case.content == "Thái độ phục vụ\nKhông ai giải thích"
    assert world.cast.minh.pk in case.concerned
    assert case.due_on is not None
    vote(dossier, "satisfied")
    vote(dossier, "not_satisfied")
    assert Petition.objects.count() == 1


def test_the_database_refuses_to_change_or_take_away_a_vote(world: World) -> None:
    dossier = finished(world)
    made = vote(dossier)
    for forbidden in (
        lambda: Vote.objects.filter(pk=made.pk).update(level="very_satisfied"),
        lambda: Vote.objects.filter(pk=made.pk).delete(),
        lambda: VoteChain.objects.update(last_serial=0),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
