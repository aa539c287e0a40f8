"""Every way that acts and states allow is gone through the real acts, and the audit finds nothing afterwards."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from motcua.calendar.limits import Limit
from motcua.catalogue.groups import load_groups
from motcua.catalogue.models import Process, ProcessStep
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.states import Act
from motcua.dossiers.tests.joint import GROUP
from motcua.dossiers.tests.purse import paid_procedure
from motcua.replays import rehearsal
from tests.world import World, make_procedure, moment

pytestmark = pytest.mark.django_db
WITHOUT_ISSUING = (("receiver", "receiving"), ("handler", "competent"), ("approver", "competent"))


@pytest.fixture(autouse=True)
def _catalogue(world: World, tmp_path: Path, settings: Any) -> None:
    """Besides the world's: a procedure whose fee a person says, and one that ends with its approval."""
    settings.FILES_ROOT = tmp_path / "files"
    usual = Process.objects.get(is_default=True)
    paid_procedure(fees_of=(("LE_PHI", None, "theo quy định"),))
    short = Process.objects.create(
        source_key="short", digest=bytes(32), usable=True, title="Không phát hành", codes=["9.000005"]
    )
    for seq, (role, place) in enumerate(WITHOUT_ISSUING, 1):
        ProcessStep.objects.create(process=short, seq=seq, role=role, place=place, role_text=role)
    make_procedure("9.000006", "Trả kết quả ngay", "so-tu-phap", "TINH", Limit.parse("immediate"), usual)
    make_procedure("9.000008", "Liên thông", "so-tu-phap", "TINH", Limit.parse("5wd"), usual)
    load_groups([{**GROUP, "codes": ["9.000008"]}], moment("2021-01-04 08:00"))
    make_procedure("9.000007", "Có quy định riêng", "so-tu-phap", "TINH", Limit.parse("5wd"), usual)
    make_procedure("9.000005", "Phê duyệt là xong", "so-tu-phap", "TINH", Limit.parse("5wd"), short)


def rehearse(times: int) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("rehearse", "--times", str(times), "--json", stdout=out)
    return json.loads(out.getvalue())


def test_every_way_is_gone_and_the_audit_finds_nothing() -> None:
    rows = rehearse(1)
    assert {row["act"] for row in rows} == set(Act.values)
    assert all(row["times"] >= 1 for row in rows)
    out = StringIO()
    call_command("audit", "--json", stdout=out)
    assert json.loads(out.getvalue())["findings"] == []


def test_it_goes_on_with_other_lives_each_time() -> None:
    rehearse(1)
    before = Event.objects.count()
    rehearse(1)
    assert Event.objects.count() == 2 * before


def test_a_way_that_no_scene_goes_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.replays.management.commands import rehearse as command

    without = tuple(scene for scene in command.SCENES if scene.__name__ != "confidential")
    monkeypatch.setattr(command, "SCENES", without)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("rehearse", "--times", "1", stdout=out)
    assert "Giới hạn người xem  ← chưa đủ" in out.getvalue()


def test_nothing_is_wanted_that_the_table_does_not_allow() -> None:
    assert ("withdraw", "finished", "") not in rehearsal.wanted()
    assert {("withdraw", "submitted", ""), ("withdraw", "", "withdrawn"), ("extend", "", "")} <= rehearsal.wanted()
    assert not Dossier.objects.exists()
