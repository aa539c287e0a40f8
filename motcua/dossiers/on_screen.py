"""Forms that were filled in on the screen, as they are handed in: checked once more, and kept as JSON. Law: ND45-2020 10"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from motcua.catalogue.filling_in import check
from motcua.catalogue.form_fields import FormField
from motcua.catalogue.offers import Offer

MOST_TOLD = 5


class FilledIn(Protocol):
    """A paper as far as its form is concerned."""

    @property
    def component_id(self) -> int | None: ...
    @property
    def typed(self) -> Mapping[str, str] | None: ...


def fields_of(component_id: int | None, terms: Offer) -> tuple[FormField, ...]:
    """What the form of a component asks by this channel; nothing where it is no form."""
    return next((one.fields for one in terms.components if one.id == component_id), ())


def form_faults(papers: Iterable[FilledIn], terms: Offer, on: date) -> list[str]:
    """What is wrong in the forms that were filled in, a sentence for each field; the first `MOST_TOLD` of them."""
    faults = []
    for paper in papers:
        if paper.typed is None:
            continue
        fields = fields_of(paper.component_id, terms)
        if not fields:
            faults.append(_("Giấy tờ này không khai theo từng mục được."))
        errors = check(fields, paper.typed, on).errors
        faults += [f"{field.label}: {errors[field.key]}" for field in fields if field.key in errors]
    return faults[:MOST_TOLD]


def filled_json(typed: Mapping[str, str] | None, component_id: int | None, terms: Offer, on: date) -> str | None:
    """What is kept of a form that is right, as JSON text; None where none was filled in."""
    if typed is None:
        return None
    return json.dumps(check(fields_of(component_id, terms), typed, on).values, ensure_ascii=False)
