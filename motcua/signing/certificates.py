"""Which certificate may sign now, and if none, why not in a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime

from asn1crypto import x509
from cryptography.hazmat.primitives import serialization
from django.utils.translation import gettext as _
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError, ValidationError

from motcua.base.errors import Invalid, Refused
from motcua.base.times import VIETNAM
from motcua.signing.keys import PrivateKey, keep_key
from motcua.signing.loops import aside
from motcua.signing.models import Certificate

MAY_SIGN = {"digital_signature", "non_repudiation"}


def parsed(row: Certificate) -> x509.Certificate:
    """The certificate itself."""
    return x509.Certificate.load(bytes(row.der))


def read_certificate(content: bytes) -> x509.Certificate:
    """A certificate from PEM or DER. Raises Invalid (certificate_unreadable)."""
    from asn1crypto import pem

    try:
        der = pem.unarmor(content)[2] if pem.detect(content) else content
        certificate = x509.Certificate.load(der, strict=True)
        certificate.native  # noqa: B018  parses the whole of it now, not at its first use
    except (ValueError, TypeError) as fault:
        raise Invalid(_("Tệp này không phải chứng thư số X.509."), code="certificate_unreadable") from fault
    return certificate


def add(
    certificate: x509.Certificate,
    *,
    kind: Certificate.Kind,
    at: datetime,
    account_id: int | None = None,
    office_id: int | None = None,
    key: PrivateKey | None = None,
    is_development: bool = False,
) -> Certificate:
    """Put a certificate, and its key where this machine shall hold it, into the store.

    Raises Invalid when the key is not that of the certificate. What is known already is given back as it is.
    """
    fingerprint = certificate.sha256.hex()
    if known := Certificate.objects.filter(fingerprint=fingerprint).first():
        return known
    key_name = ""
    if key is not None:
        if _public_bytes(key) != certificate.public_key.dump():
            raise Invalid(_("Khóa riêng này không phải khóa của chứng thư số."), code="key_of_another")
        key_name = f"{kind.value}/{fingerprint[:32]}"
        keep_key(key_name, key)
    return Certificate.objects.create(
        kind=kind,
        account_id=account_id,
        office_id=office_id,
        subject=name_of(certificate.subject),
        issuer=name_of(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        fingerprint=fingerprint,
        valid_from=certificate.not_valid_before,
        valid_to=certificate.not_valid_after,
        der=certificate.dump(),
        key_name=key_name,
        is_development=is_development,
        added_at=at,
    )


def withdraw(row: Certificate, *, reason: str, at: datetime) -> None:
    """From now on this certificate signs nothing; what it signed before stays as good as it was."""
    if not reason.strip():
        raise Invalid(_("Cần nêu lý do."), fields={"reason": _("Cần nêu lý do.")}, code="reason_needed")
    Certificate.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=at, revoked_reason=reason.strip()[:300])


def pick(rows: Iterable[Certificate], at: datetime) -> Certificate:
    """The first that may sign at an instant; if none may, the reason is that of the first.

    Raises Refused: certificate_missing, or as `require_usable`.
    """
    first: Refused | None = None
    for row in rows:
        try:
            require_usable(row, at)
        except Refused as fault:
            first = first or fault
        else:
            return row
    raise first or Refused(_("Chưa có chứng thư số để ký. Hãy liên hệ người quản trị."), code="certificate_missing")


def require_usable(row: Certificate, at: datetime) -> None:
    """Refuse a certificate that may not sign at an instant, with its sentence.

    Codes: certificate_early, certificate_expired, certificate_revoked, certificate_untrusted.
    """
    words = {"name": row.subject, "from": _day(row.valid_from), "to": _day(row.valid_to)}
    if at < row.valid_from:
        raise Refused(_("Chứng thư số “%(name)s” chỉ có hiệu lực từ %(from)s.") % words, code="certificate_early")
    if at > row.valid_to:
        raise Refused(_("Chứng thư số “%(name)s” đã hết hạn ngày %(to)s.") % words, code="certificate_expired")
    if row.revoked_at is not None and row.revoked_at <= at:
        words["day"] = _day(row.revoked_at)
        raise Refused(_("Chứng thư số “%(name)s” đã bị thu hồi ngày %(day)s.") % words, code="certificate_revoked")
    validator = CertificateValidator(parsed(row), validation_context=trust_at(at))
    try:
        aside(lambda: asyncio.run(validator.async_validate_usage(MAY_SIGN)))
    except (PathBuildingError, PathValidationError, ValidationError) as fault:
        sentence = _("Chứng thư số “%(name)s” không do tổ chức chứng thực được tin cậy cấp, hoặc không dùng để ký.")
        raise Refused(sentence % words, code="certificate_untrusted") from fault


def trust_at(at: datetime, crls: Iterable[bytes] = ()) -> ValidationContext:
    """Whom we trust at an instant: the authorities in the store and nobody else; nothing is fetched from anywhere."""
    roots: list[x509.Certificate] = []
    between: list[x509.Certificate] = []
    for row in Certificate.objects.authorities().in_force(at):
        certificate = parsed(row)
        (roots if certificate.self_issued else between).append(certificate)
    return ValidationContext(
        trust_roots=roots,
        other_certs=between,
        moment=at,
        crls=list(crls),
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def name_of(name: x509.Name) -> str:
    """The name that a person reads: the common name, else all of it."""
    common = name.native.get("common_name")
    return str(common[0] if isinstance(common, list) else common or name.human_friendly)[:300]


def organisation_of(name: x509.Name) -> str:
    """The organisation that a certificate names, or nothing."""
    found = name.native.get("organization_name") or ""
    return str(found[0] if isinstance(found, list) else found)


def _public_bytes(key: PrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
