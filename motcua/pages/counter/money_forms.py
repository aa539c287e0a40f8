"""What the acts on money ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.ids import random_key
from motcua.dossiers.models import Dossier
from motcua.fees.closing import DENOMINATIONS
from motcua.fees.kinds import LineKind, Way
from motcua.pages.counter.forms import ReasonForm
from motcua.pages.layout.acting import ActForm
from motcua.pages.layout.forms import Form

AT_THE_COUNTER = [(Way.CASH.value, Way.CASH.label), (Way.TRANSFER.value, Way.TRANSFER.label)]
MOST_LINES = 3


class TakeFeeForm(ActForm):
    """How it is paid. `reference` is drawn once per page: the same page takes the money once."""

    reference = forms.CharField(widget=forms.HiddenInput, max_length=80)
    way = forms.ChoiceField(label=_("Cách nộp"), choices=AT_THE_COUNTER, widget=forms.RadioSelect, initial="cash")
    payer_name = forms.CharField(
        label=_("Người nộp tiền"), max_length=200, required=False, help_text=_("Tên ghi trên biên lai.")
    )

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.setdefault("initial", {})
        initial.setdefault("reference", f"Q-{random_key(20)}")
        initial.setdefault("payer_name", dossier.bill.payer_name if dossier.bill else "")
        super().__init__(dossier, *args, **kwargs)


class ExemptFeeForm(ActForm):
    basis = forms.CharField(label=_("Căn cứ pháp lý"), max_length=1000)
    proof = forms.CharField(
        label=_("Giấy tờ chứng minh"), max_length=500, help_text=_("Loại, số, ngày của giấy tờ đã kiểm tra.")
    )


class ChargeFeeForm(ActForm):
    """Up to three lines; an empty one is left out."""

    basis = forms.CharField(label=_("Căn cứ pháp lý"), max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_LINES + 1):
            first = number == 1
            words = {"n": number}
            self.fields[f"kind{number}"] = forms.ChoiceField(
                label=_("Khoản %(n)s: loại") % words, choices=[("PHI", LineKind.FEE.label), ("LE_PHI", LineKind.CHARGE.label)],
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
            self.fields[f"name{number}"] = forms.CharField(
                label=_("Khoản %(n)s: tên") % words, max_length=300, required=False,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )  # fmt: skip
            self.fields[f"amount{number}"] = forms.IntegerField(
                label=_("Khoản %(n)s: số tiền (đồng)") % words, min_value=1, required=first,
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "basis"])

    def lines(self) -> list[tuple[str, str, int]]:
        """(kind, name, amount) of the lines that were filled in."""
        data = self.cleaned_data
        return [
            (data[f"kind{n}"], data[f"name{n}"], data[f"amount{n}"])
            for n in range(1, MOST_LINES + 1)
            if data.get(f"amount{n}")
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["lines"] = [] if self.errors else self.lines()
        return data


class RefundFeeForm(ReasonForm):
    way = forms.ChoiceField(label=_("Cách hoàn"), choices=AT_THE_COUNTER, widget=forms.RadioSelect, initial="cash")
    amount_vnd = forms.IntegerField(
        label=_("Số tiền hoàn (đồng)"), min_value=1, required=False, help_text=_("Để trống thì hoàn hết số phải hoàn.")
    )


class CancelReceiptForm(ReasonForm):
    receipt = forms.TypedChoiceField(label=_("Biên lai"), coerce=int)

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        valid = dossier.bill.receipts.filter(cancellation=None).select_related("book") if dossier.bill else ()
        self.fields["receipt"].choices = [(row.pk, f"{row.book.serial} {row}") for row in valid]  # type: ignore[attr-defined]
        self.order_fields(["receipt", "reason"])


class CashCloseForm(Form):
    """How many of each note; the day is the one whose turn it is."""

    office = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    reason = forms.CharField(
        label=_("Lý do chênh lệch"), max_length=1000, required=False, help_text=_("Bắt buộc khi tiền đếm khác sổ.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for note in DENOMINATIONS:
            label = f"{note:,}".replace(",", ".")
            widget = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"})
            self.fields[f"n{note}"] = forms.IntegerField(
                label=label, min_value=0, max_value=100_000, required=False, widget=widget
            )

    def notes(self) -> list[Any]:
        """The fields of the count, the largest note first."""
        return [self[f"n{note}"] for note in DENOMINATIONS]

    def counted(self) -> dict[int, int]:
        """Denomination → how many."""
        return {note: self.cleaned_data[f"n{note}"] or 0 for note in DENOMINATIONS}
