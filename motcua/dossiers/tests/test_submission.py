"""What an applicant does alone. Law: ND61-2018 16; ND45-2020 11"""

import pytest

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.dossiers.acts import submission
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.states import State
from motcua.dossiers.tests.lives import submitted
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db


def test_submit_waits_for_an_answer_within_eight_working_hours(world: World) -> None:
    dossier = reread(submitted(world, "2021-11-01 15:00"))
    assert dossier.state == State.SUBMITTED
    assert dossier.code is None
    assert dossier.accepted_at is None
    # 15:00–17:00 are two hours; 07:00–11:30 four and a half; the last one and a half end at 15:00 on Tuesday.
    assert dossier.answer_due_at == moment("2021-11-02 15:00")


def test_submit_for_somebody_else_s_account_is_forbidden(world: World) -> None:
    with pytest.raises(Forbidden):
        submission.submit(world.online(), actor=world.actor("bay"), at=moment("2021-11-01 08:00"))


def test_submit_names_what_is_missing(world: World) -> None:
    with pytest.raises(Invalid) as error:
        submission.submit(world.online(papers=[]), actor=world.actor("lan"), at=moment("2021-11-01 08:00"))
    assert "papers" in error.value.fields
    assert not Dossier.objects.exists()


def test_a_draft_is_kept_resumed_and_used_up(world: World) -> None:
    lan, at = world.actor("lan"), moment("2021-11-01 08:00")
    draft = submission.save_draft(world.passport.pk, {"content": "một nửa"}, actor=lan, at=at)
    submission.rewrite_draft(draft.pk, lambda kept: {"content": "đủ", "before": kept}, actor=lan, at=at)
    assert submission.own_draft(draft.pk, lan).data == {"content": "đủ", "before": {"content": "một nửa"}}
    submission.submit(world.online(), actor=lan, at=at, draft_id=draft.pk)
    assert not Draft.objects.exists()


def test_a_draft_is_nobody_else_s(world: World) -> None:
    at = moment("2021-11-01 08:00")
    draft = submission.save_draft(world.passport.pk, {}, actor=world.actor("lan"), at=at)
    with pytest.raises(NotThere):
        submission.own_draft(draft.pk, world.actor("bay"))
    with pytest.raises(NotThere):
        submission.own_draft(draft.pk, world.actor("nobody"))


def test_two_submissions_have_different_numbers_and_secrets(world: World) -> None:
    one, two = submitted(world), submitted(world)
    assert one.submission_no != two.submission_no
    assert one.secret != two.secret
    assert len(one.secret) == 8
