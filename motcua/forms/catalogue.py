"""Which form is right for a dossier: that of its regime's circular, while the circular's form is in force.

A form's id carries the circular, because number 05 means a control slip in one and a notice of stopping in the next.
Law: TT01-2018 9; TT03-2025
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.law.facts import RegimeFacts

ROOM = Path(__file__).parent
# Under the rules of finance, not of a circular of the one-stop shop; `fees` numbers it.
FEE_RECEIPT = ROOM / "typst/fee_receipt.typ"


class Kind(models.TextChoices):
    """What a form is for, whatever number it has in its circular."""

    RECEIPT = "receipt", _("Giấy tiếp nhận và hẹn trả")
    SUPPLEMENT = "supplement", _("Yêu cầu bổ sung")
    REFUSAL = "refusal", _("Từ chối")
    APOLOGY = "apology", _("Xin lỗi và hẹn lại")
    STOP = "stop", _("Thông báo dừng")
    CONTROL = "control", _("Phiếu kiểm soát")
    REGISTER = "register", _("Sổ theo dõi")


@dataclass(frozen=True)
class Form:
    """One form of one circular; in force from `valid_from` on, no longer on `valid_to`."""

    id: str
    circular: str
    circular_name: str
    kind: Kind
    no: str
    title: str
    template: Path
    series: str
    valid_from: date
    valid_to: date | None

    def is_in_force(self, day: date) -> bool:
        """Whether papers of that day are written on it."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@lru_cache(maxsize=1)
def forms() -> tuple[Form, ...]:
    """Every form that the house knows, as the data say."""
    data = json.loads((ROOM / "forms.json").read_text(encoding="utf-8"))
    return tuple(
        Form(
            id=row["id"],
            circular=row["circular"],
            circular_name=data["circulars"][row["circular"]],
            kind=Kind(row["kind"]),
            no=row["no"],
            title=row["title"],
            template=ROOM / "typst" / f"{row['template']}.typ",
            series=row["series"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in data["forms"]
    )


@lru_cache(maxsize=256)
def form_by_id(form_id: str) -> Form:
    """The form with this id. Raises KeyError for one that never was."""
    return {form.id: form for form in forms()}[form_id]


def form_for(kind: Kind, regime: RegimeFacts, day: date) -> Form | None:
    """The form for a paper of that day about a dossier under that regime; None where there is no such form.

    The regime's circular decides while its form is in force; a paper of a later day is written on what is in force
    then; where nothing is, on the form of the regime's circular. Law: TT01-2018 9; TT03-2025
    """
    of_kind = [form for form in forms() if form.kind == kind]
    own = [form for form in of_kind if form.circular == regime.forms]
    in_force = [form for form in of_kind if form.is_in_force(day)]
    if _circular_is_over(regime.forms, day):
        return _first(in_force)
    return _first([form for form in own if form.is_in_force(day)]) or _first(own)


def _circular_is_over(circular: str, day: date) -> bool:
    ends = [form.valid_to for form in forms() if form.circular == circular and form.kind != Kind.REGISTER]
    return all(end is not None and end <= day for end in ends)


def _first(found: Sequence[Form]) -> Form | None:
    return found[0] if found else None
