"""Signing results: one, many in a sitting, and what may not be signed is told and stops none of the others."""

from __future__ import annotations

from typing import Any

import pytest

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.acts import decision
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.tests import lives
from motcua.files.store import open_file, store
from motcua.forms.results import Sitting, sign, sign_many, waiting
from motcua.forms.verifying import check_result
from motcua.signing import certificates, development, keys
from motcua.signing.checking import Verdict
from motcua.signing.models import Certificate
from tests.pdf_tools import make_pdf, text_of
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
SINCE = moment("2021-10-01 08:00")
APPROVED_AT = moment("2021-11-03 10:00")
AT = moment("2021-11-03 11:00")


@pytest.fixture
def tuan(world: World) -> Certificate:
    """Tuấn's certificate."""
    return development.for_person(world.cast.tuan.pk, world.cast.tuan.full_name, world.cast.justice.name, SINCE)


@pytest.fixture
def seal(world: World) -> Certificate:
    """The seal of the Department of Justice."""
    return development.for_office(world.cast.justice.pk, world.cast.justice.name, SINCE)


def approved(world: World, content: bytes | None = None) -> Dossier:
    """Approved by Tuấn, with a result in a file."""
    dossier = lives.at_approval(world)
    file = store("ket-qua.pdf", [content or make_pdf("Quyết định", SINCE)], APPROVED_AT, world.cast.tuan.pk)
    return decision.approve(dossier.pk, file_id=file.pk, actor=world.actor("tuan"), at=APPROVED_AT)


def test_an_approver_signs_and_a_clerk_seals(world: World, tuan: Certificate, seal: Certificate) -> None:
    dossier = approved(world)
    sign(dossier.pk, actor=world.actor("tuan"), at=AT)
    sign(dossier.pk, actor=world.actor("nga"), at=moment("2021-11-03 12:00"))
    found = check_result(reread(dossier), AT).signatures
    assert [one.serial for one in found] == [tuan.serial, seal.serial]
    assert {one.verdict for one in found} == {Verdict.GOOD}
    data = list(Event.objects.filter(dossier=dossier, act="sign_result").order_by("seq").values_list("data", flat=True))
    assert [one["signed_as"] for one in data] == ["person", "office"]
    assert data[0]["signed_with"] == tuan.fingerprint


def test_the_mark_names_the_office_in_full(world: World, tuan: Certificate) -> None:
    dossier = reread(sign(approved(world).pk, actor=world.actor("tuan"), at=AT))
    file = dossier.result.file
    assert file is not None
    with open_file(file) as stored:
        text = text_of(stored.read())
    assert world.cast.justice.name in text and "03/11/2021 11:00:00" in text and "không có giá trị pháp lý" in text


def test_nobody_signs_the_same_result_twice(world: World, tuan: Certificate) -> None:
    dossier = approved(world)
    sign(dossier.pk, actor=world.actor("tuan"), at=AT)
    with pytest.raises(Refused, match="đã được ký"):
        sign(dossier.pk, actor=world.actor("tuan"), at=AT)


def test_who_may_not_sign_is_told_before_a_key_is_touched(world: World, tuan: Certificate) -> None:
    dossier = approved(world)
    with pytest.raises(Forbidden):
        sign(dossier.pk, actor=world.actor("hoa"), at=AT)
    with pytest.raises(NotThere):
        sign(dossier.pk, actor=world.actor("khang"), at=AT)
    with pytest.raises(Refused, match="Chưa có chứng thư số"):
        sign(dossier.pk, actor=world.actor("nga"), at=AT)


def test_with_an_expired_certificate_nothing_is_signed(world: World, tuan: Certificate) -> None:
    dossier = approved(world)
    certificates.withdraw(tuan, reason="Lộ khóa", at=APPROVED_AT)
    with pytest.raises(Refused, match="đã bị thu hồi"):
        sign(dossier.pk, actor=world.actor("tuan"), at=AT)
    assert check_result(reread(dossier), AT).signatures == () and not Event.objects.filter(act="sign_result").exists()


def test_many_are_signed_with_the_key_loaded_once(
    world: World, tuan: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = [approved(world, make_pdf(f"Quyết định {n}", SINCE)) for n in range(3)]
    broken = approved(world, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    early = lives.at_approval(world)
    loads: list[str] = []

    def load(name: str) -> keys.PrivateKey:
        loads.append(name)
        return keys.kept_key(name)

    monkeypatch.setattr("motcua.signing.pens.kept_key", load)
    asked = [good[0].pk, broken.pk, good[1].pk, early.pk, 0, good[2].pk]
    outcomes = sign_many(asked, actor=world.actor("tuan"), at=AT)
    assert [one.is_signed for one in outcomes] == [True, False, True, False, False, True]
    assert "không ký được" in outcomes[1].sentence
    assert "khi hồ sơ ở trạng thái" in outcomes[3].sentence and outcomes[4].sentence == "Không có hồ sơ này."
    assert loads == [tuan.key_name]
    assert [check_result(reread(one), AT).signatures[0].verdict for one in good] == [Verdict.GOOD] * 3


def test_only_so_many_at_once(world: World) -> None:
    with pytest.raises(Invalid, match="nhiều nhất 200"):
        sign_many(list(range(201)), actor=world.actor("tuan"), at=AT)


def test_what_waits_is_what_one_approved_or_seals(world: World, tuan: Certificate, seal: Certificate) -> None:
    dossier = approved(world)
    lives.decided(world)  # approved without a file
    lists = {name: list(waiting(world.actor(name))) for name in ("tuan", "nga", "hoa", "minh", "khang", "lan")}
    assert {name for name, rows in lists.items() if dossier in rows} == {"tuan", "nga"}
    assert all(len(rows) <= 1 for rows in lists.values())
    sign(dossier.pk, actor=world.actor("tuan"), at=AT)
    assert (waiting(world.actor("tuan")).count(), waiting(world.actor("nga")).count()) == (0, 1)


def test_a_result_signed_while_approving_waits_no_more(world: World, tuan: Certificate) -> None:
    dossier = lives.at_approval(world)
    file = store("ket-qua.pdf", [make_pdf("Quyết định", SINCE)], APPROVED_AT, None)
    signed, pen = Sitting(world.actor("tuan"), APPROVED_AT).signed(file, reread(dossier))
    decision.approve(
        dossier.pk,
        file_id=signed.pk,
        signed_with=pen.certificate.fingerprint,
        actor=world.actor("tuan"),
        at=APPROVED_AT,
    )
    assert not waiting(world.actor("tuan")).exists()
    assert check_result(reread(dossier), AT).signatures[0].is_good


def test_a_picture_is_not_signed(world: World, tuan: Certificate) -> None:
    picture: Any = store("anh.png", [b"\x89PNG\r\n\x1a\n123"], APPROVED_AT, None)
    with pytest.raises(Invalid, match="Chỉ ký số được tệp PDF"):
        Sitting(world.actor("tuan"), AT).signed(picture, approved(world))
