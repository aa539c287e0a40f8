"""A certification authority for development and trying only, made on this machine; its name says so.

Nothing signed under it has legal value. A province that starts for real adds the authorities and certificates of
the public-service signature instead. Law: ND68-2024
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from asn1crypto import x509 as read
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from motcua.signing.certificates import add
from motcua.signing.keys import kept_key
from motcua.signing.models import Certificate

AUTHORITY_NAME = "Một Cửa – CA thử nghiệm, DEVELOPMENT ONLY"
TRYING = " (thử nghiệm)"
AUTHORITY_YEARS = 20
YEARS = 3
MOST_BYTES = 64  # of a name in a certificate, as the library counts them
SigningKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
NO_USAGE = {
    "digital_signature": False, "content_commitment": False, "key_encipherment": False, "data_encipherment": False,
    "key_agreement": False, "key_cert_sign": False, "crl_sign": False, "encipher_only": False, "decipher_only": False,
}  # fmt: skip


def development_authority(at: datetime) -> Certificate:
    """The development authority, made where there is none."""
    known = Certificate.objects.authorities().filter(is_development=True).exclude(key_name="").order_by("id").first()
    if known is not None:
        return known
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(AUTHORITY_NAME)
    built = (
        _builder(name, name, key, at, AUTHORITY_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**{**NO_USAGE, "key_cert_sign": True, "crl_sign": True}), critical=True)
        .sign(key, hashes.SHA256())
    )
    return add(_read(built), kind=Certificate.Kind.AUTHORITY, key=key, is_development=True, at=at)


def for_person(account_id: int, full_name: str, office_name: str, at: datetime) -> Certificate:
    """A development certificate of an officer, valid from `at` for three years."""
    made = _issue(_trying(full_name), office_name, at)
    return add(made[0], kind=Certificate.Kind.PERSON, account_id=account_id, key=made[1], is_development=True, at=at)


def for_office(office_id: int, office_name: str, at: datetime) -> Certificate:
    """A development seal of an office, valid from `at` for three years."""
    made = _issue(_trying(office_name), office_name, at)
    return add(made[0], kind=Certificate.Kind.OFFICE, office_id=office_id, key=made[1], is_development=True, at=at)


def timestamping(at: datetime) -> tuple[read.Certificate, SigningKey]:
    """Certificate and key of a timestamp server for trying; kept nowhere."""
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return _issue("Máy chủ dấu thời gian" + TRYING, "", at, usage, rsa.generate_private_key(65537, 2048))


def revocation_list(at: datetime) -> bytes | None:
    """What the development authority has withdrawn, as a signed list (DER); None where there is no such authority."""
    authority = Certificate.objects.authorities().filter(is_development=True).exclude(key_name="").first()
    if authority is None:
        return None
    list_ = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(x509.load_der_x509_certificate(bytes(authority.der)).subject)
        .last_update(at)
        .next_update(at + timedelta(days=7))
    )
    withdrawn = Certificate.objects.filter(is_development=True, revoked_at__lte=at)
    for serial, since in withdrawn.values_list("serial", "revoked_at"):
        gone = x509.RevokedCertificateBuilder().serial_number(int(serial, 16)).revocation_date(since or at)
        list_ = list_.add_revoked_certificate(gone.build())
    return list_.sign(_signing(authority), hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _issue(
    common_name: str,
    organisation: str,
    at: datetime,
    usage: x509.ExtendedKeyUsage | None = None,
    key: SigningKey | None = None,
) -> tuple[read.Certificate, SigningKey]:
    authority = development_authority(at)
    issuer = x509.load_der_x509_certificate(bytes(authority.der))
    key = key or ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder(_name(common_name, organisation), issuer.subject, key, at, YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(**{**NO_USAGE, "digital_signature": True, "content_commitment": usage is None}),
            critical=True,
        )
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key()), critical=False)  # type: ignore[arg-type]
    )
    if usage is not None:
        builder = builder.add_extension(usage, critical=True)
    return _read(builder.sign(_signing(authority), hashes.SHA256())), key


def _builder(
    subject: x509.Name, issuer: x509.Name, key: SigningKey, at: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(secrets.randbits(128) | 1 << 120)
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common_name: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, _short(organisation)))
    parts.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name))
    return x509.Name(parts)


def _trying(name: str) -> str:
    return _short(name, MOST_BYTES - len(TRYING.encode())) + TRYING


def _short(name: str, most: int = MOST_BYTES) -> str:
    """A name cut to at most so many bytes, with an ellipsis where it was cut."""
    if len(name.encode()) <= most:
        return name
    return name.encode()[: most - 3].decode(errors="ignore").rstrip() + "…"


def _signing(authority: Certificate) -> ec.EllipticCurvePrivateKey:
    key = kept_key(authority.key_name)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise AssertionError("the development authority signs with an elliptic curve")
    return key


def _read(certificate: x509.Certificate) -> read.Certificate:
    return read.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
