"""What is asked to note a delegation, an absence or a posting. People read last days as inclusive; rows are half-open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.offices.actors import DELEGABLE, Actor
from motcua.offices.granting import led_by
from motcua.offices.models import Office, Posting, Role
from motcua.pages.layout.forms import Form
from motcua.people.models import Account, login_of

DAY = {"type": "date"}


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **kwargs)


class Listed(forms.CharField):
    """Several codes or names, one on a line or apart by semicolons."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return list(dict.fromkeys(piece.strip() for piece in text.replace(";", "\n").splitlines() if piece.strip()))


def after(last_day: date | None) -> date | None:
    """The first day that no longer counts."""
    return last_day + timedelta(days=1) if last_day else None


def colleagues(actor: Actor, on: date) -> list[Posting]:
    """Postings at the offices that this person leads or serves at, by name."""
    places = led_by(actor) | {office for _role, office in actor.postings}
    rows = Posting.objects.on(on).filter(office_id__in=places, account__is_active=True)
    return list(rows.select_related("account", "office").order_by("account__full_name_order", "office__name_order"))


class DelegateForm(Form):
    """Who decides for whom, where, for what, until when, under which document."""

    giver = forms.ChoiceField(label=lazy("Người ủy quyền"))
    to_account = forms.TypedChoiceField(label=lazy("Người được ủy quyền"), coerce=int)
    procedures = Listed(
        label=lazy("Mã thủ tục"),
        required=False,
        help_text=lazy("Mỗi dòng một mã. Để trống cả mã và lĩnh vực: mọi thủ tục."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    fields_covered = Listed(label=lazy("Lĩnh vực"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    valid_from = day_field(lazy("Từ ngày"))
    last_day = day_field(lazy("Đến hết ngày"), required=False, help_text=lazy("Để trống: đến khi có văn bản khác."))
    document = forms.CharField(label=lazy("Văn bản ủy quyền"), max_length=300)

    def __init__(self, actor: Actor, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there, led = colleagues(actor, on), led_by(actor)
        givers = {
            f"{row.account_id}-{row.office_id}": f"{row.account.full_name} · {row.office.name}"
            for row in there
            if row.role in DELEGABLE and (row.office_id in led or row.account_id == actor.account_id)
        }
        self.fields["giver"].choices = list(givers.items())  # type: ignore[attr-defined]
        takers = {row.account_id: row.account.full_name for row in there}
        self.fields["to_account"].choices = list(takers.items())  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What `granting.delegate` is told."""
        data = self.cleaned_data
        account, _dash, office = data["giver"].partition("-")
        return {
            "from_account_id": int(account),
            "office_id": int(office),
            "to_account_id": data["to_account"],
            "procedures": data["procedures"],
            "fields": data["fields_covered"],
            "valid_from": data["valid_from"],
            "valid_to": after(data["last_day"]),
            "document": data["document"],
        }


class AbsenceForm(Form):
    """Who is away, from when to when, and who stands in."""

    account = forms.TypedChoiceField(label=lazy("Người vắng mặt"), coerce=int)
    stand_in = forms.TypedChoiceField(label=lazy("Người thay"), coerce=int, required=False, empty_value=None)
    valid_from = day_field(lazy("Từ ngày"))
    last_day = day_field(lazy("Đến hết ngày"))
    reason = forms.CharField(label=lazy("Lý do"), max_length=300)

    def __init__(self, actor: Actor, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there, led = colleagues(actor, on), led_by(actor)
        away = {row.account_id: row.account.full_name for row in there if row.office_id in led}
        own = {row.account_id: row.account.full_name for row in there if row.account_id == actor.account_id}
        others = {row.account_id: row.account.full_name for row in there}
        self.fields["account"].choices = list({**away, **own}.items())  # type: ignore[attr-defined]
        nobody = [("", _("Chưa có; người dự phòng làm việc nếu đã phân công"))]
        self.fields["stand_in"].choices = [*nobody, *others.items()]  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """What `granting.note_absence` is told."""
        data = self.cleaned_data
        return {
            "account_id": data["account"],
            "stand_in_id": data["stand_in"],
            "valid_from": data["valid_from"],
            "valid_to": after(data["last_day"]),
            "reason": data["reason"],
        }


class PostForm(Form):
    """Who serves where in which role; in whose reserve; sent by which agency until when."""

    login = forms.CharField(label=lazy("Tên đăng nhập của cán bộ"), max_length=150)
    office = forms.CharField(label=lazy("Mã cơ quan"), max_length=20)
    role = forms.ChoiceField(label=lazy("Vai trò"), choices=Role.choices)
    valid_from = day_field(lazy("Từ ngày"))
    last_day = day_field(lazy("Đến hết ngày"), required=False)
    procedures = Listed(
        label=lazy("Chỉ các thủ tục"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("Mỗi dòng một mã. Để trống: mọi thủ tục."),
    )  # fmt: skip
    reserve_for = forms.CharField(label=lazy("Dự phòng cho (tên đăng nhập)"), max_length=150, required=False)
    sent_by = forms.CharField(
        label=lazy("Cơ quan cử đến (mã)"), max_length=20, required=False, help_text=lazy("Cử từ 06 đến 24 tháng.")
    )
    basis = forms.CharField(label=lazy("Văn bản phân công"), max_length=300)

    def clean_login(self) -> Account:
        return self._officer(self.cleaned_data["login"])

    def clean_reserve_for(self) -> Account | None:
        text = self.cleaned_data["reserve_for"].strip()
        return self._officer(text) if text else None

    def clean_office(self) -> Office:
        return self._office(self.cleaned_data["office"])

    def clean_sent_by(self) -> Office | None:
        text = self.cleaned_data["sent_by"].strip()
        return self._office(text) if text else None

    def posting(self) -> Posting:
        """The posting, not yet written."""
        data = self.cleaned_data
        until = after(data["last_day"])
        return Posting(
            account=data["login"],
            office=data["office"],
            role=data["role"],
            valid_from=data["valid_from"],
            valid_to=until,
            procedures=data["procedures"],
            reserve_for=data["reserve_for"],
            sent_by=data["sent_by"],
            sent_until=until if data["sent_by"] else None,
            basis=data["basis"].strip(),
        )

    @staticmethod
    def _officer(login: str) -> Account:
        found = Account.objects.filter(login=login_of(login), is_officer=True, is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Không có cán bộ nào với tên đăng nhập này."))
        return found

    @staticmethod
    def _office(code: str) -> Office:
        found = Office.objects.by_code(code.strip()).first()
        if found is None:
            raise forms.ValidationError(_("Không có cơ quan mang mã này."))
        return found
