"""What is to be paid, when, and what comes off it: from the fees of the frozen version and the rows in force on a day.

Law: LPLP-2015 3; ND61-2018 22
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from motcua.fees.kinds import DueWhen, LineKind
from motcua.fees.money import percent_of


@dataclass(frozen=True, slots=True)
class Due:
    """One fee as the catalogue or a person says it: whole đồng, zero for none."""

    kind: str
    name: str
    amount_vnd: int
    source_row: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """A rule in force; what stands here holds while the province has set none."""

    due_when: str = DueWhen.AFTER
    holds_back: bool = False
    refund_withdrawn: bool = False
    refund_refused: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Off:
    """A reduction in force; empty `kinds` means every kind."""

    name: str
    kinds: tuple[str, ...]
    percent: Decimal | None
    amount_vnd: int | None
    basis: str

    def of(self, due: Due) -> int:
        """How much comes off a fee, never more than the fee."""
        if self.kinds and due.kind not in self.kinds:
            return 0
        off = percent_of(due.amount_vnd, self.percent) if self.percent is not None else self.amount_vnd or 0
        return min(off, due.amount_vnd)


# The rule of the procedure before the general one, the newest first; and every reduction that fits.
_IN_FORCE = """
SELECT (SELECT json_build_array(due_when, holds_back, refund_withdrawn, refund_refused, basis) FROM fees_rule
        WHERE procedure_code IN ('', %(code)s) AND valid_from <= %(day)s AND (valid_to IS NULL OR %(day)s < valid_to)
        ORDER BY procedure_code = '', valid_from DESC LIMIT 1)::text,
    (SELECT json_agg(json_build_array(name, kinds, percent::text, amount_vnd::text, basis, channels) ORDER BY id)
        FROM fees_reduction
        WHERE valid_from <= %(day)s AND (valid_to IS NULL OR %(day)s < valid_to)
        AND (procedure_codes = '{}' OR %(code)s = ANY(procedure_codes))
        AND (channels = '{}' OR %(channels)s::smallint[] && channels))::text
"""


InForce = tuple[Terms, tuple[Off, ...]]


def in_force(procedure_code: str, channel: int, day: date) -> InForce:
    """The rule and the reductions of a procedure for a dossier handed in by this channel on this day; one statement."""
    return in_force_by_channel(procedure_code, [channel], day)[channel]


def in_force_by_channel(procedure_code: str, channels: Sequence[int], day: date) -> dict[int, InForce]:
    """The same for several channels, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, {"code": procedure_code, "channels": list(channels), "day": day})
        rule, reductions = cursor.fetchone()
    terms = Terms(*json.loads(rule)) if rule else Terms()
    offs = [
        (Off(name, tuple(kinds), Decimal(percent) if percent else None, int(amount) if amount else None, basis), only)
        for name, kinds, percent, amount, basis, only in json.loads(reductions or "[]")
    ]
    return {channel: (terms, tuple(off for off, only in offs if not only or channel in only)) for channel in channels}


def best_reduction(due: Due, reductions: tuple[Off, ...]) -> tuple[int, Off] | None:
    """The reduction that takes most off a fee; reductions do not add up."""
    found = [(off.of(due), off) for off in reductions if off.of(due) > 0]
    return max(found, key=lambda pair: pair[0]) if found else None


def label_of(kind: str, name: str) -> str:
    """What a line is called: the catalogue's words, or the kind alone."""
    return name.strip() or str(LineKind(kind).label)
