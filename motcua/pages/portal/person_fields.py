"""The fields in which people say who they are: the same length, keyboard and memory of the browser wherever they are asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.text import tidy


def _field(label: Any, most: int, kept_as: str, keyboard: str, more: dict[str, Any]) -> forms.CharField:
    remembered = {"autocomplete": kept_as, "inputmode": keyboard}
    attrs = {name: value for name, value in remembered.items() if value}
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(attrs=attrs), **more)


def name_field(label: Any = None, **more: Any) -> forms.CharField:
    return _field(label or lazy("Họ và tên"), 200, "name", "", more)


def number_field(**more: Any) -> forms.CharField:
    """Of a person, or of an organisation."""
    return _field(lazy("Số định danh cá nhân hoặc mã số doanh nghiệp"), 20, "", "numeric", more)


def phone_field(**more: Any) -> forms.CharField:
    return _field(lazy("Số điện thoại"), 20, "tel", "tel", more)


def email_field() -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(label=lazy("Thư điện tử"), required=False, max_length=200, widget=widget)


def address_field() -> forms.CharField:
    return _field(lazy("Địa chỉ"), 300, "street-address", "", {})


def name_of_person(text: str) -> str:
    """A name as it is kept. Raises ValidationError where it has no letter."""
    name = tidy(text)
    if not any(sign.isalpha() for sign in name):
        raise ValidationError(_("Họ và tên cần có chữ."))
    return name
