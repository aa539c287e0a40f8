"""Forms over the components of a procedure: which papers came, and which are missing, all in one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.offers import OfferedComponent
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.known_data import Why
from motcua.files.models import StoredFile
from motcua.pages.layout.forms import Form

MOST_SHEETS = 999
EXTRA_LINES = 3
OVERRIDE = ("override", "override_words")


@dataclass(frozen=True)
class Row:
    """One component of the procedure with its fields."""

    component: OfferedComponent
    fields: dict[str, BoundField]
    # What was scanned for it already, where the page takes files.
    scanned: list[StoredFile] = field(default_factory=list)


def add_paper_fields(form: Form, components: Sequence[OfferedComponent]) -> None:
    """For each component: is it there, how many originals and copies."""
    for component in components:
        name = short(component.name)
        form.fields[f"c{component.id}"] = forms.BooleanField(required=False, label=name, widget=_tick())
        for kind, label, usual in (
            ("originals", gettext_lazy("Bản chính"), component.originals),
            ("copies", gettext_lazy("Bản sao"), component.copies),
        ):
            widget = forms.NumberInput(
                attrs={"class": "form-control sheets", "inputmode": "numeric", "aria-label": f"{label}: {name}"}
            )
            form.fields[f"c{component.id}_{kind}"] = forms.IntegerField(
                required=False, min_value=0, max_value=MOST_SHEETS, label=label, widget=widget, initial=usual
            )


def paper_rows(form: Form, components: Sequence[OfferedComponent]) -> list[Row]:
    """The fields of each component, for a table."""
    return [
        Row(
            component,
            {
                "given": form[f"c{component.id}"],
                "originals": form[f"c{component.id}_originals"],
                "copies": form[f"c{component.id}_copies"],
            },
        )
        for component in components
    ]


def papers_given(data: dict[str, Any], components: Sequence[OfferedComponent]) -> list[Paper]:
    """The papers that were ticked."""
    return [
        Paper(
            component.id,
            originals=data.get(f"c{component.id}_originals") or 0,
            copies=data.get(f"c{component.id}_copies") or 0,
        )
        for component in components
        if data.get(f"c{component.id}")
    ]


def add_item_fields(form: Form, components: Sequence[OfferedComponent]) -> None:
    """For each component: is it to be completed, and why; and a few lines for what no component names."""
    for component in components:
        name = short(component.name)
        form.fields[f"c{component.id}"] = forms.BooleanField(required=False, label=name, widget=_tick())
        form.fields[f"c{component.id}_why"] = _line(_("Thiếu gì, sai gì, cách hoàn thiện: %(name)s") % {"name": name})
        if component.replaced_by_database:
            _add_override_fields(form, component.id, name)
    for number in range(1, EXTRA_LINES + 1):
        form.fields[f"x{number}_name"] = _line(_("Nội dung khác %(number)s") % {"number": number}, shown=True)
        form.fields[f"x{number}_why"] = _line(_("Lý do, cách hoàn thiện %(number)s") % {"number": number}, shown=True)


def item_rows(form: Form, components: Sequence[OfferedComponent]) -> list[Row]:
    """The fields of each component, for a table."""
    return [
        Row(
            component,
            {
                "wanted": form[f"c{component.id}"],
                "why": form[f"c{component.id}_why"],
                **{name: form[f"c{component.id}_{name}"] for name in OVERRIDE if component.replaced_by_database},
            },
        )
        for component in components
    ]


def extra_rows(form: Form) -> Iterator[tuple[BoundField, BoundField]]:
    """The free lines."""
    for number in range(1, EXTRA_LINES + 1):
        yield form[f"x{number}_name"], form[f"x{number}_why"]


def items_wanted(form: Form, data: dict[str, Any], components: Sequence[OfferedComponent]) -> list[dict[str, Any]]:
    """The one list of what has to be completed; says beside the field where a reason is missing."""
    items: list[dict[str, Any]] = []
    for component in components:
        why = data.get(f"c{component.id}_why") or ""
        if data.get(f"c{component.id}"):
            if not why:
                form.add_error(f"c{component.id}_why", _("Cần nói rõ thiếu gì, sai gì."))
            items.append({"name": component.name, "why": why, "component": component.id, **_override(data, component)})
        elif why:
            form.add_error(f"c{component.id}", _("Đã ghi lý do nhưng chưa chọn giấy tờ này."))
    for number in range(1, EXTRA_LINES + 1):
        name, why = data.get(f"x{number}_name") or "", data.get(f"x{number}_why") or ""
        if name and not why:
            form.add_error(f"x{number}_why", _("Cần nói rõ thiếu gì, sai gì."))
        if why and not name:
            form.add_error(f"x{number}_name", _("Cần ghi tên giấy tờ hoặc nội dung."))
        if name:
            items.append({"name": name, "why": why})
    if not items:
        form.add_error(None, _("Cần chọn ít nhất một giấy tờ hoặc nội dung phải hoàn thiện."))
    return items


def _add_override_fields(form: Form, component_id: int, name: str) -> None:
    """For a paper that a database replaces: why it is asked for all the same."""
    label = gettext_lazy("Vì sao vẫn yêu cầu: %(name)s") % {"name": name}
    choices = [("", gettext_lazy("— lý do vẫn yêu cầu —")), *Why.choices]
    form.fields[f"c{component_id}_override"] = forms.ChoiceField(
        required=False,
        label=label,
        choices=choices,
        widget=forms.Select(attrs={"class": "form-select", "aria-label": label}),
    )
    form.fields[f"c{component_id}_override_words"] = _line(
        _("Giải thích vì sao vẫn yêu cầu: %(name)s") % {"name": name}, hint=_("Giải thích vì sao vẫn yêu cầu")
    )


def _override(data: dict[str, Any], component: OfferedComponent) -> dict[str, Any]:
    code, words = (data.get(f"c{component.id}_{name}") or "" for name in OVERRIDE)
    return {"override": {"code": code, "words": words}} if code or words else {}


def short(name: str) -> str:
    """A component's name where a label has to stay readable."""
    return name if len(name) <= 160 else name[:157] + "…"


def _line(label: str, *, shown: bool = False, hint: str = "") -> forms.CharField:
    attrs = {"class": "form-control", "aria-label": label}
    hint = label if shown else hint
    widget = forms.TextInput(attrs={**attrs, "placeholder": hint} if hint else attrs)
    return forms.CharField(required=False, max_length=500, label=label, widget=widget)


def _tick() -> forms.CheckboxInput:
    return forms.CheckboxInput(attrs={"class": "form-check-input"})
