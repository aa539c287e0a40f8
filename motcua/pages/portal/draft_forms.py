"""Forms of a submission online."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from motcua.dossiers.kinds import OwnerKind, ReturnWay, SubmitterRole
from motcua.dossiers.models import Draft
from motcua.dossiers.persons import ALONE, Submitter, return_way_fault, submitter_faults
from motcua.pages.layout.forms import Form
from motcua.pages.layout.submitter_form import PREFIX, SubmitterFields
from motcua.pages.portal.person_fields import address_field, email_field, name_field, number_field, phone_field
from motcua.people.capacities import ActingFor
from motcua.people.models import Account

HELP_PREFIX = "help_"


class OwnerFields(Form):
    """Whom the dossier is about, what is asked, and how the result comes back."""

    owner_kind = forms.TypedChoiceField(
        label=lazy("Chủ hồ sơ là"), choices=OwnerKind.choices, coerce=int, widget=forms.RadioSelect
    )
    owner_name = name_field(lazy("Họ và tên hoặc tên tổ chức của chủ hồ sơ"))
    owner_id_no = number_field(help_text=lazy("12 chữ số trên thẻ căn cước."))
    owner_phone = phone_field(help_text=lazy("Để cơ quan liên hệ khi cần."))
    owner_email = email_field()
    owner_address = address_field()
    content = forms.CharField(
        label=lazy("Nội dung đề nghị"),
        help_text=lazy("Nói ngắn gọn bạn cần gì. Để trống thì lấy tên thủ tục."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    return_way = forms.ChoiceField(label=lazy("Cách nhận kết quả"), choices=ReturnWay.choices, widget=forms.RadioSelect)

    def about_owner(self) -> list[forms.BoundField]:
        """The fields that say nothing of who hands in."""
        return [field for field in self if not field.name.startswith((PREFIX, HELP_PREFIX))]

    def says_nothing_of(self, name: str) -> bool:
        """Whether a field has nothing to look over."""
        return self.cleaned_data.get(name) in ("", None)

    def told(self) -> Iterator[tuple[str, str]]:
        """What was filled in, as words to look over: label and value."""
        for field in self:
            if self.says_nothing_of(field.name):
                continue
            value = self.cleaned_data[field.name]
            choices = dict(getattr(field.field, "choices", ()))
            yield str(field.label), f"{value:%d/%m/%Y}" if isinstance(value, date) else str(choices.get(value, value))

    def blame_fields(self, faults: dict[str, str]) -> None:
        """Put an act's sentences beside their fields, where nothing is said there yet."""
        for name, sentence in faults.items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, sentence)


class OwnerForm(OwnerFields, SubmitterFields):
    """The same, and who hands in: the owner, or somebody in whatever role."""

    def __init__(self, *args: Any, on: date, account_id_no: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.account_id_no = on, account_id_no

    def submitter(self) -> Submitter:
        """What was filled in; beside an owner who hands in there are only the account's own facts, put there by us."""
        told = super().submitter()
        return ALONE if told.role == SubmitterRole.OWNER else told

    def says_nothing_of(self, name: str) -> bool:
        return super().says_nothing_of(name) or (name.startswith(PREFIX) and self.submitter() == ALONE)

    def clean(self) -> dict[str, Any]:
        """Say here, beside the fields, what the act would say at the end."""
        data = super().clean() or self.cleaned_data
        told = self.submitter()
        faults = submitter_faults(
            told,
            owner_name=data.get("owner_name", ""),
            owner_id_no=data.get("owner_id_no", ""),
            on=self.on,
            account_id_no=self.account_id_no,
        )
        if fault := return_way_fault(told, data.get("return_way", ""), is_online=True):
            faults["return_way"] = fault
        self.blame_fields(faults)
        return data


@dataclass(frozen=True)
class AccountFacts:
    """What the account says of the person who hands in; for whom they act, and that one's account, if for another."""

    name: str
    id_no: str
    phone: str
    email: str
    acting_for: ActingFor | None = None
    whom: Account | None = None

    def first(self) -> dict[str, Any]:
        """Who hands in is the account's person; whom it is about usually too, or whom they act for."""
        if self.acting_for is not None and self.whom is not None:
            return self._for_another(self.acting_for, self.whom)
        both = {
            f"{who}_{name}": getattr(self, name)
            for who in ("owner", "submitter")
            for name in ("name", "id_no", "phone")
        }
        return {**both, "owner_email": self.email}

    def _for_another(self, one: ActingFor, whom: Account) -> dict[str, Any]:
        return {
            "owner_kind": one.organisation_kind or OwnerKind.CITIZEN,
            "owner_name": one.name,
            "owner_id_no": one.number,
            "owner_phone": whom.phone,
            "owner_email": whom.email,
            "submitter_role": SubmitterRole.AGENT,
            "submitter_name": self.name,
            "submitter_id_no": self.id_no,
            "submitter_phone": self.phone,
            "submitter_authority_no": one.paper or one.as_what,
            "submitter_authority_on": one.since,
        }


class ConfirmForm(Form):
    """The last step."""

    true = forms.BooleanField(
        label=lazy("Tôi cam đoan những điều đã khai là đúng và chịu trách nhiệm trước pháp luật.")
    )


def was(form: OwnerFields) -> dict[str, str]:
    """What the draft has by now in each field, whatever the form shows: from where a change of it is told."""
    kept = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "" if value is None else str(value) for name, value in kept.items()}


def owner_form(draft: Draft, posted: Any, facts: AccountFacts, on: date) -> OwnerForm:
    """The form over what the draft has, else what the account says."""
    first = {"owner_kind": OwnerKind.CITIZEN, "return_way": ReturnWay.COUNTER, **facts.first()}
    initial = {**first, **draft.data.get("owner", {})}
    return OwnerForm(posted, initial=initial, on=on, account_id_no=facts.id_no)
