"""Issuing: one number for one paper, no gaps, no duplicates, and whoever asks again gets the same paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from motcua.base.errors import NotThere, Refused
from motcua.dossiers.acts import delay, ending, reception
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.files.store import open_file
from motcua.forms.issuing import Asked, copy_of, issue, issue_all, issued, original_of, preview
from motcua.forms.models import IssuedForm, Register
from motcua.forms.tests.test_papers import PORTAL, text_of
from motcua.signing import certificates, checking, development
from motcua.signing.checking import Verdict
from motcua.signing.models import Certificate
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-01 08:05")
LETTER_AT = moment("2021-11-04 08:05")


def receipt(world: World, dossier: Dossier, at: Any = AT) -> IssuedForm:
    return issue(Asked(dossier.pk, "receipt"), actor=world.actor("minh"), at=at, portal=PORTAL)


def late(world: World) -> Dossier:
    """Tuấn apologised and appointed a new day."""
    dossier = lives.at_approval(world)
    delay.extend(
        dossier.pk,
        new_day=date(2021, 11, 12),
        reason="Chờ xác minh",
        actor=world.actor("tuan"),
        at=moment("2021-11-04 08:00"),
    )
    return dossier


def apology(world: World, dossier: Dossier) -> IssuedForm:
    return issue(Asked(dossier.pk, "apology"), actor=world.actor("tuan"), at=LETTER_AT, portal=PORTAL)


def test_an_issued_paper_is_recorded(world: World) -> None:
    dossier = lives.accepted(world)
    row = receipt(world, dossier)
    assert (row.form_id, row.kind, row.number, str(row)) == ("F01@TT01", "receipt", 1, "01/TN")
    assert row.register is not None and (row.register.office, row.register.year) == (world.cast.center, 2021)
    assert (row.issued_at, row.issued_by, row.issued_by_name) == (AT, world.cast.minh, "Phạm Quang Minh")
    assert row.file is not None and row.file.sha256 == row.sha256
    assert "Số: 01/TN" in text_of(original_of(row))
    assert row.facts["owner_name"] == "Trần Thị Lan"


def test_asking_again_gives_the_same_paper(world: World) -> None:
    dossier = lives.accepted(world)
    first = receipt(world, dossier)
    again = receipt(world, dossier, at=moment("2022-03-01 08:00"))
    assert (again.pk, again.number, original_of(again)) == (first.pk, first.number, original_of(first))
    assert Register.objects.get().last == 1


def test_a_copy_says_that_it_is_one(world: World) -> None:
    row = receipt(world, lives.accepted(world))
    copy = text_of(copy_of(row, moment("2022-03-01 08:00")))
    assert "BẢN SAO – in lại từ hệ thống lúc 08 giờ 00 phút, ngày 01/03/2022" in copy and "Số: 01/TN" in copy
    assert "BẢN SAO" not in text_of(original_of(row))


def test_what_is_not_issued_prints_as_a_draft_without_a_number(world: World) -> None:
    dossier = lives.accepted(world)
    draft = text_of(preview(Asked(dossier.pk, "receipt"), at=AT, portal=PORTAL))
    assert "BẢN NHÁP – chưa phát hành" in draft and "Số: ……/……" in draft and "Quét mã" not in draft
    assert not IssuedForm.objects.exists() and not Register.objects.exists()


def test_the_facts_are_frozen_with_the_paper(world: World) -> None:
    dossier = lives.accepted(world)
    row = receipt(world, dossier)
    Dossier.objects.filter(pk=dossier.pk).update(owner_name="Người Khác")
    assert "Trần Thị Lan" in text_of(copy_of(row, AT)) and "Người Khác" not in text_of(copy_of(row, AT))


def test_numbers_follow_each_other_per_office_series_and_year(world: World) -> None:
    mornings = ("2021-11-01 08:00", "2021-11-02 08:00", "2022-01-04 08:00")
    rows = [receipt(world, lives.accepted(world, at)) for at in mornings]
    commune = reception.take_in(
        world.intake(world.commune, receiving_office_id=world.cast.commune.pk),
        actor=world.actor("hanh"),
        at=moment("2021-11-03 08:00"),
    )
    rows.append(issue(Asked(commune.pk, "receipt"), actor=world.actor("hanh"), at=AT, portal=PORTAL))
    rows.append(apology(world, late(world)))
    said = [(row.register.office.key[:9], row.register.year, str(row)) for row in rows if row.register]
    assert said == [
        ("trung-tam", 2021, "01/TN"),
        ("trung-tam", 2021, "02/TN"),
        ("trung-tam", 2022, "01/TN"),
        ("xa-dong-c", 2021, "01/TN"),
        ("so-tu-pha", 2021, "01/XL"),
    ]


def test_a_failure_leaves_no_gap(world: World, settings: Any, tmp_path: Path) -> None:
    first, second, third = (lives.accepted(world, f"2021-11-01 0{hour}:00") for hour in (7, 8, 9))
    assert str(receipt(world, first)) == "01/TN"
    keys, settings.KEYS_DIR = settings.KEYS_DIR, tmp_path / "no-folder"
    (tmp_path / "no-folder").write_text("a file where a folder should be")
    with pytest.raises(OSError):
        receipt(world, second)
    settings.KEYS_DIR = keys
    assert (str(receipt(world, third)), str(receipt(world, second))) == ("02/TN", "03/TN")


def test_the_database_refuses_to_change_or_delete_an_issued_paper(world: World) -> None:
    row = receipt(world, lives.accepted(world))
    for change in (
        lambda: IssuedForm.objects.filter(pk=row.pk).update(number=9),
        lambda: IssuedForm.objects.filter(pk=row.pk).update(file=None, sha256=""),
        lambda: IssuedForm.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM forms_issuedform WHERE id = %s", [row.pk])
        assert cursor.fetchone() == (1,)


def test_a_letter_carries_the_seal_of_its_office(world: World) -> None:
    seal = development.for_office(world.cast.justice.pk, world.cast.justice.name, moment("2021-10-01 08:00"))
    row = apology(world, late(world))
    (found,) = checking.check(original_of(row), LETTER_AT)
    assert found.verdict is Verdict.GOOD and found.serial == seal.serial and found.signed_at == LETTER_AT
    assert row.sealed_with == seal
    text = text_of(original_of(row))
    assert "ĐÃ ĐÓNG DẤU SỐ" in text and "thử nghiệm, không có giá trị pháp lý" in text


def test_a_receipt_is_signed_by_hand(world: World) -> None:
    development.for_office(world.cast.center.pk, world.cast.center.name, moment("2021-10-01 08:00"))
    row = receipt(world, lives.accepted(world))
    assert row.sealed_with is None and checking.check(original_of(row), AT) == []


def test_without_a_usable_seal_a_letter_goes_out_to_be_signed_by_hand(world: World) -> None:
    seal = development.for_office(world.cast.justice.pk, world.cast.justice.name, moment("2021-10-01 08:00"))
    certificates.withdraw(seal, reason="Lộ khóa", at=moment("2021-10-02 08:00"))
    row = apology(world, late(world))
    assert row.sealed_with is None and "ĐÃ ĐÓNG DẤU SỐ" not in text_of(original_of(row))
    assert Certificate.objects.filter(pk=seal.pk, revoked_at__isnull=False).exists()


def test_when_sealing_fails_the_number_waits_for_its_paper(world: World, settings: Any) -> None:
    development.for_office(world.cast.justice.pk, world.cast.justice.name, moment("2021-10-01 08:00"))
    dossier = late(world)
    settings.TIMESTAMP_SERVER = "http://127.0.0.1:9/"
    with pytest.raises(Refused, match="Máy chủ dấu thời gian"):
        apology(world, dossier)
    waiting = issued(Asked(dossier.pk, "apology"))
    assert waiting is not None and waiting.file is None and waiting.number == 1
    with pytest.raises(Refused, match="chưa được đóng dấu số xong"):
        original_of(waiting)
    settings.TIMESTAMP_SERVER = ""
    row = apology(world, dossier)
    assert (row.pk, row.number) == (waiting.pk, 1) and row.file is not None
    assert checking.check(original_of(row), LETTER_AT)[0].verdict is Verdict.GOOD


def test_everything_that_is_called_for_is_issued_at_once(world: World) -> None:
    dossier = late(world)
    rows = issue_all(dossier.pk, actor=world.actor("tuan"), at=LETTER_AT, portal=PORTAL)
    assert [row.kind for row in rows] == ["receipt", "apology"]
    assert issue_all(dossier.pk, actor=world.actor("tuan"), at=LETTER_AT, portal=PORTAL) == []


def test_under_the_new_circular_whoever_withdraws_gets_a_notice(world: World) -> None:
    dossier = reception.take_in(
        world.intake(), actor=world.actor("minh", date(2025, 10, 1)), at=moment("2025-10-01 08:00")
    )
    at = moment("2025-10-02 08:00")
    ending.withdraw(dossier.pk, reason="Đổi ý", actor=world.actor("minh", date(2025, 10, 2)), at=at)
    rows = issue_all(dossier.pk, actor=world.actor("minh"), at=at, portal=PORTAL)
    assert [row.form_id for row in rows] == ["F01@TT03", "F05@TT03"]
    text = text_of(original_of(rows[1]))
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in text and "Người đề nghị dừng, thời gian: Trần Thị Lan" in text
    assert "Đã tiếp nhận" in text and "chưa có kết quả giải quyết" in text


def test_the_control_slip_goes_with_the_dossier_and_has_no_register(world: World) -> None:
    dossier = lives.accepted(world)
    with pytest.raises(Refused, match="không vào sổ riêng"):
        issue(Asked(dossier.pk, "control"), actor=world.actor("minh"), at=AT, portal=PORTAL)


def test_of_no_dossier_there_is_no_paper(world: World) -> None:
    with pytest.raises(NotThere):
        issue(Asked(0, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)


def test_the_stored_file_is_the_issued_one(world: World) -> None:
    row = receipt(world, lives.accepted(world))
    assert row.file is not None
    with open_file(row.file) as file:
        assert file.read() == original_of(row)
    assert row.file.name.endswith("-receipt-1.pdf") and row.file.media_type == "application/pdf"


def test_a_paper_from_before_prints_with_the_facts_that_it_has(world: World) -> None:
    development.for_office(world.cast.justice.pk, world.cast.justice.name, moment("2021-10-01 08:00"))
    row = apology(world, late(world))
    del row.facts["addressee"]  # not asked yet when it was issued
    assert "xin lỗi ông/bà" in text_of(copy_of(row, LETTER_AT))
