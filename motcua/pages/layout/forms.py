"""Forms as every page shows them, and the one way an act is tried with what somebody typed."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.dossiers.states import Act
from motcua.pages.layout.typed import fill_in, typed_before

T = TypeVar("T")

CLASSES: list[tuple[tuple[type[forms.Widget], ...], str]] = [
    ((forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple), "form-check-input"),
    ((forms.Select,), "form-select"),
    ((forms.HiddenInput,), ""),
    ((forms.Widget,), "form-control"),
]


class Form(forms.Form):
    """A form whose fields look like the house's and that knows the status it is to be shown with."""

    status = 200
    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name = next(name for widgets, name in CLASSES if isinstance(field.widget, widgets))
            field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {name}".strip()

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.errors:
            if name in self.fields:
                widget = self.fields[name].widget
                widget.attrs["class"] = f"{widget.attrs.get('class', '')} is-invalid"
        if self.is_bound and self.errors:
            self.status = 422


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the body of a POST, even an empty one; nothing when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(form: Form, act: Callable[[], T]) -> T | None:
    """Do the act if the form is valid. None: it was not done, and the form says why, with everything typed kept.

    Invalid goes beside its fields; Refused, Stale and Forbidden above the form with what is possible instead.
    NotThere passes on to become the page 404.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except NotThere:
        raise
    except Invalid as error:
        blame(form, error)
    except Refused as error:
        form.add_error(None, str(error))
        if names := ", ".join(str(Act(name).label) for name in error.possible if name in Act.values):
            form.add_error(None, _("Bạn có thể: %(acts)s.") % {"acts": names})
        form.status = error.status
    return None


def blame(form: Form, error: Invalid) -> None:
    """Put an act's sentences beside the fields they speak of, those of unknown fields above the form, with its status."""
    form.status = error.status
    known = {name: sentence for name, sentence in error.fields.items() if name in form.fields}
    strangers = [str(sentence) for name, sentence in error.fields.items() if name not in form.fields]
    for name, sentence in known.items():
        form.add_error(name, str(sentence))
        widget = form.fields[name].widget
        widget.attrs["class"] = f"{widget.attrs.get('class', '')} is-invalid"
    for sentence in strangers or ([] if known else [str(error)]):
        form.add_error(NON_FIELD_ERRORS, sentence)


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, form: Form | None = None
) -> HttpResponse:
    """A page, with the status of its form (200, or what stopped the act) and the form in the context.

    What was typed into it before a session ended stands in it again.
    """
    given = dict(context or {})
    if form is not None:
        given["form"] = form
    if (typed := typed_before(request)) is not None:
        fill_in(given.values(), typed)
    return render(request, template, given, status=form.status if form is not None else 200)
