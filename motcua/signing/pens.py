"""Signing PDFs (PAdES): a pen is a certificate with its key in hand, taken once and used for one document or many.

B-B without a timestamp server; B-T with one (`TIMESTAMP_SERVER`); B-LTA where long-term proof is switched on too
(`SIGNATURES_FOR_LONG`). Law: ND68-2024
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.base.errors import Refused
from motcua.signing.certificates import organisation_of, parsed, require_usable, trust_at
from motcua.signing.development import revocation_list
from motcua.signing.keys import PrivateKey, kept_key
from motcua.signing.loops import aside
from motcua.signing.models import Certificate
from motcua.signing.stamps import place_on, stamp_page

log = logging.getLogger(__name__)
DEEPEST = 64  # groups of pages within groups


class _KeptKeySigner(Signer):
    """pyHanko's own signer parses the key again for every signature (28 ms for RSA); this one keeps it parsed."""

    def __init__(self, certificate: x509.Certificate, chain: list[x509.Certificate], key: PrivateKey) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(chain)
        super().__init__(signing_cert=certificate, cert_registry=store)
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        digest: hashes.HashAlgorithm = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), digest)
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(data, ec.ECDSA(digest))
        return self.key.sign(data)


class _TimedPdfSigner(PdfSigner):
    """A signer for whom the time of signing is an argument, as everywhere in the house."""

    at: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


@dataclass(frozen=True)
class Pen:
    """A certificate that may sign, and its key."""

    certificate: Certificate
    organisation: str
    signer: Signer


def take(certificate: Certificate, at: datetime) -> Pen:
    """Take a certificate in hand. Raises Refused, as `certificates.require_usable`, and key_missing."""
    require_usable(certificate, at)
    own = parsed(certificate)
    chain = [parsed(row) for row in Certificate.objects.authorities().in_force(at)]
    key = kept_key(certificate.key_name)
    return Pen(certificate, organisation_of(own.subject), _KeptKeySigner(own, chain, key))


def sign(
    pdf: bytes, pen: Pen, *, at: datetime, office: str = "", reason: str = "", place: str = "", visible: bool = True
) -> bytes:
    """The document with one more signature; those that it has stay as good as they were.

    office: the full name to show on the visible mark; what a certificate says of it may be cut short.
    Raises Refused: pdf_unsignable (damaged, encrypted, closed to changes), timestamp_failed.
    """
    require_usable(pen.certificate, at)
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        number = len(writer.prev.embedded_signatures) + 1
        box = place_on(_last_page(writer), number - 1) if visible else None
    except (PdfError, ValueError, KeyError, TypeError) as fault:
        raise _unsignable() from fault
    with _mark(pen, office or pen.organisation, at, visible) as style:
        signer = _TimedPdfSigner(
            _meta(pen, f"ChuKy{number}", at, reason, place),
            pen.signer,
            timestamper=_timestamper(),
            stamp_style=style,
            new_field_spec=SigFieldSpec(
                f"ChuKy{number}",
                on_page=-1,
                box=box,
                readable_field_name=f"Chữ ký số {number}: {pen.certificate.subject}",
            ),
        )
        signer.at = at
        out = BytesIO()
        try:
            aside(lambda: signer.sign_pdf(writer, output=out))
        except TimestampRequestError as fault:
            log.warning("timestamp server: %s", fault)
            sentence = _("Máy chủ dấu thời gian không trả lời. Văn bản chưa được ký; hãy thử lại sau.")
            raise Refused(sentence, code="timestamp_failed") from fault
        except (PdfError, SigningError, ValueError, KeyError, TypeError) as fault:
            raise _unsignable() from fault
    return out.getvalue()


def _unsignable() -> Refused:
    return Refused(_("Tệp PDF này không ký được: tệp hỏng, bị khóa hoặc không cho thay đổi."), code="pdf_unsignable")


def _meta(pen: Pen, field: str, at: datetime, reason: str, place: str) -> PdfSignatureMetadata:
    for_long = bool(settings.TIMESTAMP_SERVER) and bool(settings.SIGNATURES_FOR_LONG)
    withdrawn = revocation_list(at) if for_long else None
    return PdfSignatureMetadata(
        field_name=field,
        name=pen.certificate.subject,
        reason=reason or None,
        location=place or None,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        validation_context=trust_at(at, [withdrawn] if withdrawn else []) if for_long else None,
        embed_validation_info=for_long,
        use_pades_lta=for_long,
    )


def _timestamper() -> HTTPTimeStamper | None:
    address = settings.TIMESTAMP_SERVER
    return HTTPTimeStamper(address, timeout=10) if address else None


@contextmanager
def _mark(pen: Pen, office: str, at: datetime, visible: bool) -> Iterator[StaticStampStyle | None]:
    """The visible mark; the library reads it from a file while it signs."""
    if not visible:
        yield None
        return
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(stamp_page(pen.certificate, office, at))
        file.flush()
        yield StaticStampStyle.from_pdf_file(file.name, border_width=0, background_opacity=1)


def _last_page(writer: IncrementalPdfFileWriter) -> tuple[float, float, float, float]:
    """The box of the last page, which it may have from a group of pages above it."""
    node, box = writer.prev.root["/Pages"], None
    for _depth in range(DEEPEST):
        box = node.get("/MediaBox", box)
        if node.get("/Type") != "/Pages":
            left, bottom, right, top = (float(edge) for edge in box)
            return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
        node = node["/Kids"][-1].get_object()
    raise ValueError("pages within pages without end")
