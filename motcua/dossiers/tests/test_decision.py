"""The authority answers. Law: ND61-2018 19"""

from pathlib import Path
from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid, Refused, Stale
from motcua.dossiers.acts import decision
from motcua.dossiers.states import Act, State
from motcua.dossiers.tests.lives import at_approval, decided, finished, handled
from motcua.files.store import store
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
NEXT = moment("2021-11-03 10:00")


def test_approve_waits_for_number_and_seal_where_the_process_says_so(world: World) -> None:
    dossier = reread(decided(world))
    assert dossier.state == State.DECIDED
    assert dossier.finished_at is None
    assert dossier.result.decided_by_id == world.cast.tuan.pk


def test_approve_is_refused_before_the_appraisal_is_done(world: World) -> None:
    dossier = handled(world)
    with pytest.raises(Refused) as error:
        decision.approve(dossier.pk, actor=world.actor("tuan"), at=NEXT)
    assert error.value.code == "guarded"


def test_approve_is_the_approver_s(world: World) -> None:
    dossier = at_approval(world)
    for name in ("hoa", "thanh", "minh", "nga"):
        with pytest.raises(Forbidden):
            decision.approve(dossier.pk, actor=world.actor(name), at=NEXT)


def test_finish_brings_the_result_to_the_unit_and_stops_the_clock(world: World) -> None:
    dossier = reread(finished(world))
    assert dossier.state == State.FINISHED
    assert dossier.finished_at == moment("2021-11-03 15:00")
    assert dossier.at_office_id == world.cast.center.pk
    assert dossier.due_at == moment("2021-11-08 17:00")
    assert dossier.result.number == "12/GP-STP"


def test_finish_of_an_undecided_dossier_is_refused(world: World) -> None:
    dossier = at_approval(world)
    with pytest.raises(Refused):
        decision.finish(dossier.pk, actor=world.actor("nga"), at=NEXT)


def test_refuse_result_is_a_result_with_reason_and_basis(world: World) -> None:
    dossier = at_approval(world)
    with pytest.raises(Invalid):
        decision.refuse_result(dossier.pk, reason="Không đủ điều kiện", basis="", actor=world.actor("tuan"), at=NEXT)
    decision.refuse_result(
        dossier.pk, reason="Không đủ điều kiện", basis="Luật, Điều 5", actor=world.actor("tuan"), at=NEXT
    )
    dossier = reread(dossier)
    assert dossier.state == State.DECIDED
    assert dossier.result_kind == "refusal" == dossier.result.kind
    decision.finish(dossier.pk, actor=world.actor("nga"), at=moment("2021-11-03 14:00"))
    assert reread(dossier).state == State.FINISHED


def test_the_signed_file_takes_the_place_of_the_one_it_was_made_from(world: World, files: Any) -> None:
    dossier = at_approval(world)
    plain, signed = (store(name, [PDF + name.encode() + END], NEXT, None) for name in ("a.pdf", "b.pdf"))
    decision.approve(dossier.pk, file_id=plain.pk, actor=world.actor("tuan"), at=NEXT)
    sign: dict[str, Any] = {
        "signed_file_id": signed.pk,
        "signed_with": "ab12",
        "signed_as": "person",
        "at": moment("2021-11-03 11:00"),
    }
    after = decision.sign_result(dossier.pk, unsigned_file_id=plain.pk, actor=world.actor("tuan"), **sign)
    assert after.state == State.DECIDED and reread(dossier).result.file == signed
    event = after.events.order_by("-seq")[0]
    assert (event.act, event.data["signed_with"]) == (Act.SIGN_RESULT, "ab12")
    with pytest.raises(Stale, match="vừa được thay"):
        decision.sign_result(dossier.pk, unsigned_file_id=plain.pk, actor=world.actor("nga"), **sign)
    with pytest.raises(Forbidden):  # once is enough
        decision.sign_result(dossier.pk, unsigned_file_id=signed.pk, actor=world.actor("tuan"), **sign)
    with pytest.raises(Forbidden):
        decision.sign_result(dossier.pk, unsigned_file_id=signed.pk, actor=world.actor("hoa"), **sign)


def test_a_result_without_a_pdf_is_not_signed(world: World) -> None:
    dossier = decided(world)
    with pytest.raises(Refused, match="không có tệp PDF"):
        decision.sign_result(
            dossier.pk,
            unsigned_file_id=0,
            signed_file_id=0,
            signed_with="",
            signed_as="person",
            actor=world.actor("tuan"),
            at=moment("2021-11-03 11:00"),
        )


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> None:
    """A folder of their own."""
    settings.FILES_ROOT = tmp_path


PDF, END = b"%PDF-1.4\n", b"\n%%EOF\n"
