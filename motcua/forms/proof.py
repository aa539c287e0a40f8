"""What the QR code of a paper promises: the facts that matter, signed, so that a telephone can check them without us.

Facts, in this order: form id, dossier code, procedure code, accepted at, due at (seconds since 1970, UTC; 0: none),
number, year, issuing office's code.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

import segno
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.base.errors import Invalid
from motcua.forms.catalogue import Form, form_by_id
from motcua.signing.codes import CodeKey, opened, sealed

# Where the portal opens what a telephone has scanned.
CODE_PATH = "/kt/"


@dataclass(frozen=True)
class Proof:
    """What a genuine QR code says."""

    form: Form
    code: str
    procedure_code: str
    accepted_at: datetime | None
    due_at: datetime | None
    number: str
    year: int
    office_code: str
    key: CodeKey


def make_proof(
    *,
    form_id: str,
    code: str,
    procedure_code: str,
    accepted_at: datetime | None,
    due_at: datetime | None,
    number: str,
    year: int,
    office_code: str,
    at: datetime,
) -> str:
    """The signed text for a paper."""
    facts = [form_id, code, procedure_code, _seconds(accepted_at), _seconds(due_at), number, year, office_code]
    return sealed(facts, at)


def read_proof(text: str) -> Proof:
    """What a scanned text says. Raises Invalid, as `codes.opened`, and code_forged for facts that make no sense."""
    genuine = opened(text)
    try:
        form_id, code, procedure, accepted, due, number, year, office = genuine.facts
        return Proof(
            form_by_id(form_id), code, procedure, _moment(accepted), _moment(due), number, year, office, genuine.key
        )
    except (ValueError, TypeError, KeyError) as fault:
        raise Invalid(_("Mã này không phải của một phiếu."), code="code_forged") from fault


def proof_in_pdf(content: bytes) -> str:
    """The signed text that a paper of ours carries among its keywords. Raises Invalid (pdf_unreadable, code_absent)."""
    try:
        trailer = PdfFileReader(io.BytesIO(content), strict=False).trailer
        return str(trailer["/Info"].get("/Keywords", "")) if "/Info" in trailer else ""
    except (PdfError, ValueError, KeyError, TypeError, IndexError) as fault:
        raise Invalid(_("Tệp này không phải PDF đọc được."), code="pdf_unreadable") from fault


def qr_svg(text: str, *, scales: bool = False) -> str:
    """A QR code as SVG, readable after a bad photocopy. scales: as large as what stands around it says."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        out, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=scales
    )
    return out.getvalue().decode()


def _seconds(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
