"""Rules and reductions are said by a person of the province under a document; what stood before ends the day before.

Law: LPLP-2015 10; ND61-2018 22
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.fees.models import Reduction, Rule


def set_rule(
    procedure_code: str,
    *,
    due_when: str,
    holds_back: bool,
    valid_from: date,
    basis: str,
    set_by: str,
    at: datetime,
    refund_withdrawn: bool = False,
    refund_refused: bool = False,
) -> Rule:
    """Set when a procedure's fee is due (empty code: every other one) from a day on. Raises Invalid."""
    _approved(basis, set_by)
    with transaction.atomic():
        Rule.objects.filter(
            Q(valid_to=None) | Q(valid_to__gt=valid_from), procedure_code=procedure_code, valid_from__lt=valid_from
        ).update(valid_to=valid_from)
        return Rule.objects.create(
            procedure_code=procedure_code,
            due_when=due_when,
            holds_back=holds_back,
            refund_withdrawn=refund_withdrawn,
            refund_refused=refund_refused,
            valid_from=valid_from,
            basis=basis.strip(),
            set_by=set_by.strip(),
            set_at=at,
        )


def set_reduction(
    name: str,
    *,
    valid_from: date,
    valid_to: date | None,
    basis: str,
    set_by: str,
    at: datetime,
    percent: Decimal | None = None,
    amount_vnd: int | None = None,
    procedure_codes: Sequence[str] = (),
    kinds: Sequence[str] = (),
    channels: Sequence[int] = (),
) -> Reduction:
    """Set a reduction for a time. Raises Invalid."""
    _approved(basis, set_by)
    if (percent is None) == (amount_vnd is None):
        raise Invalid(_("Mức giảm là một tỷ lệ đến 100 % hoặc một số tiền, không phải cả hai."), code="bad_reduction")
    return Reduction.objects.create(
        name=name.strip(),
        procedure_codes=list(procedure_codes),
        kinds=list(kinds),
        channels=list(channels),
        percent=percent,
        amount_vnd=amount_vnd,
        valid_from=valid_from,
        valid_to=valid_to,
        basis=basis.strip(),
        set_by=set_by.strip(),
        set_at=at,
    )


def _approved(basis: str, set_by: str) -> None:
    if not basis.strip() or not set_by.strip():
        raise Invalid(_("Cần căn cứ và người duyệt."), code="approval_needed")
