"""Papers that are filled in on the screen, field by field as the version asks; saved in the draft as typed, right or wrong.

The rule is `catalogue.filling_in`'s; here it becomes a form of the house. Old text in free words stays where no field is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.catalogue.filling_in import MOST_TYPED, check, lines, told
from motcua.catalogue.form_fields import FormField, Kind, condition
from motcua.catalogue.offers import Offer, OfferedComponent
from motcua.dossiers.models import Draft
from motcua.pages.layout.forms import Form

FILLED = "filled"  # where the draft keeps it: by component and key
LONG = 200  # letters; what may be longer has several lines
FEW = 6  # choices that are shown at once
AS_BROWSERS_KNOW: dict[Kind, dict[str, str]] = {
    Kind.NUMBER: {"inputmode": "decimal"},
    Kind.MONEY: {"inputmode": "numeric"},
    Kind.ID_NO: {"inputmode": "numeric"},
    Kind.PHONE: {"inputmode": "tel"},
    Kind.EMAIL: {"inputmode": "email", "spellcheck": "false"},
}


class AsTyped(forms.CharField):
    """A field whose text is judged with all the others, by `OnScreenForm.clean`; here it is only shown."""

    def clean(self, value: Any) -> Any:
        return value


@dataclass(frozen=True, slots=True)
class Line:
    """A field, the name under which it is sent what was shown, and on which other one it depends."""

    field: forms.BoundField
    was: str
    only_if: str = ""
    among: str = ""


class OnScreenForm(Form):
    """One form of a paper over what the draft has. `strict`: once it is begun, also what is still empty is a mistake."""

    use_required_attribute = False
    asked: tuple[FormField, ...] = ()

    def __init__(self, component_id: int, typed: Mapping[str, str], on: date, *, strict: bool = False) -> None:
        prefix = f"f{component_id}"
        super().__init__({f"{prefix}-{key}": text for key, text in typed.items()}, prefix=prefix)
        self.component_id, self.typed, self.strict = component_id, typed, strict
        self.checked = check(self.asked, typed, on)

    def clean(self) -> dict[str, Any]:
        for key, sentence in self.checked.errors.items():
            if (self.strict and self.is_begun) or lines(self.typed.get(key, "")):
                self.add_error(key, sentence)
        return self.cleaned_data

    @property
    def is_begun(self) -> bool:
        """Is anything filled in beyond what is there from the beginning?"""
        return any(lines(self.typed.get(field.key, "")) not in ("", field.usual) for field in self.asked)

    @property
    def is_right(self) -> bool:
        """Can it be handed in as it is?"""
        return self.is_begun and not self.checked.errors

    @property
    def told(self) -> list[tuple[str, str]]:
        """What was filled in and understood, to look over."""
        return told(self.asked, self.checked.values)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What is wrong or still empty: label and sentence."""
        wrong = self.checked.errors
        return [(str(field.label), wrong[field.key]) for field in self.asked if field.key in wrong]

    @property
    def lines(self) -> Iterator[Line]:
        """The fields in their order."""
        for one in self.asked:
            name = self.add_prefix(one.key)
            if one.only_if is None:
                yield Line(self[one.key], f"was-{name}")
            else:
                yield Line(self[one.key], f"was-{name}", self.add_prefix(one.only_if.key), " ".join(one.only_if.among))


def form_of(one: OfferedComponent, draft: Draft, on: date, *, strict: bool = False) -> OnScreenForm | None:
    """The form of a paper over what the draft has; None where the paper has no fields."""
    if not one.fields:
        return None
    made: type[OnScreenForm] = type(
        "OnScreenForm", (OnScreenForm,), {field.key: _input(field, one.fields) for field in one.fields}
    )
    made.asked = one.fields
    return made(one.id, filled_of(draft, one), on, strict=strict)


def forms_of(draft: Draft, terms: Offer, on: date, *, strict: bool = False) -> list[OnScreenForm]:
    """Every form of the papers of a draft."""
    forms = (form_of(one, draft, on, strict=strict) for one in terms.components)
    return [form for form in forms if form is not None]


def wrong_forms(draft: Draft, terms: Offer, on: date) -> list[OnScreenForm]:
    """The forms that were begun and are not right yet, where no file came in their place; with all that is missing."""
    with_file = set(draft.papers.values_list("component_id", flat=True))
    asked = [form for form in forms_of(draft, terms, on, strict=True) if form.component_id not in with_file]
    return [form for form in asked if form.is_begun and not form.is_right]


def filled_of(draft: Draft, one: OfferedComponent) -> dict[str, str]:
    """What the draft has of a paper's form, as it was typed, and what is usual where nobody typed anything."""
    usual = {field.key: field.usual for field in one.fields if field.usual}
    return {**usual, **draft.data.get(FILLED, {}).get(str(one.id), {})}


def filled_in(data: Mapping[str, Any], terms: Offer, posted: QueryDict) -> dict[str, dict[str, str]]:
    """What is filled in by now, by component and key: what was posted, else what the draft's data have.

    `was-…` is what the page showed when it was opened: what is unchanged here takes nothing away that another tab changed.
    """
    kept: dict[str, dict[str, str]] = {key: dict(typed) for key, typed in data.get(FILLED, {}).items()}
    for one in terms.components:
        for field in one.fields:
            name = f"f{one.id}-{field.key}"
            if name in posted and posted.get(f"was-{name}") != posted[name]:
                kept.setdefault(str(one.id), {})[field.key] = str(posted[name])[:MOST_TYPED]
    return kept


def _input(field: FormField, every: Sequence[FormField]) -> AsTyped:
    words = " ".join(filter(None, (str(field.help), condition(field, every))))
    return AsTyped(label=str(field.label), help_text=words, required=field.required, widget=_widget(field))


def _widget(field: FormField) -> forms.Widget:
    if field.options:
        few = len(field.options) <= FEW
        return forms.RadioSelect(choices=field.options) if few else forms.Select(choices=[("", "–"), *field.options])
    if field.kind == Kind.DATE:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if field.kind in (Kind.TEXT, Kind.ADDRESS) and field.longest > LONG:
        return forms.Textarea(attrs={"rows": 2})
    return forms.TextInput(attrs={"autocomplete": "off", **AS_BROWSERS_KNOW.get(field.kind, {})})
