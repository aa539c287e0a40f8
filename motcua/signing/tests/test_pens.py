"""Signing PDFs: what is signed can be checked, what was changed is found, and who may not sign is told why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from motcua.base.errors import Invalid, Refused
from motcua.base.times import parse_local
from motcua.signing import certificates, checking, development, keys, pens
from motcua.signing.checking import Verdict
from motcua.signing.models import Certificate
from motcua.signing.tests.conftest import MADE_AT, SIGNED_AT, Desk
from tests.pdf_tools import assert_archived, make_pdf, run_tool, text_of

pytestmark = pytest.mark.django_db


def signed(desk: Desk, *, visible: bool = True) -> bytes:
    return pens.sign(desk.paper, pens.take(desk.tuan, SIGNED_AT), at=SIGNED_AT, reason="Phê duyệt", visible=visible)


def test_a_signature_says_who_when_and_for_whom(desk: Desk) -> None:
    document = signed(desk)
    (found,) = checking.check(document, SIGNED_AT)
    assert found.verdict is Verdict.GOOD and found.is_good and found.unchanged and found.valid_then
    assert found.signer == "Nguyễn Anh Tuấn (thử nghiệm)"
    assert found.organisation == "Sở Tư pháp tỉnh Thái Bình"
    assert found.signed_at == SIGNED_AT and not found.time_is_certified
    assert "DEVELOPMENT ONLY" in found.issuer and found.is_development
    assert found.serial == desk.tuan.serial and found.reason == "Phê duyệt"
    text = text_of(document)
    assert "ĐÃ KÝ SỐ" in text and "Nguyễn Anh Tuấn" in text and "03/11/2021 10:00:00" in text


def test_another_program_sees_the_signature_too(desk: Desk, tmp_path: Path) -> None:
    said = run_tool("pdfsig", signed(desk), tmp_path)
    assert "Signature is Valid." in said and "ETSI.CAdES.detached" in said and "Total document signed" in said


def test_a_second_signature_keeps_the_first(desk: Desk) -> None:
    seal = pens.take(desk.justice, SIGNED_AT)
    document = pens.sign(signed(desk), seal, at=SIGNED_AT + timedelta(hours=1))
    first, second = checking.check(document, SIGNED_AT)
    assert (first.verdict, second.verdict) == (Verdict.GOOD, Verdict.GOOD)
    assert second.signer.startswith("Sở Tư pháp")
    assert "ĐÃ ĐÓNG DẤU SỐ" in text_of(document)


def test_any_changed_byte_is_found(desk: Desk) -> None:
    document = signed(desk)
    spot = document.index(b"/Title")
    changed = document[:spot] + b"/Titlf" + document[spot + 6 :]
    assert [one.verdict for one in checking.check(changed, SIGNED_AT)] == [Verdict.BROKEN]


def test_a_page_added_after_signing_is_found(desk: Desk) -> None:
    from io import BytesIO

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(signed(desk)))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    assert [one.verdict for one in checking.check(out.getvalue(), SIGNED_AT)] == [Verdict.CHANGED]


def test_a_signature_outlives_an_update_that_changes_nothing_to_be_seen(desk: Desk) -> None:
    # As an archive does: proofs of validation put beside the signature, in a revision of its own.
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    trust = certificates.trust_at(SIGNED_AT)
    out = BytesIO(signed(desk))
    DocumentSecurityStore.add_dss(out, sig_contents=None, certs=[certificates.parsed(desk.authority)])
    (found,) = checking.check(out.getvalue(), SIGNED_AT)
    assert found.verdict is Verdict.GOOD
    # The library on its own, without our checking, agrees.
    reader = PdfFileReader(BytesIO(out.getvalue()))
    assert reader.total_revisions == 3
    status = validate_pdf_signature(reader.embedded_regular_signatures[0], trust)
    assert status.bottom_line and status.modification_level is not None


def test_the_field_of_a_signature_is_seen_named_and_the_file_stays_an_archive(desk: Desk) -> None:
    import io

    document = signed(desk)
    assert_archived(document, "Quyết định")
    page = pypdf.PdfReader(io.BytesIO(document)).pages[-1]
    marks: Any = page["/Annots"]
    (field,) = [one.get_object() for one in marks]
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    assert 0 <= left < right <= float(page.mediabox.right) and 0 <= bottom < top <= float(page.mediabox.top)
    assert "/N" in field["/AP"] and field["/F"] & 4 and not field["/F"] & 2  # printed, not hidden
    assert field["/TU"] == f"Chữ ký số 1: {desk.tuan.subject}"


def test_an_unsigned_paper_has_no_signature_and_a_picture_is_no_paper(desk: Desk) -> None:
    assert checking.check(desk.paper, SIGNED_AT) == []
    with pytest.raises(Invalid, match="không phải PDF"):
        checking.check(b"\x89PNG", SIGNED_AT)


@pytest.mark.parametrize(
    ("at", "code", "words"),
    [
        ("2021-09-30 08:00", "certificate_early", "chỉ có hiệu lực từ 01/10/2021"),
        ("2024-10-01 08:00", "certificate_expired", "đã hết hạn ngày 30/09/2024"),
    ],
)
def test_outside_its_time_a_certificate_signs_nothing(desk: Desk, at: str, code: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        pens.take(desk.tuan, parse_local(at))
    assert refused.value.code == code


def test_a_withdrawn_certificate_signs_nothing_more(desk: Desk) -> None:
    before = signed(desk)
    certificates.withdraw(desk.tuan, reason="Nghỉ hưu", at=SIGNED_AT + timedelta(days=1))
    desk.tuan.refresh_from_db()
    with pytest.raises(Refused, match="đã bị thu hồi ngày 04/11/2021"):
        pens.take(desk.tuan, SIGNED_AT + timedelta(days=2))
    assert checking.check(before, SIGNED_AT)[0].verdict is Verdict.GOOD


def test_whoever_signs_with_a_withdrawn_certificate_is_found_out(desk: Desk) -> None:
    document = signed(desk)
    certificates.withdraw(desk.tuan, reason="Lộ khóa", at=SIGNED_AT - timedelta(days=1))
    assert checking.check(document, SIGNED_AT)[0].verdict is Verdict.REVOKED


def test_a_pen_in_the_hand_is_asked_again_each_time(desk: Desk) -> None:
    pen = pens.take(desk.tuan, SIGNED_AT)
    with pytest.raises(Refused, match="đã hết hạn"):
        pens.sign(desk.paper, pen, at=parse_local("2025-01-01 08:00"))


def test_a_certificate_of_an_unknown_authority_signs_nothing(desk: Desk) -> None:
    Certificate.objects.authorities().delete()
    document_of_before = None
    with pytest.raises(Refused, match="không do tổ chức chứng thực được tin cậy cấp"):
        document_of_before = signed(desk)
    assert document_of_before is None


def test_a_signature_under_an_unknown_authority_is_not_trusted(desk: Desk) -> None:
    document = signed(desk)
    Certificate.objects.authorities().delete()
    assert checking.check(document, SIGNED_AT)[0].verdict is Verdict.UNTRUSTED


def test_a_certificate_without_its_key_signs_nothing(desk: Desk) -> None:
    keys.place_of(desk.tuan.key_name).unlink()
    with pytest.raises(Refused, match="không giữ khóa riêng"):
        pens.take(desk.tuan, SIGNED_AT)


def test_a_key_of_another_certificate_is_refused(desk: Desk) -> None:
    stranger = rsa.generate_private_key(65537, 2048)
    Certificate.objects.filter(pk=desk.tuan.pk).delete()
    with pytest.raises(Invalid, match="không phải khóa của chứng thư số"):
        certificates.add(
            x509.Certificate.load(bytes(desk.tuan.der)),
            kind=Certificate.Kind.PERSON,
            account_id=7,
            key=stranger,
            at=MADE_AT,
        )


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", b"", b"%PDF-1.7\n%%EOF"]
)
def test_a_damaged_pdf_is_refused_with_a_sentence(desk: Desk, content: bytes) -> None:
    with pytest.raises(Refused, match="không ký được"):
        pens.sign(content, pens.take(desk.tuan, SIGNED_AT), at=SIGNED_AT)


def test_one_pen_signs_many_and_reads_its_key_once(desk: Desk) -> None:
    pen = pens.take(desk.tuan, SIGNED_AT)
    keys.place_of(desk.tuan.key_name).unlink()
    documents = [pens.sign(make_pdf(f"Quyết định {n}", MADE_AT), pen, at=SIGNED_AT) for n in range(3)]
    assert [checking.check(one, SIGNED_AT)[0].verdict for one in documents] == [Verdict.GOOD] * 3


def test_the_newest_usable_certificate_is_picked(desk: Desk) -> None:
    newer = development.for_person(7, "Nguyễn Anh Tuấn", "Sở Tư pháp", parse_local("2021-11-01 08:00"))
    assert certificates.pick(Certificate.objects.of_person(7), SIGNED_AT) == newer
    certificates.withdraw(newer, reason="Thay mới", at=parse_local("2021-11-02 08:00"))
    assert certificates.pick(Certificate.objects.of_person(7), SIGNED_AT) == desk.tuan
    with pytest.raises(Refused, match="Chưa có chứng thư số"):
        certificates.pick(Certificate.objects.of_person(8), SIGNED_AT)


def test_keys_are_for_the_program_only(desk: Desk) -> None:
    place = keys.place_of(desk.tuan.key_name)
    assert place.stat().st_mode & 0o777 == 0o600 and place.parent.stat().st_mode & 0o777 == 0o700
