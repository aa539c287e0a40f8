"""What was closed says what it said: figures, dossiers, definitions and the signature over them."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.base.errors import Invalid, MotcuaError
from motcua.reports.audit.findings import Finding, Kind
from motcua.reports.audit.whole import Tick
from motcua.reports.closing import ABOUT, definition_version, figures_digest, frozen_report
from motcua.reports.models import PeriodClose
from motcua.signing.codes import opened


def closes(tick: Tick) -> Iterator[Finding]:
    """Every close holds what was signed, balances, and follows the one before it."""
    number_of: dict[tuple[object, ...], int] = {}
    for close in PeriodClose.objects.select_related("office").order_by("first", "last", "office", "place", "number"):
        tick("closes", 1)
        about = (close.first, close.last, close.office_id, close.place)
        if close.number != number_of.get(about, 0) + 1:
            yield Finding(Kind.CLOSE, "", f"{close}: number {close.number}")
        number_of[about] = close.number
        for what in _wrong(close):
            yield Finding(Kind.CLOSE, "", f"{close}: {what}")


def _wrong(close: PeriodClose) -> Iterator[str]:
    if figures_digest(close.pk) != close.digest:
        yield "figures"
    facts = [
        ABOUT, close.first.isoformat(), close.last.isoformat(), close.office.code, close.place, close.number,
        close.definition_version, close.digest,
    ]  # fmt: skip
    try:
        if opened(close.signature).facts != facts:
            yield "signature"
    except Invalid as fault:
        yield f"signature ({fault.code})"
    if definition_version(close.definitions) != close.definition_version:
        yield "definitions"
    try:
        frozen_report(close)
    except MotcuaError as fault:
        yield fault.code
