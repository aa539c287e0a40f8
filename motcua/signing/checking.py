"""Who signed a PDF, when, with which certificate, and whether it is still what they signed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus

from motcua.base.errors import Invalid
from motcua.signing.certificates import name_of, organisation_of, trust_at
from motcua.signing.loops import aside
from motcua.signing.models import Certificate


class Verdict(models.TextChoices):
    """What a signature is worth; the worst that is true of it."""

    GOOD = "good", lazy("Chữ ký hợp lệ, văn bản không bị thay đổi")
    CHANGED = "changed", lazy("Văn bản đã bị thay đổi sau khi ký")
    BROKEN = "broken", lazy("Chữ ký không khớp với văn bản")
    EXPIRED = "expired", lazy("Chứng thư số không có hiệu lực vào lúc ký")
    REVOKED = "revoked", lazy("Chứng thư số đã bị thu hồi trước khi ký")
    UNTRUSTED = "untrusted", lazy("Không xác nhận được người ký: chứng thư số không do tổ chức được tin cậy cấp")
    UNREADABLE = "unreadable", lazy("Chữ ký không đọc được")


@dataclass(frozen=True)
class Signature:
    """One signature of a document, as it was found."""

    signer: str
    organisation: str
    issuer: str
    serial: str
    valid_from: datetime | None
    valid_to: datetime | None
    signed_at: datetime | None
    time_is_certified: bool
    for_long: bool
    unchanged: bool
    valid_then: bool
    is_development: bool
    reason: str
    verdict: Verdict

    @property
    def is_good(self) -> bool:
        return self.verdict is Verdict.GOOD


def check(pdf: bytes, at: datetime) -> list[Signature]:
    """Every signature of a document, the oldest first; none where nobody signed.

    The certificate is judged as of the moment of signing: the certified one where there is a timestamp, else the one
    that the signer stated. at: now, for a signature that states no moment. Raises Invalid (pdf_unreadable).
    """
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        found = list(reader.embedded_regular_signatures)
        stamps = list(reader.embedded_timestamp_signatures)
    except (PdfError, ValueError, KeyError, TypeError, IndexError) as fault:
        raise Invalid(_("Tệp này không phải PDF đọc được."), code="pdf_unreadable") from fault
    return [_one(signature, at, bool(stamps)) for signature in found]


def _one(signature: EmbeddedPdfSignature, at: datetime, for_long: bool) -> Signature:
    try:
        own = signature.signer_cert
        stated_at = signature.self_reported_timestamp
    except (ValueError, SignatureValidationError, PdfError, KeyError):
        return _unreadable()
    status = _status(signature, stated_at or at)
    certified_at = _certified(status)
    if certified_at is not None:  # then the certificates are judged as of that moment, whatever was stated
        status = _status(signature, certified_at)
    if status is None:
        return _unreadable()
    signed_at = certified_at or stated_at
    moment = signed_at or at
    known = Certificate.objects.filter(fingerprint=own.sha256.hex()).first()
    valid_then = own.not_valid_before <= moment <= own.not_valid_after
    return Signature(
        signer=name_of(own.subject),
        organisation=organisation_of(own.subject),
        issuer=name_of(own.issuer),
        serial=f"{own.serial_number:x}",
        valid_from=own.not_valid_before,
        valid_to=own.not_valid_after,
        signed_at=signed_at,
        time_is_certified=certified_at is not None,
        for_long=for_long and certified_at is not None,
        unchanged=_unchanged(status),
        valid_then=valid_then,
        is_development=bool(known and known.is_development),
        reason=str(signature.sig_object.get("/Reason", "")),
        verdict=_verdict(status, known, moment, valid_then),
    )


def _status(signature: EmbeddedPdfSignature, moment: datetime) -> PdfSignatureStatus | None:
    """What the library finds, with the certificates judged as of that moment."""
    trust = trust_at(moment)
    try:
        return aside(lambda: asyncio.run(async_validate_pdf_signature(signature, trust)))
    except (SignatureValidationError, PdfError, ValueError, KeyError, TypeError):
        return None


def _certified(status: PdfSignatureStatus | None) -> datetime | None:
    """The moment that a trusted timestamp certifies."""
    stamp = status.timestamp_validity if status is not None else None
    return stamp.timestamp if stamp is not None and stamp.valid and stamp.intact and stamp.trusted else None


def _unchanged(status: PdfSignatureStatus) -> bool:
    level = status.modification_level
    return status.intact and level is not None and level < ModificationLevel.OTHER and status.docmdp_ok is not False


def _verdict(status: PdfSignatureStatus, known: Certificate | None, moment: datetime, valid_then: bool) -> Verdict:
    if not (status.intact and status.valid):
        return Verdict.BROKEN
    if not _unchanged(status):
        return Verdict.CHANGED
    if not valid_then:
        return Verdict.EXPIRED
    if status.revoked or (known is not None and known.revoked_at is not None and known.revoked_at <= moment):
        return Verdict.REVOKED
    if not status.trusted:
        return Verdict.UNTRUSTED
    return Verdict.GOOD


def _unreadable() -> Signature:
    return Signature(
        "", "", "", "", None, None, None, False, False, False, False, False, "", Verdict.UNREADABLE
    )  # fmt: skip
