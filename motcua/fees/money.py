"""Whole đồng: the column that refuses a fraction, and the check that says so to a person."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid

LARGEST_VND = 10**12


class WholeDong(models.Field):
    """An amount in whole đồng. `numeric` without a scale, because every other column rounds a fraction silently;
    with a CHECK beside it the database refuses the fraction instead."""

    def db_type(self, connection: Any) -> str:
        return "numeric"

    def from_db_value(self, value: Decimal | None, *_rest: object) -> int | None:
        return None if value is None else int(value)

    def to_python(self, value: Any) -> int | None:
        return None if value is None else int(value)

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and type(value) is not int:
            raise TypeError(f"{value!r} is not an amount in whole đồng")
        return value


def whole_vnd(amount: object, field: str = "amount_vnd") -> int:
    """The amount, if it is a positive whole number of đồng below LARGEST_VND. Raises Invalid on the field."""
    if type(amount) is int and 0 < amount < LARGEST_VND:
        return amount
    sentence = _("Số tiền phải là số đồng nguyên, lớn hơn 0.")
    raise Invalid(sentence, fields={field: sentence}, code="bad_amount")


def percent_of(amount_vnd: int, percent: Decimal) -> int:
    """A share of an amount, in whole đồng, half up."""
    return int((Decimal(amount_vnd) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))
