"""The visible mark of a signature: a small page of our own, drawn into the document it signs. Marks are Vietnamese."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from motcua.base.times import VIETNAM
from motcua.base.typesetting import typeset
from motcua.signing.models import Certificate

TEMPLATE = Path(__file__).parent / "stamps" / "stamp.typ"
WIDTH, HEIGHT, GAP, MARGIN = 210, 56, 8, 28  # points
TITLES = {Certificate.Kind.PERSON: "ĐÃ KÝ SỐ", Certificate.Kind.OFFICE: "ĐÃ ĐÓNG DẤU SỐ"}


def stamp_page(certificate: Certificate, office: str, at: datetime) -> bytes:
    """Who signed, for which office, and when, as a PDF of the mark's size."""
    lines = [("Người ký", certificate.subject)] if certificate.kind == Certificate.Kind.PERSON else []
    if office:
        lines.append(("Cơ quan", office))
    lines.append(("Thời gian ký", f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S} (giờ Việt Nam)"))
    if certificate.is_development:
        lines.append(("Lưu ý", "chứng thư số thử nghiệm, không có giá trị pháp lý"))
    facts = {"title": TITLES[Certificate.Kind(certificate.kind)], "lines": lines}
    return typeset(TEMPLATE, facts, made_at=at, accessible=False)


def place_on(page: tuple[float, float, float, float], already: int) -> tuple[int, int, int, int]:
    """Where the next mark stands: from the lower right corner leftwards, then upwards.

    page: its box in points (left, bottom, right, top). already: how many marks stand there.
    """
    left, bottom, right, _top = page
    columns = max(1, int((right - left - 2 * MARGIN + GAP) // (WIDTH + GAP)))
    row, column = divmod(already, columns)
    x = int(right - MARGIN - WIDTH - column * (WIDTH + GAP))
    y = int(bottom + MARGIN + row * (HEIGHT + GAP))
    return (x, y, x + WIDTH, y + HEIGHT)
