"""The commands: checking a code or a file, certificates for trying, papers that no page issued."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from motcua.base.times import now
from motcua.dossiers.tests import lives
from motcua.forms.issuing import Asked, issue, original_of
from motcua.forms.models import IssuedForm
from motcua.forms.tests.test_papers import PORTAL
from motcua.launcher.cli import join_words
from motcua.signing import development, keys
from motcua.signing.models import Certificate
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-01 08:05")


def said(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_verify_qr_takes_a_text_or_a_file(world: World, tmp_path: Path) -> None:
    row = issue(Asked(lives.accepted(world).pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)
    file = tmp_path / "giay-hen.pdf"
    file.write_bytes(original_of(row))
    for what in (row.facts["code_address"], str(file)):
        told = said("verify_qr", what)
        assert "số 01/TN năm 2021" in told and str(row.dossier) in told
        assert "Hẹn trả: 17 giờ 00 phút, ngày 08/11/2021" in told


def test_verify_qr_refuses_what_is_not_genuine(world: World, tmp_path: Path) -> None:
    row = issue(Asked(lives.accepted(world).pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)
    with pytest.raises(CommandError, match="thiếu phần cuối"):
        said("verify_qr", row.facts["proof"][:-9])
    with pytest.raises(CommandError, match="Không đọc được"):
        said("verify_qr", str(tmp_path / "khong-co.pdf"))
    (tmp_path / "rong.pdf").write_bytes(b"")
    with pytest.raises(CommandError):
        said("verify_qr", str(tmp_path / "rong.pdf"))


def test_a_command_may_be_written_with_a_dash() -> None:
    known = {"verify_qr", "load_demo"}
    assert join_words(["verify-qr", "x"], known) == join_words(["verify", "qr", "x"], known) == ["verify_qr", "x"]


def test_certificates_for_trying_are_made_once(world: World) -> None:
    code = world.cast.justice.code
    assert "certificates: " in said("make_certificates", "--offices", code)
    rows = Certificate.objects.exclude(kind="authority")
    assert {(row.kind, row.office_id, row.account_id) for row in rows} == {
        ("person", None, world.cast.tuan.pk),
        ("office", world.cast.justice.pk, None),
    }
    assert all(row.is_development for row in Certificate.objects.all())
    assert said("make_certificates", "--offices", code).endswith("certificates: 0\n")


def test_papers_that_no_page_issued_are_caught_up(world: World, settings: Any) -> None:
    lives.accepted(world)
    settings.PUBLIC_ADDRESS = ""
    with pytest.raises(CommandError, match="MOTCUA_PUBLIC_ADDRESS"):
        said("issue_forms")
    settings.PUBLIC_ADDRESS = PORTAL
    assert "issued: 1" in said("issue_forms") and "issued: 0" in said("issue_forms")
    row = IssuedForm.objects.get()
    assert row.issued_by is None and row.issued_by_name == "Hệ thống"


def test_the_address_may_be_said_with_the_command(world: World, settings: Any) -> None:
    lives.accepted(world)
    settings.PUBLIC_ADDRESS = ""
    assert "issued: 1" in said("issue_forms", "--portal", "http://127.0.0.1:8000/")
    assert IssuedForm.objects.get().facts["code_address"].startswith("http://127.0.0.1:8000/kt/MC1.")


def test_a_new_key_is_made_on_demand(world: World) -> None:
    first = said("new_qr_key", "--if-none")
    assert said("new_qr_key", "--if-none") == first


def test_a_certificate_is_added_and_withdrawn(world: World, tmp_path: Path) -> None:
    made = development.for_person(0, "Hoàng Anh Tuấn", "Sở Tư pháp", now())
    der, key = tmp_path / "tuan.cer", keys.place_of(made.key_name)
    der.write_bytes(bytes(made.der))
    Certificate.objects.filter(pk=made.pk).delete()
    login = world.cast.tuan.login
    told = said("add_certificate", str(der), "--account", login, "--key", str(key))
    row = Certificate.objects.get(kind="person")
    assert (row.account_id, row.serial) == (world.cast.tuan.pk, made.serial) and row.serial in told
    assert "withdrawn" in said("withdraw_certificate", row.serial, "--reason", "Thử")
    row.refresh_from_db()
    assert row.revoked_at is not None and row.revoked_reason == "Thử"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--account", "khong-co"], "no such account"),
        (["--office", "khong-co"], "no such office"),
        (["--authority"], "không phải chứng thư số X.509"),
    ],
)
def test_what_cannot_be_added_is_said(world: World, tmp_path: Path, words: list[str], sentence: str) -> None:
    file = tmp_path / "x.cer"
    file.write_bytes(b"x")
    with pytest.raises(CommandError, match=sentence):
        said("add_certificate", str(file), *words)


def test_a_certificate_that_may_not_sign_is_not_taken(world: World, tmp_path: Path) -> None:
    made = development.for_office(0, "Sở Tư pháp", now())
    file = tmp_path / "x.cer"
    file.write_bytes(bytes(made.der))
    Certificate.objects.all().delete()  # the authority too
    with pytest.raises(CommandError, match="được tin cậy"):
        said("add_certificate", str(file), "--office", world.cast.justice.code)
    assert not Certificate.objects.exists()
